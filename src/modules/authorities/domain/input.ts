import { parseArchivalDate } from '#kernel/dates';
import { Refusal } from '#kernel/errors';
import {
  classOf,
  type Element,
  FORMS,
  hasElement,
  type Identifier,
  isElement,
  type Kept,
  type Kind,
  type Name,
  type Span,
  type Status,
} from './authority.ts';
import { identifierKey } from './terms.ts';

const MOST_NAME = 1_000;
const MOST_NAMES = 2_000;
const MOST_TEXT = 200_000;
const DAY = /^-?\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/;

/** A stretch of time as it is given. */
export interface SpanInput {
  text?: string | null;
  from?: string | null;
  to?: string | null;
}
export interface NameInput extends SpanInput {
  form: Name['form'];
  name: string;
  lang?: string | null;
  note?: string | null;
  kept?: Kept;
}

/** What is said of an authority, as it is given. */
export interface AuthorityInput {
  kind: Kind;
  recordId?: string | null;
  names: readonly NameInput[];
  exist?: SpanInput;
  identifiers?: readonly Identifier[];
  elements?: Readonly<Record<string, string | null>>;
  status?: Status;
  restricted?: boolean;
  kept?: Kept;
}

/** The same, judged. */
export interface AuthorityText {
  kind: Kind;
  recordId: string | null;
  names: Name[];
  exist: Span;
  identifiers: Identifier[];
  identifierKeys: string[];
  elements: Partial<Record<Element, string>>;
  status: Status;
  restricted: boolean;
  kept: Kept;
}

const wrong = (what: string, message: string, detail: Readonly<Record<string, unknown>> = {}) =>
  new Refusal(`authority.${what}`, message, { field: what, ...detail });

export const clean = (text: string | null | undefined): string | null => {
  const said = text?.toWellFormed().replaceAll('\u0000', '').normalize('NFC').trim() ?? '';
  return said === '' ? null : said;
};

/**
 * A stretch of time: ends that are not given (null is given) are read out of the words, where they can be.
 *
 * @throws Refusal `authority.dates` for ends that are no days, months or years, or stand the wrong way round
 */
export function readSpan(given: SpanInput | undefined): Span {
  const text = clean(given?.text);
  let from = clean(given?.from);
  let to = clean(given?.to);
  if (text !== null && given?.from === undefined && given?.to === undefined) {
    const { date } = parseArchivalDate(text);
    if (date) {
      const cut = { year: 4, month: 7, day: 10 }[date.precision];
      from = date.from.slice(0, cut);
      to = date.to.slice(0, cut);
    }
  }
  for (const end of [from, to])
    if (end !== null && !DAY.test(end))
      throw wrong('dates', 'Dates are years, months or days: 1949, 1949-10, 1949-10-01.', { value: end });
  if (
    from !== null &&
    to !== null &&
    !from.startsWith('-') &&
    !to.startsWith('-') &&
    to < from.slice(0, to.length)
  )
    throw wrong('dates', 'The end lies before the beginning.', { value: `${from}/${to}` });
  return { text, from, to };
}

/**
 * What may be said of an authority.
 *
 * @throws Refusal `authority.names` (one authorised form, none twice), `authority.dates`, `authority.identifiers`, `authority.elements`,
 *   `authority.recordId`
 */
export function readAuthority(given: AuthorityInput): AuthorityText {
  const { kind } = given;
  return {
    kind,
    recordId: readRecordId(given.recordId),
    names: readNames(given.names),
    exist: readSpan(given.exist),
    ...readIdentifiers(given.identifiers ?? []),
    elements: readElements(kind, given.elements ?? {}),
    status: given.status ?? 'draft',
    restricted: given.restricted ?? false,
    kept: given.kept ?? {},
  };
}

function readRecordId(given: string | null | undefined): string | null {
  const id = clean(given);
  if (id !== null && id.length > 200) throw wrong('recordId', 'A record number has at most 200 characters.');
  return id;
}

function readNames(given: readonly NameInput[]): Name[] {
  const names = given.flatMap((n) => {
    const name = clean(n.name);
    if (name === null) return [];
    if ([...name].length > MOST_NAME)
      throw wrong('names', `A name has at most ${MOST_NAME} characters.`, { most: MOST_NAME });
    return [
      { ...readSpan(n), form: n.form, name, lang: clean(n.lang), note: clean(n.note), kept: n.kept ?? {} },
    ];
  });
  if (names.length > MOST_NAMES) throw wrong('names', `At most ${MOST_NAMES} names.`, { most: MOST_NAMES });
  if (names.filter((n) => n.form === 'authorised').length !== 1)
    throw wrong('names', 'One name, and one only, is the authorised form.');
  // The authorised form first, the others as they were given.
  return names.sort((a, b) => Number(b.form === FORMS[0]) - Number(a.form === FORMS[0]));
}

function readIdentifiers(
  given: readonly Identifier[],
): Pick<AuthorityText, 'identifiers' | 'identifierKeys'> {
  const identifiers = given.flatMap((i) => {
    const value = clean(i.value);
    return value === null ? [] : [{ type: clean(i.type) ?? '', value }];
  });
  const bad = identifiers.find((i) => i.type === 'uscc' && !isSocialCreditCode(i.value));
  if (bad)
    throw wrong(
      'identifiers',
      'A unified social credit code has 18 characters, the last of which proves the others.',
      {
        value: bad.value,
      },
    );
  return {
    identifiers,
    identifierKeys: [...new Set(identifiers.map((i) => identifierKey(i.value)))].filter((k) => k !== ''),
  };
}

function readElements(
  kind: Kind,
  given: Readonly<Record<string, string | null>>,
): Partial<Record<Element, string>> {
  const elements: Partial<Record<Element, string>> = {};
  for (const [name, value] of Object.entries(given)) {
    const text = clean(value);
    if (text === null) continue;
    if (!isElement(name) || !hasElement(kind, name))
      throw wrong('elements', `There is no element "${name.slice(0, 40)}" of this kind.`, {
        value: name.slice(0, 40),
      });
    if (text.length > MOST_TEXT)
      throw wrong('elements', `A text has at most ${MOST_TEXT} characters.`, { value: name });
    elements[name] = text;
  }
  return elements;
}

const CODE_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** 统一社会信用代码 by GB 32100-2015: 17 characters and one that proves them, by weights modulo 31. */
export function isSocialCreditCode(code: string): boolean {
  const values = [...code.trim().toUpperCase()].map((c) => CODE_CHARACTERS.indexOf(c));
  if (values.length !== 18 || values.includes(-1)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * (values[i] ?? 0), 0);
  return values[17] === (31 - (sum % 31)) % 31;
}

/** Whether a thing of this kind belongs into a vocabulary. */
export const needsVocabulary = (kind: Kind): boolean => classOf(kind) === 'subject';
