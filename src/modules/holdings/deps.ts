import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { AccessSetting } from './domain/accessSetting.ts';
import type { Archive } from './store/archives.ts';
import type { Fonds } from './store/fonds.ts';

/** What holdings needs of search: told in the transaction of the change, so that what is withdrawn is gone at once. */
export interface CatalogueIndex {
  /** Units are new or changed. */
  changed(tx: Tx, unitIds: readonly string[]): Promise<void>;
  /** Units that came in with a package are new: where the index fails they are indexed later. */
  added(tx: Tx, unitIds: readonly string[]): Promise<void>;
  /** Many units changed: noted, so that {@link catchUp} finds them. */
  later(tx: Tx, unitIds: readonly string[]): Promise<void>;
  /** Brings in what was noted. @returns how many */
  catchUp(db: Database): Promise<number>;
  /** Only the access status of units, or the days that decide with it, changed. */
  accessChanged(tx: Tx, unitIds: readonly string[], setting: AccessSetting): Promise<void>;
  /** Archives are new or have another name. */
  archivesChanged(tx: Tx, archives: readonly Archive[]): Promise<void>;
  fondsChanged(tx: Tx, fonds: readonly Pick<Fonds, 'archiveId' | 'number' | 'name'>[]): Promise<void>;
}

export interface HoldingsDeps {
  /** How many people with posts reach the records of only one of two agencies. */
  reachBetween(archiveId: string, one: string | null, other: string | null): Promise<number>;
  /** Fonds of an archive that are held back from destruction as a whole. */
  fondsOnHold(archiveId: string): Promise<readonly string[]>;
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue'>;
  index: CatalogueIndex;
}
