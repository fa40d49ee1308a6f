import type { Sql } from '#kernel/db';
import { type FoundHit, findInIndex } from '../store/find.ts';
import { wordsLike } from './didYouMean.ts';
import { highlight, type Range } from './highlight.ts';
import { type Prepared, prepare, type SearchRequest } from './request.ts';
import { type Snippet, snippetsOf } from './snippets.ts';
import { type Suggestion, suggest } from './suggest.ts';

export type Why = 'referenceCode' | 'documentNumber' | 'title' | 'description' | 'pages';
/** By the class of a hit. */
const WHY: readonly Why[] = [
  'referenceCode',
  'documentNumber',
  'title',
  'title',
  'title',
  'description',
  'pages',
];

export interface ArchiveName {
  id: string;
  code: string;
  name: string;
  nameHant: string | null;
  nameEn: string | null;
}

export interface Hit {
  id: string;
  referenceCode: string | null;
  title: string;
  titleHighlights: Range[];
  archive: ArchiveName;
  fonds: { number: string; name: string | null };
  date: string | null;
  level: string;
  accessStatus: string;
  /** The day an opening takes effect, and the first day after an embargo, `YYYY-MM-DD`; of days that were as of those to come. */
  opensOn: string | null;
  embargoUntil: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
  snippets: Snippet[];
  /** The best reason this unit is in the list. */
  why: Why;
}

export interface FacetValue {
  value: string;
  label?: string;
  count: number;
}
export const FACETS = ['archive', 'fonds', 'category', 'year', 'retention', 'access', 'level'] as const;
export type Facets = Record<(typeof FACETS)[number], FacetValue[]>;

export interface SearchResult {
  total: number;
  /** False: many, and `total` is estimated from a sample of what the asker may see. */
  totalIsExact: boolean;
  hits: Hit[];
  facets: Facets;
  facetsExact: boolean;
  next: string | null;
  /** When nothing is found: other queries that find something. */
  suggestions: Suggestion[];
}

/**
 * Finds units by the words of their description and pages, among what the transaction's scope may see.
 *
 * @param tx a transaction of `Database.as` or `.system`: its scope is the asker
 * @throws Refusal `search.queryTooLong`, `cursor.invalid`
 */
export async function find(tx: Sql, request: SearchRequest): Promise<SearchResult> {
  const prepared = prepare(request);
  const result = await findPrepared(tx, prepared);
  if (result.total === 0 && prepared.query.words.length > 0) {
    result.suggestions = await suggest(
      prepared.query,
      async (q) => {
        const again = prepare({ ...request, q, cursor: undefined, limit: 1, facets: false });
        const found = await findInIndex(tx, again.ask);
        return { total: found.total, exact: found.exact };
      },
      (word) => wordsLike(tx, word),
    );
  }
  return result;
}

async function findPrepared(tx: Sql, { ask, query, hollow, cursorAfter }: Prepared): Promise<SearchResult> {
  if (hollow)
    return {
      total: 0,
      totalIsExact: true,
      hits: [],
      facets: noFacets(),
      facetsExact: true,
      next: null,
      suggestions: [],
    };
  const found = await findInIndex(tx, { ...ask, limit: ask.limit + 1 });
  const shown = found.hits.slice(0, ask.limit);
  const archives = new Map(found.archives.map((a) => [a.id, a]));
  const fonds = new Map(found.fonds.map((f) => [`${f.archive}/${f.number}`, f.name]));
  const snippets: ReadonlyMap<string, Snippet[]> =
    query.words.length === 0
      ? new Map()
      : await snippetsOf(
          tx,
          shown.map((h) => h.id),
          query.words,
        );
  const facets = noFacets();
  for (const [facet, archiveId, value, count] of found.facets) {
    if (facet === 'archive' && archiveId)
      facets.archive.push({ value: archiveId, label: archives.get(archiveId)?.name, count });
    else if (facet === 'fonds') {
      const pair = `${archiveId}/${value}`;
      facets.fonds.push({ value: pair, label: `${value} ${fonds.get(pair) ?? ''}`.trim(), count });
    } else if (facet !== 'archive' && value !== null) facets[facet].push({ value, count });
  }
  facets.year.sort((a, b) => Number(a.value) - Number(b.value));
  const last = shown.at(-1);
  return {
    total: Math.max(found.total, shown.length),
    totalIsExact: found.exact,
    hits: shown.map((hit) => present(hit)),
    facets,
    facetsExact: found.exact,
    next: found.hits.length > ask.limit && last ? cursorAfter(last, !found.exact) : null,
    suggestions: [],
  };

  function present(hit: FoundHit): Hit {
    const { class: why, key: _, archive, fonds: number, access, ...rest } = hit;
    return {
      ...rest,
      accessStatus: access,
      titleHighlights: highlight(hit.title, query.words),
      archive: archives.get(archive) ?? { id: archive, code: '', name: '', nameHant: null, nameEn: null },
      fonds: { number, name: fonds.get(`${archive}/${number}`) ?? null },
      snippets: snippets.get(hit.id) ?? [],
      why: WHY[why] ?? 'description',
    };
  }
}

function noFacets(): Facets {
  return { archive: [], fonds: [], category: [], year: [], retention: [], access: [], level: [] };
}
