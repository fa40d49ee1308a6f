import { type Sql, sql, type Tx } from '#kernel/db';
import type { MediumKind, TestedMedium } from '../domain/due.ts';

export const MEDIUM_STATES = [
  'planned',
  'writing',
  'written',
  'inPlace',
  'replaced',
  'withdrawn',
  'destroyed',
] as const;
export type MediumState = (typeof MEDIUM_STATES)[number];
export const CONDITIONS = ['unknown', 'good', 'worn', 'damaged'] as const;
export type MediumCondition = (typeof CONDITIONS)[number];

/** One medium of a set. */
export interface Medium {
  id: string;
  planId: string;
  archiveId: string;
  number: string;
  purpose: string;
  mediumNo: number;
  kind: MediumKind;
  state: MediumState;
  condition: MediumCondition;
  place: string | null;
  objects: number;
  bytes: number;
  files: number | null;
  manifestSha512: string | null;
  writtenAt: Date | null;
  writtenBy: string | null;
  jobId: string | null;
  trouble: string | null;
  testedAt: Date | null;
  testOutcome: 'passed' | 'failed' | null;
  replaces: string | null;
  keepUntil: string | null;
  endedReason: string | null;
}

const COLUMNS = sql`id, plan_id as "planId", archive_id as "archiveId", number, purpose, medium_no as "mediumNo", kind, state,
  condition, place, objects, bytes::float8 as bytes, files, manifest_sha512 as "manifestSha512", written_at as "writtenAt",
  written_by as "writtenBy", job_id as "jobId", trouble, tested_at as "testedAt", test_outcome as "testOutcome", replaces,
  keep_until as "keepUntil", ended_reason as "endedReason"`;

export type NewMedium = Pick<
  Medium,
  | 'id'
  | 'planId'
  | 'archiveId'
  | 'number'
  | 'purpose'
  | 'mediumNo'
  | 'kind'
  | 'objects'
  | 'bytes'
  | 'replaces'
>;

export async function insertMedia(tx: Sql, list: readonly NewMedium[]): Promise<void> {
  if (list.length === 0) return;
  const column = <K extends keyof NewMedium>(key: K) => list.map((m) => m[key]);
  await sql`insert into preservation.medium (id, plan_id, archive_id, number, purpose, medium_no, kind, objects, bytes, replaces)
    select * from unnest(${column('id')}::uuid[], ${column('planId')}::uuid[], ${column('archiveId')}::uuid[], ${column('number')}::text[],
      ${column('purpose')}::text[], ${column('mediumNo')}::int[], ${column('kind')}::text[], ${column('objects')}::int[],
      ${column('bytes')}::bigint[], ${column('replaces')}::uuid[]) on conflict (number) do nothing`.execute(
    tx,
  );
}

