import { setImmediate } from 'node:timers/promises';
import type { Description } from '../../domain/unit.ts';
import { searchedParts } from '../../store/indexed.ts';
import type { CatalogueImportDeps, IndexedUnit, NewIndexedUnits } from '../deps.ts';
import { rowIds } from '../rows/row-ids.ts';
import type { ImportRecord } from '../store/imports.ts';
import { NewEntries } from '../store/units.ts';
import type { DeliveredChunk, EntryRow } from '../types.ts';

/** Rows prepared in one go: some milliseconds, so that the chunk being stored gets its turns. */
const SLICE = 100;

/** A chunk with what will be written of its rows, should they turn out to be new. */
export interface PreparedChunk {
  chunk: DeliveredChunk;
  entries: NewEntries;
  /** What search will keep of them, in the same order. */
  searched: NewIndexedUnits;
  /** The number of each row among them. */
  numbers: ReadonlyMap<EntryRow, number>;
}

/** Works out ahead, while another chunk is being stored, what will be written of the rows; of a dry run nothing. */
export async function prepareChunk(
  deps: Pick<CatalogueImportDeps, 'indexer' | 'clock'>,
  imp: ImportRecord,
  chunk: DeliveredChunk,
  dry: boolean,
): Promise<PreparedChunk> {
  const idOf = rowIds(imp.id);
  const searched = deps.indexer.newUnits();
  const entries = new NewEntries({ archiveId: imp.archiveId, importId: imp.id, at: deps.clock.now() });
  const numbers = new Map<EntryRow, number>();
  for (const [place, row] of dry ? [] : chunk.accepted.entries()) {
    if (place % SLICE === 0) await setImmediate();
    if (row.kind !== 'unit') continue;
    const id = idOf(row.sheet, row.row);
    numbers.set(row, entries.add(id, row));
    searched.add(indexed(imp.archiveId, id, row));
  }
  return { chunk, entries, searched, numbers };
}

/** A row's entry as search takes it in. */
export function indexed(archiveId: string, unitId: string, r: EntryRow): IndexedUnit {
  const other: string[] = [];
  if (r.creator) other.push(r.creator);
  if (r.docNo) other.push(r.docNo);
  if (r.description !== '{}') other.push(...searchedParts(JSON.parse(r.description) as Description));
  return {
    unitId, archiveId, fondsNo: r.fonds, level: r.level, accessStatus: r.accessStatus, classification: r.classification,
    title: r.title, referenceCode: r.code, sortKey: r.sortKey, category: r.category, year: r.year, retention: r.retention,
    dateText: r.date, dateFrom: r.dateFrom, dateTo: r.dateTo, other,
  }; // biome-ignore format: a table of fields
}
