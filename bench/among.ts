/**
 * A catalogue of 300,000 rows taken into an archive of ten million entries, all of them in the search index, while people go on reading:
 * a page of the table with two filters and a sort, a place of the tree, a search. How long each of these takes alone, and how
 * long while the import runs; and how fast that is.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Actor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { archivesScope, type Database, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createJobs } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createHoldings } from '#modules/holdings';
import { find } from '#modules/search';
import { catalogueIndex } from '../src/main/searchIndex.ts';
import { catalogueRow, writeCatalogue } from './support/catalogue-workbook.ts';
import { randomFrom } from './support/invented-catalogue.ts';
import { indexMany } from './support/many-entries.ts';
import { type MadeUnits, makeMany } from './support/many-units.ts';

export const name = 'import-among';

const ROWS = 300_000;
const CHILD = join(import.meta.dirname, 'support', 'import-process.ts');
const TARGET = { rowsPerSecond: 10_000, slower: 2 };
/** People at work, each of whom asks for something and looks at it for a while. */
const READERS = 3;
const LOOKING_MS = 100;
const ALONE_MS = 30_000;
/** The entries held have other letters in their codes. */
const LETTER = 'R';

type Times = Record<'table' | 'tree' | 'search', number[]>;

export async function run({
  db,
  print,
  units = Number(process.env.LANTAI_BENCH_UNITS ?? 10_000_000),
}: {
  db: Database;
  print(line: string): void;
  units?: number;
}) {
  const started = performance.now();
  const progress = (what: string) => (n: number) => print(`  ${n.toLocaleString('en')} ${what}`);
  const made = await makeMany(db, { units, fonds: 60, progress: progress('entries in') });
  await indexMany(db, made, progress('indexed'));
  print(
    `${units.toLocaleString('en')} entries made in ${Math.round((performance.now() - started) / 1000)} s`,
  );
  return amidst(db, made, print);
}

/** The measuring alone, over what is there. */
export async function amidst(db: Database, made: MadeUnits, print: (line: string) => void, letter = LETTER) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-among-'));
  try {
    const file = join(folder, 'catalogue.xlsx');
    await writeCatalogue(file, ROWS, 'inline', (n) =>
      catalogueRow(n).map((cell, i) => (i === 1 || i === 2 ? letter + cell.slice(1) : cell)),
    );
    const readers = await readersOf(db, made);
    await readers.during(wait(ALONE_MS / 10));
    const alone = await readers.during(wait(ALONE_MS));
    const importing = promisify(execFile)(
      process.execPath,
      [CHILD, 'all', db.url, file, made.archiveId, join(folder, 'files')],
      { maxBuffer: 1024 * 1024 },
    );
    const meanwhile = await readers.during(importing);
    const { rowsPerSecond, seconds, rows, cpuSeconds } = JSON.parse((await importing).stdout) as Record<
      string,
      number
    >;
    print(
      `import: ${rowsPerSecond} rows/s, ${rows} rows in ${seconds} s, ${cpuSeconds} s of processor (target ${TARGET.rowsPerSecond})`,
    );
    const results: Record<string, object> = {};
    for (const what of ['table', 'tree', 'search'] as const) {
      const [before, then] = [spread(alone[what]), spread(meanwhile[what])];
      const slower = Math.round((then.p95 / before.p95) * 100) / 100;
      results[what] = { alone: before, meanwhile: then, slower };
      print(
        `${what.padEnd(7)} alone p50 ${before.p50} ms, p95 ${before.p95} ms (${before.times} times); meanwhile p50 ${then.p50} ms, p95 ${then.p95} ms (${then.times} times): ${slower} times as long (limit ${TARGET.slower})`,
      );
    }
    print(`load of the machine now: ${loadavg()[0]!.toFixed(1)}`);
    return {
      units: made.units,
      import: { rowsPerSecond, seconds, rows, cpuSeconds },
      results,
      target: TARGET,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readersOf(db: Database, { archiveId, fonds, flat }: MadeUnits) {
  const holdings = createHoldings({
    db,
    clock: systemClock,
    audit: createAuditTrail(systemClock, newId, 'sha256'),
    newId,
    jobs: createJobs(db, silentLog, newId),
    reachBetween: async () => 0,
    fondsOnHold: async () => [],
    index: catalogueIndex(),
  });
  const actor: Actor = {
    kind: 'person',
    id: newId(),
    name: 'bench',
    language: 'zh-CN',
    rights: new Map([[archiveId, new Set(['holdings.read' as const])]]),
  };
  const places = (
    await sql<{
      id: string;
    }>`select id from holdings.unit tablesample system (1) where child_count > 0 limit 500`.execute(db.owner)
  ).rows.map((r) => r.id);
  const random = randomFrom(23);
  const of = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const acts: Record<keyof Times, () => Promise<unknown>> = {
    table: () =>
      holdings.listUnits(
        actor,
        { archiveId, fonds: of([...fonds, flat]).id, year: 1950 + Math.floor(random() * 72) },
        { sort: of(['code', 'title', '-date', '-changed']), limit: 50 },
      ),
    tree: () => holdings.arrangement.window(actor, of(places), { at: 0, limit: 100 }),
    search: () =>
      db.as(archivesScope([archiveId]), (tx) =>
        find(tx, { q: of(['防汛', '会议记录', '土地改革', '婚姻登记', '年度统计', '学校']) }),
      ),
  };
  /** People read until something is over. */
  async function during(until: Promise<unknown>): Promise<Times> {
    const times: Times = { table: [], tree: [], search: [] };
    let over = false;
    const end = until.finally(() => {
      over = true;
    });
    const reader = async () => {
      while (!over) {
        const what = of(['table', 'tree', 'search'] as const);
        const at = performance.now();
        await acts[what]();
        times[what].push(performance.now() - at);
        await wait(LOOKING_MS);
      }
    };
    await Promise.all([end, ...Array.from({ length: READERS }, reader)]);
    return times;
  }
  return { during };
}

function spread(times: number[]): { times: number; p50: number; p95: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const share = (s: number) => Math.round((sorted[Math.floor(sorted.length * s)] ?? 0) * 10) / 10;
  return { times: times.length, p50: share(0.5), p95: share(0.95) };
}
