/** What an authority is, and what can be said of it. Sources: ISAAR(CPF), ISDF, ISO 25964 for subjects. */

export const KINDS = ['body', 'person', 'family', 'place', 'subject', 'function'] as const;
export type Kind = (typeof KINDS)[number];
/** Bodies, persons and families are agents. */
export const CLASSES = ['agent', 'place', 'subject', 'function'] as const;
export type Class = (typeof CLASSES)[number];

export function classOf(kind: Kind): Class {
  return kind === 'place' || kind === 'subject' || kind === 'function' ? kind : 'agent';
}

/** Elements of text beside names, dates, identifiers and relations, each with the kinds that have it. */
export const ELEMENTS = {
  /** 5.2.2 history 历史沿革. */
  history: ['body', 'person', 'family', 'place', 'function'],
  /** 5.2.3 places, in words; places of the list are relations. */
  places: ['body', 'person', 'family'],
  /** 5.2.4 */
  legalStatus: ['body', 'person', 'family'],
  /** 5.2.5 functions, occupations and activities. */
  functions: ['body', 'person', 'family'],
  /** 5.2.6 mandates and sources of authority; of a function its legislation. */
  mandates: ['body', 'person', 'family', 'function'],
  /** 5.2.7 internal structure, genealogy. */
  structure: ['body', 'person', 'family'],
  /** 5.2.8 */
  context: ['body', 'person', 'family'],
  /** What kind of place: province, city, county, town. */
  placeType: ['place'],
  coordinates: ['place'],
  /** Definition and scope note; of a function its description. */
  scope: ['place', 'subject', 'function'],
  example: ['subject'],
  /** ISDF 5.1.1: function, activity, transaction. */
  functionType: ['function'],
  /** 5.4.3 rules and conventions. */
  rules: KINDS,
  /** 5.4.7 languages and scripts. */
  languages: ['body', 'person', 'family', 'function'],
  /** 5.4.8 */
  sources: KINDS,
  /** 5.4.9 maintenance notes. */
  maintenance: KINDS,
} as const satisfies Readonly<Record<string, readonly Kind[]>>;
export type Element = keyof typeof ELEMENTS;
export const ELEMENT_NAMES = Object.keys(ELEMENTS).filter(isElement);

export function isElement(name: string): name is Element {
  return Object.hasOwn(ELEMENTS, name);
}
export function hasElement(kind: Kind, element: Element): boolean {
  const kinds: readonly Kind[] = ELEMENTS[element];
  return kinds.includes(kind);
}

export const FORMS = ['authorised', 'parallel', 'rules', 'other'] as const;
export type Form = (typeof FORMS)[number];
export const STATUSES = ['draft', 'final'] as const;
export type Status = (typeof STATUSES)[number];

/** A stretch of time: as it is told, and its ends as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export interface Span {
  text: string | null;
  from: string | null;
  to: string | null;
}
export const NO_SPAN: Span = { text: null, from: null, to: null };

/** Parts of a document kept as they came, under the place they go back to. */
export type Kept = Readonly<Record<string, unknown>>;

export interface Name extends Span {
  form: Form;
  name: string;
  lang: string | null;
  note: string | null;
  kept: Kept;
}

export interface Identifier {
  /** `uscc` 统一社会信用代码, `isni`, … in free words. */
  type: string;
  value: string;
}

export interface Authority {
  id: string;
  networkId: string;
  archiveId: string;
  kind: Kind;
  vocabularyId: string | null;
  recordId: string | null;
  /** The authorised form. */
  name: string;
  key: string;
  exist: Span;
  identifiers: Identifier[];
  elements: Partial<Record<Element, string>>;
  status: Status;
  restricted: boolean;
  kept: Kept;
  mergedInto: string | null;
  broader: number;
  narrower: number;
  version: number;
  createdAt: Date;
  createdByName: string;
  updatedAt: Date;
  updatedByName: string;
}
