import type { Tx } from '#kernel/db';
import { positionsAfter } from '../../domain/position.ts';
import { fondsOfUnits, heldByCode, heldByDigest, lastPositions, type PlacedRow } from '../store/units.ts';
import type { EntryKey, NotedRow, ReadyChunk, RowKey, Sheet } from '../types.ts';
import { columnOf } from './column-of.ts';
import type { Matched } from './matched.ts';
import type { NamedParents, Spot } from './named-parents.ts';

export interface Placed {
  rows: PlacedRow[];
  refused: NotedRow[];
}

/**
 * Finds each new row its place: fonds, the entry above, and an order key behind what is there.
 *
 * @param fonds ids of all fonds the rows name
 * @param idOf the id a row's entry gets
 * @param named entries above that no row makes
 */
export async function placeRows(
  tx: Tx,
  archiveId: string,
  chunk: ReadyChunk,
  matched: Matched,
  fonds: ReadonlyMap<string, string>,
  idOf: (sheet: number, row: number) => string,
  { named, sheets }: { named: NamedParents; sheets: readonly Sheet[] },
): Promise<Placed> {
  const above = await findAbove(tx, archiveId, matched, fonds, idOf);
  const rows: PlacedRow[] = [];
  const lost: EntryKey[] = [];
  const byParent = new Map<string, PlacedRow[]>();
  for (const row of matched.fresh) {
    const own = fonds.get(row.fonds)!;
    const parent = row.parent
      ? above.byRow(row.parent)
      : row.parentCode !== null && row.parentNamed === null
        ? above.byCode(row.parentCode, own)
        : (named.of(row) ?? null);
    if (row.parentNamed !== null && !parent) {
      // Refused already.
      above.forget(row);
      continue;
    }
    if (row.parent && !parent) {
      lost.push(row);
      above.forget(row);
      continue;
    }
    const placed: PlacedRow = {
      row,
      id: idOf(row.sheet, row.row),
      fondsId: parent?.fondsId ?? own,
      parentId: parent?.id ?? null,
      position: '',
    };
    rows.push(placed);
    const under = placed.parentId ?? placed.fondsId;
    const siblings = byParent.get(under);
    if (siblings) siblings.push(placed);
    else byParent.set(under, [placed]);
  }
  const last = await lastPositions(tx, [...byParent.keys()]);
  for (const [parent, siblings] of byParent) {
    const keys = positionsAfter(last.get(parent) ?? null, siblings.length);
    siblings.forEach((s, i) => {
      s.position = keys[i]!;
    });
  }
  return { rows, refused: await refuseLost(chunk, lost, sheets) };
}

/** Rows whose entry above was refused, found out only now. */
async function refuseLost(
  chunk: ReadyChunk,
  lost: readonly EntryKey[],
  sheets: readonly Sheet[],
): Promise<NotedRow[]> {
  if (lost.length === 0) return [];
  const cells = await chunk.cellsOf(lost.map((r) => r.place));
  return lost.map((r, i) => ({
    sheet: r.sheet,
    row: r.row,
    rejected: true,
    cells: cells[i] ?? null,
    findings: [
      {
        code: 'parent.rejected',
        severity: 'error',
        column: columnOf(sheets, r.sheet, 'parentSourceId', 'volumeNo', 'referenceCode'),
        value: '',
        params: { row: r.parent?.row ?? 0 },
      },
    ],
  }));
}

const keyOf = (k: { sheet: number; row: number }) => `${k.sheet}:${k.row}`;

/** Looks up, at once for the whole chunk, all entries that rows stand under. */
async function findAbove(
  tx: Tx,
  archiveId: string,
  matched: Matched,
  fonds: ReadonlyMap<string, string>,
  idOf: (sheet: number, row: number) => string,
): Promise<{
  byRow(k: RowKey): Spot | null;
  byCode(code: string, fondsId: string): Spot | null;
  forget(row: RowKey): void;
}> {
  const byRow = new Map<string, Spot>();
  const byCode = new Map<string, Spot>();
  // Most catalogues are plain lists.
  if (matched.fresh.every((r) => r.parent === null && r.parentCode === null))
    return { byRow: () => null, byCode: () => null, forget: () => {} };
  for (const { row, held } of [...matched.unchanged, ...matched.changed]) {
    byRow.set(keyOf(row), held);
    if (row.code !== null && row.level !== 'item') byCode.set(row.code, held);
  }
  for (const row of matched.fresh) {
    const spot = { id: idOf(row.sheet, row.row), fondsId: fonds.get(row.fonds)! };
    byRow.set(keyOf(row), spot);
    if (row.code !== null && row.level !== 'item') byCode.set(row.code, spot);
  }

  const farRows = new Map<string, RowKey>();
  const farCodes = new Set<string>();
  for (const { parent, parentCode } of matched.fresh) {
    if (parent && !byRow.has(keyOf(parent))) farRows.set(keyOf(parent), parent);
    if (parentCode !== null && !byCode.has(parentCode)) farCodes.add(parentCode);
  }
  const made = await fondsOfUnits(
    tx,
    [...farRows.values()].map((k) => idOf(k.sheet, k.row)),
  );
  const elsewhere: RowKey[] = [];
  for (const [key, k] of farRows) {
    const id = idOf(k.sheet, k.row);
    const fondsId = made.get(id);
    if (fondsId) byRow.set(key, { id, fondsId });
    else elsewhere.push(k);
  }
  const held = await heldByCode(tx, archiveId, [
    ...farCodes,
    ...elsewhere.flatMap((k) => (k.code === null ? [] : [k.code])),
  ]);
  const same = await heldByDigest(
    tx,
    archiveId,
    elsewhere.flatMap((k) => (k.code === null && k.digest !== '' ? [k.digest] : [])),
  );
  for (const k of elsewhere) {
    const spot = k.code === null ? same.get(k.digest) : held.get(k.code);
    if (spot && spot.digest === k.digest) byRow.set(keyOf(k), spot);
  }
  for (const code of farCodes) {
    const spot = held.get(code);
    if (spot && spot.level !== 'item') byCode.set(code, spot);
  }
  return {
    byRow: (k) => byRow.get(keyOf(k)) ?? null,
    byCode: (code, fondsId) => {
      const spot = byCode.get(code);
      return spot && spot.fondsId === fondsId ? spot : null;
    },
    forget: (row) => {
      byRow.delete(keyOf(row));
      if (row.code !== null) byCode.delete(row.code);
    },
  };
}
