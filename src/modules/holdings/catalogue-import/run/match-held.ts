import type { Tx } from '#kernel/db';
import type { ImportField } from '../headings/fields.ts';
import { type PuttingRule, putOver } from '../rows/put-over.ts';
import { heldComparison } from '../rows/says-held.ts';
import { closedFonds } from '../store/fonds.ts';
import { heldByIdentifier } from '../store/identified.ts';
import { heldByCode, heldByDigest, heldWhole } from '../store/units.ts';
import { voidReasons } from '../store/voids.ts';
import type { EntryKey, FindingCode, NotedRow, ReadyChunk } from '../types.ts';
import { columnOf } from './column-of.ts';
import { matchAlike } from './match-alike.ts';
import { type Known, type Matched, type Matching, type Pair, remark } from './matched.ts';

interface Refused {
  row: EntryKey;
  code: FindingCode;
  /** How the entry was found that stands in the way. */
  how?: Known;
  value?: string;
  params?: Record<string, string>;
}

/** The columns in which a row says what it is known by. */
const SAID: Record<Known, readonly ImportField[]> = {
  code: ['referenceCode', 'itemNo', 'volumeNo'],
  identifier: ['sourceId', 'referenceCode'],
  words: ['title'],
  alike: ['title'],
};

/**
 * Compares rows with what is held: by reference code, by the names other systems have for an entry, by what the row says where it has
 * neither, and, where that was asked for, by likeness. The same row again is unchanged, so is one that says otherwise but nothing that is not held: a
 * table taken out and in again. What becomes of another row under a held name is the import's rule. A code that was given and withdrawn
 * (空号) is not given again: its row is refused.
 */
export async function matchHeld(tx: Tx, chunk: ReadyChunk, m: Matching): Promise<Matched> {
  const { archiveId, options, sheets, askCodes } = m;
  const saidIn = (row: EntryKey, how: Known) => columnOf(sheets, row.sheet, ...SAID[how]);
  const units = chunk.entries;
  const found: Matched = { fresh: [], unchanged: [], changed: [], skipped: [], refused: [], remarks: [] };
  const closed = await closedFonds(tx, archiveId, [...new Set(units.map((r) => r.fonds))]);
  const byCode = await heldByCode(
    tx,
    archiveId,
    units.flatMap((r) => (r.code !== null && (askCodes || closed.has(r.fonds)) ? [r.code] : [])),
  );
  const byDigest = await heldByDigest(
    tx,
    archiveId,
    units.flatMap((r) => (r.code === null ? [r.digest] : [])),
  );
  const named = units.filter((r) => r.identifiers !== null && (r.code === null || !byCode.has(r.code)));
  const namesOf = (r: EntryKey) =>
    (r.identifiers ?? '').split('\n').map((name) => ({ name, fondsNo: r.fonds }));
  const byName = await heldByIdentifier(tx, archiveId, named.flatMap(namesOf));
  const voids = await voidReasons(
    tx,
    archiveId,
    units.flatMap((r) => (r.code === null || byCode.has(r.code) ? [] : [r.code])),
  );
  const differing: Pair[] = [];
  const refused: Refused[] = [];
  for (const row of units) {
    const reason = row.code === null ? undefined : voids.get(row.code);
    const pair = reason === undefined ? pairOf(row) : undefined;
    const into = closed.get(row.fonds);
    if (reason !== undefined) refused.push({ row, code: 'code.void', params: { reason } });
    else if (!pair && into !== undefined)
      refused.push({ row, code: 'fonds.closed', value: row.fonds, params: { into } });
    else if (!pair) found.fresh.push(row);
    else if (pair.held.digest === row.digest) found.unchanged.push(pair);
    else differing.push(pair);
  }
  function pairOf(row: EntryKey): Pair | undefined {
    const coded = row.code === null ? undefined : byCode.get(row.code);
    if (coded) return { row, held: coded, how: 'code' };
    const same = row.code === null ? byDigest.get(row.digest) : undefined;
    if (same) return { row, held: same, how: 'words' };
    if (row.identifiers === null) return undefined;
    for (const name of namesOf(row)) {
      const held = byName(name);
      if (held) return { row, held, how: 'identifier' };
    }
    return undefined;
  }
  const same = await sayingWhatIsHeld(tx, chunk, differing, m);
  const putting: (Pair & { rule: PuttingRule })[] = [];
  for (const one of differing) {
    const rule = options.existing ?? 'keep';
    if (same.has(one.row)) found.unchanged.push(one);
    else if (rule === 'skip') found.skipped.push(one);
    else if (rule === 'keep') refused.push({ row: one.row, code: 'code.taken', how: one.how });
    else putting.push({ ...one, rule });
  }
  await matchAlike(tx, chunk, m, found, putting);
  await put(tx, chunk, m, found, putting);
  const cells = refused.length === 0 ? [] : await chunk.cellsOf(refused.map((r) => r.row.place));
  refused.forEach(({ row, code, value = row.code ?? '', how = 'code', params }, i) => {
    const column =
      code === 'fonds.closed' ? columnOf(sheets, row.sheet, 'fondsNo', ...SAID.code) : saidIn(row, how);
    const finding = { code, severity: 'error' as const, column, value };
    const findings = [params === undefined ? finding : { ...finding, params }];
    found.refused.push({ sheet: row.sheet, row: row.row, rejected: true, findings, cells: cells[i] ?? null });
  });
  for (const { row, held, how } of found.skipped)
    found.remarks.push(remark(row, 'entry.skipped', saidIn(row, how), held.code ?? held.id));
  return found;
}

