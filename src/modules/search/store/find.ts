import { type Sql, sql } from '#kernel/db';
import type { Ask } from '../query/request.ts';

export interface FoundHit {
  class: number;
  key: string | number;
  id: string;
  referenceCode: string | null;
  title: string;
  /** Archive id. */
  archive: string;
  /** Fonds number. */
  fonds: string;
  date: string | null;
  level: string;
  access: string;
  /** The day an opening takes effect, and the first day after an embargo, `YYYY-MM-DD`. */
  opensOn: string | null;
  embargoUntil: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
}

export type FoundFacet = [
  facet: 'archive' | 'fonds' | 'category' | 'year' | 'retention' | 'access' | 'level',
  archiveId: string | null,
  value: string | null,
  count: number,
];

export interface Found {
  hits: FoundHit[];
  archives: Array<{ id: string; code: string; name: string; nameHant: string | null; nameEn: string | null }>;
  fonds: Array<{ archive: string; number: string; name: string }>;
  total: number;
  exact: boolean;
  facets: FoundFacet[];
}

/** Asks the index; the function itself knows who asks and shows nothing else. */
export async function findInIndex(tx: Sql, ask: Ask): Promise<Found> {
  const { rows } = await sql<{
    found: Found;
  }>`select search.find(${JSON.stringify(ask)}::jsonb) as found`.execute(tx);
  return rows[0]!.found;
}

export interface Passage {
  unitId: string;
  pageNo: number;
  confidence: number | null;
  text: string;
}

/** Pages of these units with words of the query, the fullest first. */
export async function passagesOf(
  tx: Sql,
  unitIds: readonly string[],
  patterns: readonly string[][],
  perUnit: number,
): Promise<Passage[]> {
  if (unitIds.length === 0) return [];
  const { rows } = await sql<Passage>`
    select unit_id as "unitId", page_no as "pageNo", confidence, page_text as text
    from search.passages(${unitIds}::uuid[], ${JSON.stringify(patterns)}::jsonb, ${perUnit})`.execute(tx);
  return rows;
}

/** The pages before some passages, where there are any. */
export async function pagesBefore(
  tx: Sql,
  passages: readonly Pick<Passage, 'unitId' | 'pageNo'>[],
): Promise<Passage[]> {
  if (passages.length === 0) return [];
  const { rows } = await sql<Passage>`
    select unit_id as "unitId", page_no as "pageNo", confidence, page_text as text
    from search.pages_before(${passages.map((p) => p.unitId)}::uuid[], ${passages.map((p) => p.pageNo)}::int[])`.execute(
    tx,
  );
  return rows;
}
