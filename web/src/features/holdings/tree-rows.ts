/** A place of the tree whose children are shown: the archive itself (''), a fonds, an entry. */
export interface OpenPlace {
  /** How many children it has. */
  total: number;
  /** Children that are open themselves, by their number among the children. */
  open: ReadonlyMap<number, string>;
}

/** Children of one place that stand in one stretch of lines. */
export interface Stretch {
  /** The line of the first. */
  line: number;
  place: string;
  /** The number of the first among the children. */
  from: number;
  count: number;
  depth: number;
}

/** A line of the tree: which child of which place. */
export interface Line {
  place: string;
  index: number;
  depth: number;
}

export interface Layout {
  stretches: readonly Stretch[];
  lines: number;
}

/**
 * Where the children of open places stand, line by line, without looking at each: a million of one place are one stretch.
 *
 * @param placeOf what is known of an open place; undefined while it is loading
 */
export function layoutOf(placeOf: (id: string) => OpenPlace | undefined): Layout {
  const stretches: Stretch[] = [];
  let line = 0;
  const walk = (place: string, depth: number): void => {
    const { total, open } = placeOf(place) ?? { total: 0, open: new Map() };
    let from = 0;
    const put = (to: number): void => {
      if (to > from) stretches.push({ line, place, from, count: to - from, depth });
      line += to - from;
      from = to;
    };
    for (const [index, child] of [...open].sort(([a], [b]) => a - b)) {
      if (index >= total) break;
      put(index + 1);
      walk(child, depth + 1);
    }
    put(total);
  };
  walk('', 0);
  return { stretches, lines: line };
}

/** What stands in a line. */
export function lineAt({ stretches }: Layout, line: number): Line | undefined {
  let [low, high] = [0, stretches.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (stretches[middle]!.line <= line) low = middle;
    else high = middle - 1;
  }
  const s = stretches[low];
  if (!s || line < s.line || line >= s.line + s.count) return undefined;
  return { place: s.place, index: s.from + line - s.line, depth: s.depth };
}

/** The line a child of a place stands in; undefined where that place is not open. */
export function lineOf({ stretches }: Layout, place: string, index: number): number | undefined {
  const s = stretches.find((x) => x.place === place && index >= x.from && index < x.from + x.count);
  return s && s.line + index - s.from;
}
