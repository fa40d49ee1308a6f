import { type Sql, sql, type Tx } from '#kernel/db';
import type { MediumKind } from '../domain/due.ts';

/** What a plan is of, where it is not of all: one fonds, or years of formation, both included. */
export interface PlanChoice {
  fondsId: string | null;
  yearFrom: number | null;
  yearTo: number | null;
}

export type PlanState = 'planning' | 'planned' | 'givenUp';

export interface MediaPlan extends PlanChoice {
  id: string;
  archiveId: string;
  number: string;
  title: string;
  kind: MediumKind;
  mediumBytes: number;
  state: PlanState;
  jobId: string | null;
  objects: number;
  bytes: number;
  /** Media of one set. */
  media: number;
  tooLarge: number;
  madeBy: string;
  madeAt: Date;
}

const COLUMNS = sql`id, archive_id as "archiveId", number, title, kind, medium_bytes::float8 as "mediumBytes", state,
  job_id as "jobId", objects, bytes::float8 as bytes, media, too_large as "tooLarge", made_by as "madeBy", made_at as "madeAt",
  fonds_id as "fondsId", year_from as "yearFrom", year_to as "yearTo"`;

export async function insertPlan(
  tx: Tx,
  p: Pick<
    MediaPlan,
    | 'id'
    | 'archiveId'
    | 'number'
    | 'title'
    | 'kind'
    | 'mediumBytes'
    | 'jobId'
    | 'madeBy'
    | 'madeAt'
    | keyof PlanChoice
  >,
): Promise<void> {
  await sql`insert into preservation.media_plan (id, archive_id, number, title, kind, medium_bytes, job_id, made_by, made_at,
      fonds_id, year_from, year_to)
    values (${p.id}, ${p.archiveId}, ${p.number}, ${p.title}, ${p.kind}, ${p.mediumBytes}, ${p.jobId}, ${p.madeBy}, ${p.madeAt},
      ${p.fondsId}, ${p.yearFrom}, ${p.yearTo})`.execute(tx);
}

export async function nextPlanNumber(tx: Tx, archiveId: string, year: number): Promise<number> {
  const r = await sql<{ last: number }>`insert into preservation.media_counter (archive_id, year, last)
    values (${archiveId}, ${year}, 1) on conflict (archive_id, year)
    do update set last = preservation.media_counter.last + 1 returning last`.execute(tx);
  return r.rows[0]!.last;
}

