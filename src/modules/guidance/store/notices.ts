import { type RawBuilder, type Sql, sql, type Tx } from '#kernel/db';
import type { DueOf } from '#kernel/due';

export interface Notice {
  id: string;
  archiveId: string;
  title: string;
  body: string;
  /** `YYYY-MM-DD`. */
  dueOn: string | null;
  state: 'issued' | 'withdrawn';
  withdrawnReason: string | null;
  issuedBy: string;
  issuedByName: string;
  issuedAt: Date;
  /** Of those the asker sees: to how many agencies it went, and how many took note of it. */
  agencies: number;
  acknowledged: number;
  files: number;
}

export interface NoticeTo {
  agencyId: string;
  agencyName: string;
  acknowledgedAt: Date | null;
  acknowledgedByName: string | null;
  note: string | null;
  reminders: number;
  remindedAt: Date | null;
}

export interface NoticeFile {
  id: string;
  name: string;
  bytes: number;
  sha512: string;
}

const COLUMNS = sql`n.id, n.archive_id as "archiveId", n.title, n.body, n.due_on::text as "dueOn", n.state,
  n.withdrawn_reason as "withdrawnReason", n.issued_by as "issuedBy", n.issued_by_name as "issuedByName", n.issued_at as "issuedAt",
  (select count(*)::int from guidance.notice_to t where t.notice_id = n.id) as agencies,
  (select count(*)::int from guidance.notice_to t where t.notice_id = n.id and t.acknowledged_at is not null) as acknowledged,
  (select count(*)::int from guidance.notice_file f where f.notice_id = n.id) as files`;

export type NewNotice = Pick<
  Notice,
  'id' | 'archiveId' | 'title' | 'body' | 'dueOn' | 'issuedBy' | 'issuedByName' | 'issuedAt'
>;

export async function insertNotice(
  tx: Tx,
  n: NewNotice,
  agencies: readonly { agencyId: string; name: string }[],
  files: readonly NoticeFile[],
): Promise<void> {
  await sql`insert into guidance.notice (id, archive_id, title, body, due_on, issued_by, issued_by_name, issued_at)
    values (${n.id}, ${n.archiveId}, ${n.title}, ${n.body}, ${n.dueOn}::date, ${n.issuedBy}, ${n.issuedByName}, ${n.issuedAt})`.execute(
    tx,
  );
  await sql`insert into guidance.notice_to (notice_id, archive_id, agency_id, agency_name)
    select ${n.id}, ${n.archiveId}, a.id, a.name
    from unnest(${agencies.map((a) => a.agencyId)}::uuid[], ${agencies.map((a) => a.name)}::text[]) as a (id, name)`.execute(
    tx,
  );
  for (const [position, f] of files.entries())
    await sql`insert into guidance.notice_file (id, notice_id, position, name, bytes, sha512)
      values (${f.id}, ${n.id}, ${position}, ${f.name}, ${f.bytes}, ${f.sha512})`.execute(tx);
}

export async function noticeById(on: Sql, id: string): Promise<Notice | undefined> {
  return (await sql<Notice>`select ${COLUMNS} from guidance.notice n where n.id = ${id}`.execute(on)).rows[0];
}

/** The newest first; `open`: those some agency the asker sees has not taken note of. */
export async function noticePage(
  on: Sql,
  o: {
    archiveId?: string | undefined;
    agencyId?: string | undefined;
    open?: boolean | undefined;
    before?: string | undefined;
    limit: number;
  },
): Promise<Notice[]> {
  const agency = o.agencyId ?? null;
  const r = await sql<Notice>`select ${COLUMNS} from guidance.notice n
    where (${o.archiveId ?? null}::uuid is null or n.archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.before ?? null}::uuid is null or n.id < ${o.before ?? null}::uuid)
      and (${agency}::uuid is null and not ${o.open ?? false} or exists (select from guidance.notice_to t where t.notice_id = n.id
        and (${agency}::uuid is null or t.agency_id = ${agency}::uuid)
        and (not ${o.open ?? false} or t.acknowledged_at is null and n.state = 'issued')))
    order by n.id desc limit ${o.limit}`.execute(on);
  return r.rows;
}

