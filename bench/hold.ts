import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { systemActor } from '#kernel/actor';
import { createDigestPool } from '#kernel/checksums';
import type { Database } from '#kernel/db';
import { silentLog } from '#kernel/log';
import { CHECKS, type IncomingFile } from '#modules/preservation';
import { readConfig } from '../src/main/config.ts';
import { prepareQueues } from '../src/main/serve.ts';
import { openHouse } from '../src/main/wire.ts';
import { byHand, makeFiles, median, timed } from './support/by-hand.ts';

export const name = 'hold';

/** Sizes of files and how many entries of one file each. */
const SIZES = [
  { label: '10 kB', bytes: 10_000, entries: 300 },
  { label: '1 MB', bytes: 1_000_000, entries: 300 },
  { label: '50 MB', bytes: 50_000_000, entries: 8 },
];
const ROUNDS = 3;
/** Entries given to be held at once, as taking in gives them. */
const BATCH = 50;

/**
 * Taking files in, all of it: digested, written as packages with their documents, read back, entered in the catalogue with
 * pages, events and trail; beside `cp` + `sync` + `sha512sum` of the same files in the same run, turn by turn. Median of three.
 */
export async function run({ db, print }: { db: Database; print(line: string): void }) {
  const home = await mkdtemp(join(tmpdir(), 'lantai-bench-hold-'));
  const config = readConfig({ LANTAI_DATA: join(home, 'data'), LANTAI_OCR_WORKERS: '0' });
  await prepareQueues(db, silentLog);
  const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
  const pool = createDigestPool();
  const actor = systemActor('bench');
  const archiveId = await house.holdings.addArchive(actor, {
    parentId: null,
    code: '990111',
    name: '石桥县档案馆',
    level: 'county',
  });
  const fonds = await house.holdings.addFonds(actor, { archiveId, number: 'J019', name: '县民政局' });
  let count = 0;
  async function entries(n: number): Promise<string[]> {
    const ids: string[] = [];
    while (ids.length < n)
      ids.push(
        await house.holdings.createUnit(actor, {
          fondsId: fonds.id,
          title: '题名',
          referenceCode: `J019-${++count}`,
        }),
      );
    return ids;
  }
  async function incoming(path: string): Promise<IncomingFile> {
    const { size, digests } = await pool.digestFile(path, ['sha512', 'sha256']);
    return {
      path,
      name: basename(path),
      nameBytes: Buffer.from(basename(path)),
      bytes: size,
      digests,
      mediaType: 'image/tiff',
      pages: [{ width: 2480, height: 3508 }],
      technical: { format: 'TIFF', width: 2480, height: 3508 },
      checks: [{ check: CHECKS.format, outcome: 'passed' }],
    };
  }
  async function hold(ids: readonly string[], paths: readonly string[]): Promise<void> {
    for (let from = 0; from < ids.length; from += BATCH) {
      const units = await Promise.all(
        ids.slice(from, from + BATCH).map(async (id, i) => ({
          id,
          archiveId,
          files: [await incoming(paths[from + i]!)],
        })),
      );
      const who = { id: null, name: 'bench' };
      for (const o of await house.preservation.hold(who, units, async () => {}))
        if (o.status !== 'held') throw o.status === 'failed' ? o.error : new Error(o.status);
    }
  }
  const results: Record<string, unknown> = {};
  try {
    // A service is warm: its threads run, its code is loaded.
    await hold(await entries(40), await makeFiles(join(home, 'warm'), 1_000, 40));
    for (const { label, bytes, entries: n } of SIZES) {
      const [ours, theirs]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        // New ones each time: what is held already is not stored again.
        const source = join(home, `source-${label.replace(' ', '')}-${round}`);
        const paths = await makeFiles(source, bytes, n);
        const ids = await entries(n);
        ours.push(await timed(() => hold(ids, paths)));
        const target = join(home, `hand-${count}`);
        await mkdir(target);
        theirs.push(await byHand(target, source));
      }
      const [a, b] = [median(ours), median(theirs)];
      const mega = (bytes * n) / 1e6;
      results[label] = {
        entries: n,
        bytes,
        entriesPerSecond: n / a,
        megabytesPerSecond: mega / a,
        peer: { what: 'cp + sync + sha512sum', filesPerSecond: n / b, megabytesPerSecond: mega / b },
        ratio: b / a,
        residentMiB: Math.round(process.memoryUsage.rss() / 2 ** 20),
      };
      print(
        `${label.padStart(6)} ${(n / a).toFixed(1).padStart(7)} entries/s ${(mega / a).toFixed(1).padStart(7)} MB/s; ` +
          `cp + sync + sha512sum ${(n / b).toFixed(1)} files/s ${(mega / b).toFixed(1)} MB/s; ${(b / a).toFixed(2)} times`,
      );
    }
  } finally {
    await house.close();
    await pool.close();
    await rm(home, { recursive: true, force: true });
  }
  return results;
}
