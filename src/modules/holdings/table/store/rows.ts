import { type Sql, sql } from '#kernel/db';
import { ROW, type UnitRow } from '../../store/units.ts';

/** A row of a table, with those elements of its description the table shows. */
export interface TableRow extends UnitRow {
  createdAt: Date;
  updatedAt: Date;
  elements: Record<string, string>;
}

/** @param elements names of elements of the description; `extra:` before foreign headings */
export async function tableRows(
  tx: Sql,
  ids: readonly string[],
  elements: readonly string[],
): Promise<Map<string, TableRow>> {
  const shown =
    elements.length === 0
      ? sql`'{}'::jsonb`
      : sql`coalesce((select jsonb_object_agg(e.name, e.value) from (select n.name, case when n.name like 'extra:%'
          then u.description -> 'extra' ->> substr(n.name, 7) else u.description ->> n.name end as value
          from unnest(${elements}::text[]) as n (name)) e where e.value is not null), '{}')`;
  const r =
    await sql<TableRow>`select ${ROW}, u.created_at as "createdAt", u.updated_at as "updatedAt", ${shown} as elements
    from holdings.unit u where u.id = any(${ids}::uuid[])`.execute(tx);
  return new Map(r.rows.map((row) => [row.id, row]));
}
