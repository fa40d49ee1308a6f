import type { DigestName, Digests } from '#kernel/checksums';
import type { Names } from './compact/names.ts';
import type { StoredFile } from './newVersion.ts';

/** What is known of the files, a row each: of a large version there are hundreds of thousands. */
interface Rows {
  readonly names: Names;
  readonly algorithms: readonly DigestName[];
  /** Numbers of the logical path, the content path and the digests. */
  readonly numbers: number[];
  readonly sizes: number[];
  readonly deduplicated: boolean[];
}

class Row implements StoredFile {
  readonly #rows: Rows;
  readonly #at: number;
  constructor(rows: Rows, at: number) {
    this.#rows = rows;
    this.#at = at;
  }
  #text(column: number): string {
    const { names, numbers, algorithms } = this.#rows;
    return names.textOf(numbers[this.#at * (2 + algorithms.length) + column]!);
  }
  get logicalPath() {
    return this.#text(0);
  }
  get contentPath() {
    return this.#text(1);
  }
  get size() {
    return this.#rows.sizes[this.#at]!;
  }
  get digests(): Digests {
    return Object.fromEntries(this.#rows.algorithms.map((name, i) => [name, this.#text(2 + i)]));
  }
  get deduplicated() {
    return this.#rows.deduplicated[this.#at]!;
  }
}

/** Collects the files of a version; their texts are those of its inventory. */
export function storedFiles(names: Names, algorithms: readonly DigestName[]) {
  const rows: Rows = { names, algorithms, numbers: [], sizes: [], deduplicated: [] };
  const list: StoredFile[] = [];
  return {
    list,
    add(file: StoredFile): void {
      const digests = algorithms.map((name) => file.digests[name] ?? '');
      for (const text of [file.logicalPath, file.contentPath, ...digests])
        rows.numbers.push(names.numberOf(text));
      rows.sizes.push(file.size);
      rows.deduplicated.push(file.deduplicated);
      list.push(new Row(rows, list.length));
    },
  };
}

/** The same with nothing behind it, to be sent to another thread. */
export const plainly = ({
  logicalPath,
  contentPath,
  size,
  digests,
  deduplicated,
}: StoredFile): StoredFile => ({
  logicalPath,
  contentPath,
  size,
  digests,
  deduplicated,
});
