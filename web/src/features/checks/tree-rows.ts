import type { CheckEntry } from './shapes.ts';

/** A row of the tree: an entry, or the place to ask for more of a folder. */
export interface TreeRow {
  depth: number;
  parent: number;
  entry?: CheckEntry;
}

type Children = ReadonlyMap<number, { items: readonly CheckEntry[]; more: boolean } | undefined>;

/** The open folders' rows from top to bottom. @param children by folder; 0 is the top; a closed folder has none */
export function flatten(children: Children): TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (parent: number, depth: number): void => {
    const found = children.get(parent);
    if (!found) return;
    for (const entry of found.items) {
      rows.push({ depth, parent, entry });
      if (entry.kind === 'folder') add(entry.seq, depth + 1);
    }
    if (found.more) rows.push({ depth, parent });
  };
  add(0, 0);
  return rows;
}

const BESIDE = 10;

/** The rows to draw: those in sight and some beside them. */
export function windowOf(o: { top: number; height: number; row: number; rows: number }): {
  first: number;
  last: number;
} {
  const first = Math.max(0, Math.floor(o.top / o.row) - BESIDE);
  return { first, last: Math.min(o.rows, Math.ceil((o.top + o.height) / o.row) + BESIDE) };
}
