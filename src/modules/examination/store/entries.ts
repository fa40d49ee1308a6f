import type { Inside } from '#formats/inside';
import type { Match } from '#formats/pronom';
import { type Sql, sql, type Tx } from '#kernel/db';
import { storable, storableJson } from './storable.ts';

export interface NewEntry {
  seq: number;
  parent: number;
  name: string;
  path: string;
  kind: 'file' | 'folder';
  bytes: number;
  /** Null for folders, and for files that were not identified. */
  matches: readonly Match[] | null;
  notIdentified: string | null;
}

export interface Entry extends NewEntry {
  errors: number;
  warnings: number;
  errorsBelow: number;
  warningsBelow: number;
  children: number;
}

export async function insertEntries(
  tx: Tx,
  examinationId: string,
  entries: readonly NewEntry[],
): Promise<void> {
  await sql`insert into examination.entry (examination_id, seq, parent, name, path, kind, bytes, matches, not_identified)
    select ${examinationId}, * from unnest(${entries.map((e) => e.seq)}::int[], ${entries.map((e) => e.parent)}::int[],
      ${entries.map((e) => storable(e.name))}::text[], ${entries.map((e) => storable(e.path))}::text[],
      ${entries.map((e) => e.kind)}::text[], ${entries.map((e) => e.bytes)}::bigint[],
      ${entries.map((e) => (e.matches === null ? null : storableJson(e.matches)))}::jsonb[],
      ${entries.map((e) => e.notIdentified)}::text[])`.execute(tx);
}

export interface Mark {
  seq: number;
  errors: number;
  warnings: number;
  errorsBelow: number;
  warningsBelow: number;
}

export async function markEntries(tx: Tx, examinationId: string, marks: readonly Mark[]): Promise<void> {
  await sql`update examination.entry e set errors = m.errors, warnings = m.warnings, errors_below = m.errors_below,
      warnings_below = m.warnings_below
    from unnest(${marks.map((m) => m.seq)}::int[], ${marks.map((m) => m.errors)}::int[],
      ${marks.map((m) => m.warnings)}::int[], ${marks.map((m) => m.errorsBelow)}::int[],
      ${marks.map((m) => m.warningsBelow)}::int[]) as m (seq, errors, warnings, errors_below, warnings_below)
    where e.examination_id = ${examinationId} and e.seq = m.seq`.execute(tx);
}

const ENTRY = sql`e.seq, e.parent, e.name, e.path, e.kind, e.bytes::float8 as bytes, e.matches,
  e.not_identified as "notIdentified", e.errors, e.warnings, e.errors_below as "errorsBelow",
  e.warnings_below as "warningsBelow", (select count(*)::int from examination.entry c
    where c.examination_id = e.examination_id and c.parent = e.seq) as children`;

/** What lies directly in a folder, in the order of the package. */
export async function entryPage(
  db: Sql,
  o: { examinationId: string; parent: number; after: number; limit: number },
): Promise<Entry[]> {
  const r =
    await sql<Entry>`select ${ENTRY} from examination.entry e where e.examination_id = ${o.examinationId}
    and e.parent = ${o.parent} and e.seq > ${o.after} order by e.seq limit ${o.limit}`.execute(db);
  return r.rows;
}

export async function entryBySeq(db: Sql, examinationId: string, seq: number): Promise<Entry | undefined> {
  const r = await sql<Entry>`select ${ENTRY} from examination.entry e
    where e.examination_id = ${examinationId} and e.seq = ${seq}`.execute(db);
  return r.rows[0];
}

export type IdentifiedFile = Pick<Entry, 'seq' | 'path' | 'matches' | 'notIdentified'> & {
  inside: Inside | null;
};

/** Files with their formats, some at a time. */
export async function filesAfter(
  db: Sql,
  o: { examinationId: string; after: number; limit: number },
): Promise<IdentifiedFile[]> {
  const r = await sql<IdentifiedFile>`select seq, path, matches, not_identified as "notIdentified", inside
    from examination.entry where examination_id = ${o.examinationId} and kind = 'file' and seq > ${o.after}
    order by seq limit ${o.limit}`.execute(db);
  return r.rows;
}

/** Formats with how many files are of them, by the first match; the most frequent first. */
export async function formatCounts(
  db: Sql,
  examinationId: string,
  limit: number,
): Promise<
  { puid: string | null; name: string | null; version: string | null; files: number; bytes: number }[]
> {
  const r = await sql<{
    puid: string | null;
    name: string | null;
    version: string | null;
    files: number;
    bytes: number;
  }>`select matches -> 0 ->> 'puid' as puid, matches -> 0 ->> 'name' as name, matches -> 0 ->> 'version' as version,
      count(*)::int as files, sum(bytes)::float8 as bytes
    from examination.entry where examination_id = ${examinationId} and kind = 'file'
    group by 1, 2, 3 order by 4 desc, 1 limit ${limit}`.execute(db);
  return r.rows;
}

export async function insideOf(db: Sql, examinationId: string, seq: number): Promise<Inside | null> {
  const r = await sql<{ inside: Inside | null }>`select inside from examination.entry
    where examination_id = ${examinationId} and seq = ${seq}`.execute(db);
  return r.rows[0]?.inside ?? null;
}

export async function keepInside(db: Sql, examinationId: string, seq: number, inside: Inside): Promise<void> {
  await sql`update examination.entry set inside = ${storableJson(inside)}::jsonb
    where examination_id = ${examinationId} and seq = ${seq}`.execute(db);
}
