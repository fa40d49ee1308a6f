import type { Tx } from '#kernel/db';
import { heldComparison } from '../rows/says-held.ts';
import { type HeldUnit, heldByCode, heldByDigest, heldWords } from '../store/units.ts';
import { voidReasons } from '../store/voids.ts';
import type { EntryKey, ImportOptions, NotedRow, ReadyChunk, RowFinding, Sheet } from '../types.ts';

/** What the rows of a chunk are to what the archive holds already. */
export interface Matched {
  fresh: EntryKey[];
  /** Rows that say what is held. */
  unchanged: { row: EntryKey; held: HeldUnit }[];
  /** Rows to be put over what is held. */
  changed: { row: EntryKey; held: HeldUnit }[];
  refused: NotedRow[];
}

/**
 * Compares rows with what is held: by reference code, or by what the row says where it has none. The same row again is
 * unchanged; another row under a held code is refused, or replaces the entry where the option says so. A code that was
 * given and withdrawn (空号) is not given again: its row is refused. A row that says otherwise, but nothing that is not held,
 * is unchanged too: a table taken out and in again.
 *
 * @param askCodes false: the codes are taken for new without asking. The unique index of codes says so where they are not
 * (`holdsCode`), and the chunk is stored once more with the question. Most catalogues are taken in once
 */
export async function matchHeld(
  tx: Tx,
  archiveId: string,
  chunk: ReadyChunk,
  options: ImportOptions,
  sheets: readonly Sheet[],
  askCodes = true,
): Promise<Matched> {
  const units = chunk.entries;
  const byCode = await heldByCode(
    tx,
    archiveId,
    askCodes ? units.flatMap((r) => (r.code === null ? [] : [r.code])) : [],
  );
  const byDigest = await heldByDigest(
    tx,
    archiveId,
    units.flatMap((r) => (r.code === null ? [r.digest] : [])),
  );
  const found: Matched = { fresh: [], unchanged: [], changed: [], refused: [] };
  const differing: { row: EntryKey; held: HeldUnit }[] = [];
  const refused: { row: EntryKey; finding: RowFinding }[] = [];
  const refuse = (row: EntryKey, code: 'code.taken' | 'code.void', reason?: string): void => {
    const finding: RowFinding = { code, severity: 'error', column: null, value: row.code ?? '' };
    refused.push({
      row,
      finding: reason === undefined ? finding : { ...finding, params: { reason } },
    });
  };
  const voids = await voidReasons(
    tx,
    archiveId,
    units.flatMap((r) => (r.code === null || byCode.has(r.code) ? [] : [r.code])),
  );
  for (const row of units) {
    const held = row.code === null ? byDigest.get(row.digest) : byCode.get(row.code);
    const isVoid = row.code === null ? undefined : voids.get(row.code);
    if (isVoid !== undefined) refuse(row, 'code.void', isVoid);
    else if (!held) found.fresh.push(row);
    else if (held.digest === row.digest) found.unchanged.push({ row, held });
    else differing.push({ row, held });
  }
  const same = await sayingWhatIsHeld(tx, chunk, differing, options, sheets);
  for (const one of differing) {
    if (same.has(one.row)) found.unchanged.push(one);
    else if (options.existing === 'update') found.changed.push(one);
    else refuse(one.row, 'code.taken');
  }
  if (refused.length > 0) {
    const cells = await chunk.cellsOf(refused.map((r) => r.row.place));
    refused.forEach(({ row: { sheet, row }, finding }, i) => {
      found.refused.push({ sheet, row, rejected: true, findings: [finding], cells: cells[i] ?? null });
    });
  }
  return found;
}

/** Which rows, said otherwise than the entry came in or was made, say nothing that is not held. */
async function sayingWhatIsHeld(
  tx: Tx,
  chunk: ReadyChunk,
  differing: readonly { row: EntryKey; held: HeldUnit }[],
  options: ImportOptions,
  sheets: readonly Sheet[],
): Promise<Set<EntryKey>> {
  const same = new Set<EntryKey>();
  if (differing.length === 0) return same;
  const cells = await chunk.cellsOf(differing.map((d) => d.row.place));
  const words = await heldWords(
    tx,
    differing.map((d) => d.held.id),
  );
  const compare = new Map(sheets.map((s) => [s.index, heldComparison(options, s)]));
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
