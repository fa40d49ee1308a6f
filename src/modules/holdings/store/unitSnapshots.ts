import { sql, type Tx } from '#kernel/db';

/** A unit as the catalogue has it at one moment, for keeping it outside of the database. */
export interface UnitSnapshot {
  /** The row of `holdings.unit` whole, by the names of its columns; what the database makes by itself is left out. */
  row: Readonly<Record<string, unknown>>;
  /** When it was read, by the database's clock. */
  saved: Date;
  archive: { id: string; code: string; name: string };
  fonds: { id: string; number: string; name: string };
  /** The units above, topmost first. */
  above: readonly { level: string; referenceCode: string | null; title: string }[];
}

interface Found extends UnitSnapshot {
  id: string;
  /** Columns the database makes by itself. */
  generated: string[];
}

/**
 * Units by id. What is not there is left out. Trees are some levels deep; 50 stops a damaged one.
 *
 * @param tx its times are written in UTC from now on
 */
export async function unitSnapshots(tx: Tx, ids: readonly string[]): Promise<Map<string, UnitSnapshot>> {
  await sql`set local timezone = 'UTC'`.execute(tx);
  const r = await sql<Found>`with recursive up as (
      select u.id as unit_id, u.parent_id, null::text as level, null::text as reference_code, null::text as title, 0 as depth
        from holdings.unit u where u.id = any(${ids}::uuid[])
      union all
      select up.unit_id, p.parent_id, p.level, p.reference_code, p.title, up.depth + 1
        from holdings.unit p join up on p.id = up.parent_id where up.depth < 50)
    select u.id, row_to_json(u) as row, now() as saved,
      array(select attname::text from pg_attribute where attrelid = 'holdings.unit'::regclass and attgenerated <> '') as generated,
      json_build_object('id', a.id, 'code', a.code, 'name', a.name) as archive,
      json_build_object('id', f.id, 'number', f.number, 'name', f.name) as fonds,
      coalesce((select json_agg(json_build_object('level', up.level, 'referenceCode', up.reference_code, 'title', up.title)
        order by up.depth desc) from up where up.unit_id = u.id and up.depth > 0), '[]') as above
    from holdings.unit u join holdings.archive a on a.id = u.archive_id join holdings.fonds f on f.id = u.fonds_id
    where u.id = any(${ids}::uuid[])`.execute(tx);
  return new Map(
    r.rows.map(({ id, generated, row, ...rest }) => {
      const kept = Object.entries(row).filter(([column]) => !generated.includes(column));
      return [id, { ...rest, row: Object.fromEntries(kept) }];
    }),
  );
}
