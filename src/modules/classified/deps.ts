import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';

export interface ClassifiedDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  /** Where it lies, on the data folder's file system: in no backup. */
  folder: string;
  /** 32 bytes, kept outside the database: what was found is known again by them, and can not be guessed without. */
  key: Uint8Array;
}
