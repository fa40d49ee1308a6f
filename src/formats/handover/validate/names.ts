import { createHmac, randomBytes } from 'node:crypto';
import { createByteStore, roomFor } from '#kernel/columns';
import { createHashTable } from '#kernel/hashTable';

/** Names longer than these name nothing that could lie in a tree; they are told apart by so much. */
const LONGEST_NAME = 10_000;

/** Names, each with the row it was first put for: its bytes and some forty more. */
export interface NameIndex {
  /** @returns false where the name stands for a row already */
  put(name: string, row: number): boolean;
  /** -1 for none. */
  find(name: string): number;
}

export function createNameIndex(): NameIndex {
  const store = createByteStore();
  const table = createHashTable();
  let at = new Float64Array(256);
  let lengths = new Uint16Array(256);
  let rows = new Uint32Array(256);
  let count = 0;
  const raw = (name: string) => Buffer.from(name.slice(0, LONGEST_NAME));
  const same = (bytes: Buffer) => (n: number) => bytes.equals(store.get(at[n] ?? 0, lengths[n] ?? 0));
  return {
    put(name, row) {
      const bytes = raw(name);
      const hash = table.hash(0, bytes);
      if (table.find(hash, same(bytes)) >= 0) return false;
      const n = count++;
      at = roomFor(at, count, (size) => new Float64Array(size));
      lengths = roomFor(lengths, count, (size) => new Uint16Array(size));
      rows = roomFor(rows, count, (size) => new Uint32Array(size));
      at[n] = store.put(bytes);
      lengths[n] = bytes.length;
      rows[n] = row;
      table.put(hash, n);
      return true;
    },
    find(name) {
      const bytes = raw(name);
      const n = table.find(table.hash(0, bytes), same(bytes));
      return n < 0 ? -1 : (rows[n] ?? -1);
    },
  };
}

/** Which names were seen, kept as 48 bits of a keyed digest each: beside a million names, one in three hundred million others is taken for one of them. */
export interface SeenNames {
  readonly count: number;
  add(name: string): void;
  has(name: string): boolean;
}

export function createSeenNames(): SeenNames {
  const key = randomBytes(16);
  let slots = new Float64Array(1024);
  let count = 0;
  // Nought marks an empty place.
  const mark = (name: string) => 1 + createHmac('sha256', key).update(name).digest().readUIntBE(0, 6);
  const place = (into: Float64Array, value: number) => {
    let at = value % into.length;
    while (into[at] !== 0 && into[at] !== value) at = (at + 1) % into.length;
    return at;
  };
  return {
    get count() {
      return count;
    },
    add(name) {
      const value = mark(name);
      const at = place(slots, value);
      if (slots[at] === value) return;
      slots[at] = value;
      if (++count * 2 <= slots.length) return;
      const larger = new Float64Array(slots.length * 2);
      for (const kept of slots) if (kept !== 0) larger[place(larger, kept)] = kept;
      slots = larger;
    },
    has: (name) => slots[place(slots, mark(name))] !== 0,
  };
}
