import { roomFor } from '#kernel/columns';

/** Finds entries of a ZIP whose bytes lie over one another: what the smallest bombs are made of. */
export interface Overlaps {
  add(node: number, start: number, end: number): void;
  /** The nodes that begin before the one before them ends, or go on past `limit`. -1 stands for a folder. */
  found(limit: number): Iterable<number>;
}

const float64 = (n: number) => new Float64Array(n);

export function createOverlaps(): Overlaps {
  let starts = float64(256);
  let ends = float64(256);
  let nodes = new Int32Array(256);
  let used = 0;
  let ascending = true;
  return {
    add(node, start, end) {
      starts = roomFor(starts, used + 1, float64);
      ends = roomFor(ends, used + 1, float64);
      nodes = roomFor(nodes, used + 1, (n) => new Int32Array(n));
      if (used > 0 && start < (starts[used - 1] ?? 0)) ascending = false;
      starts[used] = start;
      ends[used] = end;
      nodes[used++] = node;
    },
    *found(limit) {
      const order = new Uint32Array(used).map((_, i) => i);
      if (!ascending) order.sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
      let before = 0;
      for (const row of order) {
        if ((starts[row] ?? 0) < before || (ends[row] ?? 0) > limit) yield nodes[row] ?? -1;
        before = Math.max(before, ends[row] ?? 0);
      }
    },
  };
}
