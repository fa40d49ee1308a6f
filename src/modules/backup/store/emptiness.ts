import type pg from 'pg';
import { ourTables } from './tables.ts';

/** A table with rows that an empty install has not, or undefined. */
export async function tableInUse(
  client: pg.ClientBase,
  seeded: readonly string[],
): Promise<string | undefined> {
  for (const { name, quoted } of await ourTables(client)) {
    if (seeded.includes(name)) continue;
    const { rows } = await client.query<{ used: boolean }>(`select exists (select from ${quoted}) as used`);
    if (rows[0]!.used) return name;
  }
  return undefined;
}

/** Programs of Lantai that are connected, this session left out. */
export async function othersConnected(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and application_name like 'lantai%'`,
  );
  return rows[0]!.n;
}

/** One restore at a time. */
export async function lockForRestore(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>(
    `select pg_try_advisory_lock(hashtextextended('lantai restore', 0)) as mine`,
  );
  return rows[0]!.mine;
}

/** The backup a restore here was begun of and not ended; undefined where there is none. */
export async function unfinishedRestore(client: pg.ClientBase): Promise<string | undefined> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('lantai_restore.mark') is not null as there`,
  );
  if (!there.rows[0]!.there) return undefined;
  const { rows } = await client.query<{ backup: string }>('select backup from lantai_restore.mark');
  return rows[0]?.backup;
}

/** From here on nothing else may use the database until the restore is over. */
export async function markRestore(client: pg.ClientBase, backup: string): Promise<void> {
  await client.query('begin');
  await client.query(`create schema if not exists lantai_restore;
    create table if not exists lantai_restore.mark (backup text not null, began timestamptz not null default now())`);
  await client.query('delete from lantai_restore.mark');
  await client.query('insert into lantai_restore.mark (backup) values ($1)', [backup]);
  await client.query('commit');
}

export async function unmarkRestore(client: pg.ClientBase): Promise<void> {
  await client.query('drop schema if exists lantai_restore cascade');
}
