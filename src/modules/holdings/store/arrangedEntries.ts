import { type Sql, sql } from '#kernel/db';
import { idsOfImport } from '../catalogue-import/rows/row-ids.ts';

/** Something entries came by or lie in. */
export interface EntriesWhere {
  kind: 'import' | 'unit' | 'fonds';
  targetId: string;
}
export interface EntriesThere extends EntriesWhere {
  /** Name of the file, reference code and title, number and name; null: not there, or not seen. */
  label: string | null;
  entries: number;
}

/** Beyond this a branch is not counted to its end. */
const MOST = 200_000;

/** How many entries came by some imports and are still there, lie at and below some entries, are of some fonds; as the asker sees them. */
export async function arrangedEntries(
  on: Sql,
  archiveId: string,
  targets: readonly EntriesWhere[],
): Promise<EntriesThere[]> {
  const found: EntriesThere[] = [];
  for (const target of targets) {
    const r = await QUESTIONS[target.kind](on, archiveId, target.targetId);
    found.push({ ...target, label: r?.label ?? null, entries: r?.entries ?? 0 });
  }
  return found;
}

interface Counted {
  label: string;
  entries: number;
}
const QUESTIONS: Readonly<
  Record<EntriesWhere['kind'], (on: Sql, archiveId: string, id: string) => Promise<Counted | undefined>>
> = {
  async import(on, archiveId, id) {
    const { first, last } = idsOfImport(id);
    const r = await sql<Counted>`select i.file_name as label, (select count(*)::int from holdings.unit u
        where u.id between ${first}::uuid and ${last}::uuid and u.import_id = i.id) as entries
      from holdings.import i where i.id = ${id} and i.archive_id = ${archiveId}`.execute(on);
    return r.rows[0];
  },
  async unit(on, archiveId, id) {
    const r =
      await sql<Counted>`select concat_ws(' ', u.reference_code, u.title) as label, (select count(*)::int from (
        with recursive below as (
          select u.id union all select c.id from below join holdings.unit c on c.parent_id = below.id)
        select from below limit ${MOST}) as counted) as entries
      from holdings.unit u where u.id = ${id} and u.archive_id = ${archiveId}`.execute(on);
    return r.rows[0];
  },
  async fonds(on, archiveId, id) {
    const r = await sql<Counted>`select concat_ws(' ', f.number, f.name) as label,
        (select coalesce(sum(c.units), 0)::int from holdings.counted c where c.fonds_id = f.id) as entries
      from holdings.fonds f where f.id = ${id} and f.archive_id = ${archiveId}`.execute(on);
    return r.rows[0];
  },
};
