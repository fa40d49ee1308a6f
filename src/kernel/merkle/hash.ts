import { hash } from 'node:crypto';

/** Hash functions a tree may be built with; the name is stored beside every root. */
export type TreeHashName = 'sha256' | 'sm3';

/** The hashing rules of RFC 9162, 2.1.1, over one function. All values are 32 bytes. */
export interface TreeHash {
  readonly name: TreeHashName;
  /** H(0x00 || data): an entry can not be passed off as a node. */
  leaf(data: Uint8Array): Buffer;
  /** H(0x01 || left || right). */
  node(left: Uint8Array, right: Uint8Array): Buffer;
  /** The root of the empty tree: H(). */
  empty(): Buffer;
}

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export function treeHash(name: TreeHashName): TreeHash {
  const digest = (parts: readonly Uint8Array[]): Buffer => hash(name, Buffer.concat(parts), 'buffer');
  return {
    name,
    leaf: (data) => digest([LEAF, data]),
    node: (left, right) => digest([NODE, left, right]),
    empty: () => digest([]),
  };
}
