import type { EadDate, EadDescription } from '#formats/ead';

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

export function bulkText(d: EadDescription): string {
  const bulk = d.dates.filter((x) => x.bulk);
  return bulk.length === d.dates.length ? '' : distinct(bulk).map(shown).join(', ');
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
