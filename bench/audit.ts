import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  createSequencer,
  type EntryFilter,
  entryQuery,
  fileCopy,
  proveEntry,
  searchEntries,
  verifyAudit,
} from '#kernel/audit';

import { systemClock } from '#kernel/clock';
import { type Database, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { createKeyring } from '#kernel/keyring';
import { silentLog } from '#kernel/log';
import { newMasterKey } from '#kernel/signing/sealing';
import { type InventedTrail, writeEntries } from './support/audit-entries.ts';
import { writeCatalogue } from './support/catalogue-workbook.ts';

export const name = 'audit';

export interface AuditBench {
  /** An empty database with the schema. */
  db: Database;
  print(line: string): void;
  entries?: number;
  /** Rows of the catalogue that is imported with and without the trail; 0: not at all. */
  rows?: number;
}

const ENTRIES = 1_000_000;
const ROWS = 100_000;
const ROUNDS = 3;
const CHILD = join(import.meta.dirname, 'support', 'import-process.ts');

/**
 * The trail at a million entries: giving them their places, verifying all of them (beside it SHA-256 over as many bytes
 * as they are long), searching it by every road with the plans looked at, proving one; and what writing it costs an
 * import of a catalogue.
 */
export async function run({ db, print, entries = ENTRIES, rows = ROWS }: AuditBench) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-audit-'));
  try {
    const trail = await writeEntries(db, entries);
    const keyring = createKeyring({
      clock: systemClock,
      masterKey: newMasterKey(),
      statementAlgorithm: 'ed25519',
      pdfAlgorithm: 'p256',
    });
    const copies = [fileCopy(join(folder, 'checkpoints.jsonl'))];
    const sequencer = createSequencer({
      db,
      keyring,
      copies,
      clock: systemClock,
      log: silentLog,
      algorithm: 'sha256',
    });
    const placing = await timed(() => sequencer.place());
    await sequencer.checkpoint();
    print(`placing ${entries} entries: ${rate(entries, placing.seconds)}`);

    const before = process.memoryUsage.rss();
    const verifying = await timed(() => verifyAudit({ db, clock: systemClock, keyring, copies }));
    const grownMiB = Math.round((process.memoryUsage.rss() - before) / 2 ** 20);
    const { valid } = verifying.value;
    const perSecond = entries / verifying.seconds;
    print(
      `verifying: ${rate(entries, verifying.seconds)}, valid: ${valid}, memory grew ${grownMiB} MiB; ten million would take ${(10_000_000 / perSecond / 60).toFixed(1)} min`,
    );
    const limit = await hashingAlone(db);
    print(`SHA-256 over as many bytes: ${limit.seconds} s (${limit.mebibytes} MiB)`);

    const searches = await measureSearches(db, trail, print);
    const proof = await timed(() =>
      db.system(async (tx) => {
        const everything = { archives: trail.archives, installation: true };
        const [newest] = await searchEntries(tx, everything, { limit: 1 });
        return proveEntry(tx, newest!.id);
      }),
    );
    print(`one inclusion proof of ${proof.value.path.length} hashes: ${Math.round(proof.seconds * 1000)} ms`);
    const imported = rows > 0 ? await importWithAndWithout(db, folder, rows, print) : undefined;
    return {
      entries,
      placedPerSecond: Math.round(entries / placing.seconds),
      verifiedPerSecond: Math.round(perSecond),
      valid,
      grownMiB,
      limit,
      searches,
      import: imported,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - started) / 1000 };
}

const rate = (n: number, seconds: number) => `${Math.round(n / seconds)} a second (${seconds.toFixed(1)} s)`;

/** The limit: what hashing the same bytes takes when they need not be fetched, read and put in order. */
async function hashingAlone(db: Database) {
  const r = await sql<{
    bytes: number;
  }>`select sum(pg_column_size(e.*) + length(detail::text))::bigint as bytes
    from audit.entry e`.execute(db.owner);
  const total = r.rows[0]!.bytes;
  const block = Buffer.alloc(1024, 7);
  const started = performance.now();
  for (let done = 0; done < total; done += block.length) createHash('sha256').update(block).digest();
  return {
    mebibytes: Math.round(total / 2 ** 20),
    seconds: Number(((performance.now() - started) / 1000).toFixed(1)),
  };
}

