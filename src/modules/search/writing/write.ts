/**
 * Writing the index. All of it runs in the caller's transaction and may be repeated without harm. The application's
 * role may not touch the tables. What a single change writes (entries, access status, names of fonds) goes through
 * functions of the database that take what is in the transaction's reach alone; everything else needs the owner.
 */
import type { Sql, Tx } from '#kernel/db';
import type { Lines } from '#kernel/db/copy-buffer';
import type { ArchiveLabel, FondsLabel, PageText, UnitEntry } from '../entry.ts';
import { copyEntries, deleteUnits, putUnits, unitsWithPages } from '../store/entries.ts';
import { putArchives, putFonds } from '../store/labels.ts';
import { buildSegments, deletePages, putPages, segmentsOf } from '../store/pages.ts';
import { run } from '../store/runner.ts';

/** Largest number of units written by one statement. */
const CHUNK = 5000;

/** Names of archives as hits and facets show them, and the tree for the archive filter. As the owner. */
export async function indexArchives(tx: Tx, archives: readonly ArchiveLabel[]): Promise<void> {
  await putArchives(tx, archives);
}

export async function indexFonds(tx: Tx, fonds: readonly FondsLabel[]): Promise<void> {
  await putFonds(tx, fonds);
}

/**
 * Writes or replaces the descriptions of units. Page text a unit already has stays and is joined with the new words.
 *
 * @param units each unit once
 */
export async function indexUnits(tx: Tx, units: readonly UnitEntry[]): Promise<void> {
  for (let i = 0; i < units.length; i += CHUNK) {
    const chunk = units.slice(i, i + CHUNK);
    await putUnits(tx, chunk);
    const ids = chunk.map((u) => u.unitId);
    for (const unitId of await unitsWithPages(tx, ids)) await buildSegments(tx, unitId);
  }
}

/** Where the script lies that makes lines for `indexNewUnits`: for a thread that reads a catalogue. It gives `newEntryLines`. */
export const ENTRY_LINES = new URL('../store/entry-lines.ts', import.meta.url);

/**
 * Writes the descriptions of units the index has nothing of, several times as fast as `indexUnits`.
 *
 * @param tx a transaction of `bulkTransaction`
 * @param places which of the units, ascending
 */
export async function indexNewUnits(tx: Tx, lines: Lines, places: readonly number[]): Promise<void> {
  await copyEntries(tx, lines, places);
}

/**
 * Writes or replaces the text of some pages of a unit. Hand over many at a time: sixteen pages share one entry, which
 * each call builds anew. As the owner.
 */
export async function indexPages(tx: Tx, unitId: string, pages: readonly PageText[]): Promise<void> {
  if (pages.length === 0) return;
  await buildSegments(tx, unitId, segmentsOf(await putPages(tx, unitId, pages)));
}

/** Takes page text out again: the pages named, or all of the unit's. As the owner. */
export async function removePages(tx: Tx, unitId: string, pageNos?: readonly number[]): Promise<void> {
  await deletePages(tx, unitId, pageNos ?? null);
  await buildSegments(tx, unitId);
}

/** Takes units out with all their text. As the owner. */
export async function removeUnits(tx: Tx, unitIds: readonly string[]): Promise<void> {
  await deleteUnits(tx, unitIds);
}

/** Works what was written lately into the index proper. Call as the owner after a large import; PostgreSQL does it by itself later. */
export async function settle(owner: Sql): Promise<void> {
  await run(owner, 'select search.settle()', []);
}
