import { attributeOf, childrenOf, element, type XmlElement } from '#formats/xml';
import { line, same } from './flat.ts';
import type { EacSpan } from './types.ts';

const NONE: EacSpan = { text: null, from: null, to: null };
const DAY = /^-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

const standard = (of: XmlElement | undefined, names: readonly string[]): string | null => {
  for (const name of names) {
    const value = of && attributeOf(of, name)?.trim();
    if (value && DAY.test(value)) return value;
  }
  return null;
};

/** Dates below an element: a date, a range, or a set of them. */
export function spanIn(of: XmlElement | undefined): EacSpan {
  const all = of ? childrenOf(of).flatMap((c) => (c.name === 'dateSet' ? childrenOf(c) : [c])) : [];
  const spans = all.filter((c) => c.name === 'date' || c.name === 'dateRange').map(spanOf);
  const [first] = spans;
  const last = spans.at(-1);
  if (!first || !last) return NONE;
  const text = spans
    .map((s) => s.text ?? '')
    .filter((t) => t !== '')
    .join('; ');
  return ordered({ text: text === '' ? null : text, from: first.from, to: last.to });
}

function spanOf(of: XmlElement): EacSpan {
  if (of.name === 'date') {
    const text = line(of);
    const day = standard(of, ['standardDate', 'notBefore']);
    return {
      text: text === '' ? null : text,
      from: day,
      to: standard(of, ['standardDate', 'notAfter']) ?? day,
    };
  }
  const [from] = childrenOf(of, 'fromDate');
  const [to] = childrenOf(of, 'toDate');
  const words = [line(from), line(to)];
  return {
    // Words of an open stretch stand alone.
    text: words.every((w) => w === '') ? null : words[1] === '' ? (words[0] ?? null) : words.join('–'),
    from: standard(from, ['standardDate', 'notBefore', 'notAfter']),
    to: standard(to, ['standardDate', 'notAfter', 'notBefore']),
  };
}

/** Ends that stand the wrong way round are no ends: the words stay, and the element that said so. */
function ordered(s: EacSpan): EacSpan {
  const wrong =
    s.from !== null && s.to !== null && !s.from.startsWith('-') && s.to < s.from.slice(0, s.to.length);
  return wrong ? { text: s.text ?? `${s.from}–${s.to}`, from: null, to: null } : s;
}

export const sameSpan = (a: EacSpan, b: EacSpan): boolean =>
  same(a.text, b.text) && same(a.from, b.from) && same(a.to, b.to);

/** The elements of a stretch of time; none where nothing is said. */
export function dateElements({ text, from, to }: EacSpan): XmlElement[] {
  if (text === null && from === null && to === null) return [];
  if (from !== null && from === to)
    return [element('date', { standardDate: from }, text === null ? [] : [text])];
  if (from === null && to === null) return [element('date', {}, [text ?? ''])];
  const [begin, end] = halves(text);
  return [
    element('dateRange', {}, [
      element('fromDate', { standardDate: from ?? undefined }, begin === '' ? [] : [begin]),
      element('toDate', { standardDate: to ?? undefined }, end === '' ? [] : [end]),
    ]),
  ];
}

/** Words of both ends; words that have no two ends stand at the beginning. */
function halves(text: string | null): [string, string] {
  const at = text?.indexOf('–') ?? -1;
  return text === null ? ['', ''] : at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
