import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { Candidate } from '../rules/completions.ts';

type Row = Omit<Candidate, 'near'>;

const ROW = sql.raw('u.title, u.year, u.category, u.creator, u.fonds_id as "fondsId"');

/** The last of a row of siblings: what a person who goes on below them has just written. */
export async function lastSiblings(tx: Sql, underId: string, most: number): Promise<Row[]> {
  const r = await sql<Row>`select ${ROW} from holdings.unit u where u.under_id = ${underId}
    order by u.position desc, u.id desc limit ${most}`.execute(tx);
  return r.rows;
}

/** What was changed last in an archive: mostly the work of the day. */
export async function lastChanged(tx: Sql, archiveId: string, most: number): Promise<Row[]> {
  const r =
    await sql<Row>`select ${ROW} from holdings.unit_changed_at t join holdings.unit u on u.id = t.unit_id
    where t.archive_id = ${archiveId} order by t.at desc, t.unit_id desc limit ${most}`.execute(tx);
  return r.rows;
}

/** Above all texts that begin alike. */
const END = sql.raw(`U&'\\+10FFFF'`);

/**
 * Titles of a fonds or an archive that begin so, one for each way they go on: from one to the next by index, over all that lie
 * between, so that it costs as much for ten as for ten million.
 *
 * @param o.prefixes beginnings, each looked for by itself
 * @param o.further how many characters behind the beginning make another way
 * @param o.most how many ways of each
 */
export async function waysOn(
  tx: Sql,
  o: {
    in: 'fonds' | 'archive';
    id: string;
    prefixes: readonly string[];
    further: number;
    most: number;
  },
): Promise<Row[]> {
  const place: RawBuilder<unknown> =
    o.in === 'fonds' ? sql`u.fonds_id = ${o.id}` : sql`u.archive_id = ${o.id}`;
  const title = sql.raw('u.title collate "C"');
  const within = sql`${place} and ${title} < b.behind collate "C"`;
  const r = await sql<Row>`select w.title, w.year, w.category, w.creator, w.fonds as "fondsId"
    from (select p.prefix, p.prefix || ${END} as behind, char_length(p.prefix) + ${o.further}::int as far
        from unnest(${[...o.prefixes]}::text[]) as p (prefix)) b
      cross join lateral (
        with recursive way (title, year, category, creator, fonds, nth) as (
          (select u.title, u.year, u.category, u.creator, u.fonds_id, 1 from holdings.unit u
            where ${within} and ${title} >= b.prefix collate "C" order by ${title} limit 1)
          union all
          select n.title, n.year, n.category, n.creator, n.fonds_id, w.nth + 1 from way w cross join lateral (
            select u.title, u.year, u.category, u.creator, u.fonds_id from holdings.unit u
            where ${within} and ${title} > (left(w.title, b.far) || ${END}) collate "C" order by ${title} limit 1) n
          where w.nth < ${o.most})
        select * from way) w`.execute(tx);
  return r.rows;
}

/**
 * The same for who has only some entries of the place: one of each way that exists for who asks.
 *
 * @param o.categories those the asker has there; null: any, where the asker has it by other ways
 */
export async function waysOnInPart(
  tx: Sql,
  o: {
    archiveId: string;
    fondsId: string | null;
    prefixes: readonly string[];
    categories: readonly string[] | null;
    further: number;
    most: number;
  },
): Promise<Row[]> {
  const r = await sql<Row>`select distinct on (a.way) ${ROW}
    from holdings.titles_ahead(${o.archiveId}, ${o.fondsId}::uuid, ${[...o.prefixes]}::text[],
        ${o.categories ? [...o.categories] : null}::text[], ${o.further}, ${o.most}) a
      join holdings.unit u on u.id = a.unit_id
    order by a.way, u.title collate "C"`.execute(tx);
  return r.rows;
}
