import { type Sql, sql, type Tx } from '#kernel/db';
import type { Fonds } from './fonds.ts';

/** How far the counter of a scope has run. Locks it until the transaction ends. */
export async function lockCounter(tx: Tx, archiveId: string, scope: string): Promise<number> {
  const r = await sql<{
    last: number;
  }>`insert into holdings.code_counter (archive_id, scope, last) values (${archiveId}, ${scope}, 0)
    on conflict (archive_id, scope) do update set last = holdings.code_counter.last returning last`.execute(
    tx,
  );
  return r.rows[0]!.last;
}

export async function setCounter(tx: Tx, archiveId: string, scope: string, last: number): Promise<void> {
  await sql`update holdings.code_counter set last = ${last}
    where archive_id = ${archiveId} and scope = ${scope}`.execute(tx);
}

/** Which of these codes nobody can be given: borne now or before, or void. */
export async function takenCodes(tx: Tx, archiveId: string, codes: readonly string[]): Promise<Set<string>> {
  const r = await sql<{ code: string }>`select c.code from unnest(${codes}::text[]) as c (code) where exists (
      select 1 from holdings.code_void where archive_id = ${archiveId} and code = c.code
      union all select 1 where holdings.bearer_of(${archiveId}, array[c.code]) is not null)`.execute(tx);
  return new Set(r.rows.map((x) => x.code));
}

/** How far the counters of these scopes have run; scopes that never counted are left out. */
export async function countersOf(
  tx: Tx,
  archiveId: string,
  scopes: readonly string[],
): Promise<Map<string, number>> {
  const r = await sql<{ scope: string; last: number }>`select scope, last from holdings.code_counter
    where archive_id = ${archiveId} and scope = any(${scopes}::text[])`.execute(tx);
  return new Map(r.rows.map((x) => [x.scope, x.last]));
}

/** A number given and withdrawn (空号). */
export interface VoidCode {
  code: string;
  reason: string;
  at: Date;
  actorName: string;
  /** The entry that had it, if it is still there, with its present code. */
  unitId: string | null;
  referenceCode: string | null;
}

export async function insertVoid(
  tx: Tx,
  v: { archiveId: string; code: string; reason: string; at: Date; actorName: string },
): Promise<void> {
  await sql`insert into holdings.code_void (archive_id, code, reason, at, actor_name)
    values (${v.archiveId}, ${v.code}, ${v.reason}, ${v.at}, ${v.actorName})
    on conflict (archive_id, code) do update set reason = excluded.reason, at = excluded.at,
      actor_name = excluded.actor_name`.execute(tx);
}

/** Why a code is void; undefined when it is not. */
export async function voidReason(tx: Tx, archiveId: string, code: string): Promise<string | undefined> {
  const r = await sql<{ reason: string }>`select reason from holdings.code_void
    where archive_id = ${archiveId} and code = ${code}`.execute(tx);
  return r.rows[0]?.reason;
}

/** A unit has its former code again: it is no other name any more, and the number is not void. */
export async function restoreCode(tx: Tx, archiveId: string, code: string, unitId: string): Promise<void> {
  await sql`delete from holdings.code_alias
    where archive_id = ${archiveId} and code = ${code} and unit_id = ${unitId}`.execute(tx);
  await sql`delete from holdings.code_void where archive_id = ${archiveId} and code = ${code}`.execute(tx);
}

/**
 * Void numbers of a fonds in order of the code. Which fonds one belonged to is told by the entry that had it, else by
 * the fonds number the code begins with.
 */
export async function voidPage(
  tx: Sql,
  fonds: Pick<Fonds, 'id' | 'archiveId' | 'number'>,
  o: { after?: string; limit: number },
): Promise<VoidCode[]> {
  const r = await sql<VoidCode>`
    select v.code, v.reason, v.at, v.actor_name as "actorName", u.id as "unitId", u.reference_code as "referenceCode"
    from holdings.code_void v
    left join holdings.code_alias a on a.archive_id = v.archive_id and a.code = v.code
    left join holdings.unit u on u.id = a.unit_id
    where v.archive_id = ${fonds.archiveId} and (${o.after ?? null}::text is null or v.code > ${o.after ?? ''})
      and coalesce(u.fonds_id = ${fonds.id}, starts_with(v.code, ${`${fonds.number}-`}))
    order by v.code limit ${o.limit}`.execute(tx);
  return r.rows;
}
