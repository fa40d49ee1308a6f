import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Digested, type DigestName, type DigestPool, digestBytes } from '#kernel/checksums';
import type { ConsignedFile } from '../consignment.ts';

/** Files up to this size are whole in memory for a moment. */
const SMALL = 2 ** 20;
/** Files up to this size stay there until they are taken in, as long as all of one folder's come to no more than that. */
const TINY = 256 * 1024;
const IN_MEMORY = 8 * 2 ** 20;

/** A file of a package as it lies here. */
export interface Kept extends Digested {
  /** Of a small one: it is laid down only where its path is asked for. */
  content: Uint8Array | undefined;
  path(): Promise<string>;
}

/** A folder for files of a package while they are taken in; their names there are ours. Gone when it is disposed of. */
export function createScratch(folder: string) {
  let own: Promise<string> | null = null;
  let count = 0;
  let held = 0;
  const make = async () => {
    await mkdir(folder, { recursive: true });
    return mkdtemp(join(folder, 'package-ingest-'));
  };
  const place = async () => {
    own ??= make();
    return join(await own, String(++count));
  };
  return {
    /**
     * Unpacks a file and digests what was unpacked. The package is read to the file's end when this returns; what is left to be
     * done then, for others beside it, is `kept`.
     */
    async keep(
      file: Pick<ConsignedFile, 'bytes' | 'open'>,
      names: readonly DigestName[],
      pool: DigestPool,
    ): Promise<{ kept(): Promise<Kept> }> {
      const stream = await file.open();
      if (file.bytes > SMALL) {
        const at = await place();
        await pipeline(stream, createWriteStream(at, { flags: 'wx' }));
        const path = async () => at;
        return { kept: async () => ({ content: undefined, path, ...(await pool.digestFile(at, names)) }) };
      }
      const pieces: Buffer[] = [];
      for await (const piece of stream) pieces.push(piece as Buffer);
      const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
      const laid = async () => {
        const at = await place();
        await writeFile(at, bytes, { flag: 'wx' });
        return at;
      };
      const stays = bytes.length <= TINY && held + bytes.length <= IN_MEMORY;
      if (stays) held += bytes.length;
      return {
        async kept() {
          const digested = digestBytes(bytes, names);
          if (stays) return { content: bytes, path: laid, ...digested };
          const at = await laid();
          return { content: undefined, path: async () => at, ...digested };
        },
      };
    },
    /** Unpacks a file. */
    async unpack(file: Pick<ConsignedFile, 'open'>): Promise<string> {
      const path = await place();
      await pipeline(await file.open(), createWriteStream(path, { flags: 'wx' }));
      return path;
    },
    forget: (path: string) => rm(path, { force: true }),
    async [Symbol.asyncDispose]() {
      if (own) await rm(await own, { recursive: true, force: true });
    },
  };
}
