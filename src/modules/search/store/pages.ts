import type { Sql } from '#kernel/db';
import { PAGES_PER_SEGMENT, type PageText, segmentOf } from '../entry.ts';
import { bridgeOf } from '../folding/bridge.ts';
import { fold } from '../folding/fold.ts';
import { pageTerms, vector } from '../writing/lexemes.ts';
import { column, rowsFrom } from './columns.ts';
import { run } from './runner.ts';

const PAGE_COLUMNS = ['page_no', 'confidence', 'page_text', 'folded'];

/**
 * Writes the text of pages; a page that is there already is replaced. What is folded of a page begins with its own text; on
 * a line of its own follows what runs over to it from the page before, which is written anew where that page changes.
 *
 * @returns the pages whose words are other ones now
 */
export async function putPages(on: Sql, unitId: string, pages: readonly PageText[]): Promise<number[]> {
  const texts = new Map(pages.map((p) => [p.pageNo, p.text]));
  const around = pages.flatMap((p) => [p.pageNo - 1, p.pageNo + 1]).filter((no) => !texts.has(no));
  const near = new Map((await textsOf(on, unitId, around)).map((p) => [p.pageNo, p.text]));
  const before = (no: number) => texts.get(no - 1) ?? near.get(no - 1);
  await run(
    on,
    `insert into search.page (unit_id, page_no, confidence, text, folded)
       select $5::uuid, page_no::int, confidence::real, page_text, folded from ${rowsFrom(PAGE_COLUMNS)}
       on conflict (unit_id, page_no) do update set confidence = excluded.confidence, text = excluded.text, folded = excluded.folded`,
    [
      column(pages.map((p) => p.pageNo)),
      column(pages.map((p) => p.confidence)),
      column(pages.map((p) => p.text)),
      column(pages.map((p) => foldedPage(before(p.pageNo), p.text))),
      unitId,
    ],
  );
  const behind = [...near].filter(([no]) => texts.has(no - 1));
  await setFolded(
    on,
    unitId,
    behind.map(([no, text]) => [no, foldedPage(before(no), text)]),
  );
  return [...texts.keys(), ...behind.map(([no]) => no)];
}

function foldedPage(before: string | undefined, text: string): string {
  const bridge = before === undefined ? null : bridgeOf(before, text);
  return bridge ? `${fold(text)}\n${fold(bridge.text)}` : fold(text);
}

function textsOf(
  on: Sql,
  unitId: string,
  pageNos: readonly number[],
): Promise<{ pageNo: number; text: string }[]> {
  if (pageNos.length === 0) return Promise.resolve([]);
  return run(
    on,
    'select page_no as "pageNo", text from search.page where unit_id = $1 and page_no = any ($2::int[])',
    [unitId, pageNos],
  );
}

async function setFolded(
  on: Sql,
  unitId: string,
  pages: readonly (readonly [number, string])[],
): Promise<void> {
  if (pages.length === 0) return;
  await run(
    on,
    `update search.page p set folded = n.folded from (select page_no::int, folded from ${rowsFrom(['page_no', 'folded'])}) n
       where p.unit_id = $3::uuid and p.page_no = n.page_no`,
    [column(pages.map(([no]) => no)), column(pages.map(([, folded]) => folded)), unitId],
  );
}

/** Takes pages out, and what ran over from them to the next. */
export async function deletePages(on: Sql, unitId: string, pageNos: readonly number[] | null): Promise<void> {
  await run(
    on,
    'delete from search.page where unit_id = $1 and ($2::int[] is null or page_no = any ($2::int[]))',
    [unitId, pageNos],
  );
  const behind = await textsOf(
    on,
    unitId,
    (pageNos ?? []).map((no) => no + 1),
  );
  await setFolded(
    on,
    unitId,
    behind.map((p) => [p.pageNo, foldedPage(undefined, p.text)]),
  );
}

/** Pages folded anew in one go. */
const STRETCH = 200;

/** Folds all pages of a unit anew, as the rule is now. */
export async function foldPagesAnew(on: Sql, unitId: string): Promise<void> {
  let last: { pageNo: number; text: string } | undefined;
  for (;;) {
    const pages = await run<{ pageNo: number; text: string }>(
      on,
      `select page_no as "pageNo", text from search.page where unit_id = $1 and page_no > $2 order by page_no limit ${STRETCH}`,
      [unitId, last?.pageNo ?? 0],
    );
    const folded: [number, string][] = [];
    for (const page of pages) {
      folded.push([
        page.pageNo,
        foldedPage(last?.pageNo === page.pageNo - 1 ? last.text : undefined, page.text),
      ]);
      last = page;
    }
    await setFolded(on, unitId, folded);
    if (pages.length < STRETCH) return;
  }
}

/**
 * Builds segments of a unit's page text anew from the pages and the description as they are now stored.
 * Without a description nothing is built: it follows when the description comes.
 *
 * @param segments those to build; all when not given
 */
export async function buildSegments(on: Sql, unitId: string, segments?: ReadonlySet<number>): Promise<void> {
  const [description] = await run<Description>(on, 'select * from search.described($1, $2)', [
    unitId,
    PAGES_PER_SEGMENT,
  ]);
  if (!description) return;
  const wanted = description.segments.filter((s) => !segments || segments.has(s));
  for (const segment of wanted) await buildSegment(on, unitId, segment, description);
  await run(on, 'select search.drop_segments($1, $2::int[])', [unitId, description.segments]);
}

interface Description {
  folded: string;
  filters: string[];
  /** Those of which there are pages. */
  segments: number[];
}

async function buildSegment(
  on: Sql,
  unitId: string,
  segment: number,
  description: Description,
): Promise<void> {
  const pages = await run<{ folded: string }>(
    on,
    'select folded from search.folded_pages($1, $2, $3) as p (folded)',
    [unitId, (segment - 1) * PAGES_PER_SEGMENT + 1, segment * PAGES_PER_SEGMENT],
  );
  const terms = pageTerms(
    description.folded,
    pages.map((p) => p.folded),
  );
  for (const filter of description.filters) terms.add(filter);
  await run(on, 'select search.put_segment($1, $2, $3::tsvector)', [unitId, segment, vector(terms)]);
}

export function segmentsOf(pageNos: readonly number[]): Set<number> {
  return new Set(pageNos.map(segmentOf));
}
