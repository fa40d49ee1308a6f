import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';
import { isRefusal, Refusal } from '#kernel/errors';
import { chunkName, type Place } from '../place/place.ts';
import { altered, type Seal } from './envelope.ts';

/** A stretch of a table or file: the name of its chunk, its bytes, and what it takes at the place. */
export type ChunkRef = readonly [id: string, bytes: number, stored: number];

/** No chunk is longer; a longer claim is damage or malice. */
export const CHUNK_LIMIT = 16 * 1024 * 1024;

const pack = promisify(zstdCompress);
const unpack = promisify(zstdDecompress);
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** Compressed, then closed: ready for the place. */
export async function closeChunk(seal: Seal, plain: Uint8Array, id: string): Promise<Uint8Array> {
  return seal.close(await pack(plain, LEVEL), id);
}

/**
 * Reads a chunk and checks it to the last byte.
 *
 * @throws Refusal backup.missing, backup.altered
 */
export async function readChunk(place: Place, seal: Seal, [id, bytes]: ChunkRef): Promise<Buffer> {
  const name = chunkName(id);
  const closed = await place.read(name).catch((e: unknown) => {
    throw isRefusal(e) && e.code === 'backup.missing' ? lost(name, place.shown) : e;
  });
  let plain: Buffer;
  try {
    plain = await unpack(seal.open(closed, id), { maxOutputLength: CHUNK_LIMIT });
  } catch (cause) {
    throw altered(`${name} in ${place.shown}`, cause);
  }
  if (plain.length !== bytes || seal.idOf(plain) !== id) throw altered(`${name} in ${place.shown}`);
  return plain;
}

const lost = (name: string, place: string) =>
  new Refusal('backup.chunkMissing', `${name} is missing in ${place}, and the backup needs it.`, {
    name,
    place,
  });
