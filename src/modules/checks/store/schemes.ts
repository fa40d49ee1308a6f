import type { Stage } from '#formats/metadata-schemes';
import { type Sql, sql, type Tx } from '#kernel/db';
import type { SchemeItem } from '../domain/scheme.ts';

export interface SchemeRow {
  id: string;
  archiveId: string;
  stage: Stage;
  category: string | null;
  profile: string | null;
  version: number;
  items: SchemeItem[];
  reason: string;
  state: 'proposed' | 'inForce' | 'declined';
  proposedBy: string | null;
  proposedByName: string;
  proposedAt: Date;
  decidedByName: string | null;
  decidedAt: Date | null;
}

const COLUMNS = sql`id, archive_id as "archiveId", stage, category, profile, version, items, reason, state,
  proposed_by as "proposedBy", proposed_by_name as "proposedByName", proposed_at as "proposedAt",
  decided_by_name as "decidedByName", decided_at as "decidedAt"`;

/** The one in force that fits best: for the category and the profile, for one of them, or for all. */
export async function schemeInForce(
  db: Sql,
  o: { archiveId: string; stage: Stage; category: string | null; profile: string | null },
): Promise<SchemeRow | undefined> {
  const r = await sql<SchemeRow>`select ${COLUMNS} from checks.scheme
    where archive_id = ${o.archiveId} and stage = ${o.stage} and state = 'inForce'
      and (category is null or category = ${o.category}) and (profile is null or profile = ${o.profile})
    order by (category is not null)::int * 2 + (profile is not null)::int desc, version desc limit 1`.execute(
    db,
  );
  return r.rows[0];
}

/** Every version an archive ever proposed. */
export async function allSchemesOf(db: Sql, archiveId: string): Promise<SchemeRow[]> {
  const r = await sql<SchemeRow>`select ${COLUMNS} from checks.scheme where archive_id = ${archiveId}
    order by stage, category nulls first, profile nulls first, version limit 1000`.execute(db);
  return r.rows;
}

/** The newest of each stage, category and profile in force, and those that await a decision. */
export async function schemesOf(db: Sql, archiveId: string): Promise<SchemeRow[]> {
  const r = await sql<SchemeRow>`select ${COLUMNS} from checks.scheme s where archive_id = ${archiveId}
    and (state = 'proposed' or (state = 'inForce' and not exists (select 1 from checks.scheme n
      where n.archive_id = s.archive_id and n.stage = s.stage and n.category is not distinct from s.category
        and n.profile is not distinct from s.profile and n.state = 'inForce' and n.version > s.version)))
    order by stage, category nulls first, profile nulls first, version limit 500`.execute(db);
  return r.rows;
}

export async function schemeById(db: Sql, id: string): Promise<SchemeRow | undefined> {
  const r = await sql<SchemeRow>`select ${COLUMNS} from checks.scheme where id = ${id}`.execute(db);
  return r.rows[0];
}

export type NewScheme = Pick<
  SchemeRow,
  | 'id'
  | 'archiveId'
  | 'stage'
  | 'category'
  | 'profile'
  | 'items'
  | 'reason'
  | 'proposedBy'
  | 'proposedByName'
  | 'proposedAt'
>;

/** @returns its version, or null where one awaits a decision already */
export async function insertScheme(tx: Tx, s: NewScheme): Promise<number | null> {
  const r = await sql<{ version: number }>`insert into checks.scheme
      (id, archive_id, stage, category, profile, version, items, reason, proposed_by, proposed_by_name, proposed_at)
    select ${s.id}, ${s.archiveId}, ${s.stage}, ${s.category}, ${s.profile}, coalesce(max(version), 0) + 1,
      ${JSON.stringify(s.items)}::jsonb, ${s.reason}, ${s.proposedBy}, ${s.proposedByName}, ${s.proposedAt}
    from checks.scheme where archive_id = ${s.archiveId} and stage = ${s.stage}
      and category is not distinct from ${s.category} and profile is not distinct from ${s.profile}
    on conflict do nothing returning version`.execute(tx);
  return r.rows[0]?.version ?? null;
}

/** @returns false where it was decided already */
export async function decideScheme(
  tx: Tx,
  id: string,
  o: { state: 'inForce' | 'declined'; byId: string; byName: string; at: Date },
): Promise<boolean> {
  const r =
    await sql`update checks.scheme set state = ${o.state}, decided_by = ${o.byId}, decided_by_name = ${o.byName},
    decided_at = ${o.at} where id = ${id} and state = 'proposed'`.execute(tx);
  return Number(r.numAffectedRows ?? 0) === 1;
}
