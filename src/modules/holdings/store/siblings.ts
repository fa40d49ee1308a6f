import { type Sql, sql } from '#kernel/db';
import type { AccessStatus, Level } from '../domain/unit.ts';

/** A line of the tree. */
export interface Branch {
  id: string;
  fondsId: string;
  level: Level;
  referenceCode: string | null;
  title: string;
  date: string | null;
  accessStatus: AccessStatus;
  pageCount: number;
  childCount: number;
  version: number;
}

/** What siblings stand under: a fonds, or an entry of it. */
export interface SiblingPlace {
  id: string;
  archiveId: string;
  fondsId: string;
  childCount: number;
  /** Whether everything below it exists for the asker: its places are then told by number at once. */
  whole: boolean;
}

const BRANCH = sql`u.id, u.fonds_id as "fondsId", u.level, u.reference_code as "referenceCode", u.title, u.date_text as "date",
  u.access_status as "accessStatus", u.page_count as "pageCount", u.child_count as "childCount", u.version`;

export async function siblingPlace(tx: Sql, id: string): Promise<SiblingPlace | undefined> {
  const r = await sql<SiblingPlace>`select p.*, holdings.all_below(p.id) as whole from (
      select u.id, u.archive_id as "archiveId", u.fonds_id as "fondsId", u.child_count as "childCount" from holdings.unit u where u.id = ${id}
      union all
      select f.id, f.archive_id, f.id, f.child_count from holdings.fonds f where f.id = ${id}) p`.execute(tx);
  return r.rows[0];
}

/** How many of the siblings exist for the asker. */
export async function countBelow(tx: Sql, place: SiblingPlace): Promise<number> {
  if (place.whole) return place.childCount;
  const r = await sql<{
    n: number;
  }>`select count(*)::int as n from holdings.unit u where u.under_id = ${place.id}`.execute(tx);
  return r.rows[0]!.n;
}

/** Siblings in their order, from the nth on. */
export async function siblingsFrom(
  tx: Sql,
  place: SiblingPlace,
  nth: number,
  limit: number,
): Promise<Branch[]> {
  if (!place.whole) {
    const r = await sql<Branch>`select ${BRANCH} from holdings.unit u where u.under_id = ${place.id}
      order by u.position, u.id limit ${limit} offset ${nth}`.execute(tx);
    return r.rows;
  }
  const start = await sql<{ position: string; id: string }>`select place_key as position, id
    from holdings.nth_below(${place.id}, ${nth})`.execute(tx);
  const first = start.rows[0];
  if (!first) return [];
  const r = await sql<Branch>`select ${BRANCH} from holdings.unit u where u.under_id = ${place.id}
      and (u.position, u.id) >= (${first.position}, ${first.id}::uuid)
    order by u.position, u.id limit ${limit}`.execute(tx);
  return r.rows;
}

/** The place of an entry among those of its siblings that exist for the asker, from 0. */
export async function indexBelow(tx: Sql, unitId: string): Promise<number> {
  const r = await sql<{ n: number }>`select coalesce(holdings.index_below(u.id), (
      select count(*) from holdings.unit s where s.under_id = u.under_id and (s.position, s.id) < (u.position, u.id)))::int as n
    from holdings.unit u where u.id = ${unitId}`.execute(tx);
  return r.rows[0]?.n ?? 0;
}

/** Entries of a fonds looked at from a code on for one that stands directly under a place. */
const LOOKED_AT = 2_000;

/**
 * The first entry in the order of codes that is at or behind a code: one directly under the place where there is one near, else
 * whichever comes.
 */
export async function atOrBehindCode(
  tx: Sql,
  place: SiblingPlace,
  key: string,
): Promise<{ id: string } | undefined> {
  const r = await sql<{ id: string }>`select id from (
      select u.id, u.under_id, u.sort_key from holdings.unit u where u.fonds_id = ${place.fondsId} and u.sort_key >= ${key}
      order by u.sort_key, u.id limit ${LOOKED_AT}) near
    order by under_id <> ${place.id}, sort_key limit 1`.execute(tx);
  return r.rows[0];
}

/** The first sibling from the nth on whose title begins with a text, and how many were looked at. */
export async function titleBegins(
  tx: Sql,
  place: SiblingPlace,
  o: { text: string; nth: number; looked: number },
): Promise<{ id: string } | undefined> {
  const start = place.whole
    ? sql`(u.position, u.id) >= (select s.place_key, s.id from holdings.nth_below(${place.id}, ${o.nth}) s)`
    : sql`true`;
  const skipped = place.whole ? 0 : o.nth;
  const r = await sql<{ id: string }>`select id from (
      select u.id, u.title from holdings.unit u where u.under_id = ${place.id} and ${start}
      order by u.position, u.id limit ${o.looked} offset ${skipped}) near
    where starts_with(lower(title), ${o.text.toLowerCase()}) limit 1`.execute(tx);
  return r.rows[0];
}
