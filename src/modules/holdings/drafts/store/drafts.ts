import { type Sql, sql, type Tx } from '#kernel/db';
import type { UnitInput } from '../../domain/unitInput.ts';
import type { Values } from '../merge.ts';

export const DRAFT_STATES = ['writing', 'submitted', 'accepted', 'returned', 'withdrawn'] as const;
export type DraftState = (typeof DRAFT_STATES)[number];

export interface Draft {
  id: string;
  archiveId: string;
  /** The entry it corrects; null: a new one. */
  unitId: string | null;
  fondsId: string;
  parentId: string | null;
  /** The version the writer saw, and what stood in the fields then. */
  baseVersion: number | null;
  base: Values;
  input: UnitInput;
  reason: string | null;
  state: DraftState;
  authorId: string;
  authorName: string;
  createdAt: Date;
  updatedAt: Date;
  submittedAt: Date | null;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  note: string | null;
  version: number;
}

const DRAFT = sql`d.id, d.archive_id as "archiveId", d.unit_id as "unitId", d.fonds_id as "fondsId", d.parent_id as "parentId",
  d.base_version as "baseVersion", d.base, d.input, d.reason, d.state, d.author_id as "authorId", d.author_name as "authorName",
  d.created_at as "createdAt", d.updated_at as "updatedAt", d.submitted_at as "submittedAt", d.decided_by as "decidedBy",
  d.decided_by_name as "decidedByName", d.decided_at as "decidedAt", d.note, d.version`;

export type NewDraft = Pick<
  Draft,
  | 'id'
  | 'archiveId'
  | 'unitId'
  | 'fondsId'
  | 'parentId'
  | 'baseVersion'
  | 'base'
  | 'input'
  | 'reason'
  | 'authorId'
  | 'authorName'
  | 'createdAt'
>;

export async function insertDraft(tx: Tx, d: NewDraft): Promise<void> {
  await sql`insert into holdings.draft (id, archive_id, unit_id, fonds_id, parent_id, base_version, base, input, reason, author_id, author_name,
      created_at, updated_at)
    values (${d.id}, ${d.archiveId}, ${d.unitId}, ${d.fondsId}, ${d.parentId}, ${d.baseVersion}, ${JSON.stringify(d.base)}::jsonb,
      ${JSON.stringify(d.input)}::jsonb, ${d.reason}, ${d.authorId}, ${d.authorName}, ${d.createdAt}, ${d.createdAt})`.execute(
    tx,
  );
}

/** Reads a draft; `lock`: and holds it until the transaction ends. */
export async function draftById(tx: Sql, id: string, lock = false): Promise<Draft | undefined> {
  const r =
    await sql<Draft>`select ${DRAFT} from holdings.draft d where d.id = ${id} ${lock ? sql`for update` : sql``}`.execute(
      tx,
    );
  return r.rows[0];
}

/** The draft of an entry somebody has open. */
export async function openDraft(tx: Sql, unitId: string, authorId: string): Promise<Draft | undefined> {
  const r =
    await sql<Draft>`select ${DRAFT} from holdings.draft d where d.unit_id = ${unitId} and d.author_id = ${authorId}
    and d.state in ('writing', 'submitted', 'returned')`.execute(tx);
  return r.rows[0];
}

export async function saveDraftRow(
  tx: Tx,
  d: Pick<Draft, 'id' | 'input' | 'base' | 'baseVersion' | 'reason' | 'state' | 'updatedAt'>,
): Promise<void> {
  await sql`update holdings.draft set input = ${JSON.stringify(d.input)}::jsonb, base = ${JSON.stringify(d.base)}::jsonb,
    base_version = ${d.baseVersion}, reason = ${d.reason}, state = ${d.state}, updated_at = ${d.updatedAt}, version = version + 1
    where id = ${d.id}`.execute(tx);
}

export async function enterDraftState(
  tx: Tx,
  id: string,
  to: DraftState,
  o: { at: Date; by?: { id: string; name: string }; note?: string | null; unitId?: string },
): Promise<void> {
  const decided = o.by
    ? sql`, decided_by = ${o.by.id}, decided_by_name = ${o.by.name}, decided_at = ${o.at}, note = ${o.note ?? null}`
    : sql``;
  const submitted = to === 'submitted' ? sql`, submitted_at = ${o.at}` : sql``;
  const unit = o.unitId ? sql`, unit_id = ${o.unitId}, base_version = coalesce(base_version, 1)` : sql``;
  await sql`update holdings.draft set state = ${to}, updated_at = ${o.at}, version = version + 1 ${decided} ${submitted} ${unit}
    where id = ${id}`.execute(tx);
}

/** Drafts of an archive, the newest first. */
export async function draftPage(
  tx: Sql,
  o: {
    archiveId: string;
    state?: DraftState;
    unitId?: string;
    authorId?: string;
    before?: string;
    limit: number;
  },
): Promise<Draft[]> {
  const r = await sql<Draft>`select ${DRAFT} from holdings.draft d where d.archive_id = ${o.archiveId}
    ${o.state ? sql`and d.state = ${o.state}` : sql``}
    ${o.unitId ? sql`and d.unit_id = ${o.unitId}` : sql``}
    ${o.authorId ? sql`and d.author_id = ${o.authorId}` : sql``}
    ${o.before ? sql`and d.id < ${o.before}` : sql``}
    order by d.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** Drafts that wait to be looked through, the oldest first, of what the transaction's scope may see. */
export async function draftsSubmitted(tx: Sql, limit: number): Promise<Draft[]> {
  const r = await sql<Draft>`select ${DRAFT} from holdings.draft d where d.state = 'submitted'
    order by d.submitted_at, d.id limit ${limit}`.execute(tx);
  return r.rows;
}
