import type { DatePart } from './capture.ts';
import { oneLine } from './flat-text.ts';
import type { EadDate } from './types.ts';

/** A year, a month or a day, as the field for machines would have it. */
const POINT = /^-?\d{4}(?:-\d{2}(?:-\d{2})?|\d{2}(?:\d{2})?)?$/;

const point = (standard: string, text: string) => (standard !== '' ? standard : POINT.test(text) ? text : '');

/**
 * The dates of a unitdate (ISO 8601 in `normal`) or of a unitdatestructured (a single date, a range or a set).
 *
 * @param bulk whether the element around them says so
 */
export function datesOf(parts: readonly DatePart[], bulk: boolean): EadDate[] {
  const dates: EadDate[] = [];
  let from: DatePart | undefined;
  const add = (d: EadDate) => {
    if (d.text !== '' || d.from !== '' || d.to !== '') dates.push(d);
  };
  const range = (a: DatePart | undefined, b: DatePart | undefined) => {
    const [first, last] = [oneLine(a?.text ?? ''), oneLine(b?.text ?? '')];
    add({
      text: first === last ? first : [first, last].filter((x) => x !== '').join(' - '),
      from: point(a?.standard || a?.earliest || '', first),
      to: point(b?.standard || b?.latest || '', last),
      bulk,
    });
  };
  for (const p of parts) {
    if (p.name === 'fromdate') {
      if (from) range(from, undefined);
      from = p;
    } else if (p.name === 'todate') {
      range(from, p);
      from = undefined;
    } else if (p.name === 'datesingle') range(p, p);
    else {
      const [first = '', last = first] = p.standard.split('/');
      add({ text: oneLine(p.text), from: first, to: last, bulk: bulk || p.bulk });
    }
  }
  if (from) range(from, undefined);
  return dates;
}
