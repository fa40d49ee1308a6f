import { read } from 'node:fs';
import { promisify } from 'node:util';

const readAt = promisify(read);

/** Short reads, mostly one after another, out of large ones. */
export interface Window {
  readonly size: number;
  /** The bytes there; fewer where the file ends. Valid until the next call. */
  at(start: number, length: number): Promise<Buffer>;
}

export function createWindow(fd: number, size: number, room = 256 * 1024): Window {
  const buffer = Buffer.allocUnsafe(room);
  let from = 0;
  let held = 0;
  const fill = async (into: Buffer, start: number) => {
    let got = 0;
    while (got < into.length) {
      const { bytesRead } = await readAt(fd, into, got, into.length - got, start + got);
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return got;
  };
  return {
    size,
    async at(start, length) {
      if (start >= from && start + length <= from + held)
        return buffer.subarray(start - from, start - from + length);
      if (length > room) {
        const own = Buffer.allocUnsafe(length);
        return own.subarray(0, await fill(own, start));
      }
      from = start;
      held = 0;
      held = await fill(buffer, start);
      return buffer.subarray(0, Math.min(length, held));
    },
  };
}
