import { type Sql, sql } from '../db.ts';

/**
 * Rows of a table as lines of JSON, for keeping them outside of the database: one object a row, a member a column under
 * its own name, in the order of the table. PostgreSQL writes the text and PostgreSQL reads it again, so that nothing is
 * lost on the way through JavaScript's numbers and dates. Columns the database makes by itself are left out.
 */
export interface RowColumn {
  name: string;
  type: string;
  /** What stands where nobody says otherwise, in SQL; null: nothing. */
  fallback: string | null;
}

/** The columns of a table (`holdings.unit`) that a row is made of, in order. */
export async function rowColumns(on: Sql, table: string): Promise<RowColumn[]> {
  const r = await sql<RowColumn>`select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
      pg_get_expr(d.adbin, d.adrelid) as fallback
    from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attrelid = ${table}::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    order by a.attnum`.execute(on);
  return r.rows;
}
