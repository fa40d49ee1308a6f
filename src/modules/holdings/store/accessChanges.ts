import { type Sql, sql, type Tx } from '#kernel/db';
import type { AccessSetting, AccessState } from '../domain/accessSetting.ts';

export interface AccessChange extends AccessSetting {
  id: string;
  archiveId: string;
  reason: string;
  basis: string | null;
  state: 'proposed' | 'approved' | 'rejected';
  unitCount: number;
  proposedBy: string;
  proposedByName: string;
  proposedAt: Date;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  note: string | null;
}

const CHANGE = sql`id, archive_id as "archiveId", status, opens_on as "opensOn", embargo,
  embargo_until as "embargoUntil", reason, basis, state, unit_count as "unitCount",
  proposed_by as "proposedBy", proposed_by_name as "proposedByName", proposed_at as "proposedAt",
  decided_by as "decidedBy", decided_by_name as "decidedByName", decided_at as "decidedAt", note`;

export async function insertAccessChange(
  tx: Tx,
  c: Pick<
    AccessChange,
    | 'id'
    | 'archiveId'
    | 'reason'
    | 'basis'
    | 'proposedBy'
    | 'proposedByName'
    | 'proposedAt'
    | keyof AccessSetting
  >,
  unitIds: readonly string[],
): Promise<number> {
  await sql`insert into holdings.access_change
      (id, archive_id, status, opens_on, embargo, embargo_until, reason, basis, unit_count, proposed_by, proposed_by_name,
       proposed_at)
    values (${c.id}, ${c.archiveId}, ${c.status}, ${c.opensOn}, ${c.embargo}, ${c.embargoUntil}, ${c.reason}, ${c.basis}, 0, ${c.proposedBy}, ${c.proposedByName},
      ${c.proposedAt})`.execute(tx);
  const r = await sql`insert into holdings.access_change_unit (change_id, archive_id, unit_id, before,
      before_opens_on, before_embargo_until)
    select ${c.id}, u.archive_id, u.id, u.access_status, u.opens_on, u.embargo_until from holdings.unit u
    where u.id = any(${unitIds}::uuid[]) and u.archive_id = ${c.archiveId}`.execute(tx);
  const count = Number(r.numAffectedRows);
  await sql`update holdings.access_change set unit_count = ${count} where id = ${c.id}`.execute(tx);
  return count;
}

/** Reads a change; locks it when it is about to be decided. */
export async function accessChange(tx: Sql, id: string, lock = false): Promise<AccessChange | undefined> {
  const r = await sql<AccessChange>`select ${CHANGE} from holdings.access_change where id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return r.rows[0];
}

export async function accessChangePage(
  tx: Tx,
  o: { archiveId?: string; state?: string; before?: string; limit: number },
): Promise<AccessChange[]> {
  const r = await sql<AccessChange>`select ${CHANGE} from holdings.access_change
    where (${o.archiveId ?? null}::uuid is null or archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.state ?? null}::text is null or state = ${o.state ?? null})
      and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid)
    order by id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

export async function closeAccessChange(
  tx: Tx,
  c: {
    id: string;
    state: 'approved' | 'rejected';
    by: string;
    byName: string;
    at: Date;
    note: string | null;
  },
): Promise<void> {
  await sql`update holdings.access_change set state = ${c.state}, decided_by = ${c.by}, decided_by_name = ${c.byName},
    decided_at = ${c.at}, note = ${c.note} where id = ${c.id}`.execute(tx);
}

/** Categories and fonds of the units of a change. */
export async function kindsOfChange(
  tx: Tx,
  id: string,
): Promise<{ category: string | null; fondsId: string }[]> {
  const r = await sql<{
    category: string | null;
    fondsId: string;
  }>`select distinct u.category, u.fonds_id as "fondsId"
    from holdings.access_change_unit c join holdings.unit u on u.id = c.unit_id where c.change_id = ${id}`.execute(
    tx,
  );
  return r.rows;
}

/** A proposal that waits, with the categories and fonds of its entries. */
export interface WaitingChange extends AccessChange {
  kinds: { category: string | null; fondsId: string }[];
}

