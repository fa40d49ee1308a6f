import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { PackageLimits } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import type { Staging } from '#kernel/staging';
import type { Agency, Archive } from '#modules/holdings';
import type { Packages } from '#modules/packages';

export interface TransferDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue' | 'find'>;
  log: Log;
  staging: Staging;
  digests: DigestPool;
  keyring: Keyring;
  packages: Pick<Packages, 'judge' | 'ingest'>;
  archives(): Promise<readonly Archive[]>;
  /** The agencies of an archive, for the system. */
  agencies(archiveId: string): Promise<readonly Agency[]>;
  limits: PackageLimits;
  /** Where batches lie: what the agency prepares, and what was received and is in quarantine. */
  folder: string;
  timeZone: string;
}