/** To whom it went, as far as the asker sees. @param after the name and id of the last of the page before */
export async function noticeAgencies(on: Sql, id: string, limit: number): Promise<NoticeTo[]> {
  const r =
    await sql<NoticeTo>`select agency_id as "agencyId", agency_name as "agencyName", acknowledged_at as "acknowledgedAt",
      acknowledged_by_name as "acknowledgedByName", note, reminders, reminded_at as "remindedAt"
    from guidance.notice_to where notice_id = ${id} order by acknowledged_at is not null, agency_name, agency_id limit ${limit}`.execute(
      on,
    );
  return r.rows;
}

export async function noticeFiles(on: Sql, id: string): Promise<NoticeFile[]> {
  const r = await sql<NoticeFile>`select id, name, bytes::float8 as bytes, sha512 from guidance.notice_file
    where notice_id = ${id} order by position`.execute(on);
  return r.rows;
}

/** False where it was noted already, or is not theirs. */
export async function setAcknowledged(
  tx: Tx,
  o: { noticeId: string; agencyId: string; by: string | null; byName: string; at: Date; note: string | null },
): Promise<boolean> {
  const r =
    await sql`update guidance.notice_to set acknowledged_at = ${o.at}, acknowledged_by = ${o.by}::uuid,
      acknowledged_by_name = ${o.byName}, note = ${o.note}
    where notice_id = ${o.noticeId} and agency_id = ${o.agencyId} and acknowledged_at is null`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

/** Reminds those who have not taken note of it. @returns how many */
export async function remindOf(tx: Tx, noticeId: string, at: Date): Promise<number> {
  const r = await sql`update guidance.notice_to set reminders = reminders + 1, reminded_at = ${at}
    where notice_id = ${noticeId} and acknowledged_at is null`.execute(tx);
  return Number(r.numAffectedRows ?? 0);
}

export interface Reminded {
  noticeId: string;
  archiveId: string;
  title: string;
  agencies: number;
}

/**
 * The house's own reminders: once when the day comes near, once when it is over.
 *
 * @param ahead days before
 */
export async function remindDue(
  tx: Tx,
  o: { today: string; ahead: number; at: Date; timeZone: string },
): Promise<Reminded[]> {
  const r = await sql<Reminded>`with due as (
      select t.notice_id, t.agency_id from guidance.notice_to t join guidance.notice n on n.id = t.notice_id
      where t.acknowledged_at is null and n.state = 'issued' and n.due_on is not null
        and (n.due_on - ${o.ahead}::int <= ${o.today}::date and t.reminded_at is null
          or n.due_on < ${o.today}::date and (t.reminded_at is null or (t.reminded_at at time zone ${o.timeZone})::date <= n.due_on))
      for update of t skip locked
    ), reminded as (
      update guidance.notice_to t set reminders = reminders + 1, reminded_at = ${o.at} from due
      where t.notice_id = due.notice_id and t.agency_id = due.agency_id returning t.notice_id
    )
    select n.id as "noticeId", n.archive_id as "archiveId", n.title, count(*)::int as agencies
    from reminded join guidance.notice n on n.id = reminded.notice_id group by n.id, n.archive_id, n.title`.execute(
    tx,
  );
  return r.rows;
}

export async function setWithdrawn(tx: Tx, id: string, reason: string): Promise<boolean> {
  const r = await sql`update guidance.notice set state = 'withdrawn', withdrawn_reason = ${reason}
    where id = ${id} and state = 'issued'`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

/** Of some contents those a notice still has. */
export async function contentsInUse(on: Sql, digests: readonly string[]): Promise<Set<string>> {
  const r = await sql<{
    sha512: string;
  }>`select distinct sha512 from guidance.notice_file where sha512 = any(${digests}::text[])`.execute(on);
  return new Set(r.rows.map((row) => row.sha512));
}

/** Notices an agency has not taken note of. */
export function dueOfNotices(w: DueOf): RawBuilder<unknown> {
  return sql`select 'notice' as kind, n.id::text as id, n.archive_id as "archiveId", t.agency_id as "agencyId", 'agency' as side,
      n.title as label, n.due_on::text as "dueOn", coalesce(n.due_on::text, to_char(n.issued_at at time zone ${w.timeZone}, 'YYYY-MM-DD'))
        as day,
      null::int as year, null::text as about, null::text as "aboutId", '{}'::text[] as "notBy"
    from guidance.notice n join guidance.notice_to t on t.notice_id = n.id
    where n.state = 'issued' and t.acknowledged_at is null`;
}
