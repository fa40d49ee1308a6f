import { closeSync, constants, openSync, read } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import { Refusal } from '#kernel/errors';

/** Where the bytes of one file lie and what they have to be; plain data, so that a thread can be told. */
export interface ByteSource {
  /** How messages call it. */
  readonly name: string;
  /** An open file, or the path of one. */
  readonly file: number | string | Uint8Array;
  readonly start: number;
  /** Bytes in the file. */
  readonly packed: number;
  /** Bytes of the content. */
  readonly bytes: number;
  readonly packing: 'none' | 'deflate';
  /** CRC-32 the content has to have. */
  readonly crc: number | null;
}

const readAt = promisify(read);
const CHUNK = 256 * 1024;
/** Up to this size, packed and unpacked, a file is unpacked at once: what a stream needs beside it is many times that. */
const SMALL = 256 * 1024;
// Windows has no such flag.
const UNFOLLOWED = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);
// Bytes sent to a thread arrive as a plain Uint8Array.
const pathOf = (file: string | Uint8Array) => (typeof file === 'string' ? file : Buffer.from(file));

async function* piecesOf(fd: number, start: number, length: number, name: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; ) {
    const piece = Buffer.allocUnsafe(Math.min(CHUNK, length - at));
    const { bytesRead } = await readAt(fd, piece, 0, piece.length, start + at);
    if (bytesRead === 0)
      throw new Refusal('tree.truncated', `${name} ends before its content does.`, { path: name });
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}

/**
 * The content in pieces, held to the size and checksum it should have.
 * @throws Refusal `tree.truncated`, `tree.packed`, `tree.size`, `tree.crc`
 */
export async function* contentOf(source: ByteSource): AsyncGenerator<Buffer> {
  const { name, file } = source;
  // A link put in the place of a file after it was looked at is not followed.
  const fd = typeof file === 'number' ? file : openSync(pathOf(file), UNFOLLOWED);
  const pieces = piecesOf(fd, source.start, source.packed, name);
  let size = 0;
  let sum = 0;
  let plain: Readable | null = null;
  try {
    const isSmall = source.packed <= SMALL && source.bytes <= SMALL;
    if (source.packing === 'deflate' && !isSmall) plain = inflated(pieces);
    const content = source.packing === 'deflate' && isSmall ? inflatedAtOnce(pieces, source) : pieces;
    for await (const piece of (plain ?? content) as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > source.bytes) throw tooLong(source);
      if (source.crc !== null) sum = crc32(piece, sum);
      yield piece;
    }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_'))
      throw new Refusal(
        'tree.packed',
        `${name} can not be unpacked: its packed bytes are damaged.`,
        { path: name },
        { cause },
      );
    throw cause;
  } finally {
    plain?.destroy();
    if (typeof file !== 'number') closeSync(fd);
  }
  if (size < source.bytes)
    throw new Refusal('tree.size', `${name} is shorter than the ${source.bytes} bytes it says.`, {
      path: name,
    });
  if (source.crc !== null && sum >>> 0 !== source.crc)
    throw new Refusal('tree.crc', `The CRC-32 of ${name} does not fit its content.`, { path: name });
}

const tooLong = ({ name, bytes }: ByteSource) =>
  new Refusal('tree.size', `${name} is longer than the ${bytes} bytes it says.`, { path: name });

/** @throws Refusal `tree.size`; zlib's errors, whose codes begin with `Z_` */
async function* inflatedAtOnce(
  pieces: AsyncIterable<Buffer>,
  source: ByteSource,
): AsyncGenerator<Buffer, void, undefined> {
  const packed: Buffer[] = [];
  for await (const piece of pieces) packed.push(piece);
  const whole = packed.length === 1 ? packed[0]! : Buffer.concat(packed);
  try {
    const room = Math.max(64, source.bytes + 1);
    const plain = inflateRawSync(whole, { chunkSize: room, maxOutputLength: room });
    if (plain.length > 0) yield plain;
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'ERR_BUFFER_TOO_LARGE') throw tooLong(source);
    throw e;
  }
}

function inflated(pieces: AsyncIterable<Buffer>): Readable {
  const packed = Readable.from(pieces, { objectMode: false });
  const plain = createInflateRaw({ chunkSize: 64 * 1024 });
  packed.on('error', (cause) => plain.destroy(cause));
  plain.on('close', () => packed.destroy());
  return packed.pipe(plain);
}
