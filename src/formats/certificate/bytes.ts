import { open } from 'node:fs/promises';
import { Refusal } from '#kernel/errors';

/** A file or bytes in memory, read piece by piece. */
export interface ByteSource {
  size: number;
  /** Bytes from `offset`, fewer at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** @throws Refusal `verify.unreadable` when the path is no file that can be read */
export async function openBytes(bytesOrPath: Uint8Array | string): Promise<ByteSource> {
  if (typeof bytesOrPath !== 'string') {
    const whole = Buffer.from(bytesOrPath.buffer, bytesOrPath.byteOffset, bytesOrPath.byteLength);
    return {
      size: whole.length,
      read: async (offset, length) => whole.subarray(offset, offset + length),
      close: async () => {},
    };
  }
  try {
    const handle = await open(bytesOrPath, 'r');
    const about = await handle.stat();
    if (!about.isFile()) {
      await handle.close();
      throw new Error('not a regular file');
    }
    return {
      size: about.size,
      read: async (offset, length) => {
        const buffer = Buffer.alloc(Math.max(0, Math.min(length, about.size - offset)));
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, offset);
        return buffer.subarray(0, bytesRead);
      },
      close: () => handle.close(),
    };
  } catch (cause) {
    throw new Refusal('verify.unreadable', 'The file can not be read.', {}, { cause });
  }
}

const CHUNK = 1024 * 1024;

/** Hands the bytes from..to over in pieces. */
export async function eachChunk(
  source: ByteSource,
  from: number,
  to: number,
  take: (chunk: Buffer, offset: number) => void,
): Promise<void> {
  for (let at = from; at < to; ) {
    const chunk = await source.read(at, Math.min(CHUNK, to - at));
    if (chunk.length === 0) return;
    take(chunk, at);
    at += chunk.length;
  }
}

/** Where a text stands in the file: at most `most` places. */
export async function findAll(source: ByteSource, text: string, most: number): Promise<number[]> {
  const found: number[] = [];
  const overlap = text.length - 1;
  let tail = Buffer.alloc(0);
  await eachChunk(source, 0, source.size, (chunk, offset) => {
    const window = Buffer.concat([tail, chunk]);
    for (let at = window.indexOf(text, 0, 'latin1'); at >= 0 && found.length < most; ) {
      found.push(offset - tail.length + at);
      at = window.indexOf(text, at + 1, 'latin1');
    }
    tail = Buffer.from(window.subarray(Math.max(0, window.length - overlap)));
  });
  return found;
}
