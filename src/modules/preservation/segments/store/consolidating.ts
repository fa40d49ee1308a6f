import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import { AS_IT_IS } from './saving.ts';

/** Adds to what was begun to be saved the keys of rows, or with `key` null keys themselves, a line each. PostgreSQL alone reads them. */
export async function takeKeys(
  client: pg.PoolClient,
  o: { table: string; key: readonly string[] | null },
  lines: Readable,
): Promise<void> {
  await client.query('create temp table incoming (line text) on commit drop');
  await pipeline(lines, client.query(from(`copy incoming from stdin ${AS_IT_IS}`)));
  const key = o.key
    ? `jsonb_build_array(${o.key.map((_, i) => `line::jsonb -> $${i + 2}::text`).join(', ')})`
    : 'line::jsonb';
  await client.query(
    `insert into saving (tbl, keys) select $1, jsonb_agg(distinct ${key}) from incoming having count(*) > 0`,
    [o.table, ...(o.key ?? [])],
  );
  await client.query('drop table incoming');
}
