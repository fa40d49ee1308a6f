import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createStorageRoot,
  filesystemStore,
  type OcflRepository,
  openRepository,
  type Store,
} from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';

export const name = 'root-size';

const SIZES = [10, 100_000];
const CALLS = 300;

interface Figures {
  objects: number;
  msPerPut: number;
  msPerNextVersion: number;
  msPerRead: number;
  /** Folders listed, and entries found in them, a call; the root itself is among none of them. */
  listedPerCall: number;
  entriesPerCall: number;
  rootListed: number;
}

/** Counts what is listed. */
function counting(store: Store) {
  const counts = { folders: 0, entries: 0, root: 0 };
  const counted: Store = {
    ...store,
    async list(path) {
      const entries = await store.list(path);
      counts.folders++;
      counts.entries += entries?.length ?? 0;
      if (!path.includes('/')) counts.root++;
      return entries;
    },
  };
  return { counted, counts };
}

/** Fills a root with the folders of objects, each with its inventory: what a step that lists would find. */
function fill(root: string, pathOf: OcflRepository['pathOf'], count: number): void {
  for (let i = 0; i < count; i++) {
    const folder = join(root, pathOf(`urn:lantai:bench:there:${i}`));
    mkdirSync(join(folder, 'v1'), { recursive: true });
    writeFileSync(join(folder, 'inventory.json'), '{}');
    writeFileSync(join(folder, '0=ocfl_object_1.1'), 'ocfl_object_1.1\n');
  }
}

async function each(count: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const from = performance.now();
  for (let n = 0; n < count; n++) await work(n);
  return Math.round(((performance.now() - from) / count) * 100) / 100;
}

/** Time of a put, of the next version and of a read, with ten objects in the root and with a hundred thousand. */
export async function run({ print }: { print(line: string): void }): Promise<Figures[]> {
  const results: Figures[] = [];
  for (const objects of SIZES) {
    const home = await mkdtemp(join(tmpdir(), 'lantai-rootsize-'));
    const pool = createDigestPool();
    try {
      const root = join(home, 'root');
      const store = filesystemStore({ root, staging: join(home, 'staging'), pool });
      await createStorageRoot(store);
      const { counted, counts } = counting(store);
      const repository = await openRepository({ store: counted });
      fill(root, repository.pathOf, objects);
      const put = (n: number, text: string) =>
        repository.putVersion(`urn:lantai:bench:new:${n}`, {
          files: [{ logicalPath: 'page.txt', source: { bytes: Buffer.from(`${text} ${n}`) } }],
          message: text,
          user: { name: 'Bench', address: 'urn:lantai:bench' },
          created: new Date(),
        });
      const msPerPut = await each(CALLS, (n) => put(n, 'first'));
      const msPerNextVersion = await each(CALLS, (n) => put(n, 'second'));
      const msPerRead = await each(CALLS, (n) => repository.getObject(`urn:lantai:bench:new:${n}`));
      const figures: Figures = {
        objects,
        msPerPut,
        msPerNextVersion,
        msPerRead,
        listedPerCall: counts.folders / (3 * CALLS),
        entriesPerCall: counts.entries / (3 * CALLS),
        rootListed: counts.root,
      };
      results.push(figures);
      print(
        `${String(objects).padStart(7)} objects: ${msPerPut} ms a put, ${msPerNextVersion} ms a next version, ` +
          `${msPerRead} ms a read; ${figures.entriesPerCall.toFixed(1)} folder entries read a call, ` +
          `the root listed ${counts.root} times`,
      );
    } finally {
      await pool.close();
      await rm(home, { recursive: true, force: true });
    }
  }
  return results;
}
