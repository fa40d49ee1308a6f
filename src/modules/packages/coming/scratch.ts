import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Digested, type DigestName, type DigestPool, digestBytes } from '#kernel/checksums';
import type { ConsignedFile } from '../consignment.ts';

/** Files up to this size are whole in memory for a moment. */
const SMALL = 2 ** 20;

/** A file of a package as it lies here. */
export interface Kept extends Digested {
  path: string;
}

/** A folder for files of a package while they are taken in; their names there are ours. Gone when it is disposed of. */
export function createScratch(folder: string) {
  let own: Promise<string> | null = null;
  let count = 0;
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
      const path = await place();
      const stream = await file.open();
      if (file.bytes > SMALL) {
        await pipeline(stream, createWriteStream(path, { flags: 'wx' }));
        return { kept: async () => ({ path, ...(await pool.digestFile(path, names)) }) };
      }
      const pieces: Buffer[] = [];
      for await (const piece of stream) pieces.push(piece as Buffer);
      const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
      return {
        async kept() {
          await writeFile(path, bytes, { flag: 'wx' });
          return { path, ...digestBytes(bytes, names) };
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
