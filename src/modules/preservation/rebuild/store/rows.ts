import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { type Sql, sql } from '#kernel/db';
import type { KeptTable } from '#kernel/db/kept';
import { rowColumns } from '#kernel/db/row-text';

const q = (name: string) => pg.escapeIdentifier(name);
/** As segments are written: one column, nothing is ever quoted. */
const AS_IT_IS = `(format csv, quote e'\\x01', delimiter e'\\x02')`;

interface Reference {
  columns: string[];
  table: string;
  targets: string[];
}

/** What is asked of a table once, to bring rows into it. */
export interface Landing {
  table: KeptTable;
  /** SQL: the columns a row is made of. */
  columns: string;
  /** SQL: the row that lines are laid over; what a line does not say stands there. */
  base: string;
  /** SQL: the key of a row `t` as JSON. */
  key: string;
  /** SQL: that a row `t` and a row `h` have one key. */
  sameKey: string;
  /** SQL: that all rows of other tables that a row `t` refers to are there. */
  whole: string;
  updates: string;
}

export async function landingOf(on: Sql, table: KeptTable): Promise<Landing> {
  const columns = await rowColumns(on, table.table);
  const all = await sql<{
    name: string;
    generated: boolean;
  }>`select attname as name, attgenerated <> '' as generated
    from pg_attribute where attrelid = ${table.table}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(
    on,
  );
  const fallback = new Map(columns.map((c) => [c.name, c.fallback]));
  const references = await sql<Reference>`select c.confrelid::regclass::text as table,
      array(select a.attname::text from unnest(c.conkey) with ordinality k (n, i) join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.n order by i) as columns,
      array(select a.attname::text from unnest(c.confkey) with ordinality k (n, i) join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.n order by i) as targets
    from pg_constraint c where c.contype = 'f' and c.conrelid = ${table.table}::regclass and c.confrelid <> c.conrelid`.execute(
    on,
  );
  const whole = references.rows.map((r) => {
    const none = r.columns.map((c) => `t.${q(c)} is null`).join(' or ');
    const there = r.targets.map((c, i) => `r.${q(c)} = t.${q(r.columns[i]!)}`).join(' and ');
    return `(${none} or exists (select from ${r.table} r where ${there}))`;
  });
  return {
    table,
    columns: columns.map((c) => q(c.name)).join(', '),
    base: `row(${all.rows.map((c) => (c.generated ? 'null' : (fallback.get(c.name) ?? 'null'))).join(', ')})::${table.table}`,
    key: `jsonb_build_array(${table.key.map((k) => `t.${q(k)}`).join(', ')})`,
    sameKey: table.key.map((k) => `h.${q(k)} = t.${q(k)}`).join(' and '),
    whole: whole.join(' and ') || 'true',
    updates: columns
      .filter((c) => !table.key.includes(c.name))
      .map((c) => `${q(c.name)} = excluded.${q(c.name)}`)
      .join(', '),
  };
}

/** What became of the rows of one file. */
export interface Landed {
  rows: number;
  /** Rows of a newer segment or of none: passed over. */
  known: number;
  /** Rows that wait for the row above them. */
  waiting: number;
  /** Rows that refer to what is not there, or bear a code that another row bears; with their keys. */
  lost: { key: string; why: 'refers' | 'clashes' }[];
}

/**
 * Brings the rows of one file into their table, in the transaction of the connection. What a newer segment said stays.
 *
 * @param lines the file, checked while it is read: it fails at its end where its bytes are others
 */
export async function landRows(
  client: pg.PoolClient,
  l: Landing,
  lines: Readable,
  source: string,
): Promise<Landed> {
  const { table } = l;
  await client.query('create temp table incoming (line text) on commit drop');
  await pipeline(lines, client.query(from(`copy incoming from stdin ${AS_IT_IS}`)));
  const renewed = table.newer ? await overOlder(client, l, table.newer) : 0;
  // A row that is gone, waits already, or was put over what stood there by a newer segment: this one is older.
  await client.query(
    `create temp table landing on commit drop as select t.*, i.line as "incoming line", ${l.key} as "incoming key"
     from incoming i cross join lateral jsonb_populate_record(${l.base}, i.line::jsonb) t
     where not exists (select from preservation.rebuild_gone g where g.tbl = $1 and g.key = ${l.key})
       and not exists (select from preservation.rebuild_waiting w where w.tbl = $1 and w.key = ${l.key})
       ${table.way === 'anew' ? `and not exists (select from ${table.table} h where ${l.sameKey})` : ''}`.replaceAll(
      '$1',
      pg.escapeLiteral(table.table),
    ),
  );
  const known = Number(
    (await client.query('select (select count(*) from incoming) - (select count(*) from landing) as n'))
      .rows[0].n,
  );
  const lost: Landed['lost'] = [];
  const refers = await client.query<{ key: string }>(
    `delete from landing t where not (${l.whole}) returning "incoming key"::text as key`,
  );
  lost.push(...refers.rows.map(({ key }) => ({ key, why: 'refers' as const })));
  const waiting = table.below ? await setAside(client, l, source) : 0;
  const rows = renewed + (await insert(client, l, lost));
  await client.query('drop table incoming, landing');
  return { rows, known, waiting, lost };
}

/** Rows that came out of another chain and are older there, in place or waiting, become these. @returns how many in place */
async function overOlder(client: pg.PoolClient, l: Landing, newer: string): Promise<number> {
  const { table } = l;
  const version = q(newer);
  await client.query(
    `update preservation.rebuild_waiting w set line = i.line::jsonb
     from incoming i cross join lateral jsonb_populate_record(${l.base}, i.line::jsonb) t
     where w.tbl = $1 and w.key = ${l.key} and (w.line ->> $2)::bigint < t.${version}`,
    [table.table, newer],
  );
  const r = await client.query(
    `update ${table.table} h set ${l.updates.replaceAll('excluded.', 't.')}
     from incoming i cross join lateral jsonb_populate_record(${l.base}, i.line::jsonb) t
     where ${l.sameKey} and h.${version} < t.${version}
       and not exists (select from preservation.rebuild_gone g where g.tbl = $1 and g.key = ${l.key})`,
    [table.table],
  );
  return r.rowCount ?? 0;
}

/** Rows whose row above is neither there nor comes with them wait for it. */
async function setAside(client: pg.PoolClient, { table }: Landing, source: string): Promise<number> {
  const below = q(table.below!);
  const id = q(table.key[0]!);
  await client.query(
    `create temp table placed on commit drop as with recursive ok (id) as (
       select t.${id} from landing t where t.${below} is null or exists (select from ${table.table} h where h.${id} = t.${below})
       union all
       select t.${id} from ok join landing t on t.${below} = ok.id)
     select distinct id from ok`,
  );
  const r = await client.query(
    `with aside as (delete from landing t where not exists (select from placed p where p.id = t.${id}) returning "incoming line" as line, "incoming key" as key)
     insert into preservation.rebuild_waiting (tbl, key, line, source) select $1, key, line::jsonb, $2 from aside on conflict do nothing`,
    [table.table, source],
  );
  await client.query('drop table placed');
  return r.rowCount ?? 0;
}

async function insert(client: pg.PoolClient, l: Landing, lost: Landed['lost']): Promise<number> {
  const { table } = l;
  const [{ n: wanted }] = (await client.query<{ n: string }>('select count(*) as n from landing')).rows as [
    { n: string },
  ];
  const conflict =
    table.way === 'over'
      ? `on conflict (${table.key.map(q).join(', ')}) do update set ${l.updates}`
      : 'on conflict do nothing';
  const r = await client.query(
    `insert into ${table.table} (${l.columns}) select ${l.columns} from landing t ${conflict}`,
  );
  if (table.way === 'over')
    await client.query(
      'insert into preservation.rebuild_gone (tbl, key) select $1, "incoming key" from landing on conflict do nothing',
      [table.table],
    );
  if ((r.rowCount ?? 0) < Number(wanted)) {
    const clashes = await client.query<{ key: string }>(
      `select distinct "incoming key"::text as key from landing t where not exists (select from ${table.table} h where ${l.sameKey})`,
    );
    lost.push(...clashes.rows.map(({ key }) => ({ key, why: 'clashes' as const })));
  }
  return r.rowCount ?? 0;
}

/** Keys of rows that are gone: older rows of them are passed over. */
export async function landGone(client: pg.PoolClient, table: string, lines: Readable): Promise<void> {
  await client.query('create temp table incoming (line text) on commit drop');
  await pipeline(lines, client.query(from(`copy incoming from stdin ${AS_IT_IS}`)));
  await client.query(
    'insert into preservation.rebuild_gone (tbl, key) select $1, line::jsonb from incoming on conflict do nothing',
    [table],
  );
  await client.query('drop table incoming');
}

/** Lets rows that wait in, as far as what is above them is there now. */
export async function landWaiting(client: pg.PoolClient, l: Landing): Promise<number> {
  const { table } = l;
  const below = q(table.below!);
  const id = q(table.key[0]!);
  let all = 0;
  for (;;) {
    const r = await client.query(
      `with let_in as (delete from preservation.rebuild_waiting w using preservation.rebuild_waiting x
           cross join lateral jsonb_populate_record(null::${table.table}, x.line) t
         where x.seq = w.seq and w.tbl = $1 and (t.${below} is null or exists (select from ${table.table} h where h.${id} = t.${below}))
         returning w.line)
       insert into ${table.table} (${l.columns}) select ${l.columns} from let_in cross join lateral jsonb_populate_record(${l.base}, let_in.line) t
       on conflict do nothing`,
      [table.table],
    );
    if ((r.rowCount ?? 0) === 0) return all;
    all += r.rowCount ?? 0;
  }
}

/** Rows whose row above is nowhere in the root come in all the same, below nothing. @returns their keys */
export async function landOrphans(client: pg.PoolClient, l: Landing): Promise<string[]> {
  const { table } = l;
  const first = await client.query<{ key: string }>(
    `update preservation.rebuild_waiting w set line = jsonb_set(w.line, array[$2], 'null')
     where w.tbl = $1 and not exists (select from preservation.rebuild_waiting o where o.tbl = $1 and o.key = jsonb_build_array(w.line -> $2))
     returning w.key::text as key`,
    [table.table, table.below!],
  );
  await landWaiting(client, l);
  return first.rows.map((r) => r.key);
}
