import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Windows } from './matching/index.ts';
import type { Source } from './types.ts';

const NOTHING: Buffer = Buffer.alloc(0);

export const asBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Reads of which the beginning and the end are at hand already. */
export interface Held extends Source {
  readonly windows: Windows;
}

/** Reads the beginning and the end of a source once; later reads that lie inside are answered from there. */
export async function hold(source: Source, maxScan: number): Promise<Held> {
  const { bytes, name } = source;
  const whole = bytes <= maxScan * 2;
  const head = await exactly(source, 0, whole ? bytes : maxScan);
  const tail = whole ? head : await exactly(source, bytes - maxScan, maxScan);
  const tailFrom = bytes - tail.length;
  const read: Source['read'] = (position, length, room) => {
    const to = Math.min(position + length, bytes);
    if (position < 0 || position >= to) return NOTHING;
    if (to <= head.length) return head.subarray(position, to);
    if (position >= tailFrom) return tail.subarray(position - tailFrom, to - tailFrom);
    return source.read(position, to - position, room);
  };
  return { name, bytes, read, windows: { head, tail, bytes } };
}

/** Up to `length` bytes, however many pieces the source gives them in. */
async function exactly(source: Source, position: number, length: number): Promise<Buffer> {
  const given = source.read(position, length);
  const first = asBuffer(given instanceof Uint8Array ? given : await given);
  if (first.length >= length || first.length === 0) return first.subarray(0, length);
  const pieces = [first];
  let got = first.length;
  while (got < length) {
    const more = asBuffer(await source.read(position + got, length - got));
    if (more.length === 0) break;
    pieces.push(more);
    got += more.length;
  }
  return Buffer.concat(pieces).subarray(0, length);
}

/** Bytes in memory, to be identified. */
export function bytesSource(name: string, bytes: Uint8Array): Source {
  return {
    name,
    bytes: bytes.length,
    read: (position, length) => bytes.subarray(position, position + length),
  };
}

/**
 * A file that is read where it lies. The system is asked in this thread, which waits: many small files take a third of
 * the time so. Where requests are served, use the pool.
 *
 * @throws the system's error when it can not be opened, or is no regular file (`ENOTSUP`)
 */
export function openFileSource(path: string | Buffer): Source & { close(): void } {
  // A pipe that nobody writes to would hold us for ever; a link is judged by whoever walks the folder.
  const handle = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile())
      throw Object.assign(new Error(`${String(path)} is no regular file`), {
        code: 'ENOTSUP',
        syscall: 'open',
      });
    return {
      name: String(path),
      bytes: stat.size,
      read(position, length, room) {
        const into = room && room.length >= length ? room.subarray(0, length) : Buffer.allocUnsafe(length);
        let got = 0;
        while (got < length) {
          const n = readSync(handle, into, got, length - got, position + got);
          if (n === 0) break;
          got += n;
        }
        return got === length ? into : into.subarray(0, got);
      },
      close: () => closeSync(handle),
    };
  } catch (e) {
    closeSync(handle);
    throw e;
  }
}