/** Works out what rows make of the entries they are put over. A row that says nothing new leaves its entry alone. */
async function put(
  tx: Tx,
  chunk: ReadyChunk,
  { sheets, own }: Matching,
  found: Matched,
  pairs: readonly (Pair & { rule: PuttingRule })[],
): Promise<void> {
  if (pairs.length === 0) return;
  const rows = await chunk.rowsOf(pairs.map((p) => p.row.place));
  const whole = await heldWhole(tx, [...new Set(pairs.map((p) => p.held.id))]);
  const over = putOver(sheets, own);
  const taken = new Set<string>();
  pairs.forEach((pair, i) => {
    const [row, held] = [rows[i], whole.get(pair.held.id)];
    if (!row || !held) return;
    const { after, changes } = over(row, held, pair.rule);
    if (changes.length === 0) found.unchanged.push(pair);
    // Two rows of a chunk about one entry: the first is put over it, the other is noted.
    else if (taken.has(pair.held.id)) found.skipped.push(pair);
    else {
      taken.add(pair.held.id);
      found.changed.push({ ...pair, after, changes });
    }
  });
}

/** Which rows, said otherwise than the entry came in or was made, say nothing that is not held. */
async function sayingWhatIsHeld(
  tx: Tx,
  chunk: ReadyChunk,
  differing: readonly Pair[],
  { options, sheets, own }: Matching,
): Promise<Set<EntryKey>> {
  const same = new Set<EntryKey>();
  if (differing.length === 0) return same;
  const cells = await chunk.cellsOf(differing.map((d) => d.row.place));
  const words = await heldWhole(
    tx,
    differing.map((d) => d.held.id),
  );
  const compare = new Map(sheets.map((s) => [s.index, heldComparison(options, s, own)]));
  differing.forEach(({ row, held }, i) => {
    const now = words.get(held.id);
    if (now && compare.get(row.sheet)?.(row.row, cells[i] ?? [], now)) same.add(row);
  });
  return same;
}

/** Joins findings about one row: those of reading with those of storing. */
export function joinNoted(read: readonly NotedRow[], stored: readonly NotedRow[]): NotedRow[] {
  if (stored.length === 0) return [...read];
  const byRow = new Map(read.map((n) => [`${n.sheet}:${n.row}`, n]));
  for (const n of stored) {
    const key = `${n.sheet}:${n.row}`;
    const before = byRow.get(key);
    byRow.set(key, before ? { ...n, findings: [...before.findings, ...n.findings] } : n);
  }
  return [...byRow.values()].sort((a, b) => a.sheet - b.sheet || a.row - b.row);
}
