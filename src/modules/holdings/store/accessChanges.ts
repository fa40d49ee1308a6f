import { type Sql, sql, type Tx } from '#kernel/db';
import type { AccessStatus } from '../domain/unit.ts';

export interface AccessChange {
  id: string;
  archiveId: string;
  status: AccessStatus;
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

const CHANGE = sql`id, archive_id as "archiveId", status, reason, basis, state, unit_count as "unitCount",
  proposed_by as "proposedBy", proposed_by_name as "proposedByName", proposed_at as "proposedAt",
  decided_by as "decidedBy", decided_by_name as "decidedByName", decided_at as "decidedAt", note`;

export async function insertAccessChange(
  tx: Tx,
  c: Pick<
    AccessChange,
    'id' | 'archiveId' | 'status' | 'reason' | 'basis' | 'proposedBy' | 'proposedByName' | 'proposedAt'
  >,
  unitIds: readonly string[],
): Promise<number> {
  await sql`insert into holdings.access_change
      (id, archive_id, status, reason, basis, unit_count, proposed_by, proposed_by_name, proposed_at)
    values (${c.id}, ${c.archiveId}, ${c.status}, ${c.reason}, ${c.basis}, 0, ${c.proposedBy}, ${c.proposedByName},
      ${c.proposedAt})`.execute(tx);
  const r = await sql`insert into holdings.access_change_unit (change_id, archive_id, unit_id, before)
    select ${c.id}, u.archive_id, u.id, u.access_status from holdings.unit u
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

/** Sets the status on all units of an approved change. Returns their ids. */
export async function applyAccessChange(tx: Tx, id: string, status: AccessStatus): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`update holdings.unit u set access_status = ${status}, version = version + 1,
      updated_at = now()
    from holdings.access_change_unit c where c.change_id = ${id} and u.id = c.unit_id returning u.id`.execute(
    tx,
  );
  return r.rows.map((x) => x.id);
}

export interface AccessChangeUnit {
  id: string;
  referenceCode: string | null;
  title: string;
  date: string | null;
  before: string;
}

export async function unitsOfChange(
  tx: Tx,
  o: { changeId: string; after?: string; limit: number },
): Promise<AccessChangeUnit[]> {
  const r =
    await sql<AccessChangeUnit>`select u.id, u.reference_code as "referenceCode", u.title, u.date_text as date, c.before
    from holdings.access_change_unit c join holdings.unit u on u.id = c.unit_id
    where c.change_id = ${o.changeId} and (${o.after ?? null}::uuid is null or c.unit_id > ${o.after ?? null}::uuid)
    order by c.unit_id limit ${o.limit}`.execute(tx);
  return r.rows;
}
