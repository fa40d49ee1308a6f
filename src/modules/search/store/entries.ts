import type { Sql, Tx } from '#kernel/db';
import { copyInto } from '#kernel/db/copy';
import { type Lines, linesAt } from '#kernel/db/copy-buffer';
import type { UnitEntry } from '../entry.ts';
import { filterTerms, lengthTerms, vector } from '../writing/lexemes.ts';
import { UnitText } from '../writing/unit-text.ts';
import { column } from './columns.ts';
import { ENTRY_COLUMNS, entryCells, LONGEST_TITLE } from './entry-columns.ts';
import { run } from './runner.ts';

/** Writes descriptions (segment 0 of each unit); what the index had of them before is replaced. */
export async function putUnits(on: Sql, units: readonly UnitEntry[]): Promise<void> {
  const text = new UnitText();
  const rows = units.map((unit) => {
    text.read(unit);
    const length = Math.min(text.titleLength, LONGEST_TITLE);
    return [
      ...entryCells(unit),
      length,
      text.foldedText(),
      text.termsText() + vector([...filterTerms(unit), ...lengthTerms(text.titleLength)]),
    ];
  });
  if (rows.length === 0) return;
  await run(on, 'select search.put_entries($1::text[], $2::text[])', [
    ENTRY_COLUMNS,
    ENTRY_COLUMNS.map((_, i) => column(rows.map((cells) => cells[i]))),
  ]);
}

/**
 * Copies in entries of units the index has nothing of, in a transaction of `bulkTransaction`. What they add to the inverted index
 * waits in its list until `search.settle`, which the writer calls from time to time on another connection.
 */
export async function copyEntries(tx: Tx, lines: Lines, places: readonly number[]): Promise<void> {
  if (places.length === 0) return;
  await run(tx, `set local gin_pending_list_limit = '512MB'`, []);
  await copyInto(tx, `search.entry (${ENTRY_COLUMNS.join(', ')})`, linesAt(lines, places));
}

/** Of the given units those that have pages. */
export async function unitsWithPages(on: Sql, unitIds: readonly string[]): Promise<Set<string>> {
  const rows = await run<{ id: string }>(on, 'select search.with_pages($1::uuid[]) as id', [unitIds]);
  return new Set(rows.map((r) => r.id));
}

/** Removes units with all their text. Units that are not there are no matter. */
export async function deleteUnits(on: Sql, unitIds: readonly string[]): Promise<void> {
  await run(on, 'delete from search.entry where unit_id = any ($1::uuid[])', [unitIds]);
  await run(on, 'delete from search.page where unit_id = any ($1::uuid[])', [unitIds]);
}
