import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { BackupConfig } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { Migration } from '#kernel/db/migrate';
import type { Finding } from '#kernel/errors';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { BackupOrder } from './making/backup.ts';
import type { BackupThread } from './thread.ts';

/** What backups need from the house. */
export interface BackupDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Jobs;
  config: BackupConfig;
  timeZone: string;
  dataDir: string;
  /** Of Lantai. */
  version: string;
  settings: BackupOrder['settings'];
  /** Archives at the top of the tree: who sees to the stores of all of them sees to the installation's. */
  tops(): Promise<readonly string[]>;
  thread: BackupThread;
  /**
   * Writes what waits to be kept among the holdings, so that a database restored from this backup and its storage root
   * agree. A backup is made all the same where that can not be done now: never fails.
   */
  writeWaiting(signal?: AbortSignal): Promise<void>;
  drills: DrillHouse;
}

/** What a drill needs besides. */
export interface DrillHouse {
  migrations(): Promise<readonly Migration[]>;
  seeded: readonly string[];
  /** A PostgreSQL of its own, empty, thrown away afterwards. */
  withScratch<T>(work: (databaseUrl: string) => Promise<T>): Promise<T>;
  /** Looks whether what came back can be worked with: the audit trail verifies, signing keys open. */
  inspect(databaseUrl: string): Promise<Finding[]>;
}
