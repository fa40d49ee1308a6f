import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Staging } from '#kernel/staging';
import type { Archive, Holdings } from '#modules/holdings';

export interface AuthoritiesDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue'>;
  staging: Pick<Staging, 'file' | 'remove'>;
  holdings: Pick<Holdings, 'unitIn' | 'fonds'>;
  archives(): Promise<Archive[]>;
  /** The one form in which names are compared: both scripts, any width and case. */
  fold(text: string): string;
  /** People this install works in the time zone of, for days written out. */
  timeZone: string;
}
