import { isMessageKey, type Language, t } from '#kernel/wording';
import { forReaders } from '#modules/federation';
import type { UnitView } from '#modules/holdings';
import { nameOf } from './home.ts';
import { type Html, html } from './html.ts';
import { fondsWords, showDate } from './search.ts';

export interface PortalPage {
  pageNo: number;
  width: number | null;
  height: number | null;
  label: string | null;
  /** What the picture does not show of the page. */
  notDrawn: readonly { kind: string; count: number }[] | null;
}

export interface PortalText {
  text: string;
  poor: boolean;
}

/** The address of a page image at a size, over the image service. */
export function imageUrl(unitId: string, pageNo: number, side: number): string {
  return `/iiif/image/${unitId}~${pageNo}/full/!${side},${side}/0/default.jpg`;
}

const FACTS = ['creator', 'docNo', 'date', 'category', 'retention', 'pages'] as const;

/** A record as the public reads it. */
export function itemPage(l: Language, v: UnitView, pages: readonly PortalPage[], q: string): Html {
  const u = v.unit;
  const code = u.referenceCode ?? '';
  const tail = q ? `?q=${encodeURIComponent(q)}` : '';
  return html`<p class="soft">${nameOf(l, v.archive)} › ${fondsWords(v.fonds)}${v.ancestors.map((a) => html` › ${a.title}`)}</p>
<h1>${u.title}</h1>
<p>${code ? html`<span class="code">${code}</span> ` : null}<span class="open-mark">● ${t(l, 'access.open')}</span></p>
${
  pages.length > 0
    ? html`<h2>${t(l, 'portal.pages', { n: u.pageCount })}</h2><ol class="strip">${pages.map(
        (p) =>
          html`<li><a href="/item/${u.id}/page/${p.pageNo}${tail}"><img src="${imageUrl(u.id, p.pageNo, 240)}" alt="" loading="lazy">${p.label ?? t(l, 'portal.page', { n: p.pageNo })}</a></li>`,
      )}</ol>`
    : html`<p>${t(l, 'portal.noImages')}</p>`
}
<h2>${t(l, 'portal.description')}</h2>
<dl class="facts">${FACTS.map((f) => fact(l, f, shown(l, f, u[f])))}${Object.entries(forReaders(u.description)).map(([k, x]) => fact(l, k, x))}</dl>
<p class="soft">${t(l, 'portal.cite', { archive: nameOf(l, v.archive), code, title: u.title })}</p>`;
}

function shown(l: Language, field: string, value: string | number | null): string | null {
  if (value === null) return null;
  const key = `${field}.${value}`;
  if ((field === 'category' || field === 'retention') && isMessageKey(key)) return t(l, key);
  return field === 'date' ? showDate(String(value)) : String(value);
}

function fact(l: Language, field: string, value: string | null): Html | null {
  const key = `field.${field}`;
  if (value === null || value === '' || !isMessageKey(key)) return null;
  return html`<dt>${t(l, key)}</dt><dd>${value}</dd>`;
}

/** One page image with its text. */
export function pagePage(
  l: Language,
  v: UnitView,
  p: PortalPage,
  text: PortalText | undefined,
  body: Html,
  q: string,
): Html {
  const id = v.unit.id;
  const tail = q ? `?q=${encodeURIComponent(q)}` : '';
  const link = (n: number, words: string) => html`<a href="/item/${id}/page/${n}${tail}">${words}</a>`;
  return html`<h1>${v.unit.title}</h1>
<p><span class="code">${v.unit.referenceCode ?? ''}</span> · ${t(l, 'portal.page', { n: p.pageNo })} / ${v.unit.pageCount}</p>
<p class="turn"><a href="/item/${id}${tail}">${t(l, 'portal.back')}</a>${p.pageNo > 1 ? link(p.pageNo - 1, t(l, 'portal.prev')) : null}${
    p.pageNo < v.unit.pageCount ? link(p.pageNo + 1, t(l, 'portal.nextPage')) : null
  }</p>
<img class="image" src="${imageUrl(id, p.pageNo, 1600)}" alt="${v.unit.title}, ${t(l, 'portal.page', { n: p.pageNo })}">
${notShown(l, p.notDrawn ?? [])}
${text ? html`<h2>${text.poor ? t(l, 'portal.text.poor') : t(l, 'portal.text')}</h2><div class="text">${body}</div>` : null}`;
}

/** What a page holds and its picture does not show, said under the picture. */
function notShown(l: Language, lacks: NonNullable<PortalPage['notDrawn']>): Html | null {
  if (lacks.length === 0) return null;
  const list = lacks.map(({ kind, count }) => {
    const key = `notDrawn.${kind}`;
    return t(l, 'viewer.notDrawnOne', { n: count, kind: isMessageKey(key) ? t(l, key) : kind });
  });
  const n = lacks.reduce((sum, lack) => sum + lack.count, 0);
  return html`<p class="soft">${t(l, 'viewer.notDrawn', { n, list: list.join(t(l, 'viewer.listSep')) })}</p>`;
}
