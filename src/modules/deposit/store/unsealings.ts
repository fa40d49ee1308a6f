import { type Sql, sql, type Tx } from '#kernel/db';

export const UNSEALING_KINDS = ['recovery', 'inspection'] as const;
/** `recovery`: the agency wants its copy back after a loss; `inspection`: the archive wants to look. */
export type UnsealingKind = (typeof UNSEALING_KINDS)[number];

export interface Unsealing {
  id: string;
  depositId: string;
  archiveId: string;
  agencyId: string;
  kind: UnsealingKind;
  reason: string;
  state: 'asked' | 'approved' | 'refused';
  askedBy: string;
  askedByName: string;
  askedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
  openUntil: Date | null;
}

const COLUMNS = sql`id, deposit_id as "depositId", archive_id as "archiveId", agency_id as "agencyId", kind, reason, state,
  asked_by as "askedBy", asked_by_name as "askedByName", asked_at as "askedAt", decided_by_name as "decidedByName",
  decided_at as "decidedAt", decision_note as "decisionNote", open_until as "openUntil"`;

/** False where this person asks already. */
export async function insertUnsealing(
  tx: Tx,
  u: Pick<
    Unsealing,
    'id' | 'depositId' | 'archiveId' | 'agencyId' | 'kind' | 'reason' | 'askedBy' | 'askedByName' | 'askedAt'
  >,
): Promise<boolean> {
  const r =
    await sql`insert into deposit.unsealing (id, deposit_id, archive_id, agency_id, kind, reason, asked_by, asked_by_name, asked_at)
    values (${u.id}, ${u.depositId}, ${u.archiveId}, ${u.agencyId}, ${u.kind}, ${u.reason}, ${u.askedBy}, ${u.askedByName}, ${u.askedAt})
    on conflict do nothing`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}

export async function unsealingsOf(on: Sql, depositId: string): Promise<Unsealing[]> {
  const r = await sql<Unsealing>`select ${COLUMNS} from deposit.unsealing where deposit_id = ${depositId}
    order by id desc limit 200`.execute(on);
  return r.rows;
}

export async function unsealingById(on: Sql, id: string): Promise<Unsealing | undefined> {
  const r =
    await sql<Unsealing>`select ${COLUMNS} from deposit.unsealing where id = ${id} for update`.execute(on);
  return r.rows[0];
}

export async function setDecided(
  tx: Tx,
  id: string,
  o: { approved: boolean; by: string; byName: string; at: Date; note: string | null; openUntil: Date },
): Promise<boolean> {
  const r =
    await sql`update deposit.unsealing set state = ${o.approved ? 'approved' : 'refused'}, decided_by = ${o.by},
      decided_by_name = ${o.byName}, decided_at = ${o.at}, decision_note = ${o.note},
      open_until = ${o.approved ? o.openUntil : null}::timestamptz
    where id = ${id} and state = 'asked'`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}
