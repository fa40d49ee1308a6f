import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Holdings } from '#modules/holdings';

export interface FilingDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  /** Archives and their agencies, which are no secret. */
  holdings: Pick<Holdings, 'archives' | 'agenciesIn'>;
  /** The day in the archives' time zone, `YYYY-MM-DD`. */
  today(): string;
  timeZone: string;
}
