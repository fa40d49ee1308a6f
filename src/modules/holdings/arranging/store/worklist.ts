import { type RawBuilder, type Sql, sql, type Tx } from '#kernel/db';
import type { Level } from '../../domain/unit.ts';
import type { Selection } from '../plan.ts';

/** SQL: ids of the chosen entries of an archive. */
function chosen(archiveId: string, { ids, ranges, under }: Selection): RawBuilder<unknown> {
  const parts: RawBuilder<unknown>[] = [
    sql`select u.id from holdings.unit u where u.archive_id = ${archiveId} and u.id = any(${ids ?? []}::uuid[])`,
  ];
  if (under)
    parts.push(
      sql`select u.id from holdings.unit u where u.archive_id = ${archiveId} and u.under_id = ${under}`,
    );
  for (const { from, to } of ranges ?? [])
    parts.push(sql`select u.id from holdings.unit a join holdings.unit b on b.id = ${to} and b.under_id = a.under_id
        join holdings.unit u on u.under_id = a.under_id and (u.position, u.id) >= (least((a.position, a.id), (b.position, b.id)))
          and (u.position, u.id) <= (greatest((a.position, a.id), (b.position, b.id)))
      where a.id = ${from} and a.archive_id = ${archiveId}`);
  return sql.join(parts, sql` union `);
}

/** What decides whether the chosen may be put somewhere, and who may do it. */
export interface Chosen {
  units: number;
  /** Chosen one by one, and not there or not to be seen. */
  missing: number;
  /** What posts are limited to, each kind once. */
  kinds: { fondsId: string; category: string | null }[];
  levels: Level[];
  /** Fonds they stand in. */
  fonds: string[];
}

/** Read as whoever asks: what does not exist for him is not among the chosen. */
export async function chosenUnits(tx: Sql, archiveId: string, selection: Selection): Promise<Chosen> {
  const r = await sql<{ n: number; fondsId: string; category: string | null; level: Level }>`
    select count(*)::int as n, u.fonds_id as "fondsId", u.category, u.level
    from holdings.unit u where u.id in (${chosen(archiveId, selection)}) group by 2, 3, 4`.execute(tx);
  const there = await sql<{ n: number }>`select count(*)::int as n from holdings.unit u
    where u.archive_id = ${archiveId} and u.id = any(${selection.ids ?? []}::uuid[])`.execute(tx);
  return {
    units: r.rows.reduce((n, row) => n + row.n, 0),
    missing: new Set(selection.ids ?? []).size - there.rows[0]!.n,
    kinds: r.rows.map(({ fondsId, category }) => ({ fondsId, category })),
    levels: [...new Set(r.rows.map((row) => row.level))],
    fonds: [...new Set(r.rows.map((row) => row.fondsId))].sort(),
  };
}

/** Those of the chosen that are the place itself or stand above it. */
export async function aboveAmong(
  tx: Sql,
  archiveId: string,
  selection: Selection,
  parentId: string,
): Promise<string[]> {
  const r = await sql<{ id: string }>`with recursive up as (
      select u.id, u.parent_id, 0 as depth from holdings.unit u where u.id = ${parentId}
      union all
      select p.id, p.parent_id, up.depth + 1 from up join holdings.unit p on p.id = up.parent_id where up.depth < 50)
    select id from up where id in (${chosen(archiveId, selection)})`.execute(tx);
  return r.rows.map((x) => x.id);
}

/** Writes down the chosen in the order of the tree; what stands below another chosen one goes with that. @returns how many */
export async function listChosen(
  tx: Tx,
  id: string,
  archiveId: string,
  selection: Selection,
): Promise<number> {
  const r = await sql`with recursive picked as materialized (${chosen(archiveId, selection)}),
    up as (
      select distinct u.parent_id as place, u.parent_id as above, 0 as depth from picked p join holdings.unit u on u.id = p.id
        where u.parent_id is not null
      union all
      select up.place, a.parent_id, up.depth + 1 from up join holdings.unit a on a.id = up.above
        where a.parent_id is not null and up.depth < 50),
    inside as materialized (select distinct up.place from up where up.above in (select id from picked)),
    tops as materialized (
      select u.id, u.under_id, u.position from picked p join holdings.unit u on u.id = p.id
      where u.parent_id is null or u.parent_id not in (select place from inside)),
    places as materialized (select t.under_id, holdings.path_of(t.under_id) as path from (select distinct under_id from tops) t)
    insert into holdings.rearrangement_unit (rearrangement_id, seq, unit_id, top)
      select ${id}, row_number() over (order by p.path, t.under_id, t.position, t.id), t.id, true
      from tops t join places p on p.under_id = t.under_id`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}

/** Writes down what stands below what is written down, level by level: each behind what it stands under. @returns how many */
export async function listBelow(tx: Tx, id: string, behind: number): Promise<number> {
  const r = await sql`with recursive below as (
      select c.id, c.sort_key, 1 as depth from holdings.rearrangement_unit w join holdings.unit c on c.parent_id = w.unit_id
        where w.rearrangement_id = ${id} and w.top
      union all
      select c.id, c.sort_key, b.depth + 1 from below b join holdings.unit c on c.parent_id = b.id where b.depth < 50)
    insert into holdings.rearrangement_unit (rearrangement_id, seq, unit_id, top)
      select ${id}, ${behind} + row_number() over (order by depth, sort_key, id), id, false from below`.execute(
    tx,
  );
  return Number(r.numAffectedRows ?? 0);
}

