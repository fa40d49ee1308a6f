import { type Sql, sql, type Tx } from '#kernel/db';
import type { Outcome } from '#modules/checks';
import type { HandoverChoice } from '#modules/filing';
import type { Decision } from '../domain/decision.ts';
import type { MediaSet } from '../domain/media.ts';
import type { BatchState } from '../domain/states.ts';

/** What a judgement of a batch's package came to. */
export interface CheckSummary {
  /** Nothing was found by machine that keeps it from being sent, or accepted. */
  qualified: boolean;
  /** Of the four natures, when the machine was done; null where a refusal to take it in stands in its place. */
  verdict?: Outcome['verdict'] | null;
  /** Records as the register counts them. */
  records?: number;
  /** Files of records in the package, as the sender's check counted them; absent where it was not sound, or counted none. */
  files?: number;
  errors: number;
  warnings: number;
  /** The run of the four-nature checks, where one was made. */
  runId: string | null;
}

/** Records on their way from an agency to an archive. */
export interface Batch {
  id: string;
  archiveId: string;
  agencyId: string;
  agencyCode: string;
  agencyName: string;
  planId: string | null;
  number: string;
  title: string;
  content: string;
  state: BatchState;
  round: number;
  version: number;
  preparedBy: string;
  preparedByName: string;
  preparedAt: Date;
  packageName: string | null;
  root: string | null;
  form: 'file' | 'folder' | null;
  kind: string | null;
  /** What it is made of: what was uploaded, or records the agency has filed. */
  source: 'uploads' | 'records';
  choice: HandoverChoice | null;
  carrier: 'online' | 'offline';
  /** Of what is sent off-line. */
  media: MediaSet | null;
  mediaUploads: string[];
  mediaBy: string | null;
  uploads: string[];
  laid: boolean;
  files: number;
  bytes: number;
  manifest: string | null;
  fonds: string | null;
  entries: number;
  precheck: CheckSummary | null;
  arrivalCheck: CheckSummary | null;
  decision: Decision | null;
  failure: string | null;
  failingSince: Date | null;
  jobId: string | null;
  hasReceipt: boolean;
  createdAt: Date;
  movedAt: Date;
}

const COLUMNS = sql`b.id, b.archive_id as "archiveId", b.agency_id as "agencyId", b.agency_code as "agencyCode", b.agency_name as "agencyName",
  b.plan_id as "planId", b.number, b.title, b.content, b.state, b.round, b.version, b.prepared_by as "preparedBy",
  b.prepared_by_name as "preparedByName", b.prepared_at as "preparedAt", b.package_name as "packageName", b.root, b.form, b.kind,
  b.source, b.choice, b.carrier, b.media, b.media_uploads as "mediaUploads", b.media_by as "mediaBy", b.uploads, b.laid, b.files, b.bytes::float8 as bytes, b.manifest, b.fonds, b.entries, b.precheck,
  b.arrival_check as "arrivalCheck", b.decision, b.failure, b.failing_since as "failingSince", b.job_id as "jobId",
  b.receipt is not null as "hasReceipt", b.created_at as "createdAt", b.moved_at as "movedAt"`;

export type NewBatch = Pick<
  Batch,
  | 'id'
  | 'archiveId'
  | 'agencyId'
  | 'agencyCode'
  | 'agencyName'
  | 'planId'
  | 'number'
  | 'title'
  | 'content'
  | 'fonds'
  | 'preparedBy'
  | 'preparedByName'
> & { at: Date };

export async function insertBatch(tx: Tx, b: NewBatch): Promise<void> {
  await sql`insert into transfer.batch (id, archive_id, agency_id, agency_code, agency_name, plan_id, number, title, content, fonds,
      prepared_by, prepared_by_name, prepared_at, created_at, moved_at)
    values (${b.id}, ${b.archiveId}, ${b.agencyId}, ${b.agencyCode}, ${b.agencyName}, ${b.planId}, ${b.number}, ${b.title},
      ${b.content}, ${b.fonds}, ${b.preparedBy}, ${b.preparedByName}, ${b.at}, ${b.at}, ${b.at})`.execute(tx);
}

/** The next running number of an archive and year; the row's lock is held until the transaction ends. */
export async function nextNumber(tx: Tx, archiveId: string, year: number): Promise<number> {
  const r = await sql<{
    last: number;
  }>`insert into transfer.counter (archive_id, year, last) values (${archiveId}, ${year}, 1)
    on conflict (archive_id, year) do update set last = transfer.counter.last + 1 returning last`.execute(tx);
  return r.rows[0]!.last;
}

