import type { Actor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Sql, Tx } from '#kernel/db';
import type { Lines } from '#kernel/db/copy-buffer';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Staging } from '#kernel/staging';
import type { CatalogueIndex } from '../deps.ts';
import type { AccessStatus, Classification, Level } from '../domain/unit.ts';

/** A unit as search takes it in. */
export interface IndexedUnit {
  unitId: string;
  archiveId: string;
  fondsNo: string;
  level: Level;
  accessStatus: AccessStatus;
  classification: Classification;
  opensOn?: string | null;
  embargoUntil?: string | null;
  title: string;
  referenceCode: string | null;
  sortKey: string;
  category: string | null;
  year: number | null;
  retention: string | null;
  dateText: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  /** Responsible agency or person, and document number. */
  creator: string | null;
  docNo: string | null;
  /** Other elements that are searched. */
  other: readonly string[];
}

/** New units as search gathers them; what it writes of them is its own affair. */
export interface IndexLines {
  add(unit: IndexedUnit): void;
  lines(): Lines;
}

/** Begins lines, with room for so many bytes. */
export type NewIndexLines = (size?: number) => IndexLines;

/** What the import needs of search: told in the transaction that writes the entries. */
export interface CatalogueIndexer {
  /** A script for the thread that reads: its `newEntryLines()` begins the lines of new units. Absent: there are none. */
  lines?: URL;
  /** Writes those of the gathered units that stand at these places, ascending. */
  indexNewUnits(tx: Tx, lines: Lines, places: readonly number[]): Promise<void>;
  /** Writes units over what is kept of them. */
  indexUnits(tx: Tx, units: readonly IndexedUnit[]): Promise<void>;
  indexFonds(tx: Tx, fonds: readonly { archiveId: string; number: string; name: string }[]): Promise<void>;
  removeUnits(tx: Tx, unitIds: readonly string[]): Promise<void>;
  /** Some entries of a fonds with titles like these, by the place of the title in the list; few for each, whatever is held. */
  titlesLike(
    tx: Tx,
    titles: readonly { archiveId: string; fondsNo: string; title: string }[],
  ): Promise<Map<number, string[]>>;
  /** Text in the form in which search compares it. */
  fold(text: string): string;
  /** Works what was written by `indexNewUnits` into the index; beside it too. */
  settle(on: Sql): Promise<void>;
}

export interface CatalogueImportDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  jobs: Pick<Jobs, 'enqueue'>;
  indexer: CatalogueIndexer;
  /** Told of entries that are put back as they were. */
  index: Pick<CatalogueIndex, 'changed'>;
  staging: Pick<Staging, 'file' | 'remove'>;
  /** Where the files of imports are kept, for resuming and for proof. */
  folder: string;
  /**
   * Where a file with secret rows is moved when its import is at its end, on the same file system and in no backup; it is handed
   * over from there. Absent: it is deleted.
   */
  apart?: string;
  /** Hands such a file over to who deals with secrets. Moves it. */
  turnedAway?(
    actor: Actor,
    file: { archiveId: string; path: string; name: string; what: 'classification' | 'name' },
  ): Promise<void>;
  /**
   * A script that does the work in a thread (it calls `serveImportWork`), so that the process goes on answering. Without
   * one the work is done here.
   */
  thread?: { script: URL; data: unknown };
}
