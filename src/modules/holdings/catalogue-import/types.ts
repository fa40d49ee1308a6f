import type { Lines } from '#kernel/db/copy-buffer';
import type { OwnScheme } from '../domain/schemes.ts';
import type { AccessStatus, Classification, Level } from '../domain/unit.ts';
import type { ImportField } from './headings/fields.ts';
import type { Reason } from './headings/recognise.ts';

/** A column as understood. `field` null: kept under its heading in the entry's free elements. */
export interface Column {
  /** 0-based. */
  index: number;
  heading: string;
  field: ImportField | null;
  /** 0 to 1. */
  confidence: number;
  reason: Reason;
  samples: string[];
}

/** A sheet of the file, as understood and shown in the wizard. */
export interface Sheet {
  index: number;
  name: string;
  hidden: boolean;
  use: boolean;
  /** Rows seen so far; exact once all were read. */
  rows: number;
  rowsIsExact: boolean;
  /** Number of the last row of the heading; 0 when there is none. Data begin behind it. */
  headerRow: number;
  /** Level of entries that do not say theirs. */
  level: Level;
  columns: Column[];
  /** The first rows as they are, the heading included. */
  sample: string[][];
}

/** What holds for the whole import. */
export interface ImportOptions {
  /** Number of the fonds of rows that name none. */
  defaultFonds?: string;
  defaultFondsName?: string;
  defaultCategory?: string;
  defaultRetention?: string;
  defaultYear?: number;
  /** `withinFonds`: reference codes lack the fonds number; it is put before them (and the received form kept). */
  codes?: 'whole' | 'withinFonds';
  /**
   * What becomes of a row whose entry is held, known by its reference code or by the name another system has for it. `keep`: a row
   * that says otherwise is returned. `update`: its columns are put over the entry. `merge`: it fills what is empty there. `skip`: the
   * entry stays as it is, and the row is not returned.
   */
  existing?: 'keep' | 'update' | 'merge' | 'skip';
  /**
   * What becomes of a row that is like an entry held in its fonds by title, days and creator, and known by nothing else. `off`: nobody
   * looks. `tell`: it makes an entry, and is noted.
   */
  alike?: 'off' | 'tell' | 'skip' | 'merge';
  /** `asInFile`, or every entry `unreviewed` whatever the file says. */
  accessStatus?: 'asInFile' | 'unreviewed';
}

export interface Mapping {
  sheets: Sheet[];
  options: ImportOptions;
  /** What the archive says over the standards' schemes; nothing where it is left out. */
  own?: readonly OwnScheme[];
}

export type FindingCode =
  | 'title.missing' | 'title.noColumn' | 'title.long' | 'title.tooLong' | 'code.tooLong' | 'code.duplicateInFile' | 'code.taken'
  | 'code.void' | 'classification.secret' | 'classification.unknown' | 'date.unreadable' | 'date.backwards'
  | 'retention.unknown' | 'access.unknown' | 'level.unknown' | 'pages.invalid' | 'year.invalid' | 'category.unknown'
  | 'value.tooLong' | 'parent.notFound' | 'parent.rejected' | 'parent.itself' | 'source.duplicateInFile' | 'fonds.tooLong' | 'cell.undecodable' | 'cell.uncalculated'
  | 'cell.control' | 'element.value' | 'element.kept' | 'element.unused' | 'element.missing' | 'entry.alike' | 'entry.skipped' | 'fonds.held' | 'fonds.closed'; // biome-ignore format: a row of words

/** Something said about a row. Values are those of the file; nothing of a row with a secret mark. */
export interface RowFinding {
  code: FindingCode;
  severity: 'error' | 'warning';
  /** 0-based column, or null for the row as a whole. */
  column: number | null;
  value: string;
  params?: Record<string, string | number>;
}

/** The key a row is known by before its entry has an id. */
export interface RowKey {
  sheet: number;
  row: number;
  code: string | null;
  digest: string;
}

/** A row that says a whole entry. */
export interface EntryRow extends RowKey {
  kind: 'unit';
  fonds: string;
  fondsName: string | null;
  level: Level;
  sortKey: string;
  title: string;
  creator: string | null;
  docNo: string | null;
  date: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
  classification: Classification;
  accessStatus: AccessStatus;
  pages: number | null;
  /** JSON of the other elements. */
  description: string;
  gapsOwn: number;
  gapsTop: number;
  /** The entry above, where the file names it. */
  parent: RowKey | null;
  /** The code of the entry above, where the row's own code tells it. */
  parentCode: string | null;
  /** What the row calls the entry above where no row of the file bears that name: one held already may. */
  parentNamed: string | null;
  /** Codes the entry bore before, a line each. */
  formerCodes: string | null;
  /** Names other systems have for the entry, a line each. */
  identifiers: string | null;
}

/** A row that describes a fonds. */
export interface FondsRow extends RowKey {
  kind: 'fonds';
  fonds: string;
  name: string;
  dates: string | null;
  history: string | null;
  custody: string | null;
  scope: string | null;
}

/** A row with something to say: refused, or accepted with doubts. */
export interface NotedRow {
  sheet: number;
  row: number;
  rejected: boolean;
  findings: RowFinding[];
  /** The row as received; null where it must not be kept. */
  cells: string[] | null;
}

/** What storing asks of an accepted row. What is written of it lies in the lines of its chunk. */
export interface EntryKey extends RowKey {
  kind: 'unit';
  /** Which of the chunk's entries it is. */
  place: number;
  fonds: string;
  fondsName: string | null;
  level: Level;
  accessStatus: AccessStatus;
  parent: RowKey | null;
  parentCode: string | null;
  parentNamed: string | null;
  formerCodes: string | null;
  identifiers: string | null;
}

/** A stretch of validated rows. */
export interface Stretch {
  noted: NotedRow[];
  /** Rows of data read, accepted or not. */
  rows: number;
  /** The same by the sheet's index. */
  rowsBySheet: Record<number, number>;
  /** Last row of the stretch. */
  last: { sheet: number; row: number };
  /** Share of the file read, 0 to 1. */
  progress: number;
}

/** With the accepted rows whole, in the order of the file: for those who only look. */
export interface Chunk extends Stretch {
  accepted: (EntryRow | FondsRow)[];
}

/** Made ready for being stored. Rows themselves stay where they were read and are asked for when needed, by their places. */
export interface ReadyChunk extends Stretch {
  entries: EntryKey[];
  fonds: FondsRow[];
  /** The entries as the holdings write them, all but where they stand; none where nothing will be written. */
  units: Lines;
  /** The entries as search writes them. */
  searched: Lines;
  cellsOf(places: readonly number[]): Promise<string[][]>;
  rowsOf(places: readonly number[]): Promise<EntryRow[]>;
}
