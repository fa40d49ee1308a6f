import { type Sql, sql, type Tx } from '#kernel/db';

export interface TextLine {
  text: string;
  confidence: number;
  /** x, y, width, height in pixels of the upright page. */
  box: [number, number, number, number];
}

/** The text of one page. */
export interface PageText {
  pageNo: number;
  state: 'ready' | 'poor' | 'failed';
  origin: 'layer' | 'ocr';
  engine: string;
  /** 0 to 100; null where the text came out of the file. */
  confidence: number | null;
  rotation: number;
  width: number | null;
  height: number | null;
  text: string;
  lines: TextLine[];
  /** Letters drawn by their shapes alone, which the text lacks. */
  nameless: number;
}

export async function writePageText(
  tx: Sql,
  unit: { id: string; archiveId: string },
  p: PageText,
  at: Date,
): Promise<void> {
  await sql`insert into digitisation.page_text (unit_id, archive_id, page_no, state, origin, engine, confidence, rotation,
      width, height, text, lines, nameless, read_at)
    values (${unit.id}, ${unit.archiveId}, ${p.pageNo}, ${p.state}, ${p.origin}, ${p.engine}, ${p.confidence}, ${p.rotation},
      ${p.width}, ${p.height}, ${p.text}, ${JSON.stringify(p.lines)}::jsonb, ${p.nameless}, ${at})
    on conflict (unit_id, page_no) do update set state = excluded.state, origin = excluded.origin, engine = excluded.engine,
      confidence = excluded.confidence, rotation = excluded.rotation, width = excluded.width, height = excluded.height,
      text = excluded.text, lines = excluded.lines, nameless = excluded.nameless,
      read_at = excluded.read_at`.execute(tx);
}

/** Texts as they were read before, with the times. */
export async function putTexts(
  tx: Sql,
  unit: { id: string; archiveId: string },
  texts: readonly (PageText & { readAt: Date })[],
): Promise<void> {
  for (const t of texts) await writePageText(tx, unit, t, t.readAt);
}

const TEXT = sql`page_no as "pageNo", state, origin, engine, confidence, rotation, width, height, text, lines, nameless`;

export async function pageText(tx: Tx, unitId: string, pageNo: number): Promise<PageText | undefined> {
  const r = await sql<PageText>`select ${TEXT} from digitisation.page_text
    where unit_id = ${unitId} and page_no = ${pageNo}`.execute(tx);
  return r.rows[0];
}

/** Texts of pages by their numbers, both included, in order, with the time of reading. */
export async function textsBetween(
  tx: Sql,
  unitId: string,
  from: number,
  to: number,
): Promise<(PageText & { readAt: Date })[]> {
  const r = await sql<
    PageText & { readAt: Date }
  >`select ${TEXT}, read_at as "readAt" from digitisation.page_text
    where unit_id = ${unitId} and page_no between ${from} and ${to} order by page_no`.execute(tx);
  return r.rows;
}

/** Numbers of the pages of a unit read so far. */
export async function pagesRead(tx: Sql, unitId: string): Promise<number[]> {
  const r = await sql<{ n: number }>`select page_no as n from digitisation.page_text
    where unit_id = ${unitId}`.execute(tx);
  return r.rows.map((x) => x.n);
}

/** Texts of all pages of a unit read so far, without the lines. */
export async function textsOf(
  tx: Sql,
  unitId: string,
): Promise<{ pageNo: number; state: PageText['state']; confidence: number | null; text: string }[]> {
  const r = await sql<{ pageNo: number; state: PageText['state']; confidence: number | null; text: string }>`
    select page_no as "pageNo", state, confidence, text from digitisation.page_text
    where unit_id = ${unitId} order by page_no`.execute(tx);
  return r.rows;
}

/** Takes the text of all pages of a unit out, and that it was to be read. */
export async function forgetTexts(tx: Sql, unitId: string): Promise<void> {
  await sql`delete from digitisation.page_text where unit_id = ${unitId}`.execute(tx);
  await sql`delete from digitisation.text_task where unit_id = ${unitId}`.execute(tx);
}

/** Notes that the pages of units are to be read; pages read before stay counted. */
export async function beginTextTasks(
  tx: Tx,
  importId: string | null,
  list: readonly { unitId: string; archiveId: string; pages: number }[],
): Promise<void> {
  await sql`insert into digitisation.text_task (unit_id, archive_id, import_id, pages)
    select u, a, ${importId}::uuid, p from unnest(${list.map((t) => t.unitId)}::uuid[], ${list.map((t) => t.archiveId)}::uuid[],
      ${list.map((t) => t.pages)}::int[]) as t (u, a, p)
    on conflict (unit_id) do update set pages = excluded.pages, import_id = excluded.import_id`.execute(tx);
}

/** Counts a unit's pages anew by state. */
export async function countTextTask(tx: Tx, unitId: string): Promise<void> {
  await sql`update digitisation.text_task t set read = c.read, poor = c.poor, failed = c.failed from (
      select count(*)::int as read, count(*) filter (where state = 'poor')::int as poor,
        count(*) filter (where state = 'failed')::int as failed
      from digitisation.page_text where unit_id = ${unitId}) c
    where t.unit_id = ${unitId}`.execute(tx);
}

/** How far the reading of an import's pages is. */
export interface TextProgress {
  pages: number;
  read: number;
  poor: number;
  failed: number;
}

export async function textProgress(tx: Sql, importId: string): Promise<TextProgress> {
  const r =
    await sql<TextProgress>`select coalesce(sum(pages), 0)::int as pages, coalesce(sum(read), 0)::int as read,
      coalesce(sum(poor), 0)::int as poor, coalesce(sum(failed), 0)::int as failed
    from digitisation.text_task where import_id = ${importId}`.execute(tx);
  return r.rows[0]!;
}
