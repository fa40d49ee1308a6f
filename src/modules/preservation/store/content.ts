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
  media_type as "mediaType", bytes, sha256, sha512, held_at as "heldAt"`;
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

export async function insertContent(tx: Tx, unitId: string, archiveId: string, c: Content): Promise<void> {
  await sql`insert into preservation.content (unit_id, archive_id, ordinal, object_id, logical_path, original_name,
      media_type, bytes, sha256, sha512, held_at)
    values (${unitId}, ${archiveId}, ${c.ordinal}, ${c.objectId}, ${c.logicalPath}, ${c.originalName}, ${c.mediaType},
      ${c.bytes}, ${c.sha256}, ${c.sha512}, ${c.heldAt}) on conflict (unit_id, ordinal) do nothing`.execute(
    tx,
  );
}

export async function insertPages(
  tx: Tx,
  unitId: string,
  archiveId: string,
  pages: readonly NewPage[],
): Promise<void> {
  await sql`insert into preservation.page (unit_id, archive_id, page_no, ordinal, file_page, width, height, label)
    select ${unitId}, ${archiveId}, * from unnest(${pages.map((p) => p.pageNo)}::int[], ${pages.map((p) => p.ordinal)}::int[],
      ${pages.map((p) => p.filePage)}::int[], ${pages.map((p) => p.width)}::int[], ${pages.map((p) => p.height)}::int[],
      ${pages.map((p) => p.label)}::text[]) on conflict (unit_id, page_no) do nothing`.execute(tx);
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
