import { digestBytes } from '#kernel/checksums';
import { isRefusal } from '#kernel/errors';
import { blockingReader } from '../blockingReader.ts';
import { turned } from '../compact/maps.ts';
import type { WholeObject } from '../describe.ts';
import { readInventory } from '../readObject.ts';

/** Objects beyond this are read file by file, as they are asked for. */
const MOST_FILES = 200;
const MOST_BYTES = 2 ** 20;

/**
 * Reads the head of a small object with its files, each compared with its digest, by calls that block.
 *
 * @returns null for what is large, not there, or not as it should be: that is told by the reader of single files
 */
export async function readWhole(root: string, objectPath: string): Promise<WholeObject | null> {
  const reader = blockingReader(root);
  const read = await readInventory(reader, objectPath).catch((e: unknown) => {
    if (isRefusal(e)) return null;
    throw e;
  });
  if (!read) return null;
  const { manifest, versions, fixity: _, ...inventory } = read.inventory;
  const state = versions.get(inventory.head)?.state;
  if (!state || state.size > MOST_FILES || manifest.size > 4 * MOST_FILES) return null;
  const places = turned(manifest);
  const pieces: Buffer[] = [];
  const found: WholeObject['places'] = [];
  let at = 0;
  for (const [path, digest] of state) {
    const size = await reader.sizeOf(`${objectPath}/${places.get(digest) ?? ''}`);
    if (size === null || at + size > MOST_BYTES) return null;
    const piece = await reader.readAll(`${objectPath}/${places.get(digest) ?? ''}`, MOST_BYTES);
    const { digestAlgorithm: algorithm } = inventory;
    if (!piece || digestBytes(piece, [algorithm]).digests[algorithm] !== digest) return null;
    found.push([path, at, piece.length]);
    pieces.push(piece);
    at += piece.length;
  }
  const bytes = new Uint8Array(at);
  for (const [i, piece] of pieces.entries()) bytes.set(piece, found[i]?.[1] ?? 0);
  return {
    inventory,
    manifest: [...manifest],
    versions: [...versions].map(([name, { state: of, ...version }]) => ({
      ...version,
      name,
      state: [...of],
    })),
    places: found,
    bytes,
  };
}
