import type { NotDrawn } from '#formats/ofd';
import { type Sql, sql, type Tx } from '#kernel/db';

/** A file held for a unit. */
export interface Content {
  ordinal: number;
  objectId: string;
  logicalPath: string;
  originalName: string;
  mediaType: string;
  bytes: number;
  sha256: string;
  sha512: string;
  heldAt: Date;
  /** Where it lies in the object; null where it was taken in before anybody wrote that down. */
  contentPath: string | null;
  /** PRONOM's identifier of its format, `unknown` where nothing fits; null where nobody looked. */
  puid: string | null;
  formatName: string | null;
}

/** A page a person can look at. */
export interface Page {
  pageNo: number;
  ordinal: number;
  /** Page within the file, from 1. */
  filePage: number;
  width: number | null;
  height: number | null;
  label: string | null;
  /** What the page holds and its picture does not show; null where nobody looked. */
  notDrawn: NotDrawn[] | null;
}

/** A page as it is taken in: nobody has looked at it yet. */
export type NewPage = Omit<Page, 'notDrawn'>;

const CONTENT = sql`ordinal, object_id as "objectId", logical_path as "logicalPath", original_name as "originalName",
  media_type as "mediaType", bytes, sha256, sha512, held_at as "heldAt",
  content_path as "contentPath", puid, format_name as "formatName"`;
const PAGE = sql`page_no as "pageNo", ordinal, file_page as "filePage", width, height, label,
  not_drawn as "notDrawn"`;

export async function contentOf(tx: Sql, unitId: string): Promise<Content[]> {
  const r =
    await sql<Content>`select ${CONTENT} from preservation.content where unit_id = ${unitId} order by ordinal`.execute(
      tx,
    );
  return r.rows;
}

export async function pagesOf(tx: Sql, unitId: string): Promise<Page[]> {
  const r =
    await sql<Page>`select ${PAGE} from preservation.page where unit_id = ${unitId} order by page_no`.execute(
      tx,
    );
  return r.rows;
}

/** Numbers of files entered for units that have any. */
export async function countContents(tx: Sql, unitIds: readonly string[]): Promise<Map<string, number>> {
  const r = await sql<{
    id: string;
    n: number;
  }>`select unit_id as id, count(*)::int as n from preservation.content
    where unit_id = any(${unitIds}::uuid[]) group by unit_id`.execute(tx);
  return new Map(r.rows.map(({ id, n }) => [id, n]));
}

export async function countPages(tx: Sql, unitId: string): Promise<number> {
  const r = await sql<{
    n: number;
  }>`select count(*)::int as n from preservation.page where unit_id = ${unitId}`.execute(tx);
  return r.rows[0]!.n;
}

/** Where pages lie, by their numbers, both included, in order. */
export async function pagePlaces(
  tx: Sql,
  unitId: string,
  from: number,
  to: number,
): Promise<{ pageNo: number; path: string; filePage: number; notDrawn: NotDrawn[] | null }[]> {
  const r = await sql<{ pageNo: number; path: string; filePage: number; notDrawn: NotDrawn[] | null }>`
    select p.page_no as "pageNo", c.logical_path as path, p.file_page as "filePage", p.not_drawn as "notDrawn"
    from preservation.page p join preservation.content c on c.unit_id = p.unit_id and c.ordinal = p.ordinal
    where p.unit_id = ${unitId} and p.page_no between ${from} and ${to} order by p.page_no`.execute(tx);
  return r.rows;
}

/** One page, and the file it is in. */
export async function pageWithContent(
  tx: Sql,
  unitId: string,
  pageNo: number,
): Promise<{ page: Page; content: Content } | undefined> {
  const page = await sql<Page>`select ${PAGE} from preservation.page
    where unit_id = ${unitId} and page_no = ${pageNo}`.execute(tx);
  const ordinal = page.rows[0]?.ordinal;
  const content = ordinal === undefined ? undefined : await contentAt(tx, unitId, ordinal);
  return content && { page: page.rows[0]!, content };
}

/** The file at a place. */
export async function contentAt(tx: Sql, unitId: string, ordinal: number): Promise<Content | undefined> {
  const r = await sql<Content>`select ${CONTENT} from preservation.content
    where unit_id = ${unitId} and ordinal = ${ordinal}`.execute(tx);
  return r.rows[0];
}

/** Whose file or page it is. */
export interface OfUnit {
  unitId: string;
  archiveId: string;
}

export async function insertContents(tx: Tx, list: readonly (Content & OfUnit)[]): Promise<void> {
  if (list.length === 0) return;
  const column = <K extends keyof (Content & OfUnit)>(key: K) => list.map((c) => c[key]);
  await sql`insert into preservation.content (unit_id, archive_id, ordinal, object_id, logical_path, original_name,
      media_type, bytes, sha256, sha512, held_at, content_path, puid, format_name)
    select * from unnest(${column('unitId')}::uuid[], ${column('archiveId')}::uuid[], ${column('ordinal')}::int[],
      ${column('objectId')}::text[], ${column('logicalPath')}::text[], ${column('originalName')}::text[],
      ${column('mediaType')}::text[], ${column('bytes')}::bigint[], ${column('sha256')}::text[], ${column('sha512')}::text[],
      ${column('heldAt')}::timestamptz[], ${column('contentPath')}::text[], ${column('puid')}::text[],
      ${column('formatName')}::text[])
    on conflict (unit_id, ordinal) do nothing`.execute(tx);
}

export async function insertPages(tx: Tx, pages: readonly (NewPage & OfUnit)[]): Promise<void> {
  if (pages.length === 0) return;
  const column = <K extends keyof (NewPage & OfUnit)>(key: K) => pages.map((p) => p[key]);
  await sql`insert into preservation.page (unit_id, archive_id, page_no, ordinal, file_page, width, height, label)
    select * from unnest(${column('unitId')}::uuid[], ${column('archiveId')}::uuid[], ${column('pageNo')}::int[],
      ${column('ordinal')}::int[], ${column('filePage')}::int[], ${column('width')}::int[], ${column('height')}::int[],
      ${column('label')}::text[])
    on conflict (unit_id, page_no) do nothing`.execute(tx);
}

/** Keeps what the pictures of pages of a unit do not show. */
export async function setNotDrawn(
  tx: Sql,
  unitId: string,
  pages: readonly { pageNo: number; notDrawn: readonly NotDrawn[] }[],
): Promise<void> {
  if (pages.length === 0) return;
  await sql`update preservation.page p set not_drawn = n.list
    from unnest(${pages.map((p) => p.pageNo)}::int[], ${pages.map((p) => JSON.stringify(p.notDrawn))}::jsonb[]) as n (no, list)
    where p.unit_id = ${unitId} and p.page_no = n.no`.execute(tx);
}

export interface FormatCount {
  mediaType: string;
  files: number;
  bytes: number;
}

/** What a unit's files are, the most first. */
export async function formatsOf(tx: Sql, unitId: string): Promise<FormatCount[]> {
  const r =
    await sql<FormatCount>`select media_type as "mediaType", count(*)::float8 as files, sum(bytes)::float8 as bytes
    from preservation.content where unit_id = ${unitId} group by 1 order by 2 desc, 1`.execute(tx);
  return r.rows;
}
