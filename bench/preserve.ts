import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStorageRoot, filesystemStore, type NewVersion, openRepository } from '#formats/ocfl';
import { createDigestPool, type DigestPool } from '#kernel/checksums';
import { byHand, makeFiles, median, timed } from './support/by-hand.ts';

export const name = 'preserve';

/** Sizes and how many objects of one file each; the files are made once and lie in the page cache for both. */
const SIZES = [
  { label: '10 kB', bytes: 10_000, objects: 300 },
  { label: '1 MB', bytes: 1_000_000, objects: 300 },
  { label: '50 MB', bytes: 50_000_000, objects: 8 },
];
const ROUNDS = 3;
/** Objects given to the repository at once, as an import gives them. */
const BATCH = 100;
/** Objects written before the clock runs, enough for every thread. */
const WARM = 40;

interface Figures {
  objects: number;
  bytes: number;
  objectsPerSecond: number;
  megabytesPerSecond: number;
  peerObjectsPerSecond: number;
  peerMegabytesPerSecond: number;
  /** Ours by the peer's; from 1 up it is not slower. */
  ratio: number;
}

const nextOf = (path: string): NewVersion => ({
  files: [{ logicalPath: 'content/file.bin', source: { path } }],
  message: 'content taken in',
  user: { name: 'Bench', address: 'urn:lantai:bench' },
  created: new Date(),
});

/** Writes, reads back and digests every file as an object: what the platform does with content. */
async function byTheRepository(
  home: string,
  paths: readonly string[],
  flush: 'file' | 'filesystem',
  pool: DigestPool,
) {
  const store = filesystemStore({ root: join(home, 'root'), staging: join(home, 'staging'), pool, flush });
  await createStorageRoot(store);
  const repository = await openRepository({ store });
  const small = join(home, 'small');
  await writeFile(small, 'small');
  // A service is warm: its threads run, its code is loaded.
  await repository.putVersions(
    Array.from({ length: WARM }, (_, n) => ({ objectId: `urn:lantai:warm:${n}`, next: nextOf(small) })),
  );
  const seconds = await timed(async () => {
    for (let i = 0; i < paths.length; i += BATCH) {
      const list = paths
        .slice(i, i + BATCH)
        .map((path, n) => ({ objectId: `urn:lantai:bench:${i + n}`, next: nextOf(path) }));
      for (const outcome of await repository.putVersions(list)) if ('error' in outcome) throw outcome.error;
    }
  });
  return seconds;
}

/**
 * Objects and bytes a second written by the repository (built aside, flushed, read back and digested, moved), beside
 * `cp` + `sync` + `sha512sum` of the same files in the same run, turn by turn; the median of three.
 */
export async function bench({ print }: { print(line: string): void }): Promise<Record<string, Figures>> {
  const home = await mkdtemp(join(tmpdir(), 'lantai-preserve-'));
  const results: Record<string, Figures> = {};
  const pool = createDigestPool();
  try {
    for (const { label, bytes, objects } of SIZES) {
      const source = join(home, 'source');
      const paths = await makeFiles(source, bytes, objects);
      for (const flush of ['file', 'filesystem'] as const) {
        const [ours, theirs]: [number[], number[]] = [[], []];
        for (let round = 0; round < ROUNDS; round++) {
          for (const [list, work] of [
            [ours, (at: string) => byTheRepository(at, paths, flush, pool)],
            [theirs, (at: string) => byHand(at, source)],
          ] as const) {
            // Removed when all are done: many file systems are slow in making what was just removed.
            list.push(await work(await mkdtemp(join(home, 'round-'))));
          }
        }
        const [a, b] = [median(ours), median(theirs)];
        const mega = (bytes * objects) / 1e6;
        const figures: Figures = {
          objects,
          bytes,
          objectsPerSecond: objects / a,
          megabytesPerSecond: mega / a,
          peerObjectsPerSecond: objects / b,
          peerMegabytesPerSecond: mega / b,
          ratio: b / a,
        };
        results[`${label}, flushed by ${flush}`] = figures;
        print(
          `${label.padStart(6)} by ${flush.padEnd(10)} ${figures.objectsPerSecond.toFixed(1).padStart(7)} objects/s ` +
            `${figures.megabytesPerSecond.toFixed(1).padStart(7)} MB/s; cp + sync + sha512sum ` +
            `${figures.peerObjectsPerSecond.toFixed(1)} files/s ${figures.peerMegabytesPerSecond.toFixed(1)} MB/s; ` +
            `${figures.ratio.toFixed(2)} times`,
        );
      }
      await rm(home, { recursive: true });
      await mkdir(home);
    }
  } finally {
    await pool.close();
    await rm(home, { recursive: true, force: true });
  }
  return results;
}

export { bench as run };
