import { createByteStore, roomFor } from '#kernel/columns';
import { createHashTable } from '#kernel/hashTable';
import { foldName } from './names.ts';

/** Paths by running numbers from 0, found again exactly or nearly; what they cost is their bytes and some 40 more. */
export interface PathTable {
  readonly count: number;
  path(row: number): string;
  /** -1 for none. */
  find(path: string): number;
  /** The first that is the same in Unicode normal form C; -1 for none. */
  findForm(path: string): number;
  /** The first that is the same but for letter case and normal form; -1 for none. */
  findAlike(path: string): number;
  /** Adds what must not be there yet. */
  add(path: string): number;
}

export function createPathTable(): PathTable {
  const store = createByteStore();
  const exact = createHashTable();
  const alike = createHashTable();
  let at = new Float64Array(256);
  let lengths = new Uint16Array(256);
  let count = 0;
  const bytes = (row: number) => store.get(at[row] ?? 0, lengths[row] ?? 0);
  const path = (row: number) => bytes(row).toString('utf8');
  const foldedHash = (text: string) => alike.hash(0, Buffer.from(foldName(text)));
  return {
    get count() {
      return count;
    },
    path,
    find(text) {
      const raw = Buffer.from(text);
      return exact.find(exact.hash(0, raw), (row) => raw.equals(bytes(row)));
    },
    findForm(text) {
      const form = text.normalize('NFC');
      return alike.find(foldedHash(text), (row) => path(row).normalize('NFC') === form);
    },
    findAlike(text) {
      const folded = foldName(text);
      return alike.find(foldedHash(text), (row) => foldName(path(row)) === folded);
    },
    add(text) {
      const raw = Buffer.from(text);
      if (raw.length > 0xffff) throw new Error('a path is longer than any can be');
      const row = count++;
      at = roomFor(at, count, (n) => new Float64Array(n));
      lengths = roomFor(lengths, count, (n) => new Uint16Array(n));
      at[row] = store.put(raw);
      lengths[row] = raw.length;
      exact.put(exact.hash(0, raw), row);
      alike.put(foldedHash(text), row);
      return row;
    },
  };
}
