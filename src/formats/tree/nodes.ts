import { createByteStore, roomFor } from '#kernel/columns';
import { createHashTable } from '#kernel/hashTable';
import { foldName } from './names.ts';

export const FOLDER = 1;
export const FILE = 2;

/** The names of a tree, each under its folder, and what is known of each: some 70 bytes an entry and its own name. */
export interface Nodes {
  /** Entries, folders that only follow from others' names included; the root, number 0, not. */
  readonly count: number;
  kind(node: number): number;
  bytes(node: number): number;
  /** Where its bytes lie; what that means is the wrapper's. */
  place(node: number): number;
  name(node: number): string;
  path(node: number, from?: number): string;
  parent(node: number): number;
  firstChild(node: number): number;
  next(node: number): number;
  /** -1 where there is nothing of this name. */
  child(parent: number, name: string): number;
  find(path: string, from?: number): number;
  /**
   * Adds what must not be there yet.
   * @param alike is told the first entry under the same folder that has this name but for letter case and normal form
   */
  add(
    parent: number,
    name: string,
    kind: number,
    bytes: number,
    place: number,
    alike?: (other: number) => void,
  ): number;
}

const float64 = (n: number) => new Float64Array(n);
const int32 = (n: number) => new Int32Array(n);
/** ASCII without capitals and Chinese characters: nothing in them folds. */
const FOLDED = /^[\u0000-@[-\u007f\u3007\u3400-\u9fff]*$/;

export function createNodes(): Nodes {
  const names = createByteStore();
  const exact = createHashTable();
  const folded = createHashTable();
  let used = 1;
  let kinds = new Uint8Array(256);
  let lengths = new Uint16Array(256);
  let nameAt = float64(256);
  let bytes = float64(256);
  let places = float64(256);
  let parents = int32(256);
  let first = int32(256);
  let last = int32(256);
  let nexts = int32(256);
  kinds[0] = FOLDER;
  first[0] = -1;
  last[0] = -1;
  nexts[0] = -1;

  const of = (column: { readonly [at: number]: number }, node: number) => column[node] ?? -1;
  const nameOf = (node: number) => names.get(of(nameAt, node), of(lengths, node));
  const text = (node: number) => nameOf(node).toString('utf8');
  const foldedBytes = (name: string) => Buffer.from(FOLDED.test(name) ? name : foldName(name));

  const nodes: Nodes = {
    get count() {
      return used - 1;
    },
    kind: (node) => of(kinds, node),
    bytes: (node) => of(bytes, node),
    place: (node) => of(places, node),
    name: text,
    path(node, from = 0) {
      const steps: string[] = [];
      for (let at = node; at !== from && at > 0; at = of(parents, at)) steps.push(text(at));
      return steps.reverse().join('/');
    },
    parent: (node) => of(parents, node),
    firstChild: (node) => of(first, node),
    next: (node) => of(nexts, node),
    child(parent, name) {
      const raw = Buffer.from(name);
      return exact.find(exact.hash(parent, raw), (n) => of(parents, n) === parent && raw.equals(nameOf(n)));
    },
    find(path, from = 0) {
      if (path === '') return from;
      let at = from;
      for (const step of path.split('/')) {
        at = nodes.child(at, step);
        if (at < 0) return -1;
      }
      return at;
    },
    add(parent, name, kind, size, place, alike) {
      const node = used++;
      kinds = roomFor(kinds, used, (n) => new Uint8Array(n));
      lengths = roomFor(lengths, used, (n) => new Uint16Array(n));
      nameAt = roomFor(nameAt, used, float64);
      bytes = roomFor(bytes, used, float64);
      places = roomFor(places, used, float64);
      parents = roomFor(parents, used, int32);
      first = roomFor(first, used, int32);
      last = roomFor(last, used, int32);
      nexts = roomFor(nexts, used, int32);
      const raw = Buffer.from(name);
      kinds[node] = kind;
      lengths[node] = raw.length;
      nameAt[node] = names.put(raw);
      bytes[node] = size;
      places[node] = place;
      parents[node] = parent;
      first[node] = -1;
      last[node] = -1;
      nexts[node] = -1;
      if (of(first, parent) < 0) first[parent] = node;
      else nexts[of(last, parent)] = node;
      last[parent] = node;
      exact.put(exact.hash(parent, raw), node);
      const fold = FOLDED.test(name) ? raw : Buffer.from(foldName(name));
      const hash = folded.hash(parent, fold);
      const other = folded.find(hash, (n) => of(parents, n) === parent && fold.equals(foldedBytes(text(n))));
      if (other >= 0) alike?.(other);
      else folded.put(hash, node);
      return node;
    },
  };
  return nodes;
}
