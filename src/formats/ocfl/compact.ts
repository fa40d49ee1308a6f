/** Texts by number, each kept once: the paths and digests of an object, which its inventories repeat again and again. */
export interface Names {
  /** Number of a text, given to it now if it has none. */
  numberOf(text: string): number;
  /** Number of a text that is known; undefined for others. */
  find(text: string): number | undefined;
  textOf(number: number): string;
}

export function createNames(): Names {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  return {
    numberOf(text) {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      numbers.set(text, texts.length);
      texts.push(text);
      return texts.length - 1;
    },
    find: (text) => numbers.get(text),
    textOf: (number) => texts[number]!,
  };
}

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

/** Path to digest as two rows of numbers: eight bytes an entry, where a Map of strings takes some fifty. */
class CompactMap implements ReadonlyMap<string, string> {
  readonly #names: Names;
  readonly #paths: Uint32Array;
  readonly #digests: Uint32Array;
  constructor(names: Names, paths: Uint32Array, digests: Uint32Array) {
    this.#names = names;
    this.#paths = paths;
    this.#digests = digests;
  }
  #placeOf(path: string): number {
    const wanted = this.#names.find(path);
    if (wanted === undefined) return -1;
    let [low, high] = [0, this.#paths.length - 1];
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const found = this.#paths[middle]!;
      if (found === wanted) return middle;
      if (found < wanted) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }
  get size(): number {
    return this.#paths.length;
  }
  has(path: string): boolean {
    return this.#placeOf(path) >= 0;
  }
  get(path: string): string | undefined {
    const place = this.#placeOf(path);
    return place < 0 ? undefined : this.#names.textOf(this.#digests[place]!);
  }
  *keys(): MapIterator<string> {
    for (const path of this.#paths) yield this.#names.textOf(path);
  }
  *values(): MapIterator<string> {
    for (const digest of this.#digests) yield this.#names.textOf(digest);
  }
  *entries(): MapIterator<[string, string]> {
    for (let i = 0; i < this.#paths.length; i++)
      yield [this.#names.textOf(this.#paths[i]!), this.#names.textOf(this.#digests[i]!)];
  }
  [Symbol.iterator](): MapIterator<[string, string]> {
    return this.entries();
  }
  forEach(each: (digest: string, path: string, map: ReadonlyMap<string, string>) => void): void {
    for (const [path, digest] of this) each(digest, path, this);
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
