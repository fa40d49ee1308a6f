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
import type { Classified } from '#modules/classified';
import type { Filing } from '#modules/filing';
import type { Agency, Archive } from '#modules/holdings';

/** A batch that has arrived, and where what was sent lies. */
export interface ArrivedBatch {
  archiveId: string;
  agencyId: string;
  round: number;
  path: string;
}

export interface DepositDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue' | 'find'>;
  log: Log;
  keyring: Keyring;
  staging: Staging;
  digests: DigestPool;
  classified: Pick<Classified, 'block'>;
  filing: Pick<Filing, 'agencies'>;
  archives(): Promise<readonly Archive[]>;
  agencies(archiveId: string): Promise<readonly Agency[]>;
  /** A batch while it waits with the archive: handover tells. Undefined when it is there no more. */
  arrived(batchId: string): Promise<ArrivedBatch | undefined>;
  limits: PackageLimits;
  /** Where sealed deposits lie. */
  folder: string;
  /** For what packages are read with. */
  scratch: string;
  /** 32 bytes, kept outside the database: the keys of deposits are sealed with it. */
  masterKey: Uint8Array;
  /** Years a deposit is kept unless it is prolonged. */
  keepYears: number;
  /** Days an agreed unsealing lets look. */
  unsealedDays: number;
  /** Days within which every deposit is proved to be as it was sealed, once. */
  cycleDays: number;
  today(): string;
  timeZone: string;
}
