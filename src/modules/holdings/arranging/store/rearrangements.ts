import { type Sql, sql, type Tx } from '#kernel/db';
import type { Plan } from '../plan.ts';

export type RearrangementState = 'waiting' | 'queued' | 'done' | 'declined' | 'failed';

/** What is wanted of the order of the holdings, and how far it is. */
export interface Rearrangement {
  id: string;
  archiveId: string;
  kind: Plan['kind'];
  plan: Plan;
  reason: string;
  state: RearrangementState;
  /** Whose posts reach other records by it: above none, another person decides. */
  people: number;
  total: number;
  done: number;
  renumbered: number;
  kept: number;
  proposedBy: string | null;
  proposedByName: string;
  proposedAt: Date;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  note: string | null;
  finishedAt: Date | null;
  takenBackBy: string | null;
  error: string | null;
  jobId: string | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", kind, plan, reason, state, people, total, done, renumbered, kept,
  proposed_by as "proposedBy", proposed_by_name as "proposedByName", proposed_at as "proposedAt", decided_by as "decidedBy",
  decided_by_name as "decidedByName", decided_at as "decidedAt", note, finished_at as "finishedAt",
  taken_back_by as "takenBackBy", error, job_id as "jobId"`;

export async function insertRearrangement(
  tx: Tx,
  r: Pick<
    Rearrangement,
    | 'id'
    | 'archiveId'
    | 'plan'
    | 'reason'
    | 'state'
    | 'people'
    | 'proposedBy'
    | 'proposedByName'
    | 'proposedAt'
  >,
): Promise<void> {
  await sql`insert into holdings.rearrangement (id, archive_id, kind, plan, reason, state, people, proposed_by, proposed_by_name, proposed_at)
    values (${r.id}, ${r.archiveId}, ${r.plan.kind}, ${JSON.stringify(r.plan)}::jsonb, ${r.reason}, ${r.state}, ${r.people},
      ${r.proposedBy}, ${r.proposedByName}, ${r.proposedAt})`.execute(tx);
}

export async function rearrangementById(on: Sql, id: string): Promise<Rearrangement | undefined> {
  return (
    await sql<Rearrangement>`select ${COLUMNS} from holdings.rearrangement where id = ${id}`.execute(on)
  ).rows[0];
}

/** The same, locked until the transaction ends: one process at a time goes on with it. */
export async function lockRearrangement(tx: Tx, id: string): Promise<Rearrangement | undefined> {
  return (
    await sql<Rearrangement>`select ${COLUMNS} from holdings.rearrangement where id = ${id} for update`.execute(
      tx,
    )
  ).rows[0];
}

/** Of an archive, the newest first: all, or those that wait for another person, run or were stopped. */
export async function rearrangementPage(
  on: Sql,
  o: { archiveId: string; open: boolean; before?: string; limit: number },
): Promise<Rearrangement[]> {
  const r =
    await sql<Rearrangement>`select ${COLUMNS} from holdings.rearrangement where archive_id = ${o.archiveId}
    ${o.open ? sql`and state in ('waiting', 'queued', 'failed')` : sql``} ${o.before ? sql`and id < ${o.before}` : sql``}
    order by id desc limit ${o.limit}`.execute(on);
  return r.rows;
}

/** Those that wait for another person, the oldest first. */
export async function rearrangementsWaiting(on: Sql, limit: number): Promise<Rearrangement[]> {
  const r = await sql<Rearrangement>`select ${COLUMNS} from holdings.rearrangement
    where state = 'waiting' order by id limit ${limit}`.execute(on);
  return r.rows;
}

export async function saveRearrangement(
  tx: Tx,
  r: Pick<
    Rearrangement,
    | 'id'
    | 'state'
    | 'total'
    | 'done'
    | 'renumbered'
    | 'kept'
    | 'decidedBy'
    | 'decidedByName'
    | 'decidedAt'
    | 'note'
    | 'finishedAt'
    | 'takenBackBy'
    | 'error'
    | 'jobId'
  >,
): Promise<void> {
  await sql`update holdings.rearrangement set state = ${r.state}, total = ${r.total}, done = ${r.done}, renumbered = ${r.renumbered},
      kept = ${r.kept}, decided_by = ${r.decidedBy}, decided_by_name = ${r.decidedByName}, decided_at = ${r.decidedAt}, note = ${r.note},
      finished_at = ${r.finishedAt}, taken_back_by = ${r.takenBackBy}, error = ${r.error}, job_id = ${r.jobId}
    where id = ${r.id}`.execute(tx);
}
