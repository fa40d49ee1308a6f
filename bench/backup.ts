/**
 * Backup and restore of a catalogue of a million entries with its search index: the first backup, a second with nothing
 * changed, a third after one entry in a thousand was corrected, an encrypted one, and the restore with its proof; each in a process of its
 * own, with the most memory it took. Beside it PostgreSQL's own COPY of the very same tables, thrown away.
 */
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { type Database, sql } from '#kernel/db';
import { bulkTransaction, copyInto } from '#kernel/db/copy';
import { CopyBuffer } from '#kernel/db/copy-buffer';
import { indexUnits, settle } from '#modules/search';
import { ARCHIVES, archiveName, inventedEntry, inventedId } from './support/invented-catalogue.ts';

export const name = 'backup';

export interface BackupBench {
  /** An empty database with the schema. */
  db: Database;
  print(line: string): void;
  entries?: number;
}

/** What a process of bench/support/backup-process.ts says of itself. */
export interface Measured {
  rows: number;
  bytes: number;
  /** Bytes written to the place, or read from it. */
  moved: number;
  seconds: number;
  peakMiB: number;
  parts?: Record<string, number>;
}

const ENTRIES = 1_000_000;
const CHUNK = 5_000;
const CHILD = join(import.meta.dirname, 'support', 'backup-process.ts');
const archiveId = (n: number) => inventedId(90_000_000 + n);
const COLUMNS =
  'id, archive_id, fonds_id, level, position, reference_code, sort_key, title, category, year, access_status';

async function fill(db: Database, entries: number): Promise<void> {
  const fonds = new Map<string, string>();
  await db.system(async (tx) => {
    for (let n = 0; n < ARCHIVES; n++)
      await sql`insert into holdings.archive (id, path, code, name, level) values (${archiveId(n)}, array[${archiveId(n)}]::uuid[], ${`96${1000 + n}`}, ${archiveName(n)}, 'county')`.execute(
        tx,
      );
  });
  for (let from = 0; from < entries; from += CHUNK) {
    const some = Array.from({ length: Math.min(CHUNK, entries - from) }, (_, i) => inventedEntry(from + i));
    await bulkTransaction(db, async (tx) => {
      const rows = new CopyBuffer();
      for (const [i, e] of some.entries()) {
        const archive = archiveId(e.archive);
        const key = `${e.archive}/${e.fondsNo}`;
        let fondsId = fonds.get(key);
        if (!fondsId) {
          fondsId = inventedId(91_000_000 + fonds.size);
          fonds.set(key, fondsId);
          await sql`insert into holdings.fonds (id, archive_id, number, name) values (${fondsId}, ${archive}, ${e.fondsNo}, ${e.fondsName})`.execute(
            tx,
          );
        }
        const position = `a${String(from + i).padStart(9, '0')}`;
        for (const v of [
          e.unitId,
          archive,
          fondsId,
          e.level,
          position,
          e.referenceCode,
          position,
          e.title,
          e.category,
          e.year,
          e.accessStatus,
        ])
          rows.put(v);
        rows.end();
      }
      await copyInto(tx, `holdings.unit (${COLUMNS})`, [rows.bytes()]);
      await indexUnits(
        tx,
        some.map((e) => ({
          ...e,
          archiveId: archiveId(e.archive),
          classification: 'public',
          sortKey: e.referenceCode,
          other: [e.responsible, e.documentNo],
        })),
      );
    });
  }
  await db.system((tx) => settle(tx));
  await sql`vacuum analyze`.execute(db.owner);
}

async function measure(words: readonly string[]): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, ...words], { maxBuffer: 1e8 });
  return JSON.parse(stdout) as Measured;
}

/** All tables of the schemas, thrown away as they come. */
async function plainCopy(db: Database): Promise<Measured> {
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname !~ '^pg' and schemaname <> 'information_schema' and tableowner = current_user`,
  );
  const began = performance.now();
  let bytes = 0;
  let rows = 0;
  for (const { name: table } of tables) {
    const stream = client.query(to(`copy ${table} to stdout`));
    for await (const data of stream) bytes += (data as Buffer).length;
    rows += stream.rowCount ?? 0;
  }
  const seconds = (performance.now() - began) / 1000;
  await client.end();
  return { rows, bytes, moved: bytes, seconds, peakMiB: 0 };
}

const line = (words: string, m: Measured) =>
  `${words.padEnd(34)} ${Math.round(m.rows / m.seconds).toLocaleString('en')} rows/s, ${(m.bytes / 1e6 / m.seconds).toFixed(1)} MB/s (${m.rows} rows, ${(m.bytes / 1e6).toFixed(0)} MB, ${m.seconds.toFixed(1)} s), ${(m.moved / 1e6).toFixed(1)} MB at the place${m.peakMiB ? `, ${m.peakMiB} MiB` : ''}`;

/** Measures on a million entries, or as many as are asked for. */
export async function run({ db, print, entries = ENTRIES }: BackupBench) {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-bench-backup-'));
  await chmod(folder, 0o711);
  const restored = 'lantai_bench_restored';
  const results: Record<string, Measured> = {};
  const note = (words: string, m: Measured) => {
    results[words] = m;
    print(line(words, m));
  };
  try {
    const began = performance.now();
    await fill(db, entries);
    print(
      `${entries} entries made in ${((performance.now() - began) / 1000).toFixed(0)} s; load ${loadavg()[0]!.toFixed(1)}`,
    );
    await plainCopy(db);
    note('COPY … TO, thrown away', await plainCopy(db));
    const backup = (place: string, passphrase = '') =>
      measure(['backup', db.url, join(folder, place), passphrase]);
    note('first backup', await backup('open'));
    note('second, nothing changed', await backup('open'));
    await sql`update holdings.unit set title = title || '（补）' where abs(hashtext(id::text)) % 1000 = 0`.execute(
      db.owner,
    );
    note('third, one in 1000 corrected', await backup('open'));
    note('first, encrypted', await backup('closed', 'a quiet sentence'));
    note('COPY … TO, thrown away, again', await plainCopy(db));
    await sql`create database ${sql.raw(restored)}`.execute(db.owner);
    const url = new URL(db.url);
    url.pathname = `/${restored}`;
    const back = await measure(['restore', url.href, join(folder, 'open'), '']);
    note('restore, proved equal', back);
    print(
      Object.entries(back.parts ?? {})
        .map(([part, s]) => `${part} ${s.toFixed(1)} s`)
        .join(', '),
    );
    return { entries, load: loadavg(), results };
  } finally {
    await sql`drop database if exists ${sql.raw(restored)}`.execute(db.owner);
    await rm(folder, { recursive: true, force: true });
  }
}
