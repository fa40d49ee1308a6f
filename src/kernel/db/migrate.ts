import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { Refusal } from '../errors.ts';

/** One migration: plain SQL, in its own transaction. */
export interface Migration {
  /** `0001_holdings`: number (one order over all modules) and name. */
  name: string;
  /** Run again whenever its text has changed (`0061_find.again.sql`): functions, made by `create or replace`. */
  again: boolean;
  sql: string;
  digest: string;
}

/**
 * Reads the numbered `.sql` files of the given folders into one order.
 *
 * @throws Refusal `migration.duplicate` when two files claim one number.
 */
export async function readMigrations(folders: readonly string[]): Promise<Migration[]> {
  const all: Migration[] = [];
  for (const folder of folders) {
    for (const file of await readdir(folder)) {
      if (!/^\d{4}_.+\.sql$/.test(file)) continue;
      const text = await readFile(join(folder, file), 'utf8');
      const again = file.endsWith(AGAIN);
      all.push({
        name: file.slice(0, again ? -AGAIN.length : -4),
        again,
        sql: text,
        digest: createHash('sha256').update(text).digest('hex'),
      });
    }
  }
  all.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (let i = 1; i < all.length; i++) {
    if (all[i]!.name.slice(0, 4) === all[i - 1]!.name.slice(0, 4)) {
      throw new Refusal(
        'migration.duplicate',
        `Two migrations claim the number ${all[i]!.name.slice(0, 4)}.`,
      );
    }
  }
  return all;
}

const AGAIN = '.again.sql';

// Any constant does, as long as every Lantai process uses the same one.
const MIGRATION_LOCK = 4_201_949_101;

/**
 * Brings the schema up to date. Safe to call from several processes at once: one works, the others wait.
 *
 * @returns the names of the migrations run now.
 * @throws Refusal `migration.changed` when a migration already run has other text now, `migration.newer` when the
 * database knows migrations this version does not, `migration.tooOld` below PostgreSQL 15.
 */
export async function migrate(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const version = Number((await client.query('show server_version_num')).rows[0].server_version_num);
    if (version < 150_000) {
      throw new Refusal('migration.tooOld', 'Lantai needs PostgreSQL 15 or newer.', { version });
    }
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`create schema if not exists lantai;
      create table if not exists lantai.migration (
        name text primary key, digest text not null, run_at timestamptz not null default now())`);
    const done = new Map<string, string>(
      (await client.query('select name, digest from lantai.migration')).rows.map((r) => [r.name, r.digest]),
    );
    refuseStrangers(done, migrations);
    const now: string[] = [];
    // What is run again comes last, so that it finds the tables as they are to be.
    for (const m of [...migrations.filter((m) => !m.again), ...migrations.filter((m) => m.again)]) {
      if (done.get(m.name) === m.digest) continue;
      await runOne(client, m);
      now.push(m.name);
    }
    return now;
  } finally {
    await client.end();
  }
}

async function runOne(client: pg.Client, m: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(m.sql);
    await client.query(
      `insert into lantai.migration (name, digest) values ($1, $2)
       on conflict (name) do update set digest = excluded.digest, run_at = now()`,
      [m.name, m.digest],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`migration ${m.name} failed: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
  }
}

function refuseStrangers(done: Map<string, string>, migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((m) => [m.name, m]));
  for (const [name, digest] of done) {
    const m = known.get(name);
    if (!m) {
      throw new Refusal(
        'migration.newer',
        `This database was made by a newer Lantai (it has ${name}). Start that version, or restore an older backup.`,
        { name },
      );
    }
    if (!m.again && m.digest !== digest) {
      throw new Refusal('migration.changed', `The migration ${name} was changed after it had run here.`, {
        name,
      });
    }
  }
}
