import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Migration } from '#kernel/db/migrate';
import type { SavedSequence } from '../manifest.ts';
import { NOT_OURS, OUR_SCHEMAS, ourSchemas, ourTables, SAME_TEXT, type TableShape } from './tables.ts';

/** What is taken off the tables while rows go in, and put back after: as statements, in order. */
export interface TakenOff {
  indexes: string[];
  foreignKeys: string[];
  triggers: string[];
}

/** Makes the schema of the backup anew. In one transaction with all that follows: a restore is there whole or not at all. */
export async function beginLoading(
  client: pg.ClientBase,
  migrations: readonly Migration[],
): Promise<TableShape[]> {
  await client.query(SAME_TEXT);
  await client.query('begin');
  await client.query(`set local work_mem = '64MB'; set local maintenance_work_mem = '256MB'`);
  for (const schema of [...(await ourSchemas(client)), 'pgboss'])
    await client.query(`drop schema if exists "${schema.replaceAll('"', '""')}" cascade`);
  await client.query(`create schema lantai; create table lantai.migration (
    name text primary key, digest text not null, run_at timestamptz not null default now())`);
  for (const m of migrations) {
    await client.query(m.sql);
    await client.query('insert into lantai.migration (name, digest) values ($1, $2)', [m.name, m.digest]);
  }
  await client.query('set constraints all immediate');
  return ourTables(client);
}

/** Takes off what would be asked of every row: foreign keys, indexes that are no constraint's, triggers. */
export async function takeOff(client: pg.ClientBase): Promise<TakenOff> {
  const found = async (sql: string) =>
    (await client.query<{ off: string; on: string }>(sql.replace('OURS', OUR_SCHEMAS), [NOT_OURS])).rows;
  const foreignKeys = await found(
    `select format('alter table %s drop constraint %I', k.conrelid::regclass, k.conname) as off,
       format('alter table %s add constraint %I %s', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) as on
     from (OURS) n join pg_constraint k on k.connamespace = n.oid
     where k.contype = 'f' and k.conparentid = 0 order by k.oid`,
  );
  // One for which the planner is to keep more than usual would lose that.
  const indexes = await found(
    `select format('drop index %s', i.indexrelid::regclass) as off, pg_get_indexdef(i.indexrelid) as on
     from (OURS) n join pg_class c on c.relnamespace = n.oid and c.relkind in ('i', 'I') and not c.relispartition
     join pg_index i on i.indexrelid = c.oid
     where not i.indisprimary and not i.indisreplident
       and not exists (select from pg_constraint k where k.conindid = c.oid and k.contype in ('p', 'u', 'x'))
       and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attstattarget >= 0)
     order by c.oid`,
  );
  const triggers = await found(
    `select format('alter table %s disable trigger %I', t.tgrelid::regclass, t.tgname) as off,
       format('alter table %s enable trigger %I', t.tgrelid::regclass, t.tgname) as on
     from (OURS) n join pg_class c on c.relnamespace = n.oid join pg_trigger t on t.tgrelid = c.oid
     where not t.tgisinternal and t.tgenabled = 'O' and t.tgparentid = 0 order by t.oid`,
  );
  for (const { off } of [...triggers, ...foreignKeys, ...indexes]) await client.query(off);
  const on = (rows: { on: string }[]) => rows.map((r) => r.on);
  return { indexes: on(indexes), foreignKeys: on(foreignKeys), triggers: on(triggers) };
}

export async function emptyTables(client: pg.ClientBase, tables: readonly TableShape[]): Promise<void> {
  if (tables.length > 0) await client.query(`truncate ${tables.map((t) => t.quoted).join(', ')}`);
}

/** Rows in PostgreSQL's text format, in the order of the table's columns here. */
export async function loadTable(
  client: pg.ClientBase,
  table: TableShape,
  rows: AsyncIterable<Buffer>,
): Promise<void> {
  const { rows: found } = await client.query<{ plain: boolean }>(
    `select relkind = 'r' as plain from pg_class where oid = $1::regclass`,
    [table.quoted],
  );
  // Rows of a table made just now need no second look later.
  const how = found[0]!.plain ? ' with (freeze)' : '';
  await pipeline(rows, client.query(copyFrom(`copy ${table.quoted} (${table.columnList}) from stdin${how}`)));
}

/** Puts back what was taken off; every foreign key is checked on the way. */
export async function putBack(client: pg.ClientBase, off: TakenOff): Promise<void> {
  for (const statement of [...off.indexes, ...off.foreignKeys, ...off.triggers])
    await client.query(statement);
}

export async function setSequences(
  client: pg.ClientBase,
  sequences: readonly SavedSequence[],
): Promise<string[]> {
  const unknown: string[] = [];
  for (const { name, value, called } of sequences) {
    const [schema, relation] = name.split(/\.(.*)/s) as [string, string];
    const { rows } = await client.query<{ there: string | null }>(
      `select to_regclass(format('%I.%I', $1::text, $2::text))::text as there`,
      [schema, relation],
    );
    if (rows[0]!.there === null) unknown.push(name);
    else
      await client.query(`select setval(format('%I.%I', $1::text, $2::text)::regclass, $3::bigint, $4)`, [
        schema,
        relation,
        value,
        called,
      ]);
  }
  return unknown;
}
