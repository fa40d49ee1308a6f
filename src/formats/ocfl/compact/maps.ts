import { createNames, type Names } from './names.ts';

/** Path and digest, over and over. */
export interface Pairs {
  add(path: number, digest: number): void;
  readonly length: number;
  readonly paths: Uint32Array;
  readonly digests: Uint32Array;
}

export function createPairs(): Pairs {
  let [paths, digests] = [new Uint32Array(8), new Uint32Array(8)];
  let length = 0;
  const grown = (old: Uint32Array<ArrayBuffer>) => {
    const wider = new Uint32Array(old.length * 2);
    wider.set(old);
    return wider;
  };
  return {
    add(path, digest) {
      if (length === paths.length) [paths, digests] = [grown(paths), grown(digests)];
      paths[length] = path;
      digests[length++] = digest;
    },
    get length() {
      return length;
    },
    get paths() {
      return paths.subarray(0, length);
    },
    get digests() {
      return digests.subarray(0, length);
    },
  };
}

/** Places of the pairs in the order of their paths' numbers; pairs of one path in the order they came. */
function orderOf(paths: Uint32Array): Uint32Array | null {
  let rising = true;
  for (let i = 1; i < paths.length && rising; i++) rising = paths[i - 1]! < paths[i]!;
  if (rising) return null;
  // One number holds both: at most 2^32 of each would not fit, 2^26 of each do.
  const keys = Float64Array.from(paths, (path, i) => path * 2 ** 26 + i).sort();
  return Uint32Array.from(keys, (key) => key % 2 ** 26);
}

/** Path to digest by the numbers of both, some eight bytes an entry, where a Map of strings takes hundreds. */
export abstract class NumberedMap implements ReadonlyMap<string, string> {
  readonly names: Names;
  constructor(names: Names) {
    this.names = names;
  }
  abstract readonly size: number;
  /** Number of the digest of a path; -1 where it has none. */
  abstract digestOf(path: number): number;
  /** Numbers of the paths, rising. */
  abstract paths(): Iterable<number>;

  has(path: string): boolean {
    const number = this.names.find(path);
    return number !== undefined && this.digestOf(number) >= 0;
  }
  get(path: string): string | undefined {
    const number = this.names.find(path);
    const digest = number === undefined ? -1 : this.digestOf(number);
    return digest < 0 ? undefined : this.names.textOf(digest);
  }
  *keys(): MapIterator<string> {
    for (const path of this.paths()) yield this.names.textOf(path);
  }
  *values(): MapIterator<string> {
    for (const path of this.paths()) yield this.names.textOf(this.digestOf(path));
  }
  *entries(): MapIterator<[string, string]> {
    for (const path of this.paths()) yield [this.names.textOf(path), this.names.textOf(this.digestOf(path))];
  }
  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }
  forEach(each: (digest: string, path: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [path, digest] of this) each(digest, path, this);
  }
}

/** One that was read, and stays as it is. */
class CompactMap extends NumberedMap {
  readonly #paths: Uint32Array;
  readonly #digests: Uint32Array;
  constructor(names: Names, paths: Uint32Array, digests: Uint32Array) {
    super(names);
    this.#paths = paths;
    this.#digests = digests;
  }
  get size(): number {
    return this.#paths.length;
  }
  paths(): Iterable<number> {
    return this.#paths;
  }
  digestOf(wanted: number): number {
    let [low, high] = [0, this.#paths.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#paths[middle]!;
      if (found === wanted) return this.#digests[middle]!;
      if (found < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
}

/**
 * A map of the pairs, by path; where a path came twice, the later digest counts.
 *
 * @param onTwice is told of each further coming of a path, with the digests before and now.
 */
export function compactMap(
  names: Names,
  pairs: Pairs,
  onTwice: (path: string, before: number, now: number) => void,
): ReadonlyMap<string, string> {
  const order = orderOf(pairs.paths);
  const paths = new Uint32Array(pairs.length);
  const digests = new Uint32Array(pairs.length);
  let n = 0;
  for (let i = 0; i < pairs.length; i++) {
    const at = order ? order[i]! : i;
    const [path, digest] = [pairs.paths[at]!, pairs.digests[at]!];
    if (n > 0 && paths[n - 1] === path) {
      onTwice(names.textOf(path), digests[n - 1]!, digest);
      digests[n - 1] = digest;
    } else {
      paths[n] = path;
      digests[n++] = digest;
    }
  }
  return new CompactMap(names, paths.slice(0, n), digests.slice(0, n));
}

/** One that is being made. */
export class PathTable extends NumberedMap {
  /** Number of the digest plus one, by number of the path. */
  #digests = new Int32Array(64);
  #size = 0;

  /** A table of the same entries over these names. */
  static of(names: Names, entries: ReadonlyMap<string, string> | undefined): PathTable {
    const table = new PathTable(names);
    if (entries instanceof NumberedMap && entries.names === names)
      for (const path of entries.paths()) table.put(path, entries.digestOf(path));
    else for (const [path, digest] of entries ?? []) table.set(path, digest);
    return table;
  }
  get size(): number {
    return this.#size;
  }
  digestOf(path: number): number {
    return (this.#digests[path] ?? 0) - 1;
  }
  *paths(): Iterable<number> {
    for (let path = 0; path < this.#digests.length; path++) if (this.#digests[path] !== 0) yield path;
  }
  put(path: number, digest: number): void {
    if (path >= this.#digests.length) {
      const wider = new Int32Array(Math.max(this.#digests.length * 2, path + 1));
      wider.set(this.#digests);
      this.#digests = wider;
    }
    if (this.#digests[path] === 0) this.#size++;
    this.#digests[path] = digest + 1;
  }
  set(path: string, digest: string): void {
    this.put(this.names.numberOf(path), this.names.numberOf(digest));
  }
  delete(path: string): boolean {
    const number = this.names.find(path);
    if (number === undefined || this.digestOf(number) < 0) return false;
    this.#digests[number] = 0;
    this.#size--;
    return true;
  }
}

/** The entries as a map of numbers. */
export const numbered = (entries: ReadonlyMap<string, string>): NumberedMap =>
  entries instanceof NumberedMap ? entries : PathTable.of(createNames(), entries);

/** The other way round, digest to path; of paths with one digest the last. */
export function turned(entries: ReadonlyMap<string, string>): PathTable {
  const all = numbered(entries);
  const places = new PathTable(all.names);
  for (const path of all.paths()) places.put(all.digestOf(path), path);
  return places;
}
