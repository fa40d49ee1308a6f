import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { bytesSource, type Identifier } from '#formats/pronom';
import { digestBytes, multiDigest } from '#kernel/checksums';
import { messageOf } from '#kernel/errors';
import type { Look, LookAnswer, LookPlace, LookWish } from './protocol.ts';
import { type Ends, structureOf } from './structure.ts';

/** Files up to this are read into memory once, and everything is told from there. */
const WHOLE = 8 * 1024 * 1024;
/** Of larger ones, the beginning and the end; they go by once for the digests. */
const ENDS = 256 * 1024;
const PIECE = 1024 * 1024;

/** Looks at files one after another in this thread: digests, format and build of each out of one reading. */
export async function lookAt(
  places: readonly LookPlace[],
  wish: LookWish,
  identifier: Identifier | null,
): Promise<LookAnswer> {
  const spent = { reading: 0, hashing: 0, identifying: 0 };
  const looks: Look[] = [];
  for (const place of places) {
    try {
      looks.push(await lookAtOne(place, wish, identifier, spent));
    } catch (e) {
      if (!(e instanceof Error && 'syscall' in e)) throw e;
      looks.push({ size: 0, digests: {}, matches: null, structure: null, error: messageOf(e) });
    }
  }
  return { looks, spent };
}

type Spent = { reading: number; hashing: number; identifying: number };

async function lookAtOne(
  { name, path, bytes }: LookPlace,
  wish: LookWish,
  identifier: Identifier | null,
  spent: Spent,
): Promise<Look> {
  if (bytes)
    return ofBytes(
      name,
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      wish,
      identifier,
      spent,
    );
  let at = performance.now();
  const file = openSync(path ?? '', constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = fstatSync(file);
    const read = (position: number, length: number): Buffer => {
      const into = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - position)));
      let got = 0;
      while (got < into.length) {
        const n = readSync(file, into, got, into.length - got, position + got);
        if (n === 0) break;
        got += n;
      }
      return into.subarray(0, got);
    };
    if (size <= WHOLE) {
      const all = read(0, size);
      spent.reading += performance.now() - at;
      return await ofBytes(name, all, wish, identifier, spent);
    }
    at = performance.now();
    const digest = multiDigest(wish.digests);
    if (wish.digests.length > 0)
      for (let from = 0; from < size; from += PIECE) digest.update(read(from, PIECE));
    spent.hashing += performance.now() - at;
    at = performance.now();
    const matches = wish.format && identifier ? await identifier.identify({ name, bytes: size, read }) : null;
    spent.identifying += performance.now() - at;
    const ends: Ends = { head: read(0, ENDS), tail: read(size - ENDS, ENDS), bytes: size };
    return {
      size,
      digests: wish.digests.length > 0 ? digest.done().digests : {},
      matches,
      structure: wish.structure ? structureOf(ends) : null,
      error: null,
    };
  } finally {
    closeSync(file);
  }
}

async function ofBytes(
  name: string,
  bytes: Buffer,
  wish: LookWish,
  identifier: Identifier | null,
  spent: Spent,
): Promise<Look> {
  let at = performance.now();
  const digests = wish.digests.length > 0 ? digestBytes(bytes, wish.digests).digests : {};
  spent.hashing += performance.now() - at;
  at = performance.now();
  const matches = wish.format && identifier ? await identifier.identify(bytesSource(name, bytes)) : null;
  spent.identifying += performance.now() - at;
  const structure = wish.structure ? structureOf({ head: bytes, tail: bytes, bytes: bytes.length }) : null;
  return { size: bytes.length, digests, matches, structure, error: null };
}
