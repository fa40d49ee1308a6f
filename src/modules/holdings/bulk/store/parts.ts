import { type Sql, sql, type Tx } from '#kernel/db';
import type { UnitFilter } from '../../store/unitList.ts';
import type { Sorting } from '../../table/sorting.ts';
import { orderOf } from '../../table/store/order.ts';
import { allOf, whereOf } from '../../table/store/where.ts';

export interface BulkEdit {
  id: string;
  archiveId: string;
  acts: unknown;
  selection: unknown;
  begunByName: string;
  begunAt: Date;
  chosen: number | null;
  jobId: string | null;
  finishedAt: Date | null;
}

const EDIT = sql`e.id, e.archive_id as "archiveId", e.acts, e.selection, e.begun_by_name as "begunByName", e.begun_at as "begunAt",
  e.chosen, e.job_id as "jobId", e.finished_at as "finishedAt"`;

export async function insertEdit(
  tx: Tx,
  e: {
    id: string;
    archiveId: string;
    acts: unknown;
    selection: unknown;
    begunBy: string | null;
    begunByName: string;
    begunAt: Date;
  },
): Promise<void> {
  await sql`insert into holdings.bulk_edit (id, archive_id, acts, selection, begun_by, begun_by_name, begun_at)
    values (${e.id}, ${e.archiveId}, ${JSON.stringify(e.acts)}::jsonb, ${JSON.stringify(e.selection)}::jsonb, ${e.begunBy},
      ${e.begunByName}, ${e.begunAt})`.execute(tx);
}

export async function noteJob(tx: Tx, id: string, jobId: string): Promise<void> {
  await sql`update holdings.bulk_edit set job_id = ${jobId} where id = ${id}`.execute(tx);
}

export async function editById(on: Sql, id: string): Promise<BulkEdit | undefined> {
  return (await sql<BulkEdit>`select ${EDIT} from holdings.bulk_edit e where e.id = ${id}`.execute(on))
    .rows[0];
}

/** Locked, so that two processes with one job choose once. */
export async function lockEdit(tx: Tx, id: string): Promise<BulkEdit | undefined> {
  return (
    await sql<BulkEdit>`select ${EDIT} from holdings.bulk_edit e where e.id = ${id} for update`.execute(tx)
  ).rows[0];
}

/** Fewer parts leave no room beside entries; fewer entries than a handful are not worth a part. */
const DEALT = 20;
const HANDFUL = 250;

/**
 * Writes down which entries are chosen, in their order: all that fit at this moment, in one statement, so of one state. What
 * becomes of them later does not change the choice. They are dealt out to the parts in turn: of entries that lie together in storage
 * each transaction changes some, so that there is room beside them for their new state, and room again for the next ones'.
 *
 * @param size entries of a part, at most
 * @returns how many
 */
export async function choose(
  tx: Tx,
  e: { id: string; archiveId: string },
  filter: UnitFilter,
  sorting: Sorting,
  size: number,
): Promise<number> {
  const w = whereOf(filter);
  const { value, descending } = orderOf(sorting, filter);
  const way = sql.raw(descending ? 'desc' : 'asc');
  const r = await sql<{ n: number }>`with numbered as (
        select u.id, row_number() over (order by ${value} ${way} nulls last, u.id ${way}) - 1 as nth
        from holdings.unit u where ${allOf(w)}),
    chosen as (
      select id, nth, (nth % parts.n)::int as part
      from numbered, (select greatest(1, ceil(count(*)::float8 / ${size}), least(${DEALT}, ceil(count(*)::float8 / ${HANDFUL})))::int as n
        from numbered) parts),
    parts as (
      insert into holdings.bulk_edit_part (edit_id, archive_id, part, unit_ids)
      select ${e.id}::uuid, ${e.archiveId}::uuid, part, array_agg(id order by nth) from chosen group by part
      returning cardinality(unit_ids) as n)
    select coalesce(sum(n), 0)::int as n from parts`.execute(tx);
  const n = r.rows[0]!.n;
  await sql`update holdings.bulk_edit set chosen = ${n} where id = ${e.id}`.execute(tx);
  return n;
}

export interface Part {
  part: number;
  /** How many parts there are: the ith of this one stands at i times `of` and `part` more in the choice. */
  of: number;
  ids: string[];
}

/** Numbers of the parts that are to be done. */
export async function openParts(on: Sql, editId: string): Promise<number[]> {
  const r = await sql<{ part: number }>`select part from holdings.bulk_edit_part
    where edit_id = ${editId} and not done order by part`.execute(on);
  return r.rows.map((x) => x.part);
}

/** A part, locked; undefined where it was done meanwhile. */
export async function lockPart(tx: Tx, editId: string, part: number): Promise<Part | undefined> {
  const r = await sql<Part>`select part, unit_ids as ids,
      (select count(*)::int from holdings.bulk_edit_part where edit_id = ${editId}) as "of" from holdings.bulk_edit_part
    where edit_id = ${editId} and part = ${part} and not done for update`.execute(tx);
  return r.rows[0];
}

export interface Skipped {
  unitId: string;
  code: string;
  field: string | null;
  message: string;
}

export interface Outcome {
  changed: number;
  unchanged: number;
  /** How many were left out, by code. */
  skipped: Record<string, number>;
  /** The first of them. */
  samples: Skipped[];
}

export async function closePart(tx: Tx, editId: string, part: number, o: Outcome): Promise<void> {
  await sql`update holdings.bulk_edit_part set done = true, changed = ${o.changed}, unchanged = ${o.unchanged},
      skipped = ${JSON.stringify(o.skipped)}::jsonb, samples = ${JSON.stringify(o.samples)}::jsonb
    where edit_id = ${editId} and part = ${part}`.execute(tx);
}

/** What was done so far. */
export async function outcomeOf(on: Sql, editId: string): Promise<Outcome> {
  const r =
    await sql<Outcome>`select coalesce(sum(p.changed), 0)::int as changed, coalesce(sum(p.unchanged), 0)::int as unchanged,
      coalesce((select jsonb_object_agg(s.code, s.n) from (
        select k.key as code, sum(k.value::int) as n from holdings.bulk_edit_part x, jsonb_each_text(x.skipped) k
        where x.edit_id = ${editId} group by 1) s), '{}') as skipped,
      coalesce((select jsonb_agg(s.sample) from (
        select sample from holdings.bulk_edit_part x, jsonb_array_elements(x.samples) as sample
        where x.edit_id = ${editId} order by x.part limit 200) s), '[]') as samples
    from holdings.bulk_edit_part p where p.edit_id = ${editId} and p.done`.execute(on);
  return r.rows[0]!;
}

/** All parts are done: which entries were chosen is kept no longer, what was done is in the history. */
export async function finishEdit(tx: Tx, id: string, at: Date): Promise<void> {
  await sql`update holdings.bulk_edit set finished_at = ${at} where id = ${id}`.execute(tx);
  await sql`update holdings.bulk_edit_part set unit_ids = '{}' where edit_id = ${id}`.execute(tx);
}
