import { type Sql, sql, type Tx } from '#kernel/db';
import type { Answer, ItemResult, RuleFinding } from '../domain/result.ts';
import type { Slug } from '../rules/slugs.ts';

/** PostgreSQL keeps no NUL in text, and none of half a character. */
const storable = (text: string) => text.replaceAll('\0', '\ufffd').toWellFormed();
const json = (value: unknown) =>
  JSON.stringify(value, (_, v) => (typeof v === 'string' ? storable(v) : v)) ?? 'null';
const TOGETHER = 500;

export async function insertResults(tx: Tx, runId: string, results: readonly ItemResult[]): Promise<void> {
  for (const { findings, ...r } of results) {
    await sql`insert into checks.result (run_id, slug, state, reason, judged, faults, notes, memo)
      values (${runId}, ${r.slug}, ${r.state}, ${r.reason === null ? null : json(r.reason)}::jsonb, ${r.judged}, ${r.faults}, ${r.notes},
        ${json(r.memo)}::jsonb)`.execute(tx);
    for (let at = 0; at < findings.length; at += TOGETHER) {
      const some = findings.slice(at, at + TOGETHER);
      await sql`insert into checks.finding (run_id, slug, seq, note, object, path, message, detail)
        select ${runId}, ${r.slug}, (f->>'seq')::int, (f->>'note')::boolean, f->>'object', f->>'path', f->>'message', f->'detail'
        from jsonb_array_elements(${json(some.map((f, i) => ({ ...f, seq: at + i })))}::jsonb) f`.execute(tx);
    }
  }
}

export type ResultRow = Omit<ItemResult, 'findings'>;

export async function resultsOf(db: Sql, runId: string): Promise<Map<Slug, ResultRow>> {
  const r = await sql<ResultRow>`select slug, state, reason, judged, faults, notes, memo from checks.result
    where run_id = ${runId}`.execute(db);
  return new Map(r.rows.map((row) => [row.slug, row]));
}

export interface FindingRow extends RuleFinding {
  readonly slug: Slug;
  readonly seq: number;
}

export async function findingPage(
  db: Sql,
  o: { runId: string; slug: string; after: number; limit: number },
): Promise<FindingRow[]> {
  const r = await sql<FindingRow>`select slug, seq, note, object, path, message, detail from checks.finding
    where run_id = ${o.runId} and slug = ${o.slug} and seq > ${o.after} order by seq limit ${o.limit}`.execute(
    db,
  );
  return r.rows;
}

/** Everything that was kept of what a run found. */
export async function findingsOfRun(db: Sql, runId: string): Promise<FindingRow[]> {
  const r = await sql<FindingRow>`select slug, seq, note, object, path, message, detail from checks.finding
    where run_id = ${runId} order by slug, seq`.execute(db);
  return r.rows;
}

/** What the newest check that found anything of an object found of it, since a time. */
export async function lastAbout(
  on: Sql,
  o: { agencyId: string; abouts: readonly string[]; object: string; since: Date },
): Promise<(FindingRow & { runId: string; at: Date })[]> {
  const r = await sql<FindingRow & { runId: string; at: Date }>`with found as (
      select f.*, r.finished_at, max(r.id::text) over () as newest from checks.run r join checks.finding f on f.run_id = r.id
      where r.agency_id = ${o.agencyId} and r.about = any(${o.abouts}::text[]) and r.state = 'done' and r.created_at >= ${o.since}
        and f.object = ${o.object})
    select run_id as "runId", finished_at as at, slug, seq, note, object, path, message, detail from found
    where run_id::text = newest order by slug, seq limit 100`.execute(on);
  return r.rows;
}

export interface AnswerRow extends Answer {
  readonly slug: Slug;
  readonly byId: string | null;
  readonly byName: string;
  readonly at: Date;
}

/** The last of each item. */
export async function answersOf(db: Sql, runId: string): Promise<Map<Slug, AnswerRow>> {
  const r =
    await sql<AnswerRow>`select distinct on (slug) slug, verdict, reason, by_id as "byId", by_name as "byName", at
    from checks.answer where run_id = ${runId} order by slug, id desc`.execute(db);
  return new Map(r.rows.map((row) => [row.slug, row]));
}

export async function insertAnswer(tx: Tx, a: AnswerRow & { id: string; runId: string }): Promise<void> {
  await sql`insert into checks.answer (id, run_id, slug, verdict, reason, by_id, by_name, at)
    values (${a.id}, ${a.runId}, ${a.slug}, ${a.verdict}, ${storable(a.reason)}, ${a.byId}, ${a.byName}, ${a.at})`.execute(
    tx,
  );
}
