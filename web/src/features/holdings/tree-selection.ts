/** An entry as the tree knows it where it is chosen. */
export interface Picked {
  id: string;
  fondsId: string;
  /** What it stands directly under: an entry or its fonds. */
  place: string;
  /** Among its siblings. */
  index: number;
  level: string;
}

/** A row of siblings, from one to another, both of them chosen. */
export interface PickedRow {
  place: string;
  from: Picked;
  to: Picked;
}

/** What is chosen in the tree: single entries, and rows that may be as long as they like. */
export interface TreeSelection {
  single: ReadonlyMap<string, Picked>;
  rows: readonly PickedRow[];
  /** Where a row begins that Shift draws. */
  anchor: Picked | undefined;
}

export const NOTHING: TreeSelection = { single: new Map(), rows: [], anchor: undefined };

export const only = (one: Picked): TreeSelection => ({
  single: new Map([[one.id, one]]),
  rows: [],
  anchor: one,
});

/** Chooses one more, or no more. One of a row takes the row away. */
export function toggled(selection: TreeSelection, one: Picked): TreeSelection {
  const rows = selection.rows.filter((r) => !inRow(r, one));
  const single = new Map(selection.single);
  if (rows.length < selection.rows.length || single.delete(one.id)) return { single, rows, anchor: one };
  single.set(one.id, one);
  return { single, rows, anchor: one };
}

/** Draws a row from the anchor to an entry; among others' siblings it chooses that alone. */
export function drawnTo(selection: TreeSelection, one: Picked): TreeSelection {
  const { anchor } = selection;
  if (!anchor || anchor.place !== one.place) return only(one);
  const [from, to] = anchor.index <= one.index ? [anchor, one] : [one, anchor];
  return { single: new Map(), rows: [{ place: one.place, from, to }], anchor };
}

const inRow = (row: PickedRow, one: Pick<Picked, 'place' | 'index'>): boolean =>
  row.place === one.place && one.index >= row.from.index && one.index <= row.to.index;

export const isChosen = (selection: TreeSelection, one: Pick<Picked, 'id' | 'place' | 'index'>): boolean =>
  selection.single.has(one.id) || selection.rows.some((row) => inRow(row, one));

export const countOf = ({ single, rows }: TreeSelection): number =>
  rows.reduce((n, row) => n + row.to.index - row.from.index + 1, single.size);

/** The same as the server takes it. */
export function selectionOf({ single, rows }: TreeSelection): {
  ids: string[];
  ranges: { from: string; to: string }[];
} {
  return {
    ids: [...single.keys()],
    ranges: rows.map(({ from, to }) => ({ from: from.id, to: to.id })),
  };
}

const RANK: Readonly<Record<string, number>> = { series: 0, file: 1, item: 2 };

/** Whether the chosen may stand under an entry of a level, as far as they are known here. The server asks once more. */
export function fits({ single, rows }: TreeSelection, level: string): boolean {
  const parent = RANK[level] ?? 0;
  const levels = [
    ...[...single.values()].map((p) => p.level),
    ...rows.flatMap((r) => [r.from.level, r.to.level]),
  ];
  return parent < 2 && levels.every((l) => (RANK[l] ?? 0) >= parent);
}
