import { type Sql, sql, type Tx } from '#kernel/db';
import type { Placed, Wanted } from '../domain/rights-change.ts';

/** A change of rights somebody asked for. */
export interface RightsChange {
  id: string;
  archiveId: string;
  kind: Wanted['kind'];
  personId: string | null;
  personName: string | null;
  content: Wanted;
  /** What was, and how many people reach other records by it; of changes of reach alone. */
  before: { was: Placed | null; people: number } | null;
  reason: string;
  state: 'proposed' | 'approved' | 'rejected';
  proposedBy: string;
  proposedByName: string;
  proposedAt: Date;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  note: string | null;
}

const CHANGE = sql`c.id, c.archive_id as "archiveId", c.kind, c.person_id as "personId", p.display_name as "personName",
  c.content, c.before, c.reason, c.state, c.proposed_by as "proposedBy", c.proposed_by_name as "proposedByName",
  c.proposed_at as "proposedAt", c.decided_by as "decidedBy", c.decided_by_name as "decidedByName",
  c.decided_at as "decidedAt", c.note`;
const JOINED = sql`identity.rights_change c left join identity.person p on p.id = c.person_id`;

export async function insertRightsChange(
  tx: Tx,
  c: Pick<
    RightsChange,
    | 'id'
    | 'archiveId'
    | 'kind'
    | 'personId'
    | 'content'
    | 'before'
    | 'reason'
    | 'proposedBy'
    | 'proposedByName'
    | 'proposedAt'
  >,
): Promise<void> {
  await sql`insert into identity.rights_change
      (id, archive_id, kind, person_id, content, before, reason, proposed_by, proposed_by_name, proposed_at)
    values (${c.id}, ${c.archiveId}, ${c.kind}, ${c.personId}, ${JSON.stringify(c.content)}::jsonb,
      ${c.before && JSON.stringify(c.before)}::jsonb, ${c.reason}, ${c.proposedBy}, ${c.proposedByName}, ${c.proposedAt})`.execute(
    tx,
  );
}

export async function rightsChangeById(db: Sql, id: string, lock = false): Promise<RightsChange | undefined> {
  const r = await sql<RightsChange>`select ${CHANGE} from ${JOINED} where c.id = ${id}
    ${lock ? sql`for update of c` : sql``}`.execute(db);
  return r.rows[0];
}

/** A waiting change of a role. */
export async function waitingForRole(db: Sql, code: string): Promise<RightsChange | undefined> {
  const r = await sql<RightsChange>`select ${CHANGE} from ${JOINED}
    where c.state = 'proposed' and c.content ->> 'code' = ${code} limit 1`.execute(db);
  return r.rows[0];
}

/** The newest first. @param o.after the last row before: its moment and id */
export async function rightsChangePage(
  db: Sql,
  o: {
    archives: readonly string[];
    state?: string | undefined;
    after?: readonly [string, string] | undefined;
    limit: number;
  },
): Promise<RightsChange[]> {
  const after = o.after
    ? sql`and (c.proposed_at, c.id) < (${o.after[0]}::timestamptz, ${o.after[1]}::uuid)`
    : sql``;
  const r = await sql<RightsChange>`select ${CHANGE} from ${JOINED}
    where c.archive_id = any(${o.archives}::uuid[]) and (${o.state ?? null}::text is null or c.state = ${o.state ?? null})
      ${after} order by c.proposed_at desc, c.id desc limit ${o.limit}`.execute(db);
  return r.rows;
}

export async function closeRightsChange(
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
  await sql`update identity.rights_change set state = ${c.state}, decided_by = ${c.by}, decided_by_name = ${c.byName},
    decided_at = ${c.at}, note = ${c.note} where id = ${c.id}`.execute(tx);
}