export async function mediumById(tx: Sql, id: string, lock = false): Promise<Medium | undefined> {
  const r = await sql<Medium>`select ${COLUMNS} from preservation.medium where id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return r.rows[0];
}

export async function mediumPage(
  tx: Tx,
  o: {
    archiveId?: string | undefined;
    planId?: string | undefined;
    state?: string | undefined;
    purpose?: string | undefined;
    after?: string;
    limit: number;
  },
): Promise<Medium[]> {
  const r = await sql<Medium>`select ${COLUMNS} from preservation.medium
    where (${o.archiveId ?? null}::uuid is null or archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.planId ?? null}::uuid is null or plan_id = ${o.planId ?? null}::uuid)
      and (${o.state ?? null}::text is null or state = ${o.state ?? null})
      and (${o.purpose ?? null}::text is null or purpose = ${o.purpose ?? null})
      and number > ${o.after ?? ''} order by number limit ${o.limit}`.execute(tx);
  return r.rows;
}

/** Writes what changed of a medium; what is not named stays. */
export async function changeMedium(
  tx: Sql,
  id: string,
  to: Partial<
    Pick<
      Medium,
      | 'state'
      | 'condition'
      | 'place'
      | 'files'
      | 'manifestSha512'
      | 'writtenAt'
      | 'writtenBy'
      | 'jobId'
      | 'testedAt'
      | 'testOutcome'
      | 'keepUntil'
      | 'endedReason'
    >
  > & { trouble?: string | null },
): Promise<void> {
  const value = (v: unknown) => v ?? null;
  await sql`update preservation.medium set state = coalesce(${value(to.state)}, state),
      condition = coalesce(${value(to.condition)}, condition), place = coalesce(${value(to.place)}, place),
      files = coalesce(${value(to.files)}::int, files), manifest_sha512 = coalesce(${value(to.manifestSha512)}, manifest_sha512),
      written_at = coalesce(${value(to.writtenAt)}::timestamptz, written_at), written_by = coalesce(${value(to.writtenBy)}, written_by),
      job_id = coalesce(${value(to.jobId)}::uuid, job_id), tested_at = coalesce(${value(to.testedAt)}::timestamptz, tested_at),
      test_outcome = coalesce(${value(to.testOutcome)}, test_outcome), keep_until = coalesce(${value(to.keepUntil)}::date, keep_until),
      ended_reason = coalesce(${value(to.endedReason)}, ended_reason),
      trouble = case when ${to.trouble !== undefined} then ${value(to.trouble)} else trouble end
    where id = ${id}`.execute(tx);
}

export interface MediumMove {
  id: string;
  at: Date;
  byName: string;
  fromPlace: string | null;
  toPlace: string;
  reason: string;
}

export async function insertMove(
  tx: Tx,
  medium: Pick<Medium, 'id' | 'archiveId'>,
  m: MediumMove,
): Promise<void> {
  await sql`insert into preservation.medium_move (id, medium_id, archive_id, at, by_name, from_place, to_place, reason)
    values (${m.id}, ${medium.id}, ${medium.archiveId}, ${m.at}, ${m.byName}, ${m.fromPlace}, ${m.toPlace}, ${m.reason})`.execute(
    tx,
  );
}

/** Where a medium was and went, the newest first; people move a medium a handful of times in its life. */
export async function movesOf(tx: Sql, mediumId: string): Promise<MediumMove[]> {
  const r =
    await sql<MediumMove>`select id, at, by_name as "byName", from_place as "fromPlace", to_place as "toPlace", reason
    from preservation.medium_move where medium_id = ${mediumId} order by at desc, id desc limit 200`.execute(
      tx,
    );
  return r.rows;
}

export interface MediumTest {
  id: string;
  at: Date;
  byName: string;
  scope: 'sample' | 'all';
  seed: string;
  files: number;
  bytes: number;
  bad: number;
  outcome: 'passed' | 'failed';
  findings: { path: string; code: string }[];
}

export async function insertTest(
  tx: Sql,
  medium: Pick<Medium, 'id' | 'archiveId'>,
  t: MediumTest,
): Promise<void> {
  await sql`insert into preservation.medium_test (id, medium_id, archive_id, at, by_name, scope, seed, files, bytes, bad, outcome, findings)
    values (${t.id}, ${medium.id}, ${medium.archiveId}, ${t.at}, ${t.byName}, ${t.scope}, ${t.seed}, ${t.files}, ${t.bytes}, ${t.bad},
      ${t.outcome}, ${JSON.stringify(t.findings)}::jsonb)`.execute(tx);
}

export async function testsOf(tx: Sql, mediumId: string): Promise<MediumTest[]> {
  const r =
    await sql<MediumTest>`select id, at, by_name as "byName", scope, seed, files, bytes::float8 as bytes, bad, outcome, findings
    from preservation.medium_test where medium_id = ${mediumId} order by at desc, id desc limit 200`.execute(
      tx,
    );
  return r.rows;
}

/** Objects a medium has lost. Those it holds again, being written anew, it is not asked about. */
export async function insertLosses(
  tx: Sql,
  medium: Pick<Medium, 'id' | 'archiveId'>,
  testId: string,
  objectIds: readonly string[],
): Promise<void> {
  await sql`insert into preservation.medium_loss (medium_id, object_id, archive_id, test_id)
    select ${medium.id}, x, ${medium.archiveId}, ${testId} from unnest(${objectIds}::text[]) x on conflict do nothing`.execute(
    tx,
  );
}

export async function lossesOf(tx: Sql, mediumId: string, after: string, limit: number): Promise<string[]> {
  const r = await sql<{ id: string }>`select object_id as id from preservation.medium_loss
    where medium_id = ${mediumId} and object_id > ${after} order by object_id limit ${limit}`.execute(tx);
  return r.rows.map((x) => x.id);
}

/** Media that are kept and could be tested. */
export async function testedMedia(tx: Sql, archiveId: string): Promise<TestedMedium[]> {
  const r =
    await sql<TestedMedium>`select id, number, kind, plan_id as "planId", written_at as "writtenAt", tested_at as "testedAt",
      test_outcome as "testOutcome" from preservation.medium
    where archive_id = ${archiveId} and state in ('written', 'inPlace', 'replaced') and written_at is not null
    order by number`.execute(tx);
  return r.rows;
}

/** A medium that holds an object, at some version of it. */
export interface Holding {
  id: string;
  objectId: string;
  number: string;
  purpose: string;
  kind: MediumKind;
  state: MediumState;
  place: string | null;
  head: string;
  /** The version on it is the newest. */
  current: boolean;
}

/** Media that are not destroyed and hold some of these objects, whatever the version. */
export async function mediaHolding(tx: Sql, objectIds: readonly string[]): Promise<Holding[]> {
  const r =
    await sql<Holding>`select d.id, m.object_id as "objectId", d.number, d.purpose, d.kind, d.state, d.place, m.head,
      coalesce(o.inventory_digest = m.inventory_digest, false)
        and not exists (select from preservation.medium_loss l where l.medium_id = d.id and l.object_id = m.object_id) as current
    from preservation.media_object m
    join preservation.medium d on d.plan_id = m.plan_id and d.medium_no = m.medium_no
    left join preservation.object o on o.object_id = m.object_id
    where m.object_id = any(${objectIds}::text[]) and d.state in ('writing', 'written', 'inPlace', 'replaced', 'withdrawn')
    order by d.number`.execute(tx);
  return r.rows;
}

export interface MediaFigures {
  media: number;
  inPlace: number;
  bytes: number;
  failed: number;
}

export async function mediaFigures(tx: Sql, archiveId: string): Promise<MediaFigures> {
  const r =
    await sql<MediaFigures>`select count(*)::int as media, (count(*) filter (where state = 'inPlace'))::int as "inPlace",
      coalesce(sum(bytes), 0)::float8 as bytes, (count(*) filter (where test_outcome = 'failed'))::int as failed
    from preservation.medium where archive_id = ${archiveId} and state in ('written', 'inPlace', 'replaced')`.execute(
      tx,
    );
  return r.rows[0]!;
}
