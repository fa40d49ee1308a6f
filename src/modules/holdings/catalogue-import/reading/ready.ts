import type { Lines } from '#kernel/db/copy-buffer';
import type { OwnScheme } from '../../domain/schemes.ts';
import { type OwnWords, ownWordsOf, searchedParts } from '../../domain/searched.ts';
import { ACCESS_STATUSES, type Description, LEVELS } from '../../domain/unit.ts';
import type { IndexedUnit, NewIndexLines } from '../deps.ts';
import { rowIds } from '../rows/row-ids.ts';
import { type ImportStamp, UnitLines } from '../store/unit-lines.ts';
import type { EntryKey, EntryRow, FondsRow, RowKey } from '../types.ts';
import type { Gather } from './gather.ts';

/** How the entries of a stretch are made ready. */
export interface ReadyOptions extends ImportStamp {
  /** Nothing will be written: no lines are made. */
  dry: boolean;
  /** Rows may be put over what is held: they are kept until they have been stored. */
  keepRows: boolean;
  /** What the archive says over the standards' schemes. */
  own: readonly OwnScheme[];
}

/**
 * Keys of entries by columns. Objects sent from thread to thread are copied one by one and live long enough to burden the
 * collector of both; columns are handed over.
 */
export interface KeyColumns {
  sheets: Uint16Array<ArrayBuffer>;
  rows: Uint32Array<ArrayBuffer>;
  /** Places in `LEVELS`, `ACCESS_STATUSES` and `fondsNamed`. */
  levels: Uint8Array<ArrayBuffer>;
  access: Uint8Array<ArrayBuffer>;
  fonds: Uint16Array<ArrayBuffer>;
  fondsNamed: { number: string; name: string | null }[];
  codes: (string | null)[];
  digests: string[];
  parents: Map<number, RowKey>;
  parentCodes: Map<number, string>;
  parentsNamed: Map<number, string>;
  formerCodes: Map<number, string>;
  identifiers: Map<number, string>;
}

/** What a stretch comes to, ready to be handed to the thread that stores. */
export interface Ready {
  keys: KeyColumns;
  fonds: FondsRow[];
  units: Lines;
  searched: Lines;
}

/** What stays with the reader: each entry's cells as one text, and its row where rows may be asked for. */
export interface Kept {
  cells: string[];
  rows: EntryRow[];
}

/** No cell of an accepted row has this character. */
const CELL_END = '\0';

/**
 * Makes entries ready row by row, so that a row is forgotten as soon as it is read: keys, lines for the holdings, lines for
 * search.
 *
 * @param searched begins search's lines; none where search is not told
 * @param size most rows
 * @param bytes what the lines will need, roughly
 */
export function gatherReady(
  o: ReadyOptions,
  searched: NewIndexLines | null,
  size: number,
  bytes: { units: number; searched: number },
): Gather<{ ready: Ready; kept: Kept }> {
  const idOf = rowIds(o.importId);
  const words = ownWordsOf(o.own);
  const units = new UnitLines(o, bytes.units);
  const entries = searched?.(bytes.searched) ?? null;
  const kept: Kept = { cells: [], rows: [] };
  const fondsRows: FondsRow[] = [];
  const fondsPlaces = new Map<string, number>();
  const keys: KeyColumns = {
    sheets: new Uint16Array(size),
    rows: new Uint32Array(size),
    levels: new Uint8Array(size),
    access: new Uint8Array(size),
    fonds: new Uint16Array(size),
    fondsNamed: [],
    codes: [],
    digests: [],
    parents: new Map(),
    parentCodes: new Map(),
    parentsNamed: new Map(),
    formerCodes: new Map(),
    identifiers: new Map(),
  };
  return {
    add(row, cells) {
      if (row.kind === 'fonds') {
        fondsRows.push(row);
        return;
      }
      const place = keys.codes.length;
      keys.sheets[place] = row.sheet;
      keys.rows[place] = row.row;
      keys.levels[place] = LEVELS.indexOf(row.level);
      keys.access[place] = ACCESS_STATUSES.indexOf(row.accessStatus);
      keys.fonds[place] = fondsPlace(row);
      keys.codes.push(row.code);
      keys.digests.push(row.digest);
      if (row.parent) keys.parents.set(place, row.parent);
      if (row.parentCode !== null) keys.parentCodes.set(place, row.parentCode);
      if (row.parentNamed !== null) keys.parentsNamed.set(place, row.parentNamed);
      if (row.formerCodes !== null) keys.formerCodes.set(place, row.formerCodes);
      if (row.identifiers !== null) keys.identifiers.set(place, row.identifiers);
      kept.cells.push(cells.join(CELL_END));
      if (o.keepRows) kept.rows.push(row);
      if (o.dry) return;
      const id = idOf(row.sheet, row.row);
      units.add(id, row);
      entries?.add(indexed(o.archiveId, id, row, words));
    },
    done: () => ({
      kept,
      ready: { keys, fonds: fondsRows, units: units.lines(), searched: entries?.lines() ?? NO_LINES },
    }),
  };

  /** The first row of a fonds that names it gives its name. */
  function fondsPlace(row: EntryRow): number {
    let place = fondsPlaces.get(row.fonds);
    if (place === undefined) {
      place = keys.fondsNamed.push({ number: row.fonds, name: row.fondsName }) - 1;
      fondsPlaces.set(row.fonds, place);
    }
    return place;
  }
}

const NO_LINES: Lines = { bytes: new Uint8Array(), ends: new Uint32Array() };

/** Cells as they were. */
export function cellsOf(kept: Kept | undefined, place: number): string[] {
  return kept?.cells[place]?.split(CELL_END) ?? [];
}

/** Keys one by one, in the order of the file. */
export function keysOf(c: KeyColumns): EntryKey[] {
  return c.codes.map((code, place) => {
    const { number, name } = c.fondsNamed[c.fonds[place]!]!;
    return {
      kind: 'unit', place, sheet: c.sheets[place]!, row: c.rows[place]!, code, digest: c.digests[place]!, fonds: number, fondsName: name,
      level: LEVELS[c.levels[place]!]!, accessStatus: ACCESS_STATUSES[c.access[place]!]!,
      parent: c.parents.get(place) ?? null, parentCode: c.parentCodes.get(place) ?? null,
      parentNamed: c.parentsNamed.get(place) ?? null, formerCodes: c.formerCodes.get(place) ?? null,
      identifiers: c.identifiers.get(place) ?? null,
    }; // biome-ignore format: a table of fields
  });
}

/** The memory that is handed over with it. */
export function buffersOf({ keys, units, searched }: Ready): ArrayBuffer[] {
  const columns = [keys.sheets, keys.rows, keys.levels, keys.access, keys.fonds];
  const lines = [units, searched].filter((l) => l !== NO_LINES).flatMap((l) => [l.bytes, l.ends]);
  return [...columns, ...lines].map((a) => a.buffer);
}

/** A row's entry as search takes it in. */
export function indexed(archiveId: string, unitId: string, r: EntryRow, ownWords: OwnWords): IndexedUnit {
  const other: string[] = [];
  if (r.description !== '{}')
    other.push(...searchedParts(JSON.parse(r.description) as Description, ownWords));
  return {
    unitId, archiveId, fondsNo: r.fonds, level: r.level, accessStatus: r.accessStatus, classification: r.classification,
    title: r.title, referenceCode: r.code, sortKey: r.sortKey, category: r.category, year: r.year, retention: r.retention,
    dateText: r.date, dateFrom: r.dateFrom, dateTo: r.dateTo,
    creator: r.creator, docNo: r.docNo, other,
  }; // biome-ignore format: a table of fields
}
