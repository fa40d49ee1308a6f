import { type Sql, sql } from '#kernel/db';

/** Every row of every table as text, table by table, for tests that ask what stands nowhere. */
export async function* everyText(db: Sql): AsyncGenerator<{ table: string; text: string }> {
  const tables = await sql<{ name: string }>`select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 1`.execute(
    db,
  );
  for (const { name } of tables.rows) {
    const rows = await sql<{ text: string }>`select t::text as text from ${sql.raw(name)} as t`.execute(db);
    for (const { text } of rows.rows) yield { table: name, text };
  }
}
