import type { OwnScheme } from '../../domain/schemes.ts';
import type { Fonds } from '../../store/fonds.ts';
import type { CatalogueIndexer } from '../deps.ts';
import type { FieldChange, PuttingRule } from '../rows/put-over.ts';
import type { WordChange } from '../rows/put-over-fonds.ts';
import type { HeldUnit } from '../store/units.ts';
import type { EntryKey, EntryRow, FindingCode, FondsRow, ImportOptions, NotedRow, Sheet } from '../types.ts';

/** How a row's entry was found: by its reference code, by what it says, by a name another system has for it, by likeness. */
export type Known = 'code' | 'words' | 'identifier' | 'alike';

/** A row and the entry it is about. */
export interface Pair {
  row: EntryKey;
  held: HeldUnit;
  how: Known;
}

/** An entry that a row is put over. */
export interface Changed extends Pair {
  rule: PuttingRule;
  after: EntryRow;
  changes: FieldChange[];
}

/** A row that changes a fonds which is held. */
export interface ChangedFonds {
  row: FondsRow;
  held: Fonds;
  rule: PuttingRule;
  changes: WordChange[];
}

/** What the rows of a chunk are to what the archive holds already. */
export interface Matched {
  fresh: EntryKey[];
  /** Rows that say what is held. */
  unchanged: Pair[];
  /** Rows to be put over what is held. */
  changed: Changed[];
  /** Rows that are passed over because their entry is held. */
  skipped: Pair[];
  refused: NotedRow[];
  /** Remarks about rows that are taken in, or passed over. */
  remarks: NotedRow[];
}

export interface Matching {
  archiveId: string;
  options: ImportOptions;
  sheets: readonly Sheet[];
  own: readonly OwnScheme[];
  indexer: Pick<CatalogueIndexer, 'titlesLike' | 'fold'>;
  /**
   * False: the codes are taken for new without asking. The unique index of codes says so where they are not (`holdsCode`), and the
   * chunk is stored once more with the question. Most catalogues are taken in once.
   */
  askCodes: boolean;
}

/** A remark about a row that is not refused. */
export function remark(row: EntryKey, code: FindingCode, column: number | null, value: string): NotedRow {
  const findings = [{ code, severity: 'warning' as const, column, value }];
  return { sheet: row.sheet, row: row.row, rejected: false, findings, cells: null };
}
