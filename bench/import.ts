import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Database, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { writeCatalogue } from './support/catalogue-workbook.ts';
import { timedCopy } from './support/raw-copy.ts';

export const name = 'import';

export interface ImportBench {
  /** An empty database with the schema. */
  db: Database;
  print(line: string): void;
  rows?: number;
}

interface Stage {
  rows: number;
  seconds: number;
  rowsPerSecond: number;
  cpuSeconds: number;
  auditSeconds: number;
  peakMiB: number;
  loopDelayMs: { p99: number; max: number };
}

const ROWS = 300_000;
const CHILD = join(import.meta.dirname, 'support', 'import-process.ts');
const TARGET = { rowsPerSecond: 10_000, peakMiB: 512 };

/**
 * A catalogue of 300,000 rows and 15 columns from file to searchable entries, with inline and with shared strings, and
 * stage by stage; beside it PostgreSQL's own COPY of the very same rows into a table without indexes.
 */
export async function run({ db, print, rows = ROWS }: ImportBench) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-import-'));
  try {
    const results: Record<string, Stage> = {};
    for (const strings of ['inline', 'shared'] as const) {
      const file = join(folder, `${strings}.xlsx`);
      await writeCatalogue(file, rows, strings);
      for (const stage of ['read', 'judge', 'store', 'all'] as const) {
        const archive = await foundArchive(db, `${strings}-${stage}`);
        const measured = await measure([stage, db.url, file, archive, join(folder, 'files')]);
        results[`${stage}, ${strings} strings`] = measured;
        print(line(`${WORDS[stage]}, ${strings} strings`, measured));
        if (stage !== 'all') await forget(db, archive);
      }
      await rm(file);
      const [stored, whole] = [results[`store, ${strings} strings`]!, results[`all, ${strings} strings`]!];
      const share = (of: Stage) => `${((stored.auditSeconds / of.seconds) * 100).toFixed(1)} %`;
      print(
        `writing the trail, ${strings} strings: ${stored.auditSeconds} s, ${share(stored)} of the import without search, ${share(whole)} of the whole`,
      );
    }
    const newest =
      'select * from holdings.unit where import_id = (select max(import_id::text)::uuid from holdings.unit)';
    const copy = await timedCopy(db, folder, { query: newest });
    print(`raw COPY of the same ${copy.rows} rows: ${copy.rowsPerSecond} rows/s`);
    print(
      `target: ${TARGET.rowsPerSecond} rows/s, all Node processes under ${TARGET.peakMiB} MiB (load of the machine now: ${loadavg()[0]!.toFixed(1)})`,
    );
    return { rows, results, rawCopy: copy, target: TARGET };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const WORDS = {
  read: 'reading alone',
  judge: 'reading and judging rows',
  store: 'reading, judging, storing, audit',
  all: 'the whole import, search index too',
} as const;

function line(what: string, s: Stage): string {
  return `${what}: ${s.rowsPerSecond} rows/s, ${s.seconds} s, ${s.cpuSeconds} s of processor, peak ${s.peakMiB} MiB, others waited ${s.loopDelayMs.p99} ms (p99)`;
}

async function measure(args: readonly string[]): Promise<Stage> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, ...args], {
    maxBuffer: 1024 * 1024,
  });
  return JSON.parse(stdout) as Stage;
}

async function foundArchive(db: Database, code: string): Promise<string> {
  const id = newId();
  await sql`insert into holdings.archive (id, path, code, name, level)
    values (${id}, array[${id}]::uuid[], ${`${code}-${id}`}, ${code}, 'county')`.execute(db.owner);
  return id;
}

/** Removes what a stage stored, so that the next one finds the tables as the first did. */
async function forget(db: Database, archive: string): Promise<void> {
  await sql`delete from holdings.unit where archive_id = ${archive}`.execute(db.owner);
  await sql`delete from holdings.fonds where archive_id = ${archive}`.execute(db.owner);
  await sql`vacuum holdings.unit`.execute(db.owner);
}