export async function batchById(db: Sql, id: string, lock = false): Promise<Batch | undefined> {
  const r = await sql<Batch>`select ${COLUMNS} from transfer.batch b where b.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(db);
  return r.rows[0];
}

export interface BatchFilter {
  archiveId?: string | undefined;
  agencyId?: string | undefined;
  state?: BatchState | undefined;
  /** Batches older than this one. */
  before?: string | undefined;
  limit: number;
}

/** The newest first; the transaction's scope decides which there are. */
export async function batchPage(tx: Tx, o: BatchFilter): Promise<Batch[]> {
  const r = await sql<Batch>`select ${COLUMNS} from transfer.batch b
    where (${o.archiveId ?? null}::uuid is null or b.archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.agencyId ?? null}::uuid is null or b.agency_id = ${o.agencyId ?? null}::uuid)
      and (${o.state ?? null}::text is null or b.state = ${o.state ?? null})
      and (${o.before ?? null}::uuid is null or b.id < ${o.before ?? null}::uuid)
    order by b.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** Batches whose next move is the system's, those longest without a move first. */
export async function batchesUnderWay(db: Sql, limit: number): Promise<Batch[]> {
  const r = await sql<Batch>`select ${COLUMNS} from transfer.batch b
    where b.state in ('prechecking', 'reading', 'sent', 'checking', 'accepting') order by b.moved_at limit ${limit}`.execute(
    db,
  );
  return r.rows;
}

/** What a batch holds to be sent: takes the place of what it held before. */
export async function setContent(
  tx: Tx,
  id: string,
  c: Pick<
    Batch,
    'packageName' | 'root' | 'form' | 'source' | 'choice' | 'uploads' | 'entries' | 'files' | 'bytes'
  > & {
    by: string;
    byName: string;
    at: Date;
  },
): Promise<void> {
  await sql`update transfer.batch set package_name = ${c.packageName}, root = ${c.root}, form = ${c.form},
      source = ${c.source}, choice = ${c.choice && JSON.stringify(c.choice)}::jsonb, uploads = ${c.uploads}::text[], laid = false, files = ${c.files}, bytes = ${c.bytes}, kind = null, manifest = null,
      entries = ${c.entries}, precheck = null, failure = null, prepared_by = ${c.by}, prepared_by_name = ${c.byName}, prepared_at = ${c.at},
      version = version + 1
    where id = ${id}`.execute(tx);
}

export async function setDescription(
  tx: Tx,
  id: string,
  d: Pick<Batch, 'title' | 'content' | 'fonds'>,
): Promise<void> {
  await sql`update transfer.batch set title = ${d.title}, content = ${d.content}, fonds = ${d.fonds}, version = version + 1
    where id = ${id}`.execute(tx);
}

/** What becomes known of a batch on its way, beside its state. */
export type Known = Partial<
  Pick<
    Batch,
    | 'laid'
    | 'carrier'
    | 'media'
    | 'kind'
    | 'entries'
    | 'files'
    | 'bytes'
    | 'manifest'
    | 'precheck'
    | 'arrivalCheck'
    | 'decision'
  > & {
    agencyRegister: string;
    register: string;
    receipt: string;
  }
>;

export async function setKnown(tx: Tx, id: string, k: Known): Promise<void> {
  const json = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
  await sql`update transfer.batch set laid = coalesce(${k.laid ?? null}, laid), carrier = coalesce(${k.carrier ?? null}, carrier),
      media = coalesce(${json(k.media)}::jsonb, media), kind = coalesce(${k.kind ?? null}, kind),
      entries = coalesce(${k.entries ?? null}, entries), files = coalesce(${k.files ?? null}, files),
      bytes = coalesce(${k.bytes ?? null}, bytes), manifest = coalesce(${k.manifest ?? null}, manifest),
      precheck = coalesce(${json(k.precheck)}::jsonb, precheck),
      arrival_check = coalesce(${json(k.arrivalCheck)}::jsonb, arrival_check),
      decision = coalesce(${json(k.decision)}::jsonb, decision),
      agency_register = coalesce(${k.agencyRegister ?? null}, agency_register),
      register = coalesce(${k.register ?? null}, register), receipt = coalesce(${k.receipt ?? null}, receipt)
    where id = ${id}`.execute(tx);
}

/** Sets the state a move leads to. @param anew a returned batch begins its next round: what its last came to is forgotten */
export async function setState(
  tx: Tx,
  id: string,
  { to, at, anew, jobId }: { to: BatchState; at: Date; anew: boolean; jobId: string | null },
): Promise<void> {
  await sql`update transfer.batch set state = ${to}, moved_at = ${at}, version = version + 1, failure = null, failing_since = null,
      job_id = ${jobId}, round = round + ${anew ? 1 : 0}
      ${anew ? sql`, precheck = null, arrival_check = null, decision = null, agency_register = null, register = null` : sql``}
    where id = ${id}`.execute(tx);
}

