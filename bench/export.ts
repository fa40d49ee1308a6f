import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { to } from 'pg-copy-streams';
import { type Database, sql } from '#kernel/db';
import { makeMany } from './support/many-units.ts';

export const name = 'export';

export interface ExportBench {
  /** An empty database with the schema. */
  db: Database;
  print(line: string): void;
  rows?: number;
}

interface Stage {
  rows: number;
  seconds: number;
  cpuSeconds: number;
  rowsPerSecond: number;
  peakMiB: number;
  mebibytes: number;
}

const ROWS = 300_000;
const CHILD = join(import.meta.dirname, 'support', 'export-process.ts');
const TARGET = { rowsPerSecond: 20_000 };
const FORMATS = ['xlsx', 'ead3', 'atom-csv', 'dc-csv'] as const;

/**
 * The catalogue of an archive of 300,000 entries (trees, and one fonds of which a tenth stands in one row) taken out as a workbook, as EAD3
 * and as lists, each in a process of its own under row-level security; beside it PostgreSQL's own COPY of the same columns, before and
 * after. A third as many rows tell whether memory grows with them.
 */
export async function run({ db, print, rows = ROWS }: ExportBench) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-export-'));
  try {
    const made = await makeMany(db, { units: rows, fonds: 3 });
    const before = await rawCopy(db);
    print(`raw COPY of the same columns, before: ${before} rows/s`);
    const results: Record<string, Stage> = {};
    for (const format of FORMATS) {
      // A finding aid describes one fonds: the largest.
      const whole = format === 'ead3' ? made.fonds[0]!.id : '990300';
      for (const [what, id] of [
        ['a part', made.fonds.at(-1)!.id],
        ['all', whole],
      ] as const) {
        const target = join(folder, `${format}-${what.replace(' ', '')}`);
        const measured = await measure([db.url, db.appUrl ?? '', made.archiveId, id, format, target]);
        results[`${format}, ${what}`] = measured;
        print(
          `${format}, ${what}: ${measured.rowsPerSecond} rows/s, ${measured.rows} rows in ${measured.seconds} s, ${measured.cpuSeconds} s of processor, peak ${measured.peakMiB} MiB, ${measured.mebibytes} MiB written`,
        );
        await rm(target, { force: true });
      }
    }
    const after = await rawCopy(db);
    print(`raw COPY of the same columns, after: ${after} rows/s`);
    const copy = Math.round((before + after) / 2);
    for (const format of FORMATS) {
      const { rowsPerSecond } = results[`${format}, all`]!;
      print(`${format}: ${(rowsPerSecond / copy).toFixed(3)} of raw COPY`);
    }
    print(`target: ${TARGET.rowsPerSecond} rows/s (load of the machine now: ${loadavg()[0]!.toFixed(1)})`);
    return { rows, results, rawCopy: { before, after }, target: TARGET };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(args: readonly string[]): Promise<Stage> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, ...args], {
    maxBuffer: 1024 * 1024,
  });
  return JSON.parse(stdout) as Stage;
}

const COLUMNS = `id, parent_id, level, reference_code, title, creator, doc_no, date_text, date_from, date_to, category, year, retention,
  classification, access_status, opens_on, embargo_until, pages, page_count, description`;

/** Rows a second that PostgreSQL writes out by itself. */
async function rawCopy(db: Database): Promise<number> {
  const rows = (await sql<{ n: number }>`select count(*)::int as n from holdings.unit`.execute(db.owner))
    .rows[0]!.n;
  const client = await db.connect();
  try {
    const started = performance.now();
    for await (const _ of client.query(to(`copy (select ${COLUMNS} from holdings.unit) to stdout`)));
    return Math.round(rows / ((performance.now() - started) / 1000));
  } finally {
    client.release();
  }
}
