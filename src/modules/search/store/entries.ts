import type { Sql, Tx } from '#kernel/db';
import { copyInto } from '#kernel/db/copy';
import { CopyBuffer } from '#kernel/db/copy-buffer';
import type { UnitEntry } from '../entry.ts';
import {
  chanceOf,
  type FoldedUnit,
  filterTerms,
  foldedColumn,
  foldUnit,
  unitVector,
  writeVector,
} from '../writing/lexemes.ts';
import { type Cell, column, plain } from './columns.ts';
import { run } from './runner.ts';

const names = [
  'unit_id',
  'segment',
  'archive_id',
  'year',
  'date_key',
  'title_length',
  'chance',
  'level',
  'fonds_no',
  'category',
  'retention',
  'access_status',
  'classification',
  'date_text',
  'reference_code',
  'sort_key',
  'title',
  'folded',
  'opens_on',
  'embargo_until',
  'terms',
] as const;

const UNKNOWN_DATE = 99999999;

/** All columns but the last, the terms. */
function row(unit: UnitEntry, folded: FoldedUnit): Cell[] {
  return [
    unit.unitId,
    0,
    unit.archiveId,
    unit.year,
    unit.dateFrom ? Number(unit.dateFrom.replaceAll('-', '')) : UNKNOWN_DATE,
    folded.titleLength,
    chanceOf(unit.unitId) | 0,
    unit.level,
    unit.fondsNo,
    unit.category,
    unit.retention,
    unit.accessStatus,
    unit.classification,
    unit.dateText,
    unit.referenceCode,
    unit.sortKey ?? '',
    unit.title.replaceAll('\n', ' '),
    foldedColumn(folded),
    unit.opensOn,
    unit.embargoUntil,
  ];
}

/** Writes descriptions (segment 0 of each unit); what the index had of them before is replaced. */
export async function putUnits(on: Sql, units: readonly UnitEntry[]): Promise<void> {
  const rows = units.map((unit) => {
    const folded = foldUnit(unit);
    return [...row(unit, folded), unitVector(folded, filterTerms(unit))];
  });
  if (rows.length === 0) return;
  await run(on, 'select search.put_entries($1::text[], $2::text[])', [
    names,
    names.map((_, i) => column(rows.map((cells) => cells[i]))),
  ]);
}

/** Descriptions of units made ready for COPY: work for the processor alone, done ahead of the writing. */
export class NewUnits {
  readonly #rows = new CopyBuffer(1 << 20);
  readonly #ends: number[] = [];

  /** @returns its place */
  add(unit: UnitEntry): number {
    const folded = foldUnit(unit);
    for (const cell of row(unit, folded)) this.#rows.put(typeof cell === 'string' ? plain(cell) : cell);
    this.#rows.open();
    writeVector(folded, filterTerms(unit), (text, from, to) => this.#rows.append(text, from, to));
    this.#rows.end();
    return this.#ends.push(this.#rows.length) - 1;
  }

  /** The rows at these places, in ascending order; neighbours in one piece. */
  pieces(places: readonly number[]): Buffer[] {
    const pieces: Buffer[] = [];
    for (let i = 0; i < places.length; ) {
      const first = i;
      while (++i < places.length && places[i] === places[i - 1]! + 1);
      pieces.push(this.#rows.bytes(this.#ends[places[first]! - 1] ?? 0, this.#ends[places[i - 1]!]));
    }
    return pieces;
  }
}

/** Copies in descriptions of units the index has nothing of, in a transaction of `bulkTransaction`. */
export async function copyEntries(tx: Tx, units: NewUnits, places: readonly number[]): Promise<void> {
  const [first, ...more] = units.pieces(places);
  if (!first) return;
  const rows = more.length === 0 ? first : Buffer.concat([first, ...more]);
  await copyInto(tx, `search.entry (${names.join(', ')})`, rows);
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