/** A page of fifty by every road; a plan that reads the whole table is a failure. */
async function measureSearches(db: Database, trail: InventedTrail, print: (line: string) => void) {
  const one = { archives: [trail.archives[3]!], installation: false };
  const all = { archives: trail.archives, installation: true };
  const noon = new Date('2026-01-02T04:00:00Z');
  const roads: Record<string, EntryFilter> = {
    'all archives': all,
    'one archive': one,
    'a person': { ...all, personId: trail.people[5]! },
    'a name': { ...all, personName: '王某5' },
    'a thing': { ...all, thing: trail.unit },
    'a rare act': { ...all, act: 'export.made' },
    'a frequent act': { ...all, act: 'unit.read' },
    'an act that never was': { ...all, act: 'nothing.done' },
    'a person and an act': { ...all, personId: trail.people[5]!, act: 'certificate.issued' },
    'a stretch of time': { ...all, from: noon, to: new Date(noon.getTime() + 3_600_000) },
    refused: { ...all, result: 'refused' },
  };
  const figures: Record<string, { ms: number; scans: string }> = {};
  for (const [road, filter] of Object.entries(roads)) {
    const times: number[] = [];
    for (let n = 0; n < 7; n++)
      times.push(
        (await timed(async () => db.system((tx) => searchEntries(tx, filter, { limit: 51 })))).seconds,
      );
    const plan = await sql<{ 'QUERY PLAN': string }>`explain ${entryQuery(filter, { limit: 51 })}`.execute(
      db.owner,
    );
    const text = plan.rows.map((r) => r['QUERY PLAN']).join('\n');
    const scans = [
      ...new Set(
        [...text.matchAll(/(?:Index[\w ]* Scan[\w ]* (?:using|on) \w+|Seq Scan on \w+)/g)].map((m) => m[0]),
      ),
    ];
    const ms = Number((times.sort((a, b) => a - b)[3]! * 1000).toFixed(1));
    figures[road] = { ms, scans: scans.join(', ') };
    print(`search by ${road}: ${ms} ms; ${scans.join(', ')}`);
  }
  return figures;
}

interface Imported {
  seconds: number;
  cpuSeconds: number;
  auditSeconds: number;
}

/** A catalogue's import with and without the trail, in turn; the middle of the rounds counts. */
async function importWithAndWithout(
  db: Database,
  folder: string,
  rows: number,
  print: (line: string) => void,
) {
  const file = join(folder, 'catalogue.xlsx');
  await writeCatalogue(file, rows, 'shared');
  const runs: Record<'store' | 'unaudited', Imported[]> = { store: [], unaudited: [] };
  for (let n = 0; n < ROUNDS; n++) {
    for (const stage of ['unaudited', 'store'] as const) {
      const archive = newId();
      await sql`insert into holdings.archive (id, path, code, name, level)
        values (${archive}, array[${archive}]::uuid[], ${archive}, ${stage}, 'county')`.execute(db.owner);
      const { stdout } = await promisify(execFile)(process.execPath, [
        CHILD,
        stage,
        db.url,
        file,
        archive,
        folder,
      ]);
      runs[stage].push(JSON.parse(stdout) as Imported);
      await sql`delete from holdings.unit where archive_id = ${archive}`.execute(db.owner);
      await sql`vacuum holdings.unit`.execute(db.owner);
    }
  }
  const middle = (of: Imported[], key: keyof Imported) => of.map((r) => r[key]).sort((a, b) => a - b)[1]!;
  const figures = {
    rows,
    withSeconds: middle(runs.store, 'seconds'),
    withoutSeconds: middle(runs.unaudited, 'seconds'),
    withCpuSeconds: middle(runs.store, 'cpuSeconds'),
    withoutCpuSeconds: middle(runs.unaudited, 'cpuSeconds'),
    auditSeconds: middle(runs.store, 'auditSeconds'),
  };
  const share = (100 * figures.auditSeconds) / figures.withSeconds;
  print(
    `import of ${rows} rows with the trail ${figures.withSeconds} s, without ${figures.withoutSeconds} s; of it writing the trail ${figures.auditSeconds} s (${share.toFixed(2)} %, limit 10 %)`,
  );
  return { ...figures, sharePercent: Number(share.toFixed(2)) };
}
