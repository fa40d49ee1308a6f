import type { Tx } from '#kernel/db';
import { heldByIdentifier } from '../store/identified.ts';
import { heldByCode } from '../store/units.ts';
import type { EntryKey, NotedRow, ReadyChunk, Sheet } from '../types.ts';
import { columnOf } from './column-of.ts';

export interface Spot {
  id: string;
  fondsId: string;
}

export interface NamedParents {
  /** The held entry a row belongs under, by the name the row has for it. */
  of(row: EntryKey): Spot | undefined;
  /** Rows whose entry above is neither in the file nor held. */
  refused: NotedRow[];
}

/** Looks up entries above that rows name and no row of the file makes: by reference code, or by a name another system has for it. */
export async function namedParents(
  tx: Tx,
  archiveId: string,
  chunk: ReadyChunk,
  rows: readonly EntryKey[],
  sheets: readonly Sheet[],
): Promise<NamedParents> {
  const naming = rows.filter((r) => r.parentNamed !== null);
  if (naming.length === 0) return { of: () => undefined, refused: [] };
  const within = (r: EntryKey) => `${r.fonds}-${r.parentNamed}`;
  const byCode = await heldByCode(
    tx,
    archiveId,
    naming.flatMap((r) => [r.parentNamed ?? '', within(r)]),
  );
  const byName = await heldByIdentifier(
    tx,
    archiveId,
    naming.map((r) => ({ name: r.parentNamed ?? '', fondsNo: r.fonds })),
  );
  const of = (r: EntryKey): Spot | undefined => {
    if (r.parentNamed === null) return undefined;
    return (
      byCode.get(r.parentNamed) ?? byCode.get(within(r)) ?? byName({ name: r.parentNamed, fondsNo: r.fonds })
    );
  };
  const lost = naming.filter((r) => !of(r));
  const cells = lost.length === 0 ? [] : await chunk.cellsOf(lost.map((r) => r.place));
  return {
    of,
    refused: lost.map(({ sheet, row, parentNamed }, i) => ({
      sheet,
      row,
      rejected: true,
      cells: cells[i] ?? null,
      findings: [
        {
          code: 'parent.notFound',
          severity: 'error',
          column: columnOf(sheets, sheet, 'parentSourceId'),
          value: parentNamed ?? '',
        },
      ],
    })),
  };
}
