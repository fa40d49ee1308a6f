import { randomInt } from 'node:crypto';

/** Where rows are found again by what they are called: open addressing over row numbers, some 12 bytes a row. */
export interface HashTable {
  hash(parent: number, name: Uint8Array): number;
  /** The first row with this hash for which `same` is true; -1 for none. */
  find(hash: number, same: (row: number) => boolean): number;
  put(hash: number, row: number): void;
}

export function createHashTable(): HashTable {
  // Names come from strangers: without a seed they could be chosen so that all fall together.
  const seed = randomInt(2 ** 32) | 0;
  let slots = new Int32Array(1024);
  let hashes = new Uint32Array(1024);
  let used = 0;
  const place = (hash: number, row: number) => {
    let at = hash & (slots.length - 1);
    while (slots[at] !== 0) at = (at + 1) & (slots.length - 1);
    slots[at] = row + 1;
    hashes[at] = hash;
  };
  return {
    hash(parent, name) {
      let h = seed ^ Math.imul(parent + 1, 0x9e3779b1);
      for (let i = 0; i < name.length; i++) {
        h = Math.imul(h ^ (name[i] ?? 0), 0x01000193);
        h ^= h >>> 15;
      }
      h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
      return (h ^ (h >>> 13)) >>> 0;
    },
    find(hash, same) {
      for (let at = hash & (slots.length - 1); ; at = (at + 1) & (slots.length - 1)) {
        const row = (slots[at] ?? 0) - 1;
        if (row < 0) return -1;
        if (hashes[at] === hash && same(row)) return row;
      }
    },
    put(hash, row) {
      if (++used * 2 > slots.length) {
        const [oldSlots, oldHashes] = [slots, hashes];
        slots = new Int32Array(oldSlots.length * 2);
        hashes = new Uint32Array(oldSlots.length * 2);
        for (let i = 0; i < oldSlots.length; i++)
          if (oldSlots[i] !== 0) place(oldHashes[i] ?? 0, (oldSlots[i] ?? 0) - 1);
      }
      place(hash, row);
    },
  };
}
