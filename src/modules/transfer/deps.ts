import type { AuditTrail } from '#kernel/audit';
import type { DigestPool } from '#kernel/checksums';
import type { Clock } from '#kernel/clock';
import type { PackageLimits } from '#kernel/config';
import type { Database, Tx } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import type { Staging } from '#kernel/staging';
import type { Checks } from '#modules/checks';
import type { Filing } from '#modules/filing';
import type { Agency, Archive } from '#modules/holdings';
import type { Packages } from '#modules/packages';
import type { DepositOutcome } from './domain/register.ts';

export interface TransferDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue' | 'find' | 'endForgotten'>;
  log: Log;
  staging: Staging;
  digests: DigestPool;
  keyring: Keyring;
  packages: Pick<Packages, 'judge' | 'ingest' | 'write'>;
  /** What agencies have filed: batches are made of it. */
  filing: Pick<Filing, 'drawRecords' | 'recordsInHandover' | 'moveHandover'>;
  checks: Pick<Checks, 'run' | 'kept' | 'abandon' | 'outcome' | 'progress' | 'close' | 'scansAll'>;
  archives(): Promise<readonly Archive[]>;
  /** The agencies of an archive, for the system. */
  agencies(archiveId: string): Promise<readonly Agency[]>;
  limits: PackageLimits;
  /** Told in the transaction in which a batch arrives: what it brings is compared with what was deposited. */
  arrived(tx: Tx, batch: { id: string; archiveId: string; number: string }): Promise<void>;
  /** Told in the transaction in which a batch is taken in: it takes its line in the register of accessions. */
  takenIn(tx: Tx, batchId: string): Promise<void>;
  /** What a batch came to beside what its agency had deposited; null where it met no deposit. */
  deposits: {
    /** Compared now where that was not done yet. @param batch `path`: where what it brought lies */
    outcome(
      batch: { id: string; archiveId: string; agencyId: string; round: number; path: string },
      signal: AbortSignal,
    ): Promise<DepositOutcome | null>;
    /** As far as it is known. */
    kept(batch: { id: string; round: number }): Promise<DepositOutcome | null>;
  };
  /** 32 bytes, kept outside the database: what bears a classification is named under it alone. */
  masterKey: Uint8Array;
  /** Where batches lie: what the agency prepares, and what was received and is in quarantine. */
  folder: string;
  /** For what waits while a step is worked on. */
  scratch: string;
  timeZone: string;
}
