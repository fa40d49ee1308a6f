import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Database } from '#kernel/db';
import { silentLog } from '#kernel/log';
import { prepareQueues } from '../src/main/serve.ts';
import { anArchive } from './support/an-archive.ts';
import { timed } from './support/by-hand.ts';
import { bagOfTransfer, makeTransfer, transferCases } from './support/transfers.ts';

export const name = 'ingest';

const ENTRIES = 2_000;
const CHILD = join(import.meta.dirname, 'support', 'ingest-process.ts');
const command = promisify(execFile);

export interface IngestBench {
  /** An empty database with the schema. */
  db: Database;
  print(line: string): void;
  entries?: number;
  /** Kinds the holdings leave as. */
  kinds?: readonly string[];
}

interface Stage {
  entries: number;
  files: number;
  seconds: number;
  peakMiB: number;
}

/**
 * A bag of others in a ZIP, a folder and an entry for each file: taken in (judged, digested, written as objects, read back,
 * entered), and let out again as packages; beside `cp` + `sync` + `sha512sum` of the same files in the same run. Each way in a
 * process of its own.
 */
export async function run({ db, print, entries: most = ENTRIES, kinds = ['bag', 'handover'] }: IngestBench) {
  const home = await mkdtemp(join(tmpdir(), 'lantai-bench-ingest-'));
  const results: Record<string, unknown> = {};
  await prepareQueues(db, silentLog);
  await anArchive(db);
  // As `./lantai ingest` and `worker` are started.
  const flags = ['--max-semi-space-size=8', '--heap-growing-percent=40'];
  const env = {
    ...process.env,
    MALLOC_ARENA_MAX: '1',
    MALLOC_MMAP_THRESHOLD_: '131072',
    MALLOC_TRIM_THRESHOLD_: '1048576',
  };
  const child = async (...args: string[]): Promise<Stage> =>
    JSON.parse((await command(process.execPath, [...flags, CHILD, ...args], { env })).stdout) as Stage;
  try {
    for (const one of await transferCases()) {
      const source = join(home, 'source');
      const entries = Math.ceil(most / one.oneIn);
      const bytes = await makeTransfer(source, one, entries);
      const data = join(home, `data-${one.fonds}`);
      const bag = join(home, `${one.fonds}.zip`);
      await bagOfTransfer(bag, source, one, entries);
      const rates = (seconds: number) => ({
        filesPerSecond: round(entries / seconds),
        megabytesPerSecond: round(bytes / 1e6 / seconds),
      });
      const said: Record<string, unknown> = { entries, bytes: bytes / entries };
      const tell = (what: string, seconds: number, peakMiB?: number) => {
        const { filesPerSecond, megabytesPerSecond } = rates(seconds);
        const peak = peakMiB === undefined ? '' : `, peak ${peakMiB} MiB`;
        print(`${one.what}: ${what}: ${filesPerSecond} files/s, ${megabytesPerSecond} MB/s${peak}`);
        said[what] = { ...rates(seconds), seconds: round(seconds), ...(peak ? { peakMiB } : {}) };
      };
      tell('cp + sync + sha512sum', await byHand(source, join(home, 'copy')));
      await command('sync');
      const taken = await child('ingest', db.url, data, bag, one.fonds);
      if (taken.files !== entries) throw new Error(`${taken.files} of ${entries} files came in`);
      tell('ingest', taken.seconds, taken.peakMiB);
      for (const kind of kinds) {
        await command('sync');
        const target = join(home, `${one.fonds}-${kind}.zip`);
        const left = await child('export', db.url, data, target, one.fonds, kind);
        if (left.files !== entries) throw new Error(`${left.files} of ${entries} files left`);
        tell(`export as ${kind}`, left.seconds, left.peakMiB);
      }
      said.load = loadavg().map(round);
      results[one.what] = said;
      for (const folder of [source, join(home, 'copy')]) await rm(folder, { recursive: true });
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
  return results;
}

const round = (n: number) => Math.round(n * 10) / 10;

/** What a careful person does by hand: copy, flush, digest what was copied. */
async function byHand(source: string, target: string): Promise<number> {
  return timed(async () => {
    await command('cp', ['-r', source, target]);
    await command('sync');
    await command('sh', ['-c', 'find "$0" -type f -print0 | xargs -0 sha512sum > /dev/null', target]);
  });
}
