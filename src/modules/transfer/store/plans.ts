import { sql, type Tx } from '#kernel/db';

/** What an agency is to hand over in a year. */
export interface Plan {
  id: string;
  archiveId: string;
  agencyId: string;
  year: number;
  content: string;
  /** `YYYY-MM-DD` */
  dueOn: string;
  items: number | null;
  note: string | null;
  state: 'planned' | 'cancelled';
  closedReason: string | null;
  createdBy: string;
  createdByName: string;
  createdAt: Date;
  /** Batches begun on it that were not withdrawn, and those accepted. */
  batches: number;
  accepted: number;
}

const COLUMNS = sql`p.id, p.archive_id as "archiveId", p.agency_id as "agencyId", p.year, p.content, p.due_on::text as "dueOn",
  p.items, p.note, p.state, p.closed_reason as "closedReason", p.created_by as "createdBy", p.created_by_name as "createdByName",
  p.created_at as "createdAt",
  (select count(*)::int from transfer.batch b where b.plan_id = p.id and b.state not in ('withdrawn', 'removed')) as batches,
  (select count(*)::int from transfer.batch b where b.plan_id = p.id and b.state = 'accepted') as accepted`;

export type NewPlan = Omit<Plan, 'state' | 'closedReason' | 'batches' | 'accepted'>;

export async function insertPlan(tx: Tx, p: NewPlan): Promise<void> {
  await sql`insert into transfer.plan (id, archive_id, agency_id, year, content, due_on, items, note, created_by, created_by_name,
      created_at)
    values (${p.id}, ${p.archiveId}, ${p.agencyId}, ${p.year}, ${p.content}, ${p.dueOn}, ${p.items}, ${p.note}, ${p.createdBy},
      ${p.createdByName}, ${p.createdAt})`.execute(tx);
}

export async function planById(tx: Tx, id: string, lock = false): Promise<Plan | undefined> {
  const r = await sql<Plan>`select ${COLUMNS} from transfer.plan p where p.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return r.rows[0];
}

export async function cancelPlanRow(tx: Tx, id: string, reason: string): Promise<void> {
  await sql`update transfer.plan set state = 'cancelled', closed_reason = ${reason} where id = ${id}`.execute(
    tx,
  );
}

/** Those due first; the transaction's scope decides which there are. */
export async function planPage(
  tx: Tx,
  o: {
    archiveId?: string | undefined;
    agencyId?: string | undefined;
    year?: number | undefined;
    after?: { dueOn: string; id: string } | undefined;
    limit: number;
  },
): Promise<Plan[]> {
  const r = await sql<Plan>`select ${COLUMNS} from transfer.plan p
    where p.state = 'planned' and (${o.archiveId ?? null}::uuid is null or p.archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.agencyId ?? null}::uuid is null or p.agency_id = ${o.agencyId ?? null}::uuid)
      and (${o.year ?? null}::int is null or p.year = ${o.year ?? null})
      and (${o.after?.id ?? null}::uuid is null
        or (p.due_on, p.id) > (${o.after?.dueOn ?? null}::date, ${o.after?.id ?? null}::uuid))
    order by p.due_on, p.id limit ${o.limit}`.execute(tx);
  return r.rows;
}