export async function planById(tx: Sql, id: string, lock = false): Promise<MediaPlan | undefined> {
  const r = await sql<MediaPlan>`select ${COLUMNS} from preservation.media_plan where id = ${id}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return r.rows[0];
}

export async function planPage(
  tx: Tx,
  o: { archiveId?: string | undefined; before?: string; limit: number },
): Promise<MediaPlan[]> {
  const r = await sql<MediaPlan>`select ${COLUMNS} from preservation.media_plan
    where (${o.archiveId ?? null}::uuid is null or archive_id = ${o.archiveId ?? null}::uuid)
      and (${o.before ?? null}::uuid is null or id < ${o.before ?? null}::uuid)
    order by id desc limit ${o.limit}`.execute(tx);
  return r.rows;
}

export async function closePlan(
  tx: Sql,
  p: Pick<MediaPlan, 'id' | 'state' | 'objects' | 'bytes' | 'media' | 'tooLarge'>,
): Promise<void> {
  await sql`update preservation.media_plan set state = ${p.state}, objects = ${p.objects}, bytes = ${p.bytes}, media = ${p.media},
    too_large = ${p.tooLarge} where id = ${p.id}`.execute(tx);
}

export interface PlanCandidate {
  objectId: string;
  unitId: string | null;
  head: string;
  inventoryDigest: string;
  /** Bytes of its content files, as the database counts them. */
  contentBytes: number;
}

/**
 * Objects of an archive, and those of the whole house, that no living medium holds as they are now; in the order of their
 * ids, behind one.
 */
export async function notOnMedia(
  on: Sql,
  archiveId: string,
  o: { planId: string | null; after: string; limit: number },
): Promise<PlanCandidate[]> {
  const r =
    await sql<PlanCandidate>`select o.object_id as "objectId", o.unit_id as "unitId", o.head, o.inventory_digest as "inventoryDigest",
      o.bytes::float8 as "contentBytes"
    from preservation.object o
    where (o.archive_id = ${archiveId} or o.archive_id is null) and o.object_id > ${o.after}
      and o.head is not null and o.inventory_digest is not null
      and not exists (select from preservation.media_object m join preservation.media_plan p on p.id = m.plan_id
        where m.object_id = o.object_id and m.inventory_digest = o.inventory_digest and p.archive_id = ${archiveId}
          and p.state <> 'givenUp' and p.id is distinct from ${o.planId}::uuid and m.medium_no is not null
          and exists (select from preservation.medium d where d.plan_id = m.plan_id and d.medium_no = m.medium_no
            and d.state in ('planned', 'writing', 'written', 'inPlace', 'replaced')
            and not exists (select from preservation.medium_loss l where l.medium_id = d.id and l.object_id = m.object_id)))
    order by o.object_id limit ${o.limit}`.execute(on);
  return r.rows;
}

export interface PlannedObject extends Omit<PlanCandidate, 'contentBytes'> {
  files: number;
  bytes: number;
  mediumNo: number | null;
}

/** Empties a plan that was being packed when its process was killed. */
export async function emptyPlan(tx: Sql, planId: string): Promise<void> {
  await sql`delete from preservation.media_object where plan_id = ${planId}`.execute(tx);
}

export async function insertPlanned(
  tx: Sql,
  plan: Pick<MediaPlan, 'id' | 'archiveId'>,
  list: readonly PlannedObject[],
): Promise<void> {
  if (list.length === 0) return;
  const column = <K extends keyof PlannedObject>(key: K) => list.map((o) => o[key]);
  await sql`insert into preservation.media_object (plan_id, archive_id, object_id, unit_id, head, inventory_digest, files, bytes, medium_no)
    select ${plan.id}::uuid, ${plan.archiveId}::uuid, * from unnest(${column('objectId')}::text[], ${column('unitId')}::uuid[],
      ${column('head')}::text[], ${column('inventoryDigest')}::text[], ${column('files')}::int[], ${column('bytes')}::bigint[],
      ${column('mediumNo')}::int[])`.execute(tx);
}

const PLANNED = sql`object_id as "objectId", unit_id as "unitId", head, inventory_digest as "inventoryDigest", files,
  bytes::float8 as bytes, medium_no as "mediumNo"`;

/** Objects of a medium of a plan in order; of all of it, or those too large, where asked so. */
export async function plannedPage(
  tx: Sql,
  planId: string,
  o: { medium?: number | 'tooLarge' | undefined; after?: string | undefined; limit: number },
): Promise<PlannedObject[]> {
  const where =
    o.medium === undefined
      ? sql``
      : o.medium === 'tooLarge'
        ? sql`and medium_no is null`
        : sql`and medium_no = ${o.medium}`;
  const r = await sql<PlannedObject>`select ${PLANNED} from preservation.media_object
    where plan_id = ${planId} ${where} and object_id > ${o.after ?? ''} order by object_id limit ${o.limit}`.execute(
    tx,
  );
  return r.rows;
}

/** What each medium of a plan holds. */
export async function mediaOfPlan(
  tx: Sql,
  planId: string,
): Promise<{ mediumNo: number; objects: number; bytes: number }[]> {
  const r = await sql<{
    mediumNo: number;
    objects: number;
    bytes: number;
  }>`select medium_no as "mediumNo", count(*)::int as objects,
      sum(bytes)::float8 as bytes from preservation.media_object
    where plan_id = ${planId} and medium_no is not null group by medium_no order by medium_no`.execute(tx);
  return r.rows;
}
