import type { Sql } from '#kernel/db';
import { PAGES_PER_SEGMENT, type PageText, segmentOf } from '../entry.ts';
import { fold } from '../folding/fold.ts';
import { pageTerms, vector } from '../writing/lexemes.ts';
import { column, rowsFrom } from './columns.ts';
import { run } from './runner.ts';

const PAGE_COLUMNS = ['page_no', 'confidence', 'page_text', 'folded'];

/** Writes the text of pages; a page that is there already is replaced. */
export async function putPages(on: Sql, unitId: string, pages: readonly PageText[]): Promise<void> {
  await run(
    on,
    `insert into search.page (unit_id, page_no, confidence, text, folded)
       select $5::uuid, page_no::int, confidence::real, page_text, folded from ${rowsFrom(PAGE_COLUMNS)}
       on conflict (unit_id, page_no) do update set confidence = excluded.confidence, text = excluded.text, folded = excluded.folded`,
    [
      column(pages.map((p) => p.pageNo)),
      column(pages.map((p) => p.confidence)),
      column(pages.map((p) => p.text)),
      column(pages.map((p) => fold(p.text))),
      unitId,
    ],
  );
}

export async function deletePages(on: Sql, unitId: string, pageNos: readonly number[] | null): Promise<void> {
  await run(
    on,
    'delete from search.page where unit_id = $1 and ($2::int[] is null or page_no = any ($2::int[]))',
    [unitId, pageNos],
  );
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

export function segmentsOf(pages: readonly PageText[]): Set<number> {
  return new Set(pages.map((p) => segmentOf(p.pageNo)));
}
