import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ConsignedFile } from '../consignment.ts';

/** A folder for files of a package while they are taken in; their names there are ours. Gone when it is disposed of. */
export function createScratch(folder: string) {
  let own: Promise<string> | null = null;
  let count = 0;
  const make = async () => {
    await mkdir(folder, { recursive: true });
    return mkdtemp(join(folder, 'package-ingest-'));
  };
  return {
    async keep(file: Pick<ConsignedFile, 'open'>): Promise<string> {
      own ??= make();
      const path = join(await own, String(++count));
      await pipeline(await file.open(), createWriteStream(path, { flags: 'wx' }));
      return path;
    },
    forget: (path: string) => rm(path, { force: true }),
    async [Symbol.asyncDispose]() {
      if (own) await rm(await own, { recursive: true, force: true });
    },
  };
}