/** @param o.whole archives whose proposals are given without kinds: the asker may decide on anything there */
export async function waitingChanges(
  tx: Tx,
  o: { archives: readonly string[]; whole: readonly string[]; limit: number },
): Promise<WaitingChange[]> {
  const r = await sql<WaitingChange>`
    with waiting as materialized (select ${CHANGE} from holdings.access_change
      where state = 'proposed' and archive_id = any(${o.archives}::uuid[]) order by id desc limit ${o.limit})
    select w.*, coalesce(k.kinds, '[]') as kinds from waiting w left join lateral (
      select jsonb_agg(distinct jsonb_build_object('category', u.category, 'fondsId', u.fonds_id)) as kinds
      from holdings.access_change_unit c join holdings.unit u on u.id = c.unit_id
      where c.change_id = w.id and w."archiveId" <> all(${o.whole}::uuid[])) k on true
    order by w.id desc`.execute(tx);
  return r.rows;
}

/** A unit a change was applied to, as it was before. */
export interface ChangedUnit extends AccessState {
  id: string;
}

/** Applies an approved change to those of its units it changes. @returns them as they were before */
export async function applyAccessChange(
  tx: Tx,
  c: Pick<AccessChange, 'id'> & AccessSetting,
): Promise<ChangedUnit[]> {
  const r = await sql<ChangedUnit>`with old as materialized (
      select u.id, u.access_status, u.opens_on, u.embargo_until from holdings.access_change_unit c
      join holdings.unit u on u.id = c.unit_id where c.change_id = ${c.id} for update of u),
    wanted as (
      select id, coalesce(${c.status}, access_status) as access_status,
        case when ${c.status}::text is null then opens_on else ${c.opensOn}::date end as opens_on,
        case when ${c.embargo}::text is null then embargo_until else ${c.embargoUntil}::date end as embargo_until from old)
    update holdings.unit u set access_status = w.access_status, opens_on = w.opens_on, embargo_until = w.embargo_until,
      version = version + 1, updated_at = now()
    from old o join wanted w using (id)
    where u.id = o.id and (w.access_status, w.opens_on, w.embargo_until)
      is distinct from (o.access_status, o.opens_on, o.embargo_until)
    returning u.id, o.access_status as "accessStatus", o.opens_on as "opensOn", o.embargo_until as "embargoUntil"`.execute(
    tx,
  );
  return r.rows;
}

/** Why a unit is under embargo: the last change that said so. */
export interface EmbargoGround {
  changeId: string;
  reason: string;
  basis: string | null;
}

export async function embargoGround(tx: Sql, unitId: string): Promise<EmbargoGround | undefined> {
  const r = await sql<EmbargoGround>`select a.id as "changeId", a.reason, a.basis
    from holdings.access_change_unit c join holdings.access_change a on a.id = c.change_id
    where c.unit_id = ${unitId} and a.state = 'approved' and a.embargo = 'set'
    order by a.decided_at desc, a.id desc limit 1`.execute(tx);
  return r.rows[0];
}

export interface AccessChangeUnit {
  id: string;
  referenceCode: string | null;
  title: string;
  date: string | null;
  before: string;
  beforeOpensOn: string | null;
  beforeEmbargoUntil: string | null;
}

export async function unitsOfChange(
  tx: Tx,
  o: { changeId: string; after?: string; limit: number },
): Promise<AccessChangeUnit[]> {
  const r =
    await sql<AccessChangeUnit>`select u.id, u.reference_code as "referenceCode", u.title, u.date_text as date, c.before,
      c.before_opens_on as "beforeOpensOn", c.before_embargo_until as "beforeEmbargoUntil"
    from holdings.access_change_unit c join holdings.unit u on u.id = c.unit_id
    where c.change_id = ${o.changeId} and (${o.after ?? null}::uuid is null or c.unit_id > ${o.after ?? null}::uuid)
    order by c.unit_id limit ${o.limit}`.execute(tx);
  return r.rows;
}
