import type { EadDate, EadDescription } from '#formats/ead';
import { parseArchivalDate } from '#kernel/dates';
import { remember } from '../../rows/remember.ts';
import { normalOf, shownDate } from './shown.ts';

const shown = (d: EadDate) => d.text || (d.from === d.to ? d.from : `${d.from}/${d.to}`);
const compact = (text: string) => text.replace(/\s+/g, '');

/** Each date once: many documents give the same one for readers and for machines. */
function distinct(dates: readonly EadDate[]): EadDate[] {
  const found = new Map<string, EadDate>();
  for (const d of dates) {
    const key = compact(shown(d));
    const before = found.get(key);
    if (!before || (before.from === '' && d.from !== ''))
      found.set(key, before ? { ...d, text: before.text } : d);
  }
  return [...found.values()];
}

/** The dates of creation: those of the bulk only where there are no others. */
function usual(d: EadDescription): EadDate[] {
  const inclusive = d.dates.filter((x) => !x.bulk);
  return distinct(inclusive.length > 0 ? inclusive : d.dates);
}

export function dateText(d: EadDescription): string {
  return usual(d).map(shown).join(', ');
}

/** A date on a line of its own: the words, the form for machines, whether of the bulk. */
const line = (d: EadDate) => {
  const normal = d.from === d.to ? d.from : `${d.from}/${d.to}`;
  return `${d.text}${normal === '' ? '' : ` ⟦${normal}⟧`}${d.bulk ? ' ⟦bulk⟧' : ''}`;
};

const LINE = /^(.*?)(?: ?⟦((?!bulk)[^⟧]*)⟧)?( ?⟦bulk⟧)?$/;

/** Reads a line that `dateLines` wrote. */
export function readDateLine(text: string): { text: string; normal: string; bulk: boolean } {
  const [, words = '', normal = '', bulk] = LINE.exec(text) ?? [];
  return { text: words, normal, bulk: bulk !== undefined };
}

const isPoint = (text: string) => /^\d{4}(?:-\d\d(?:-\d\d)?)?$/.test(text);
const clear = remember((text) => parseArchivalDate(text).date);

/** The dates as the document has them, a line each, where the date of an entry does not say all of it; '' else. */
export function dateLines(d: EadDescription): string {
  const [only, ...more] = d.dates;
  if (!only || (more.length === 0 && saysAll(only))) return '';
  return d.dates.map(line).join('\n');
}

/** Whether the words go out as they came in, and the form for machines follows from the days they are read to. */
function saysAll(d: EadDate): boolean {
  if (d.bulk || d.text === '') return false;
  const read = clear(d.text);
  const given = d.from === d.to ? d.from : `${d.from}/${d.to}`;
  if (read) {
    const kept = read.lossless ? shownDate(read.text) : d.text;
    return kept === d.text && (given === '' || given === normalOf(read.from, read.to));
  }
  return given === '' || (isPoint(d.from) && isPoint(d.to) && d.from <= d.to);
}

/** First and last point for machines, where every date has them; '' else. */
export function span(d: EadDescription): { from: string; to: string } {
  const dates = usual(d);
  const [first, ...more] = dates;
  if (!first || dates.some((x) => x.from === '' || x.to === '')) return { from: '', to: '' };
  if (more.length > 0 && dates.some((x) => !/^\d{4}/.test(x.from) || !/^\d{4}/.test(x.to)))
    return { from: '', to: '' };
  return {
    from: dates.map((x) => x.from).sort()[0] ?? '',
    to:
      dates
        .map((x) => x.to)
        .sort()
        .at(-1) ?? '',
  };
}
