import type { AltoPage } from '#formats/alto';
import type { OcflRepository, StoreReader } from '#formats/ocfl';
import type { AuditActor, AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import type { KeptTable } from '#kernel/db/kept';
import type { Segments } from '../segments/index.ts';

/** The text of a page as its object keeps it. */
export type KeptText = Omit<AltoPage, 'source' | 'filePage'> & { pageNo: number };

export interface RebuildDeps {
  db: Database;
  clock: Clock;
  newId(): string;
  audit: AuditTrail;
  repository: OcflRepository;
  /** The storage root itself, for walking it. */
  root: StoreReader;
  segments: Pick<Segments, 'flush'>;
  tables: readonly KeptTable[];
  /** Tables that are emptied too because they refer to what comes back; they are made again from objects, or by use. */
  alsoEmptied: readonly string[];
  /** Empties the index, in the transaction that empties the tables. */
  emptyIndex(tx: Tx): Promise<void>;
  /** Takes in page texts of a unit, where they are read and where they are found. */
  putTexts(tx: Tx, unit: { id: string; archiveId: string }, texts: readonly KeptText[]): Promise<void>;
  /** Texts of some pages of a unit are not in its object: they are read again some time. */
  readAgain(tx: Tx, unitId: string): Promise<void>;
  /** Puts texts that wait into their objects. */
  saveTexts(signal?: AbortSignal): Promise<number>;
  /** Counts what stands under entries and fonds anew. @returns how many counts were others */
  recount(tx: Tx): Promise<number>;
  /** Notes in the catalogue which object holds how many pages of a unit, where it says otherwise. */
  attached(tx: Tx, unitId: string, objectId: string | null, pageCount: number): Promise<void>;
  /** Makes the index anew. */
  renewIndex(o: { signal?: AbortSignal; progress(done: number): void }): Promise<void>;
}

export interface RebuildOrder {
  actor: AuditActor;
  /** Go on where the root lacks what the database holds. */
  acceptLoss: boolean;
  signal?: AbortSignal;
  progress?(p: { step: string; done: number }): void;
}
