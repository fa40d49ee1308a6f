import type { Authority, Element, Identifier, Name, Span } from './authority.ts';

/** What the record that stays was given by a merge. */
export interface Given {
  names: Name[];
  identifiers: Identifier[];
  elements: Partial<Record<Element, string>>;
  /** Dates of existence, where it had none. */
  exist: Span | null;
  /** It was open before. */
  restricted: boolean;
}

type Merged = Pick<Authority, 'kind' | 'exist' | 'identifiers' | 'elements' | 'restricted'> & {
  names: readonly Name[];
};

const sameName = (a: Name, b: Name) =>
  a.form === b.form && a.name === b.name && a.lang === b.lang && a.note === b.note && sameSpan(a, b);
const sameSpan = (a: Span, b: Span) => a.text === b.text && a.from === b.from && a.to === b.to;
const sameIdentifier = (a: Identifier, b: Identifier) => a.type === b.type && a.value === b.value;
const nameOnly = ({ form, name, lang, note, kept, text, from, to }: Name): Name => ({
  form,
  name,
  lang,
  note,
  kept,
  text,
  from,
  to,
});

/** What of a duplicate goes to the record that stays: what that lacks. @param fold the form in which names are compared */
export function givenBy(duplicate: Merged, stays: Merged, fold: (text: string) => string): Given {
  const known = new Set(stays.names.map((n) => fold(n.name)));
  const elements: Given['elements'] = {};
  // What the other's kind has a place for.
  if (stays.kind === duplicate.kind)
    for (const key of Object.keys(duplicate.elements) as Element[])
      if (!stays.elements[key] && duplicate.elements[key]) elements[key] = duplicate.elements[key];
  return {
    names: duplicate.names
      .filter((n) => !known.has(fold(n.name)))
      .map((n) => nameOnly(n.form === 'authorised' ? { ...n, form: 'other' } : n)),
    identifiers: duplicate.identifiers.filter((i) => !stays.identifiers.some((s) => sameIdentifier(i, s))),
    elements,
    exist: (stays.exist.text ?? stays.exist.from ?? stays.exist.to) ? null : duplicate.exist,
    restricted: duplicate.restricted && !stays.restricted,
  };
}

/** What was given and is another now, so that it stays. */
export interface Staying {
  what: 'name' | 'element' | 'dates' | 'restricted';
  value: string;
}

/** A record without what a merge gave it. */
export interface Without {
  names: Name[];
  identifiers: Identifier[];
  elements: Partial<Record<Element, string>>;
  exist: Span;
  restricted: boolean;
  /** Names that leave. */
  leaving: string[];
  staying: Staying[];
}

/**
 * A record as it would stand had it been given nothing: what it was given leaves where it still is as it was given; what somebody
 * corrected since stays and is told. What was removed since is simply gone.
 */
export function withoutGiven(now: Merged, given: Given): Without {
  const staying: Staying[] = [];
  const leaves = now.names.filter((n) => n.form !== 'authorised' && given.names.some((g) => sameName(n, g)));
  for (const g of given.names) {
    const left = now.names.find((n) => n.name === g.name && !leaves.includes(n));
    if (left) staying.push({ what: 'name', value: g.name });
  }
  const elements: Without['elements'] = {};
  for (const key of Object.keys(given.elements) as Element[]) {
    const is = now.elements[key] ?? '';
    // An empty one is taken out.
    if (is === given.elements[key]) elements[key] = '';
    else if (is !== '') staying.push({ what: 'element', value: key });
  }
  const dated = given.exist !== null && (given.exist.text ?? given.exist.from ?? given.exist.to) !== null;
  const sameDates = given.exist !== null && sameSpan(now.exist, given.exist);
  if (dated && !sameDates && (now.exist.text ?? now.exist.from ?? now.exist.to))
    staying.push({ what: 'dates', value: now.exist.text ?? now.exist.from ?? now.exist.to ?? '' });
  // As long as something of a record that is not for everybody stays, the other is not for everybody either.
  const opens = given.restricted && staying.length === 0;
  if (given.restricted && !opens && now.restricted) staying.push({ what: 'restricted', value: '' });
  return {
    names: now.names.filter((n) => !leaves.includes(n)),
    identifiers: now.identifiers.filter((i) => !given.identifiers.some((g) => sameIdentifier(i, g))),
    elements,
    exist: sameDates ? { text: null, from: null, to: null } : now.exist,
    restricted: opens ? false : now.restricted,
    leaving: leaves.map((n) => n.name),
    staying,
  };
}
