import type { IdentifierConfig } from '#formats/pronom';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { CheckConfig, PackageLimits } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Log } from '#kernel/log';
import type { Staging } from '#kernel/staging';

export interface ExaminationDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue'>;
  log: Log;
  staging: Staging;
  /** Where what is examined lies, a folder each: it never leaves it. */
  folder: string;
  limits: PackageLimits;
  settings: CheckConfig;
  /** PEM texts of certificates that these archives trust. A report is a person's: those count where she has a post. */
  trust(archiveIds: readonly string[]): Promise<readonly string[]>;
  /** How formats are told; looked up for each examination, since a new release may have been fetched. */
  formats(): Promise<IdentifierConfig>;
  /** veraPDF's command: what claims to be PDF/A is judged by it besides, where it is installed. */
  veraPdf: string;
  timeZone: string;
}
