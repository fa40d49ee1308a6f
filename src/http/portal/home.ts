import { type Language, t } from '#kernel/wording';
import type { Archive } from '#modules/holdings';
import { type Html, html } from './html.ts';
import { searchBox } from './layout.ts';

// What people come for most, in the words the records use.
const MARRIAGE = '婚姻登记';
const SCHOOL = '学籍';

/** The home page: one box, four doors in plain words. */
export function homePage(l: Language, archives: readonly Archive[]): Html {
  const door = (href: string, words: string) => html`<li><a href="${href}">${words}</a></li>`;
  return html`<div class="home"><h1>${t(l, 'portal.tagline')}</h1>${searchBox(l, '')}
<h2 class="hidden">${t(l, 'portal.doors')}</h2>
<ul class="doors">${door(`/search?q=${encodeURIComponent(MARRIAGE)}`, t(l, 'portal.door.marriage'))}${door(
    `/search?q=${encodeURIComponent(SCHOOL)}`,
    t(l, 'portal.door.school'),
  )}${door('/search?browse=open', t(l, 'portal.door.open'))}${door('/verify', t(l, 'portal.door.verify'))}</ul>
<h2>${t(l, 'portal.archives')}</h2>
<ul class="archives">${archives.map((a) => html`<li><a href="/search?browse=open&amp;archive=${a.code}">${nameOf(l, a)}</a></li>`)}</ul></div>`;
}

/** An archive's name in a language, as far as it has one. */
export function nameOf(l: Language, a: Pick<Archive, 'name' | 'nameHant' | 'nameEn'>): string {
  if (l === 'en') return a.nameEn ?? a.name;
  return l === 'zh-TW' ? (a.nameHant ?? a.name) : a.name;
}
