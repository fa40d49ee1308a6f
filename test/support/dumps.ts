import { type Database, sql } from '#kernel/db';
import { ALSO_EMPTIED, KEPT_TABLES } from '../../src/main/kept.ts';

/** Made anew from the rest, and compared as well. */
const INDEX = ['search.entry', 'search.page', 'search.archive', 'search.fonds'];

/** Columns that say when something was entered here, or how far work on it is. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'preservation.object': ['entered_at', 'changed_at'],
};

/** Every row of a table with every column, as lines in a fixed order. */
export async function rowsOf(db: Database, table: string): Promise<string[]> {
  const without = LEFT_OUT[table] ?? [];
  const r = await sql<{ line: string }>`select (to_jsonb(t) - ${without}::text[])::text as line
    from ${sql.raw(table)} t order by (to_jsonb(t))::text collate "C"`.execute(db.owner);
  return r.rows.map((x) => x.line);
}

/** What counts of these is the sum of their rows. */
const SUMMED: Readonly<Record<string, string>> = {
  'preservation.format_tally':
    '(select archive_id, puid, sum(files) as files, sum(bytes) as bytes from preservation.format_tally group by 1, 2)',
};

/** Every table that a rebuild makes, as lines. */
export async function dumpOf(db: Database, also: readonly string[] = []): Promise<Map<string, string[]>> {
  const tables = [
    ...KEPT_TABLES.map((t) => t.table),
    ...ALSO_EMPTIED,
    'preservation.object',
    ...INDEX,
    ...also,
  ];
  const dump = new Map<string, string[]>();
  for (const table of tables.filter((t) => t !== 'digitisation.text_task'))
    dump.set(table, await rowsOf(db, SUMMED[table] ?? table));
  return dump;
}

/** The same as one digest a table, made by PostgreSQL: for tables of millions. */
export async function digestsOf(db: Database): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { table, key } of KEPT_TABLES) {
    const order = key.map((k) => `t."${k}"::text collate "C"`).join(', ');
    const r = await sql<{ digest: string | null; n: number }>`select count(*)::int as n,
        encode(sha256(convert_to(coalesce(string_agg(md5(to_jsonb(t)::text), '' order by ${sql.raw(order)}), ''), 'UTF8')), 'hex') as digest
      from ${sql.raw(table)} t`.execute(db.owner);
    digests.set(table, `${r.rows[0]!.n} ${r.rows[0]!.digest}`);
  }
  return digests;
}
