import { type RawBuilder, type Sql, sql } from '#kernel/db';
import type { Due, DueKind, DueOf } from '#kernel/due';

export interface DueFilter {
  side?: Due['side'] | undefined;
  kinds?: readonly DueKind[] | undefined;
  /** Only what is late. */
  late?: boolean | undefined;
}

/** Of one order everywhere, and unique: of two on one day the smaller stands first. */
export const keyOf = (d: Due): string => [d.kind, d.id, d.year ?? '', d.agencyId].join(' ');
const KEY = sql`(concat_ws(' ', d.kind, d.id, coalesce(d.year::text, ''), d."agencyId"::text)) collate "C"`;

const within = (
  of: DueOf,
  f: DueFilter,
) => sql`d."agencyId" = any(${of.agencies.map((a) => a.agencyId)}::uuid[])
  and (${f.side ?? null}::text is null or d.side = ${f.side ?? null})
  and (${f.kinds ? 'some' : 'all'} = 'all' or d.kind = any(${f.kinds ?? []}::text[]))
  and (not ${f.late ?? false} or d."dueOn" < ${of.today})`;

const together = (rows: readonly RawBuilder<unknown>[]) =>
  sql.join(
    rows.map((r) => sql`select * from (${r}) as s`),
    sql` union all `,
  );

/** A page of what is due, by the day. @param after behind the last of the page before */
export async function duePage(
  on: Sql,
  rows: readonly RawBuilder<unknown>[],
  of: DueOf,
  o: DueFilter & { after: { day: string; key: string } | undefined; limit: number },
): Promise<Due[]> {
  const { day = null, key = null } = o.after ?? {};
  const r = await sql<Due>`select * from (${together(rows)}) as d where ${within(of, o)}
      and (${day}::text is null or d.day collate "C" > ${day} or (d.day = ${day} and ${KEY} > ${key}))
    order by d.day collate "C", ${KEY} limit ${o.limit}`.execute(on);
  return r.rows;
}

export interface DueCount {
  agencyId: string;
  kind: DueKind;
  side: Due['side'];
  all: number;
  late: number;
}

/** How much of each kind is due, agency by agency. */
export async function dueCounts(
  on: Sql,
  rows: readonly RawBuilder<unknown>[],
  of: DueOf,
): Promise<DueCount[]> {
  const r = await sql<DueCount>`select d."agencyId", d.kind, d.side, count(*)::int as all,
      count(*) filter (where d."dueOn" < ${of.today})::int as late
    from (${together(rows)}) as d where ${within(of, {})} group by d."agencyId", d.kind, d.side`.execute(on);
  return r.rows;
}
