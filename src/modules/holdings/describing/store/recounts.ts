import { type Sql, sql, type Tx } from '#kernel/db';
import type { FondsFields } from '../../domain/fondsInput.ts';
import type { UnitFields } from '../../domain/unitInput.ts';
import { TODAY } from '../../store/schemes.ts';

/** A counting of gaps that is due, and how far it has come. */
export interface Recount {
  id: string;
  archiveId: string;
  /** Null: of all categories, and of the fonds. */
  category: string | null;
  afterKey: string | null;
  afterId: string | null;
}

export async function insertRecount(
  tx: Tx,
  r: { id: string; archiveId: string; category: string | null; dueOn: string },
): Promise<void> {
  await sql`insert into holdings.gap_recount (id, archive_id, category, due_on)
    values (${r.id}, ${r.archiveId}, ${r.category}, ${r.dueOn})`.execute(tx);
}

export async function dropRecount(tx: Sql, id: string): Promise<void> {
  await sql`delete from holdings.gap_recount where id = ${id}`.execute(tx);
}

/** The first that is due. */
export async function dueRecount(tx: Sql): Promise<Recount | undefined> {
  const r =
    await sql<Recount>`select id, archive_id as "archiveId", category, after_key as "afterKey", after_id as "afterId"
    from holdings.gap_recount where due_on <= ${TODAY} order by due_on, id limit 1`.execute(tx);
  return r.rows[0];
}

/** Holds one for this transaction; undefined where another process has it, or has ended it. */
export async function holdRecount(tx: Tx, id: string): Promise<Recount | undefined> {
  const r =
    await sql<Recount>`select id, archive_id as "archiveId", category, after_key as "afterKey", after_id as "afterId"
    from holdings.gap_recount where id = ${id} for update skip locked`.execute(tx);
  return r.rows[0];
}

export async function saveRecount(tx: Tx, id: string, at: { sortKey: string; id: string }): Promise<void> {
  await sql`update holdings.gap_recount set after_key = ${at.sortKey}, after_id = ${at.id} where id = ${id}`.execute(
    tx,
  );
}

export type CountedUnit = UnitFields & { id: string };

/** Entries of an archive behind a place in the order of codes. */
export async function unitsAfter(
  tx: Tx,
  r: Pick<Recount, 'archiveId' | 'category' | 'afterKey' | 'afterId'>,
  limit: number,
): Promise<CountedUnit[]> {
  const found =
    await sql<CountedUnit>`select u.id, u.level, u.reference_code as "referenceCode", u.sort_key as "sortKey", u.title, u.creator,
      u.doc_no as "docNo", u.date_text as date, u.date_from as "dateFrom", u.date_to as "dateTo", u.category, u.year, u.retention,
      u.classification, u.pages, u.description, u.gaps_own as "gapsOwn", u.gaps_top as "gapsTop"
    from holdings.unit u where u.archive_id = ${r.archiveId}
      and (${r.category}::text is null or u.category = ${r.category})
      and (u.sort_key, u.id) > (${r.afterKey ?? ''}, ${r.afterId ?? '00000000-0000-0000-0000-000000000000'}::uuid)
    order by u.sort_key, u.id limit ${limit}`.execute(tx);
  return found.rows;
}

/** Writes gaps that differ. Nothing is described otherwise by it: no version, no history. */
export async function setGaps(
  tx: Tx,
  list: readonly { id: string; own: number; top: number }[],
): Promise<void> {
  if (list.length === 0) return;
  await sql`update holdings.unit u set gaps_own = n.own, gaps_top = n.top
    from unnest(${list.map((g) => g.id)}::uuid[], ${list.map((g) => g.own)}::int[], ${list.map((g) => g.top)}::int[]) as n (id, own, top)
    where u.id = n.id`.execute(tx);
}

export async function fondsOfArchive(tx: Tx, archiveId: string): Promise<(FondsFields & { id: string })[]> {
  const r = await sql<
    FondsFields & { id: string }
  >`select id, number, name, dates, history, custody, scope, description, gaps
    from holdings.fonds where archive_id = ${archiveId}`.execute(tx);
  return r.rows;
}

export async function setFondsGaps(tx: Tx, list: readonly { id: string; gaps: number }[]): Promise<void> {
  if (list.length === 0) return;
  await sql`update holdings.fonds f set gaps = n.gaps
    from unnest(${list.map((g) => g.id)}::uuid[], ${list.map((g) => g.gaps)}::int[]) as n (id, gaps) where f.id = n.id`.execute(
    tx,
  );
}
