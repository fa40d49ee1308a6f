import { mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesystemStore } from '#formats/ocfl';
import { createDigestPool, type DigestPool } from '#kernel/checksums';
import { dyingStore, type Place, type PlaceKind } from './place.ts';

/** The owner as a process that is no more. */
export const gone = (owner: string): string => JSON.stringify({ ...JSON.parse(owner), pid: 99_999_999 });

export function folderPlaces(flush: 'file' | 'filesystem'): PlaceKind {
  let pool: DigestPool;
  return {
    name: `a folder, flushed by ${flush}`,
    async begin() {
      pool = createDigestPool(2);
    },
    end: () => pool.close(),
    async make(): Promise<Place> {
      const home = await mkdtemp(join(tmpdir(), 'lantai-store-'));
      const staging = join(home, 'staging');
      const at = (path: string) => join(home, 'root', path);
      const open = async () => filesystemStore({ root: join(home, 'root'), staging, pool, flush });
      const names = (folder: string) => readdir(join(staging, folder)).catch(() => []);
      return {
        open,
        dying: async (steps, answered) => dyingStore(await open(), steps, answered),
        async kill() {
          for (const name of await names('writers')) {
            const file = join(staging, 'writers', name);
            await writeFile(file, gone(await readFile(file, 'utf8')));
          }
          for (const name of await names('locks')) {
            const lock = join(staging, 'locks', name);
            const owner = await readlink(lock);
            await rm(lock);
            await symlink(gone(owner), lock);
          }
        },
        leftovers: async () => [...(await names('drafts')), ...(await names('locks'))],
        alter: async (path, change) => writeFile(at(path), change(await readFile(at(path)))),
        lose: (path) => rm(at(path)),
        close: () => rm(home, { recursive: true }),
      };
    },
  };
}
