import { type Sql, sql, type Tx } from '#kernel/db';

export const DISPOSAL_STATES = [
  'proposed',
  'rejected',
  'withdrawn',
  'agreed',
  'condemned',
  'destroying',
  'done',
] as const;
export type DisposalState = (typeof DISPOSAL_STATES)[number];

/** A list of what is to be destroyed, from its proposal on. */
export interface Disposal {
  id: string;
  archiveId: string;
  number: string;
  title: string;
  reason: string;
  basis: string;
  appraisal: string | null;
  approval: string | null;
  state: DisposalState;
  unitCount: number;
  fileCount: number;
  byteCount: number;
  proposedBy: string;
  proposedByName: string;
  proposedFor: string[];
  proposedAt: Date;
  closedReason: string | null;
  jobId: string | null;
  orderedAt: Date | null;
  doneAt: Date | null;
}

export interface Voice {
  personId: string;
  personName: string;
  stoodFor: string[];
  decision: 'agreed' | 'refused';
  note: string | null;
  at: Date;
}

const COLUMNS = sql`d.id, d.archive_id as "archiveId", d.number, d.title, d.reason, d.basis, d.appraisal, d.approval, d.state,
  d.unit_count as "unitCount", d.file_count::float8 as "fileCount", d.byte_count::float8 as "byteCount",
  d.proposed_by as "proposedBy", d.proposed_by_name as "proposedByName", d.proposed_for as "proposedFor",
  d.proposed_at as "proposedAt", d.closed_reason as "closedReason", d.job_id as "jobId", d.ordered_at as "orderedAt",
  d.done_at as "doneAt"`;

export type NewDisposal = Pick<
  Disposal,
  | 'id'
  | 'archiveId'
  | 'number'
  | 'title'
  | 'reason'
  | 'basis'
  | 'appraisal'
  | 'approval'
  | 'unitCount'
  | 'fileCount'
  | 'byteCount'
  | 'proposedBy'
  | 'proposedByName'
  | 'proposedFor'
  | 'proposedAt'
>;

export async function insertDisposal(tx: Tx, d: NewDisposal): Promise<void> {
  await sql`insert into preservation.disposal (id, archive_id, number, title, reason, basis, appraisal, approval, unit_count,
      file_count, byte_count, proposed_by, proposed_by_name, proposed_for, proposed_at)
    values (${d.id}, ${d.archiveId}, ${d.number}, ${d.title}, ${d.reason}, ${d.basis}, ${d.appraisal}, ${d.approval},
      ${d.unitCount}, ${d.fileCount}, ${d.byteCount}, ${d.proposedBy}, ${d.proposedByName}, ${d.proposedFor}::uuid[],
      ${d.proposedAt})`.execute(tx);
}

/** The next running number of an archive and year; the row's lock is held until the transaction ends. */
export async function nextDisposalNumber(tx: Tx, archiveId: string, year: number): Promise<number> {
  const r = await sql<{ last: number }>`insert into preservation.disposal_counter (archive_id, year, last)
    values (${archiveId}, ${year}, 1) on conflict (archive_id, year)
    do update set last = preservation.disposal_counter.last + 1 returning last`.execute(tx);
  return r.rows[0]!.last;
}

export async function disposalById(tx: Sql, id: string, lock = false): Promise<Disposal | undefined> {
  const r = await sql<Disposal>`select ${COLUMNS} from preservation.disposal d where d.id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return r.rows[0];
}

export async function disposalPage(
  tx: Tx,
  o: { archiveId?: string | undefined; state?: string | undefined; before?: string; limit: number },
): Promise<Disposal[]> {
  const r = await sql<Disposal>`select ${COLUMNS} from preservation.disposal d
    where (${o.archiveId ?? null}::uuid is null or d.archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.state ?? null}::text is null or d.state = ${o.state ?? null})
      and (${o.before ?? null}::uuid is null or d.id < ${o.before ?? null}::uuid)
    order by d.id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** Lists somebody has still to decide, in these archives, the newest first. */
export async function waitingDisposals(
  tx: Tx,
  archives: readonly string[],
  limit: number,
): Promise<Disposal[]> {
  const r = await sql<Disposal>`select ${COLUMNS} from preservation.disposal d
    where d.state = 'proposed' and d.archive_id = any(${archives}::uuid[]) order by d.id desc limit ${limit}`.execute(
    tx,
  );
  return r.rows;
}

/** Lists whose carrying out is not at its end. */
export async function unfinishedDisposals(
  on: Sql,
): Promise<{ id: string; archiveId: string; number: string }[]> {
  const r = await sql<{
    id: string;
    archiveId: string;
    number: string;
  }>`select id, archive_id as "archiveId", number
    from preservation.disposal where state in ('agreed', 'condemned', 'destroying') order by id`.execute(on);
  return r.rows;
}

export async function setDisposalState(
  tx: Sql,
  id: string,
  state: DisposalState,
  o: {
    jobId?: string;
    closedReason?: string;
    orderedAt?: Date;
    doneAt?: Date;
    certificate?: string;
  } = {},
): Promise<void> {
  await sql`update preservation.disposal set state = ${state}, job_id = coalesce(${o.jobId ?? null}::uuid, job_id),
      closed_reason = coalesce(${o.closedReason ?? null}, closed_reason),
      ordered_at = coalesce(${o.orderedAt ?? null}::timestamptz, ordered_at),
      done_at = coalesce(${o.doneAt ?? null}::timestamptz, done_at),
      certificate = coalesce(${o.certificate ?? null}, certificate)
    where id = ${id}`.execute(tx);
}

export async function certificateOf(tx: Sql, id: string): Promise<string | null> {
  const r = await sql<{
    certificate: string | null;
  }>`select certificate from preservation.disposal where id = ${id}`.execute(tx);
  return r.rows[0]?.certificate ?? null;
}

export async function insertVoice(tx: Tx, d: Pick<Disposal, 'id' | 'archiveId'>, v: Voice): Promise<void> {
  await sql`insert into preservation.disposal_voice (disposal_id, archive_id, person_id, person_name, stood_for, decision, note, at)
    values (${d.id}, ${d.archiveId}, ${v.personId}, ${v.personName}, ${v.stoodFor}::uuid[], ${v.decision}, ${v.note},
      ${v.at})`.execute(tx);
}

/** Voices of lists, in the order they were given. */
export async function voicesOf(tx: Sql, ids: readonly string[]): Promise<Map<string, Voice[]>> {
  const r = await sql<
    Voice & { disposalId: string }
  >`select disposal_id as "disposalId", person_id as "personId",
      person_name as "personName", stood_for as "stoodFor", decision, note, at
    from preservation.disposal_voice where disposal_id = any(${ids}::uuid[]) order by at, person_id`.execute(
    tx,
  );
  const by = new Map<string, Voice[]>(ids.map((id) => [id, []]));
  for (const { disposalId, ...voice } of r.rows) by.get(disposalId)?.push(voice);
  return by;
}
