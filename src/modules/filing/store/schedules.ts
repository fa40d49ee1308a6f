import { type Sql, sql, type Tx } from '#kernel/db';
import type { ScheduleState } from '../domain/scheduleState.ts';

/** A retention schedule of an agency, without its lines. */
export interface Schedule {
  id: string;
  archiveId: string;
  agencyId: string;
  number: number;
  title: string;
  template: string | null;
  edition: string | null;
  basedOn: string | null;
  state: ScheduleState;
  draftedBy: string | null;
  draftedByName: string;
  draftedAt: Date;
  submittedBy: string | null;
  submittedByName: string | null;
  submittedAt: Date | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  /** `YYYY-MM-DD`. */
  inForceFrom: string | null;
  /** The day a later version takes its place; null while none does. */
  followedFrom: string | null;
  lineCount: number;
  version: number;
}

const COLUMNS = sql`s.id, s.archive_id as "archiveId", s.agency_id as "agencyId", s.number, s.title, s.template, s.edition,
  s.based_on as "basedOn", s.state, s.drafted_by as "draftedBy", s.drafted_by_name as "draftedByName",
  s.drafted_at as "draftedAt", s.submitted_by as "submittedBy", s.submitted_by_name as "submittedByName",
  s.submitted_at as "submittedAt", s.decided_by_name as "decidedByName", s.decided_at as "decidedAt",
  s.decision_note as "decisionNote", to_char(s.in_force_from, 'YYYY-MM-DD') as "inForceFrom",
  (select to_char(min(l.in_force_from), 'YYYY-MM-DD') from filing.schedule l where l.agency_id = s.agency_id
    and l.state = 'approved' and l.in_force_from > s.in_force_from) as "followedFrom",
  s.line_count as "lineCount", s.version`;

export type NewSchedule = Pick<
  Schedule,
  | 'id'
  | 'archiveId'
  | 'agencyId'
  | 'title'
  | 'template'
  | 'edition'
  | 'basedOn'
  | 'draftedBy'
  | 'draftedByName'
  | 'draftedAt'
>;

/** Inserts a draft as the agency's next version. False where one is worked on already. */
export async function insertSchedule(tx: Tx, s: NewSchedule): Promise<boolean> {
  const r = await sql`insert into filing.schedule
      (id, archive_id, agency_id, number, title, template, edition, based_on, drafted_by, drafted_by_name, drafted_at)
    select ${s.id}, ${s.archiveId}, ${s.agencyId}, coalesce(max(number), 0) + 1, ${s.title}, ${s.template}, ${s.edition},
      ${s.basedOn}, ${s.draftedBy}::uuid, ${s.draftedByName}, ${s.draftedAt}
    from filing.schedule where agency_id = ${s.agencyId}
    on conflict do nothing`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function scheduleById(on: Sql, id: string): Promise<Schedule | undefined> {
  return (await sql<Schedule>`select ${COLUMNS} from filing.schedule s where s.id = ${id}`.execute(on))
    .rows[0];
}

/** The same, with nobody changing it until the transaction ends. */
export async function scheduleForChange(tx: Tx, id: string): Promise<Schedule | undefined> {
  return (
    await sql<Schedule>`select ${COLUMNS} from filing.schedule s where s.id = ${id} for update of s`.execute(
      tx,
    )
  ).rows[0];
}

/** The version that counts on a day. */
export async function scheduleInForce(
  on: Sql,
  agencyId: string,
  today: string,
): Promise<Schedule | undefined> {
  const r = await sql<Schedule>`select ${COLUMNS} from filing.schedule s where s.agency_id = ${agencyId}
    and s.state = 'approved' and s.in_force_from <= ${today}::date order by s.in_force_from desc limit 1`.execute(
    on,
  );
  return r.rows[0];
}

/** The last approved version, in force or to come. */
export async function lastApproved(on: Sql, agencyId: string): Promise<Schedule | undefined> {
  const r = await sql<Schedule>`select ${COLUMNS} from filing.schedule s where s.agency_id = ${agencyId}
    and s.state = 'approved' order by s.in_force_from desc limit 1`.execute(on);
  return r.rows[0];
}

export interface ScheduleFilter {
  archiveId?: string | undefined;
  agencyId?: string | undefined;
  state?: ScheduleState | undefined;
}

export async function schedulePage(
  on: Sql,
  o: ScheduleFilter & { before: string | undefined; limit: number },
): Promise<Schedule[]> {
  const r = await sql<Schedule>`select ${COLUMNS} from filing.schedule s
    where (${o.archiveId ?? null}::uuid is null or s.archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.agencyId ?? null}::uuid is null or s.agency_id = ${o.agencyId ?? null}::uuid)
      and (${o.state ?? null}::text is null or s.state = ${o.state ?? null})
      and (${o.before ?? null}::uuid is null or s.id < ${o.before ?? null}::uuid)
    order by s.id desc limit ${o.limit}`.execute(on);
  return r.rows;
}

/** Schedules in force on a day that came into force before another: those to be looked through again. */
export async function inForceSince(
  on: Sql,
  o: { today: string; before: string; limit: number },
): Promise<Schedule[]> {
  const r = await sql<Schedule>`select ${COLUMNS} from filing.schedule s
    where s.state = 'approved' and s.in_force_from <= ${o.before}::date
      and not exists (select 1 from filing.schedule l where l.agency_id = s.agency_id and l.state = 'approved'
        and l.in_force_from > s.in_force_from and l.in_force_from <= ${o.today}::date)
    order by s.in_force_from limit ${o.limit}`.execute(on);
  return r.rows;
}

export async function noteLines(tx: Tx, id: string, o: { title: string; lines: number }): Promise<void> {
  await sql`update filing.schedule set title = ${o.title}, line_count = ${o.lines}, version = version + 1
    where id = ${id}`.execute(tx);
}

export async function noteSubmitted(
  tx: Tx,
  id: string,
  o: { by: string | null; byName: string; at: Date },
): Promise<void> {
  await sql`update filing.schedule set state = 'submitted', submitted_by = ${o.by}::uuid, submitted_by_name = ${o.byName},
    submitted_at = ${o.at}, version = version + 1 where id = ${id}`.execute(tx);
}

export async function noteTakenBack(tx: Tx, id: string): Promise<void> {
  await sql`update filing.schedule set state = 'draft', version = version + 1 where id = ${id}`.execute(tx);
}

export async function noteDecided(
  tx: Tx,
  id: string,
  o: {
    state: 'returned' | 'approved';
    by: string | null;
    byName: string;
    at: Date;
    note: string | null;
    inForceFrom: string | null;
  },
): Promise<void> {
  await sql`update filing.schedule set state = ${o.state}, decided_by = ${o.by}::uuid, decided_by_name = ${o.byName},
    decided_at = ${o.at}, decision_note = ${o.note}, in_force_from = ${o.inForceFrom}::date, version = version + 1
    where id = ${id}`.execute(tx);
}

export async function deleteSchedule(tx: Tx, id: string): Promise<void> {
  await sql`delete from filing.schedule where id = ${id}`.execute(tx);
}
