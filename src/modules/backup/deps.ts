import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { BackupConfig } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { BackupOrder } from './making/backup.ts';

/** What backups need from the house. */
export interface BackupDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  config: BackupConfig;
  timeZone: string;
  dataDir: string;
  /** Of Lantai. */
  version: string;
  settings: BackupOrder['settings'];
  /** Archives at the top of the tree: who sees to the stores of all of them sees to the installation's. */
  tops(): Promise<readonly string[]>;
}