/** An entry that is to be rearranged, as it stands, locked. */
export interface Listed {
  seq: number;
  top: boolean;
  id: string;
  fondsId: string;
  fondsNumber: string;
  parentId: string | null;
  /** Of the entry above. */
  parentFonds: string | null;
  position: string;
  level: Level;
  category: string | null;
  year: number | null;
  retention: string | null;
  title: string;
  referenceCode: string | null;
  sortKey: string;
  /** The code of the entry above, and what it was and became where that was rearranged too. */
  parentCode: string | null;
  parentWas: string | null;
  parentIs: string | null;
  /** As planned. */
  code: string | null;
}

/** The next of the list. */
export async function listedAfter(tx: Tx, id: string, after: number, limit: number): Promise<Listed[]> {
  const r =
    await sql<Listed>`select w.seq, w.top, u.id, u.fonds_id as "fondsId", f.number as "fondsNumber", u.parent_id as "parentId",
      p.fonds_id as "parentFonds", u.position, u.level, u.category, u.year, u.retention, u.title, coalesce(u.reference_code, w.was) as "referenceCode",
      u.sort_key as "sortKey", p.reference_code as "parentCode", pw.was as "parentWas", pw.code as "parentIs", w.code
    from holdings.rearrangement_unit w join holdings.unit u on u.id = w.unit_id join holdings.fonds f on f.id = u.fonds_id
      left join holdings.unit p on p.id = u.parent_id
      left join holdings.rearrangement_unit pw on pw.rearrangement_id = w.rearrangement_id and pw.unit_id = u.parent_id
    where w.rearrangement_id = ${id} and w.seq > ${after} order by w.seq limit ${limit} for no key update of u`.execute(
      tx,
    );
  return r.rows;
}

/** Notes what codes were and are to be. */
export async function noteCodes(
  tx: Tx,
  id: string,
  list: readonly { seq: number; was: string | null; code: string | null; sortKey: string | null }[],
): Promise<void> {
  await sql`update holdings.rearrangement_unit w set was = n.was, code = n.code, sort_key = n.sort_key
    from unnest(${list.map((x) => x.seq)}::int[], ${list.map((x) => x.was)}::text[], ${list.map((x) => x.code)}::text[],
      ${list.map((x) => x.sortKey)}::text[]) as n (seq, was, code, sort_key)
    where w.rearrangement_id = ${id} and w.seq = n.seq`.execute(tx);
}

/** A page of what codes were and are. */
export async function codesListed(
  on: Sql,
  id: string,
  o: { after: number; limit: number },
): Promise<{ seq: number; unitId: string; title: string; was: string | null; code: string | null }[]> {
  const r = await sql<{
    seq: number;
    unitId: string;
    title: string;
    was: string | null;
    code: string | null;
  }>`
    select w.seq, w.unit_id as "unitId", u.title, w.was, w.code from holdings.rearrangement_unit w join holdings.unit u on u.id = w.unit_id
    where w.rearrangement_id = ${id} and w.seq > ${o.after} order by w.seq limit ${o.limit}`.execute(on);
  return r.rows;
}

/** Entries below ones of the list that stand in another fonds than what they stand under: they came meanwhile. */
export async function strayed(tx: Tx, id: string, limit: number): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`select c.id from holdings.rearrangement_unit w join holdings.unit p on p.id = w.unit_id
      join holdings.unit c on c.parent_id = p.id and c.fonds_id <> p.fonds_id
    where w.rearrangement_id = ${id} limit ${limit}`.execute(tx);
  return r.rows.map((x) => x.id);
}

/** Adds entries to the list. */
export async function listMore(tx: Tx, id: string, ids: readonly string[], top: boolean): Promise<void> {
  await sql`insert into holdings.rearrangement_unit (rearrangement_id, seq, unit_id, top)
    select ${id}, m.last + row_number() over (), n.id, ${top} from unnest(${ids}::uuid[]) as n (id)
      cross join (select coalesce(max(seq), 0) as last from holdings.rearrangement_unit where rearrangement_id = ${id}) m`.execute(
    tx,
  );
}

/** Entries directly under a fonds. */
export async function topsOf(tx: Tx, fondsId: string, limit: number): Promise<string[]> {
  const r = await sql<{ id: string }>`select id from holdings.unit where under_id = ${fondsId}
    order by position, id limit ${limit}`.execute(tx);
  return r.rows.map((x) => x.id);
}

export async function forgetList(tx: Tx, id: string): Promise<void> {
  await sql`delete from holdings.rearrangement_unit where rearrangement_id = ${id}`.execute(tx);
}

/** The last chosen one up to a place of the list. */
export async function lastTop(tx: Tx, id: string, upTo: number): Promise<string | undefined> {
  const r = await sql<{ id: string }>`select unit_id as id from holdings.rearrangement_unit
    where rearrangement_id = ${id} and seq <= ${upTo} and top order by seq desc limit 1`.execute(tx);
  return r.rows[0]?.id;
}
