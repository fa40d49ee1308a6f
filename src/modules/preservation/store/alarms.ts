import { type Sql, sql } from '#kernel/db';

export type AlarmState = 'open' | 'acknowledged' | 'solved';

/** What an alarm is about. Codes are stable: screens have words for them. */
export type AlarmCode =
  // One copy.
  | 'damaged'
  | 'missing'
  | 'undecided'
  | 'ahead'
  // A whole store.
  | 'manyFailing'
  | 'unreachable'
  | 'slow'
  | 'foreign'
  | 'cameBackOld'
  | 'full'
  | 'notKeeping'
  // What an archive holds, by the four natures.
  | 'natures';

export interface Alarm {
  id: string;
  storeId: string;
  storeName: string;
  objectId: string | null;
  unitId: string | null;
  archiveId: string | null;
  code: AlarmCode;
  detail: Record<string, unknown>;
  state: AlarmState;
  raisedAt: Date;
  lastAt: Date;
  times: number;
  acknowledgedAt: Date | null;
  acknowledgedName: string | null;
  solvedAt: Date | null;
  solvedName: string | null;
  note: string | null;
}

const COLUMNS = sql`a.id, a.store_id as "storeId", a.object_id as "objectId", a.archive_id as "archiveId", a.code, a.detail,
  a.state, a.raised_at as "raisedAt", a.last_at as "lastAt", a.times, a.acknowledged_at as "acknowledgedAt",
  a.acknowledged_name as "acknowledgedName", a.solved_at as "solvedAt", a.solved_name as "solvedName", a.note`;

export interface NewAlarm {
  id: string;
  storeId: string;
  objectId: string | null;
  archiveId: string | null;
  code: AlarmCode;
  detail: Record<string, unknown>;
}

/** Raises alarms; one that stands already is only counted on. @returns those that are new */
export async function raiseAlarms(tx: Sql, list: readonly NewAlarm[], at: Date): Promise<NewAlarm[]> {
  if (list.length === 0) return [];
  const r = await sql<{
    id: string;
  }>`insert into preservation.alarm (id, store_id, object_id, archive_id, code, detail, raised_at, last_at)
    select *, ${at}::timestamptz, ${at}::timestamptz from unnest(${list.map((a) => a.id)}::uuid[], ${list.map((a) => a.storeId)}::uuid[],
      ${list.map((a) => a.objectId)}::text[], ${list.map((a) => a.archiveId)}::uuid[], ${list.map((a) => a.code)}::text[],
      ${list.map((a) => JSON.stringify(a.detail))}::jsonb[])
    on conflict (store_id, coalesce(object_id, ''), code) where state <> 'solved'
      do update set last_at = excluded.last_at, times = preservation.alarm.times + 1, detail = excluded.detail
    returning id`.execute(tx);
  const new_ = new Set(r.rows.map((row) => row.id));
  return list.filter((a) => new_.has(a.id));
}

/** How many alarms about single copies of a store stand; counted up to a limit. */
export async function standingOf(tx: Sql, storeId: string, limit: number): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from (select from preservation.alarm
    where store_id = ${storeId} and state <> 'solved' and object_id is not null limit ${limit}) a`.execute(
    tx,
  );
  return r.rows[0]!.n;
}

/** What stands about a store as a whole, and whether somebody took note of it. */
export async function standingAbout(
  tx: Sql,
  storeId: string,
): Promise<{ code: AlarmCode; state: Exclude<AlarmState, 'solved'> }[]> {
  const r = await sql<{ code: AlarmCode; state: Exclude<AlarmState, 'solved'> }>`select code, state
    from preservation.alarm where store_id = ${storeId} and object_id is null and state <> 'solved'`.execute(
    tx,
  );
  return r.rows;
}

/** Ends what stands about copies, or with `objectIds` null about the store itself. */
export async function solveAlarms(
  tx: Sql,
  o: {
    storeId: string;
    objectIds: readonly string[] | null;
    codes?: readonly AlarmCode[];
    by: string;
    note: string;
  },
  at: Date,
): Promise<void> {
  const which = o.objectIds === null ? sql`object_id is null` : sql`object_id = any(${o.objectIds}::text[])`;
  const codes = o.codes ? sql`and code = any(${o.codes}::text[])` : sql``;
  await sql`update preservation.alarm set state = 'solved', solved_at = ${at}, solved_name = ${o.by}, note = coalesce(note, ${o.note})
    where store_id = ${o.storeId} and ${which} and state <> 'solved' ${codes}`.execute(tx);
}

export interface AlarmPage {
  /** Archives asked about, null among them: the house's own. */
  archives: readonly string[];
  house: boolean;
  states?: readonly AlarmState[] | undefined;
  /** Only what waits for somebody: open, or solved by itself and not yet taken note of. */
  waiting?: boolean | undefined;
  objectId?: string | undefined;
  before?: { at: string; id: string } | undefined;
  limit: number;
}

/** Alarms, newest first. */
export async function listAlarms(tx: Sql, p: AlarmPage): Promise<Alarm[]> {
  const r =
    await sql<Alarm>`select ${COLUMNS}, s.name as "storeName", o.unit_id as "unitId" from preservation.alarm a
    join preservation.store s on s.id = a.store_id left join preservation.object o on o.object_id = a.object_id
    where (a.archive_id = any(${p.archives}::uuid[]) or (${p.house}::boolean and a.archive_id is null))
      ${p.states ? sql`and a.state = any(${p.states}::text[])` : sql``}
      ${p.waiting ? sql`and (a.state = 'open' or a.acknowledged_at is null)` : sql``}
      ${p.objectId ? sql`and a.object_id = ${p.objectId}` : sql``}
      ${p.before ? sql`and (a.raised_at, a.id) < (${p.before.at}::timestamptz, ${p.before.id}::uuid)` : sql``}
    order by a.raised_at desc, a.id desc limit ${p.limit}`.execute(tx);
  return r.rows;
}

export async function alarmById(tx: Sql, id: string): Promise<Alarm | undefined> {
  const r =
    await sql<Alarm>`select ${COLUMNS}, s.name as "storeName", o.unit_id as "unitId" from preservation.alarm a
    join preservation.store s on s.id = a.store_id left join preservation.object o on o.object_id = a.object_id
    where a.id = ${id}`.execute(tx);
  return r.rows[0];
}

/** A person takes note of an alarm, or says that it is over. @returns false when it is so already */
export async function decideAlarm(
  tx: Sql,
  id: string,
  to: { state: 'acknowledged' | 'solved'; by: { id: string | null; name: string }; note: string },
  at: Date,
): Promise<boolean> {
  const r =
    to.state === 'acknowledged'
      ? await sql`update preservation.alarm set state = case when state = 'open' then 'acknowledged' else state end,
          acknowledged_at = ${at}, acknowledged_by = ${to.by.id}, acknowledged_name = ${to.by.name}, note = ${to.note}
          where id = ${id} and acknowledged_at is null`.execute(tx)
      : await sql`update preservation.alarm set state = 'solved', solved_at = ${at}, solved_by = ${to.by.id},
          solved_name = ${to.by.name}, note = ${to.note}, acknowledged_at = coalesce(acknowledged_at, ${at}),
          acknowledged_by = coalesce(acknowledged_by, ${to.by.id}), acknowledged_name = coalesce(acknowledged_name, ${to.by.name})
          where id = ${id} and state <> 'solved'`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

/** How many alarms stand open in all; counted up to a limit. */
export async function openAlarms(tx: Sql, limit: number): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from (select from preservation.alarm
    where state = 'open' limit ${limit}) a`.execute(tx);
  return r.rows[0]!.n;
}
