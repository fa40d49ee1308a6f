import { open } from 'node:fs/promises';

const WINDOW = 64 * 1024;

/** A file read here and there without being held whole. Dispose of it. */
export interface FilePieces extends AsyncDisposable {
  readonly size: number;
  /** Bytes from an offset; fewer, or none, where the file ends. Small pieces near each other cost one read of the disk. */
  at(offset: number, length: number): Promise<Buffer>;
  /** Offset of the last place of `bytes` at or after `from`; -1 where there is none. */
  lastIndexOf(bytes: Buffer, from: number): Promise<number>;
}

/** @throws the system's errors */
export async function openPieces(path: string): Promise<FilePieces> {
  const file = await open(path, 'r');
  const { size } = await file.stat();
  let window: { from: number; bytes: Buffer } = { from: 0, bytes: Buffer.alloc(0) };

  const read = async (from: number, length: number): Promise<Buffer> => {
    const buffer = Buffer.alloc(Math.max(0, Math.min(length, size - from)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, from + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  };

  return {
    size,
    async at(offset, length) {
      if (offset < 0 || offset >= size) return Buffer.alloc(0);
      if (length > WINDOW) return read(offset, length);
      const start = offset - window.from;
      const wanted = Math.min(length, size - offset);
      if (start < 0 || start + wanted > window.bytes.length)
        window = { from: offset, bytes: await read(offset, WINDOW) };
      return window.bytes.subarray(offset - window.from, offset - window.from + wanted);
    },
    async lastIndexOf(bytes, from) {
      for (let end = size; end > from; ) {
        const start = Math.max(from, end - WINDOW);
        const found = (await read(start, end - start + bytes.length - 1)).lastIndexOf(bytes);
        if (found >= 0) return start + found;
        end = start;
      }
      return -1;
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}
