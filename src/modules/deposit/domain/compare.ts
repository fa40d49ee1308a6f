/** A file by its place and its digest. */
export interface Leaf {
  path: string;
  sha256: string;
}

/** A deposited file, and which deposit it is of. */
export interface DepositedLeaf extends Leaf {
  deposit: string;
}

/** What one file came to; every file on either side is in one line and in one alone. */
export type Line =
  | { kind: 'same'; given: Leaf; deposited: DepositedLeaf }
  | { kind: 'changed'; given: Leaf; deposited: DepositedLeaf }
  | { kind: 'missing'; deposited: DepositedLeaf }
  | { kind: 'added'; given: Leaf };

export interface Comparison {
  same: number;
  changed: number;
  missing: number;
  added: number;
  /** Those that are not the same, by path. */
  differences: Exclude<Line, { kind: 'same' }>[];
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Waiting files by a key, to be taken one by one. */
class Waiting<T> {
  readonly #by = new Map<string, T[]>();
  constructor(all: readonly T[], key: (one: T) => string) {
    for (const one of all) {
      const there = this.#by.get(key(one));
      if (there) there.push(one);
      else this.#by.set(key(one), [one]);
    }
  }
  of(key: string): readonly T[] {
    return this.#by.get(key) ?? [];
  }
}

/**
 * What is handed over beside what was deposited, file by file.
 *
 * A file is the same where its digest is, wherever it lies now, since handing over puts files into other folders. Of those left
 * a file is changed where one at the same path, else one of the same name that is the only one on both sides, was deposited.
 * The rest was deposited and is missing, or is new.
 */
export function compareDeposits(given: readonly Leaf[], deposited: readonly DepositedLeaf[]): Comparison {
  const gone = new Set<Leaf>();
  const left = [...given].sort((a, b) => byPath(a.path, b.path));
  const kept = [...deposited].sort((a, b) => byPath(a.path, b.path) || byPath(a.deposit, b.deposit));
  const lines: Line[] = [];
  const pair = (kind: 'same' | 'changed', one: Leaf, of: DepositedLeaf): void => {
    gone.add(one);
    gone.add(of);
    lines.push({ kind, given: one, deposited: of });
  };
  const waits = <T extends Leaf>(one: T): boolean => !gone.has(one);

  // First those that have not moved, so that copies of one content keep their places.
  const placed = new Waiting(kept, (d) => `${d.sha256} ${d.path}`);
  for (const one of left) {
    const of = placed.of(`${one.sha256} ${one.path}`).find(waits);
    if (of) pair('same', one, of);
  }
  const alike = new Waiting(kept.filter(waits), (d) => d.sha256);
  const taken = new Map<string, number>();
  for (const one of left.filter(waits)) {
    const from = taken.get(one.sha256) ?? 0;
    const of = alike.of(one.sha256)[from];
    if (!of) continue;
    taken.set(one.sha256, from + 1);
    pair('same', one, of);
  }
  const there = new Waiting(kept.filter(waits), (d) => d.path);
  for (const one of left.filter(waits)) {
    const of = there.of(one.path).find(waits);
    if (of) pair('changed', one, of);
  }
  const named = new Waiting(kept.filter(waits), (d) => nameOf(d.path));
  const names = new Waiting(left.filter(waits), (g) => nameOf(g.path));
  for (const one of left.filter(waits)) {
    const name = nameOf(one.path);
    const [of, another] = named.of(name);
    if (of && !another && names.of(name).length === 1) pair('changed', one, of);
  }
  for (const one of kept.filter(waits)) lines.push({ kind: 'missing', deposited: one });
  for (const one of left.filter(waits)) lines.push({ kind: 'added', given: one });
  const count = (kind: Line['kind']): number => lines.filter((l) => l.kind === kind).length;
  const place = (l: Line): string => ('given' in l ? l.given.path : l.deposited.path);
  return {
    same: count('same'),
    changed: count('changed'),
    missing: count('missing'),
    added: count('added'),
    differences: lines
      .filter((l) => l.kind !== 'same')
      .sort((a, b) => byPath(a.kind, b.kind) || byPath(place(a), place(b))),
  };
}
