import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const WINDOW = 1024 * 1024;

/** A file read piece by piece, at once: for a thread of its own, where waiting harms nobody. */
export interface Bytes {
  readonly size: number;
  /** Bytes from..to, cut at the ends of the file. */
  read(from: number, to: number): Buffer;
  close(): void;
}

export function bytesOf(data: Uint8Array): Bytes {
  const whole = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return {
    size: whole.length,
    read: (from, to) => whole.subarray(Math.max(0, from), Math.max(0, to)),
    close: () => {},
  };
}

/** @throws the system's errors */
export function openBytes(path: string): Bytes {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  let from = 0;
  let window: Buffer = Buffer.alloc(0);
  const load = (start: number, length: number): Buffer => {
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const got = readSync(file, buffer, filled, length - filled, start + filled);
      if (got === 0) break;
      filled += got;
    }
    return buffer.subarray(0, filled);
  };
  return {
    size,
    read(wantedFrom, wantedTo) {
      const start = Math.max(0, Math.min(wantedFrom, size));
      const end = Math.max(start, Math.min(wantedTo, size));
      if (start >= from && end <= from + window.length) return window.subarray(start - from, end - from);
      if (end - start > WINDOW) return load(start, end - start);
      from = Math.max(0, start - 1024);
      window = load(from, Math.min(WINDOW + 1024, size - from));
      return window.subarray(start - from, end - from);
    },
    close: () => closeSync(file),
  };
}

/** Offset of the last `what` that begins in from..to; -1 where there is none. */
export function lastIndexOf(bytes: Bytes, what: string, from: number, to: number): number {
  for (let end = to; end > from; end -= WINDOW) {
    const start = Math.max(from, end - WINDOW);
    const found = bytes.read(start, Math.min(to, end + what.length)).lastIndexOf(what, undefined, 'latin1');
    if (found >= 0) return start + found;
  }
  return -1;
}

/** Offset of the first `what` at or after `from`; -1 where there is none before `to`. */
export function indexOf(bytes: Bytes, what: string, from: number, to = bytes.size): number {
  for (let start = from; start < to; start += WINDOW) {
    const found = bytes.read(start, Math.min(to, start + WINDOW + what.length)).indexOf(what, 0, 'latin1');
    if (found >= 0) return start + found;
  }
  return -1;
}