/** The job that carries a batch on now. */
export async function setJob(tx: Tx, id: string, jobId: string): Promise<void> {
  await sql`update transfer.batch set job_id = ${jobId} where id = ${id}`.execute(tx);
}

/** Why the system can not go on with a batch, if it is still where that was tried. */
export async function noteFailure(
  db: Sql,
  { id, state, round }: Pick<Batch, 'id' | 'state' | 'round'>,
  failure: string,
  at: Date,
): Promise<void> {
  await sql`update transfer.batch set failure = ${failure}, failing_since = coalesce(failing_since, ${at})
    where id = ${id} and state = ${state} and round = ${round}`.execute(db);
}

/** What was read off media and is to be looked at; none: it was. */
export async function setMediaUploads(
  tx: Tx,
  id: string,
  o: { uploads: readonly string[]; by: string | null },
): Promise<void> {
  await sql`update transfer.batch set media_uploads = ${o.uploads}::text[], media_by = ${o.by}::uuid where id = ${id}`.execute(
    tx,
  );
}

export type Paper = 'agencyRegister' | 'register' | 'receipt';

/** A signed statement, byte for byte as it is handed out. */
export async function paperOf(db: Sql, id: string, paper: Paper): Promise<string | null> {
  const column = { agencyRegister: sql`agency_register`, register: sql`register`, receipt: sql`receipt` }[
    paper
  ];
  const r = await sql<{
    text: string | null;
  }>`select ${column} as text from transfer.batch where id = ${id}`.execute(db);
  return r.rows[0]?.text ?? null;
}

/** Batches that bear a classification, in these archives, the newest first. */
export async function batchesBlocked(db: Sql, archives: readonly string[]): Promise<Batch[]> {
  const r = await sql<Batch>`select ${COLUMNS} from transfer.batch b
    where b.state in ('blocked', 'removed') and b.archive_id = any(${archives}::uuid[]) order by b.id desc limit 200`.execute(
    db,
  );
  return r.rows;
}

/** The name of what was blocked may itself say too much. */
export async function forgetPackage(tx: Tx, id: string): Promise<void> {
  await sql`update transfer.batch set package_name = null, root = null, uploads = '{}' where id = ${id}`.execute(
    tx,
  );
}

/** Of some batches those that are at an end, or are not there at all: nothing of them is kept in folders. */
export async function endedAmong(db: Sql, ids: readonly string[]): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`select t.id from unnest(${ids}::uuid[]) as t (id) left join transfer.batch b on b.id = t.id
    where b.id is null or b.state in ('accepted', 'withdrawn', 'removed')`.execute(db);
  return r.rows.map((row) => row.id);
}

/**
 * Batches that are not at an end and stand in one of some states or were prepared by somebody, those longest without a move first;
 * the transaction's scope decides which there are.
 */
export async function batchesOpen(
  tx: Tx,
  o: {
    states: readonly BatchState[];
    preparedBy: string | null;
    after: Pick<Batch, 'movedAt' | 'id'> | undefined;
    limit: number;
  },
): Promise<Batch[]> {
  // Cut to milliseconds on both sides, as the cursor is.
  const at = sql`date_trunc('milliseconds', b.moved_at)`;
  const r = await sql<Batch>`select ${COLUMNS} from transfer.batch b
    where b.state not in ('accepted', 'withdrawn', 'blocked', 'removed')
      and (b.state = any(${o.states}) or b.prepared_by = ${o.preparedBy}::uuid)
      and (${o.after?.id ?? null}::uuid is null or (${at}, b.id) > (${o.after?.movedAt ?? null}::timestamptz, ${o.after?.id ?? null}::uuid))
    order by ${at}, b.id limit ${o.limit}`.execute(tx);
  return r.rows;
}

export async function blockedAmong(db: Sql, ids: readonly string[]): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`select id from transfer.batch where id = any(${ids}::uuid[]) and state = 'blocked'`.execute(db);
  return r.rows.map((row) => row.id);
}

/** Batches whose uploads are not needed any more, laid out or at an end, and still noted. */
export async function uploadsLeft(db: Sql, limit: number): Promise<Pick<Batch, 'id' | 'uploads'>[]> {
  const r = await sql<Pick<Batch, 'id' | 'uploads'>>`select id, uploads from transfer.batch
    where uploads <> '{}' and state <> 'prechecking' and (laid or state in ('withdrawn', 'blocked', 'removed'))
    limit ${limit}`.execute(db);
  return r.rows;
}

/** The uploads a batch came as are gone; what was given it meanwhile stays. */
export async function forgetUploads(db: Sql, { id, uploads }: Pick<Batch, 'id' | 'uploads'>): Promise<void> {
  await sql`update transfer.batch set uploads = '{}' where id = ${id} and uploads = ${uploads}::text[]`.execute(
    db,
  );
}
