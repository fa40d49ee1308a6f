import { LANGUAGES, type Language, t } from '#kernel/wording';
import { type Html, html } from './html.ts';

const LANGUAGE_NAMES: Record<Language, string> = { 'zh-CN': '简体', 'zh-TW': '繁體', en: 'English' };

export interface PageOptions {
  language: Language;
  title: string;
  body: Html;
  /** Path and query of this page, for the language links. */
  url: string;
  /** What stands in the search box; no box on the home page, which has its own. */
  query?: string;
  box?: boolean;
  /** What the page says of itself to programs. */
  head?: Html;
}

/** A public page: whole without JavaScript, readable on an old phone, under 50 kB. */
export function page(o: PageOptions): string {
  const { language: l } = o;
  return html`<!doctype html>
<html lang="${l}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${o.title} · ${t(l, 'portal.name')}</title>
<link rel="stylesheet" href="/portal.css">
<link rel="icon" href="/seal.svg" type="image/svg+xml">
<link rel="alternate" type="application/atom+xml" href="/feed.atom" title="${t(l, 'portal.feed')}">
${o.head}
</head>
<body>
<a class="skip" href="#main">${t(l, 'portal.skip')}</a>
<header class="top">
<a class="brand" href="/"><span class="seal" aria-hidden="true">蘭台</span> ${t(l, 'portal.tagline')}</a>
${o.box === false ? null : searchBox(l, o.query ?? '')}
<nav class="languages" aria-label="${t(l, 'portal.language')}">${LANGUAGES.map((other) =>
    other === l
      ? html`<span aria-current="true" lang="${other}">${LANGUAGE_NAMES[other]}</span>`
      : html`<a href="${withLanguage(o.url, other)}" lang="${other}" hreflang="${other}">${LANGUAGE_NAMES[other]}</a>`,
  )}</nav>
</header>
<main id="main">${o.body}</main>
<footer><a href="/verify">${t(l, 'portal.door.verify')}</a> <a href="/console/">${t(l, 'portal.staff')}</a></footer>
</body>
</html>`.text;
}

export function searchBox(l: Language, query: string): Html {
  return html`<form class="box" action="/search" role="search">
<label class="hidden" for="q">${t(l, 'portal.find.label')}</label>
<input id="q" name="q" type="search" value="${query}" placeholder="${t(l, 'portal.find.label')}" maxlength="200">
<button>${t(l, 'portal.find')}</button></form>`;
}

/** The same page in another language. */
export function withLanguage(url: string, language: Language): string {
  const u = new URL(url, 'http://portal.invalid');
  u.searchParams.set('lang', language);
  return u.pathname + u.search;
}
