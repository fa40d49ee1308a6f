import pg from 'pg';
import { matchKey } from '#formats/reference-codes';
import { sql, type Tx } from '#kernel/db';
import { copyInto } from '#kernel/db/copy';
import { CopyBuffer, type Lines, lineAt } from '#kernel/db/copy-buffer';
import type { Level } from '../../domain/unit.ts';
import type { HeldWhole } from '../rows/put-over.ts';
import type { EntryKey, EntryRow } from '../types.ts';
import { UNIT_COLUMNS } from './unit-lines.ts';

/** One writer of catalogue rows at a time in an archive: no two imports can wait for each other's codes. */
export async function lockArchive(tx: Tx, archiveId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${archiveId}, 21))`.execute(tx);
}

export interface HeldUnit {
  id: string;
  fondsId: string;
  level: Level;
  code: string | null;
  digest: string | null;
  importId: string | null;
  version: number;
}

export const HELD = sql`id, fonds_id as "fondsId", level, reference_code as code, replace(import_digest::text, '-', '') as digest,
  import_id as "importId", version`;

/** Entries that hold one of these reference codes. */
export async function heldByCode(
  tx: Tx,
  archiveId: string,
  codes: readonly string[],
): Promise<Map<string, HeldUnit>> {
  if (codes.length === 0) return new Map();
  // One by one: of a list PostgreSQL thinks that reading the whole archive is cheaper, while it does not know yet how much came in.
  const r = await sql<HeldUnit>`select held.* from unnest(${codes}::text[]) as c (code) cross join lateral (
    select ${HELD} from holdings.unit where archive_id = ${archiveId} and reference_code = c.code limit 1) held`.execute(
    tx,
  );
  return new Map(r.rows.map((u) => [u.code!, u]));
}

/** Whether a statement failed because the archive holds one of the codes. */
export function holdsCode(failure: unknown): boolean {
  return (
    failure instanceof pg.DatabaseError &&
    failure.code === '23505' &&
    failure.constraint === 'unit_reference_code'
  );
}

/** Entries as they are, by id: to be compared with what rows say of them, and to be put over. */
export async function heldWhole(tx: Tx, ids: readonly string[]): Promise<Map<string, HeldWhole>> {
  if (ids.length === 0) return new Map();
  const r =
    await sql<HeldWhole>`select u.id, f.number as "fondsNo", u.level, u.title, u.creator, u.reference_code as "referenceCode", u.sort_key as "sortKey",
      u.doc_no as "docNo", u.date_text as date, u.date_from as "dateFrom", u.date_to as "dateTo", u.category, u.year, u.retention,
      u.classification, u.access_status as "accessStatus", u.pages, u.description
    from holdings.unit u join holdings.fonds f on f.id = u.fonds_id where u.id = any(${ids}::uuid[])`.execute(
      tx,
    );
  return new Map(r.rows.map((u) => [u.id, u]));
}

export async function heldByIds(tx: Tx, ids: readonly string[]): Promise<Map<string, HeldUnit>> {
  if (ids.length === 0) return new Map();
  const r = await sql<HeldUnit>`select ${HELD} from holdings.unit where id = any(${ids}::uuid[])`.execute(tx);
  return new Map(r.rows.map((u) => [u.id, u]));
}

/** Entries without a code that were taken in from a row saying the same. */
export async function heldByDigest(
  tx: Tx,
  archiveId: string,
  digests: readonly string[],
): Promise<Map<string, HeldUnit>> {
  if (digests.length === 0) return new Map();
  const r =
    await sql<HeldUnit>`select held.* from unnest(${digests}::uuid[]) as d (digest) cross join lateral (
    select ${HELD} from holdings.unit where archive_id = ${archiveId} and import_digest = d.digest
      and reference_code is null) held`.execute(tx);
  return new Map(r.rows.map((u) => [u.digest!, u]));
}

/** Which of these ids there are, with their fonds. */
export async function fondsOfUnits(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const r = await sql<{ id: string; fondsId: string }>`select id, fonds_id as "fondsId" from holdings.unit
    where id = any(${ids}::uuid[])`.execute(tx);
  return new Map(r.rows.map((u) => [u.id, u.fondsId]));
}

/** The last order key under each parent (a unit, or a fonds for what stands directly in it). */
export async function lastPositions(tx: Tx, parents: readonly string[]): Promise<Map<string, string>> {
  if (parents.length === 0) return new Map();
  const r = await sql<{ parent: string; position: string }>`select p.id as parent, last.position
    from unnest(${parents}::uuid[]) as p (id), lateral (
      select u.position from holdings.unit u where u.under_id = p.id
      order by u.position desc limit 1) last`.execute(tx);
  return new Map(r.rows.map((x) => [x.parent, x.position]));
}

export interface PlacedRow {
  row: EntryKey;
  id: string;
  fondsId: string;
  parentId: string | null;
  position: string;
}

/** Copies entries in. @param lines those of the chunk the rows stand in */
export async function copyUnits(tx: Tx, lines: Lines, rows: readonly PlacedRow[]): Promise<void> {
  if (rows.length === 0) return;
  const copy = new CopyBuffer(rows.length * 640);
  for (const { row, fondsId, parentId, position } of rows)
    copy.put(fondsId).put(parentId).put(position).add(lineAt(lines, row.place)).end();
  await copyInto(tx, `holdings.unit (${UNIT_COLUMNS})`, [copy.bytes()]);
}

/** Writes entries as rows put over them have made them. Place, access status and held pages stay as they are. */
export async function overwriteUnits(
  tx: Tx,
  changes: readonly { id: string; row: EntryRow }[],
  at: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ id, row: r }) => ({
    id, reference_code: r.code, sort_key: r.sortKey, match_key: r.code === null ? null : matchKey(r.sortKey), level: r.level, title: r.title, creator: r.creator, doc_no: r.docNo, date_text: r.date, date_from: r.dateFrom,
    date_to: r.dateTo, category: r.category, year: r.year, retention: r.retention, classification: r.classification,
    pages: r.pages, description: JSON.parse(r.description) as object, gaps_own: r.gapsOwn, gaps_top: r.gapsTop, import_digest: r.digest,
  })); // biome-ignore format: a row of columns
  await sql`update holdings.unit u set reference_code = n.reference_code, sort_key = n.sort_key, match_key = n.match_key, level = n.level, title = n.title, creator = n.creator, doc_no = n.doc_no,
      date_text = n.date_text, date_from = n.date_from, date_to = n.date_to, category = n.category, year = n.year,
      retention = n.retention, classification = n.classification, pages = n.pages, description = n.description,
      gaps_own = n.gaps_own, gaps_top = n.gaps_top,
      import_digest = n.import_digest, version = u.version + 1, updated_at = ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n (id uuid, reference_code text, sort_key text, match_key text, level text, title text, creator text,
      doc_no text, date_text text, date_from date, date_to date, category text, year int, retention text,
      classification text, pages int, description jsonb, gaps_own smallint, gaps_top smallint, import_digest uuid)
    where u.id = n.id`.execute(tx);
}

/** Codes entries bore before, as the file of an import says. */
export async function insertAliases(
  tx: Tx,
  o: { archiveId: string; actorName: string; basis: string; at: Date },
  aliases: readonly { unitId: string; code: string }[],
): Promise<void> {
  if (aliases.length === 0) return;
  await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, at, actor_name)
    select ${o.archiveId}, a.code, a.unit_id, ${o.basis}, ${o.at}, ${o.actorName}
      from unnest(${aliases.map((a) => a.code)}::text[], ${aliases.map((a) => a.unitId)}::uuid[]) as a (code, unit_id)
    on conflict do nothing`.execute(tx);
}
