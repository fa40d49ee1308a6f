import Type from 'typebox';
import { type Actor, publicActor, scopeOf } from '#kernel/actor';
import type { Database } from '#kernel/db';
import { type App, Nullable } from '#kernel/http/route';
import type { Holdings } from '#modules/holdings';
import { completionsOf, find, type SearchRequest, type SearchResult, type Sort } from '#modules/search';
import { nameOf } from './portal/home.ts';

const tags = ['search'];
const Ranges = Type.Array(Type.Array(Type.Integer()));
const Facet = Type.Array(
  Type.Object({ value: Type.String(), label: Type.Optional(Type.String()), count: Type.Integer() }),
);
const text = (most: number) => Type.Optional(Type.String({ maxLength: most }));

const SearchQuery = Type.Object({
  q: text(300),
  archive: text(200),
  fonds: text(200),
  category: text(200),
  year: text(10),
  from: text(10),
  to: text(10),
  retention: text(100),
  access: text(100),
  level: text(50),
  sort: Type.Optional(Type.Enum(['relevance', 'date', '-date', 'code'])),
  cursor: text(2_000),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});

const Hit = Type.Object({
  id: Type.String(),
  referenceCode: Nullable(Type.String()),
  title: Type.String(),
  titleHighlights: Ranges,
  archive: Type.Object({
    id: Type.String(),
    code: Type.String(),
    name: Type.String(),
    nameHant: Nullable(Type.String()),
    nameEn: Nullable(Type.String()),
  }),
  fonds: Type.Object({ number: Type.String(), name: Nullable(Type.String()) }),
  date: Nullable(Type.String()),
  level: Type.String(),
  category: Nullable(Type.String()),
  year: Nullable(Type.Integer()),
  retention: Nullable(Type.String()),
  accessStatus: Type.String(),
  /** The day an opening takes effect, and the first day after an embargo. */
  opensOn: Nullable(Type.String()),
  embargoUntil: Nullable(Type.String()),
  pageCount: Type.Integer(),
  snippets: Type.Array(
    Type.Object({
      page: Type.Integer(),
      field: Type.String(),
      text: Type.String(),
      highlights: Ranges,
      confidence: Nullable(Type.Number()),
    }),
  ),
  why: Type.String(),
});

const Answer = Type.Object({
  total: Type.Integer(),
  totalIsExact: Type.Boolean(),
  hits: Type.Array(Hit),
  facets: Type.Object({
    archive: Facet,
    fonds: Facet,
    category: Facet,
    year: Facet,
    retention: Facet,
    access: Facet,
    level: Facet,
  }),
  facetsExact: Type.Boolean(),
  next: Nullable(Type.String()),
  /** When nothing is found: other queries that find something. */
  suggestions: Type.Array(
    Type.Object({
      kind: Type.String(),
      q: Type.String(),
      total: Type.Integer(),
      totalIsExact: Type.Boolean(),
    }),
  ),
});

/** How what is being typed goes on in titles the asker may see. */
const Completions = Type.Object({
  items: Type.Array(
    Type.Object({
      text: Type.String(),
      kind: Type.Enum(['words', 'title']),
      unitId: Nullable(Type.String()),
    }),
  ),
});

export interface SearchQueryText {
  q?: string;
  archive?: string;
  fonds?: string;
  category?: string;
  year?: string;
  from?: string;
  to?: string;
  retention?: string;
  access?: string;
  level?: string;
  sort?: string;
  cursor?: string;
  limit?: number;
}

const SORTS: Record<string, Sort> = {
  relevance: 'relevance',
  date: 'dateAsc',
  '-date': 'dateDesc',
  code: 'reference',
};

/** The address's words as a search request; lists are parted by commas, years may be whole dates. */
export function searchRequest(q: SearchQueryText): SearchRequest {
  const list = (s: string | undefined) => s?.split(',').filter((x) => x !== '');
  const year = (s: string | undefined) => {
    const y = Number(s?.slice(0, 4));
    return s && Number.isInteger(y) ? y : undefined;
  };
  return {
    q: q.q,
    archives: list(q.archive),
    fonds: list(q.fonds),
    categories: list(q.category),
    from: year(q.year ?? q.from),
    to: year(q.year ?? q.to),
    retentions: list(q.retention),
    access: list(q.access),
    levels: list(q.level),
    sort: SORTS[q.sort ?? ''],
    cursor: q.cursor,
    limit: q.limit,
  };
}

export type SearchAnswer = Omit<SearchResult, 'hits'> & {
  hits: (SearchResult['hits'][number] & { pageCount: number })[];
};

/** Searches what the actor may see; adds how many pages each hit has, and names archives in the actor's language. */
export async function search(
  deps: { db: Database; holdings: Holdings },
  actor: Actor,
  q: SearchQueryText,
): Promise<SearchAnswer> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const found = await find(tx, searchRequest(q));
    const pages = await deps.holdings.pageCounts(
      tx,
      found.hits.map((h) => h.id),
    );
    const archives = new Map((await deps.holdings.archives()).map((a) => [a.id, a]));
    const archive = found.facets.archive.map((f) => {
      const named = archives.get(f.value);
      return named ? { ...f, label: nameOf(actor.language, named) } : f;
    });
    const facets = { ...found.facets, archive };
    return { ...found, facets, hits: found.hits.map((h) => ({ ...h, pageCount: pages.get(h.id) ?? 0 })) };
  });
}

export function registerSearch(app: App, deps: { db: Database; holdings: Holdings }): void {
  app.get(
    '/api/v1/search',
    { config: { policy: 'public' }, schema: { tags, querystring: SearchQuery, response: { 200: Answer } } },
    async (req) => search(deps, req.actor.kind === 'person' ? req.actor : publicActor(), req.query),
  );
  app.get(
    '/api/v1/search/completions',
    {
      config: { policy: 'public' },
      schema: {
        tags,
        querystring: Type.Object({ q: Type.String({ maxLength: 300 }) }),
        response: { 200: Completions },
      },
    },
    async (req) => {
      const actor = req.actor.kind === 'person' ? req.actor : publicActor();
      return { items: await deps.db.as(scopeOf(actor), (tx) => completionsOf(tx, req.query.q)) };
    },
  );
}
