import type { IdentifierConfig } from '#formats/pronom';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import type { Packages } from '#modules/packages';
import type { CheckServices } from './rules/rule.ts';

export interface ChecksDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue'>;
  log: Log;
  packages: Pick<Packages, 'look' | 'held'>;
  /** What the house can do for rules: its scanner, its drills, whom it trusts. */
  services: CheckServices;
  /** How formats are told; looked up for each run, since a new release may have been fetched. */
  formats(): Promise<IdentifierConfig>;
  /** The day in the archives' time zone, `YYYY-MM-DD`. */
  today(): string;
  timeZone: string;
  scratch: string;
}
