import { createReadStream } from 'node:fs';
import { basename } from 'node:path';

/** An EEP's bytes. Opened anew for each reading, which go from front to back. */
export interface EepSource {
  /** How findings name the file; '' where there is only one. */
  readonly name: string;
  open(): Promise<AsyncIterable<Buffer>>;
  /** A file beside it by its name, for packages that hold digests in place of data; undefined where there is none. */
  beside?(name: string): Promise<AsyncIterable<Buffer> | undefined>;
}

const PIECE = 256 * 1024;

export function fileSource(path: string, name = ''): EepSource {
  return { name, open: async () => createReadStream(path, { highWaterMark: PIECE }) };
}

/** Bytes in memory, for small packages. */
export function bytesSource(bytes: Uint8Array, name = ''): EepSource {
  return {
    name,
    async open() {
      const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      return (async function* pieces() {
        for (let at = 0; at < all.length; at += PIECE) yield all.subarray(at, at + PIECE);
      })();
    },
  };
}

/** What a file beside others is called, whatever path it was said to have. */
export const nameOf = (path: string): string => basename(path.replaceAll('\\', '/'));
