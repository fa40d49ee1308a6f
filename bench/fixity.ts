import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, sql } from '#kernel/db';
import { heldObjects } from './support/held-objects.ts';

export const name = 'fixity';

/** Of the same bytes: files of pages in print quality, and of small ones with all that goes with an object. */
const CASES = [
  { what: '32 objects of 4 files of 4 MiB', objects: 32, files: 4, bytes: 4 * 1024 * 1024 },
  { what: '1 object of 64 files of 4 MiB', objects: 1, files: 64, bytes: 4 * 1024 * 1024 },
  { what: '500 objects of 3 files of 200 KiB', objects: 500, files: 3, bytes: 200 * 1024 },
  { what: '1500 objects of 3 files of 8 KiB', objects: 1_500, files: 3, bytes: 8 * 1024 },
];
const ROUNDS = 3;

/**
 * Verifying: structure, inventories, every byte, and entering the outcome in the database; beside one `sha512sum` over the
 * same files in the same order, both with the files in memory. The best of three, in turn.
 */
export async function run({ db, print }: { db: Database; print(line: string): void }) {
  const results: Record<string, unknown> = {};
  for (const c of CASES) {
    const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-fixity-'));
    const held = await heldObjects(db, folder);
    try {
      await held.hold(c.objects, c.files, c.bytes);
      const { list, bytes } = await filesOf(held.root);
      await sha512sum(list);
      let [ours, peer] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
      for (let round = 0; round < ROUNDS; round++) {
        peer = Math.min(peer, await timed(() => sha512sum(list)));
        ours = Math.min(
          ours,
          await timed(async () => {
            const report = await held.copies.verifyNow({ mainOnly: true, repair: false });
            if (report.sound !== c.objects) throw new Error(`${report.sound} of ${c.objects} sound`);
          }),
        );
      }
      const rate = (ms: number) => Math.round(bytes / 1e6 / (ms / 1000));
      results[c.what] = {
        files: list.length,
        megabytes: Math.round(bytes / 1e6),
        megabytesPerSecond: rate(ours),
        peer: { what: 'one sha512sum', megabytesPerSecond: rate(peer) },
        times: Math.round((peer / ours) * 100) / 100,
        residentMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
      };
      print(`${c.what}: ${rate(ours)} MB/s, sha512sum ${rate(peer)} MB/s, ${(peer / ours).toFixed(2)} times`);
    } finally {
      await held.close();
      await sql`delete from preservation.object`.execute(db.owner);
      await rm(folder, { recursive: true, force: true });
    }
  }
  return results;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function filesOf(root: string): Promise<{ list: string[]; bytes: number }> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const list = entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
  let bytes = 0;
  for (const path of list) bytes += (await stat(path)).size;
  return { list, bytes };
}

/** One process over all of them, names through xargs as a person would. */
function sha512sum(list: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('xargs', ['-0', 'sha512sum'], { stdio: ['pipe', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`sha512sum ended with ${code}`))));
    child.stdin.end(list.join('\0'));
  });
}
