import pg from 'pg';
import { to } from 'pg-copy-streams';
import type { KeptTable } from '#kernel/db/kept';
import type { RowColumn } from '#kernel/db/row-text';

/** Notes taken in one go; their seqs are kept in memory. */
const MOST_NOTES = 50_000;

/** Lines as they are: JSON holds no control characters, so nothing is ever quoted. */
export const AS_IT_IS = `(format csv, quote e'\\x01', delimiter e'\\x02')`;

const q = (name: string) => pg.escapeIdentifier(name);

/** The notes of one stream that one segment is made of, and when it was so. */
export interface Taken {
  seqs: number[];
  takenAt: string;
}

/**
 * Begins a transaction that sees one moment, and takes in it the notes a segment will be made of. The caller ends it.
 *
 * @param most rows; one note more may go beyond it
 */
export async function beginSaving(client: pg.PoolClient, stream: string, most: number): Promise<Taken> {
  await client.query(`begin isolation level repeatable read`);
  await client.query(`set local timezone = 'UTC'`);
  await client.query(
    `create temp table saving on commit drop as select seq, tbl, keys, first, last from (
       select *, sum(n) over (order by seq) - n as before from preservation.unsaved where stream = $1) u
     where before < $2 order by seq limit ${MOST_NOTES}`,
    [stream, most],
  );
  const seqs = await client.query<{ seq: string }>('select seq from saving');
  const at = await client.query<{ at: string }>(
    `select to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at`,
  );
  return { seqs: seqs.rows.map((r) => Number(r.seq)), takenAt: at.rows[0]!.at };
}

/** Tables with notes taken. */
export async function tablesTaken(client: pg.PoolClient): Promise<Set<string>> {
  const r = await client.query<{ tbl: string }>('select distinct tbl from saving');
  return new Set(r.rows.map((x) => x.tbl));
}

/** What says in SQL that a row `t` is of the stream. */
function inStream(t: KeptTable, stream: string): string {
  if (t.kind === '') return `t.${q(t.column)} = ${pg.escapeLiteral(stream)}`;
  if (t.column === '') return 'true';
  if (stream === 'house') return `t.${q(t.column)} is null`;
  return `t.${q(t.column)} = ${pg.escapeLiteral(stream.slice(t.kind.length + 1))}::uuid`;
}

/** Makes ready the keys taken of a table: spans of ids that do not overlap, and single keys. */
async function gather(client: pg.PoolClient, table: string): Promise<void> {
  await client.query('drop table if exists pg_temp.span, pg_temp.single');
  await client.query(
    `create temp table span on commit drop as select min(f)::uuid as first, max(l)::uuid as last from (
       select f, l, count(*) filter (where before is null or before < f) over (order by f, l rows unbounded preceding) as island from (
         select f, l, max(l) over (order by f, l rows between unbounded preceding and 1 preceding) as before from (
           select first::text collate "C" as f, last::text collate "C" as l from saving where tbl = $1 and first is not null) a) b) c
     group by island`,
    [table],
  );
  await client.query(
    `create temp table single on commit drop as select distinct k.key from saving s, jsonb_array_elements(s.keys) as k (key)
     where s.tbl = $1 and s.keys is not null`,
    [table],
  );
  await client.query('analyze pg_temp.single');
}

/** The three lists of lines a table gives to a segment: rows of spans, rows of single keys, keys whose row is gone. */
export async function* takenLines(
  client: pg.PoolClient,
  t: KeptTable,
  columns: readonly RowColumn[],
  stream: string,
): AsyncGenerator<{ gone: boolean; lines: AsyncIterable<Buffer> }> {
  await gather(client, t.table);
  const types = new Map(columns.map((c) => [c.name, c.type]));
  const row = `(select row_to_json(r) from (select ${columns.map((c) => `t.${q(c.name)}`).join(', ')}) r)`;
  const same = t.key.map((k, i) => `t.${q(k)} = (s.key ->> ${i})::${types.get(k)}`).join(' and ');
  const lines = (select: string) =>
    client.query(to(`copy (${select}) to stdout ${AS_IT_IS}`)) as AsyncIterable<Buffer>;
  if (t.key.length === 1 && types.get(t.key[0]!) === 'uuid')
    yield {
      gone: false,
      lines: lines(`select l.line from (select * from pg_temp.span order by first) s cross join lateral (
        select ${row} as line from ${t.table} t where t.${q(t.key[0]!)} between s.first and s.last
          and ${inStream(t, stream)} order by t.${q(t.key[0]!)}) l`),
    };
  yield {
    gone: false,
    lines: lines(
      `select ${row} from pg_temp.single s join ${t.table} t on ${same} and ${inStream(t, stream)} order by s.key`,
    ),
  };
  yield {
    gone: true,
    lines: lines(
      // What went into another chain is not gone.
      `select s.key from pg_temp.single s where not exists (select from ${t.table} t where ${same}) order by s.key`,
    ),
  };
}
