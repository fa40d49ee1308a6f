import { isMessageKey, type Language, t } from '#kernel/wording';
import { nameOf } from './home.ts';
import { type Html, html, marked } from './html.ts';

export type Ranges = readonly (readonly [number, number])[];

/** What the portal shows of a hit. */
export interface PortalHit {
  id: string;
  referenceCode: string | null;
  title: string;
  titleHighlights: Ranges;
  archive: { name: string; nameHant: string | null; nameEn: string | null };
  fonds: { number: string; name: string | null };
  date: string | null;
  pageCount: number;
  snippets: readonly { page: number | null; text: string; highlights: Ranges }[];
}

export interface PortalFacet {
  value: string;
  label?: string;
  count: number;
}

export interface PortalResult {
  total: number;
  totalIsExact: boolean;
  hits: readonly PortalHit[];
  facets: Partial<Record<'archive' | 'fonds' | 'category' | 'year', readonly PortalFacet[]>>;
  next: string | null;
}

export interface PortalQuery {
  q: string;
  archive?: string;
  fonds?: string;
  category?: string;
  from?: string;
  to?: string;
  sort?: string;
  cursor?: string;
}

const FACETS = ['archive', 'category', 'year', 'fonds'] as const;

/** The address of a search, with one thing changed. */
export function searchUrl(query: PortalQuery, change: Partial<PortalQuery> & { year?: string }): string {
  const { year, ...rest } = change;
  const merged: PortalQuery = { ...query, cursor: undefined, ...rest };
  if (year !== undefined) Object.assign(merged, { from: year || undefined, to: year || undefined });
  const params = new URLSearchParams();
  for (const [k, v] of Object.entries(merged)) if (v) params.set(k, v);
  return `/search?${params}`;
}

export function searchPage(l: Language, query: PortalQuery, result: PortalResult | undefined): Html {
  if (!result) return html`<h1>${t(l, 'portal.find')}</h1><p>${t(l, 'portal.ask')}</p>`;
  if (result.hits.length === 0 && !query.cursor) {
    return html`<h1>${t(l, 'portal.none')}</h1><p>${t(l, 'portal.none.help')}</p>${chosen(l, query)}`;
  }
  const count = t(l, result.totalIsExact ? 'portal.results' : 'portal.results.atLeast', { n: result.total });
  return html`<h1>${count}</h1>
<div class="results"><aside class="facets" aria-label="${t(l, 'portal.narrow')}">${chosen(l, query)}${FACETS.map((f) => facet(l, query, f, result.facets[f] ?? []))}</aside>
<div>${sorts(l, query)}<ol class="hits">${result.hits.map((h) => hit(l, query, h))}</ol>
<p class="turn">${query.cursor ? html`<a href="${searchUrl(query, {})}">${t(l, 'portal.first')}</a>` : html`<span></span>`}${
    result.next
      ? html`<a href="${searchUrl(query, { cursor: result.next })}" rel="next">${t(l, 'portal.more')}</a>`
      : null
  }</p></div></div>`;
}

function sorts(l: Language, query: PortalQuery): Html {
  const choice = (sort: string, label: string) =>
    (query.sort ?? 'relevance') === sort
      ? html`<strong>${label}</strong>`
      : html`<a href="${searchUrl(query, { sort })}">${label}</a>`;
  return html`<p class="sorts"><span class="soft">${t(l, 'portal.sort.label')}</span>${choice('relevance', t(l, 'portal.sort.relevance'))}${choice('date', t(l, 'portal.sort.date'))}</p>`;
}

function chosen(l: Language, query: PortalQuery): Html | null {
  if (!query.archive && !query.category && !query.fonds && !query.from) return null;
  return html`<p><a href="${searchUrl({ q: query.q }, {})}">${t(l, 'portal.all')}</a></p>`;
}

function facet(
  l: Language,
  query: PortalQuery,
  name: (typeof FACETS)[number],
  values: readonly PortalFacet[],
): Html | null {
  if (values.length < 2) return null;
  return html`<h2>${t(l, `portal.facet.${name}`)}</h2><ul>${values.slice(0, 8).map((v) => {
    const key = `category.${v.value}`;
    const label = name === 'category' && isMessageKey(key) ? t(l, key) : (v.label ?? v.value);
    return html`<li><a href="${searchUrl(query, { [name]: v.value })}">${label}</a><span class="n">${v.count}</span></li>`;
  })}</ul>`;
}

function hit(l: Language, query: PortalQuery, h: PortalHit): Html {
  const link = `/item/${h.id}?q=${encodeURIComponent(query.q)}`;
  return html`<li class="record"><h3><a href="${link}">${marked(h.title, h.titleHighlights)}</a></h3>
<div class="soft">${h.referenceCode ? html`<span class="code">${h.referenceCode}</span> · ` : null}${nameOf(l, h.archive)} › ${fondsWords(h.fonds)}${h.date ? html` · ${showDate(h.date)}` : null}${
    h.pageCount > 0 ? html` · ${t(l, 'portal.pages', { n: h.pageCount })}` : null
  }</div>${h.snippets
    .filter((s) => s.page !== null)
    .map(
      (s) =>
        html`<p class="snippet"><a href="/item/${h.id}/page/${s.page}?q=${encodeURIComponent(query.q)}">${t(l, 'portal.page', { n: s.page! })}</a>${marked(s.text, s.highlights)}</p>`,
    )}</li>`;
}

/** A fonds by number and name; one that nobody has named yet is called by its number alone, once. */
export function fondsWords({ number, name }: { number: string; name: string | null }): string {
  return name && name !== number ? `${number} ${name}` : number;
}

/** `20030501` as people write it; what has no such form stays as it is. */
export function showDate(date: string): string {
  const one = (d: string) =>
    d.replace(/^(\d{4})(\d\d)(\d\d)$/, (_, y, m, day) => [y, m, day].filter((x) => x !== '00').join('-'));
  return date.replace(/\d{8}/g, one);
}
