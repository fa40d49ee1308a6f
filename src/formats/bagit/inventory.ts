import { createPathTable, type FileTree, type PathTable } from '#formats/tree';

/** Of one half of a bag (payload or tag files): what is there, and which manifest lists what with which digest. */
export interface Inventory {
  readonly table: PathTable;
  addPresent(path: string, bytes: number): void;
  isPresent(row: number): boolean;
  bytes(row: number): number;
  /** @returns what this manifest said before of the row; null where nothing */
  list(row: number, manifest: number, digest: string): string | null;
  digest(row: number, manifest: number): string | null;
  lists(row: number, manifest: number): boolean;
  isListed(row: number): boolean;
  expect(row: number): void;
  /** Whether fetch.txt says where it is to be fetched from. */
  isExpected(row: number): boolean;
}

/** Bytes one row is given at first, for each column. */
const GROWTH = 1024;

export function createInventory(): Inventory {
  const table = createPathTable();
  let sizes = new Float64Array(GROWTH).fill(-1);
  let masks = new Uint32Array(GROWTH);
  let expected = new Uint8Array(GROWTH);
  const digests: { width: number; bytes: Buffer }[] = [];
  const room = (row: number) => {
    if (row < sizes.length) return;
    const length = Math.max(row + 1, sizes.length * 2);
    const larger = new Float64Array(length).fill(-1);
    larger.set(sizes);
    sizes = larger;
    const more = new Uint32Array(length);
    more.set(masks);
    masks = more;
    const flags = new Uint8Array(length);
    flags.set(expected);
    expected = flags;
  };
  const column = (manifest: number, width: number, row: number) => {
    const known = digests[manifest] ?? { width, bytes: Buffer.alloc(0) };
    digests[manifest] = known;
    if (known.bytes.length < (row + 1) * known.width) {
      const larger = Buffer.alloc(Math.max((row + 1) * 2, GROWTH) * known.width);
      known.bytes.copy(larger);
      known.bytes = larger;
    }
    return known;
  };
  const lists = (row: number, manifest: number) => ((masks[row] ?? 0) & (1 << manifest)) !== 0;
  const digest = (row: number, manifest: number) => {
    const kept = digests[manifest];
    return kept && lists(row, manifest)
      ? kept.bytes.toString('hex', row * kept.width, (row + 1) * kept.width)
      : null;
  };
  return {
    table,
    addPresent(path, bytes) {
      const row = table.add(path);
      room(row);
      sizes[row] = bytes;
    },
    isPresent: (row) => (sizes[row] ?? -1) >= 0,
    bytes: (row) => Math.max(0, sizes[row] ?? 0),
    list(row, manifest, hex) {
      room(row);
      const before = digest(row, manifest);
      if (before !== null) return before;
      const { bytes, width } = column(manifest, hex.length / 2, row);
      bytes.write(hex, row * width, width, 'hex');
      masks[row] = (masks[row] ?? 0) | (1 << manifest);
      return null;
    },
    digest,
    lists,
    isListed: (row) => (masks[row] ?? 0) !== 0,
    expect(row) {
      room(row);
      expected[row] = 1;
    },
    isExpected: (row) => expected[row] === 1,
  };
}

/** Enters every file of the bag, payload and tag files apart. */
export async function takeInventory(tree: FileTree): Promise<{ payload: Inventory; tags: Inventory }> {
  const payload = createInventory();
  const tags = createInventory();
  for await (const { path, kind, bytes } of tree.entries())
    if (kind === 'file') (path.startsWith('data/') ? payload : tags).addPresent(path, bytes);
  return { payload, tags };
}
