/** What an identifier of a METS document names. */
export type IdKind = 'dmd' | 'amd' | 'file' | 'group' | 'other';
const KINDS: readonly IdKind[] = ['dmd', 'amd', 'file', 'group', 'other'];
const OF_ELEMENT: Readonly<Record<string, IdKind>> = {
  dmdSec: 'dmd',
  amdSec: 'amd',
  techMD: 'amd',
  rightsMD: 'amd',
  sourceMD: 'amd',
  digiprovMD: 'amd',
  file: 'file',
  fileGrp: 'group',
};

/** @param name local name of an element of METS */
export const idKind = (name: string): IdKind => OF_ELEMENT[name] ?? 'other';

/**
 * Identifiers and what they name, 9 bytes each besides the room to grow: of each only a hash of 64 bits is kept, under
 * a seed of its own. Two of a million are taken for one with a probability of about 3 in a hundred million.
 */
export class IdRegister {
  #size = 0;
  #capacity = 1 << 10;
  #hashes = new Uint32Array(this.#capacity * 2);
  #kinds = new Uint8Array(this.#capacity);
  readonly #seed = Math.trunc(Math.random() * 0x7fffffff);

  get size(): number {
    return this.#size;
  }

  /** @returns false when it was there already; then it goes on to name what it named first */
  add(id: string, kind: IdKind): boolean {
    if (this.#size * 3 > this.#capacity * 2) this.#grow();
    const [a, b] = this.#hash(id);
    const at = this.#find(a, b);
    if (this.#kinds[at] !== 0) return false;
    this.#hashes[at * 2] = a;
    this.#hashes[at * 2 + 1] = b;
    this.#kinds[at] = KINDS.indexOf(kind) + 1;
    this.#size++;
    return true;
  }

  kindOf(id: string): IdKind | undefined {
    const [a, b] = this.#hash(id);
    return KINDS[this.#kinds[this.#find(a, b)]! - 1];
  }

  #find(a: number, b: number): number {
    let at = a & (this.#capacity - 1);
    while (this.#kinds[at] !== 0 && (this.#hashes[at * 2] !== a || this.#hashes[at * 2 + 1] !== b))
      at = (at + 1) & (this.#capacity - 1);
    return at;
  }

  #grow(): void {
    const [hashes, kinds] = [this.#hashes, this.#kinds];
    this.#capacity *= 2;
    this.#hashes = new Uint32Array(this.#capacity * 2);
    this.#kinds = new Uint8Array(this.#capacity);
    for (let i = 0; i < kinds.length; i++) {
      if (kinds[i] === 0) continue;
      const at = this.#find(hashes[i * 2]!, hashes[i * 2 + 1]!);
      this.#hashes[at * 2] = hashes[i * 2]!;
      this.#hashes[at * 2 + 1] = hashes[i * 2 + 1]!;
      this.#kinds[at] = kinds[i]!;
    }
  }

  #hash(id: string): [number, number] {
    let a = this.#seed | 0;
    let b = ~this.#seed | 0;
    for (let i = 0; i < id.length; i++) {
      const c = id.charCodeAt(i);
      a = Math.imul(a ^ c, 0x85ebca6b);
      a ^= a >>> 13;
      b = Math.imul(b ^ c, 0xc2b2ae35);
      b ^= b >>> 15;
    }
    a = Math.imul(a ^ (b >>> 7), 0x27d4eb2f);
    return [(a ^ (a >>> 15)) >>> 0, (b ^ (b >>> 13)) >>> 0];
  }
}
