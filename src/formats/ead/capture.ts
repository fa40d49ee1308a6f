import type { XmlTokenizer } from '#formats/xml';
import { FlatText } from './flat-text.ts';
import { tooLarge } from './refusals.ts';

/** Attributes that say something, by the names both editions give them. */
const READ = ['id', 'parent', 'label', 'normal', 'type', 'unitdatetype', 'localtype', 'title'] as const;
type Read = (typeof READ)[number];

/** A date within an element. */
export interface DatePart {
  name: string;
  text: string;
  standard: string;
  earliest: string;
  latest: string;
  bulk: boolean;
}

/** Dates given apart from the text around them. */
const DATE_PARTS = new Set(['unitdate', 'datesingle', 'fromdate', 'todate']);
/** What stands in an attribute when an element is empty. */
const MEANT: Readonly<Record<string, string>> = {
  language: 'langcode',
  script: 'scriptcode',
  date: 'normal',
};
/** Elements that point to something outside the document. */
const POINTERS = new Set([
  'dao',
  'daoloc',
  'extref',
  'extptr',
  'ref',
  'ptr',
  'archref',
  'bibref',
  'relation',
]);

/** Notes whose heading only says again what they are. */
const NAMED = new Set(
  (
    'scopecontent bioghist custodhist arrangement accessrestrict userestrict acqinfo appraisal accruals relatedmaterial ' +
    'separatedmaterial altformavail originalsloc prefercite processinfo otherfindaid phystech legalstatus fileplan'
  ).split(' '),
);

/** One element of a description while it is read: its text, made flat, and what its attributes say. */
export class Capture {
  readonly name: string;
  /** Depth of the element in the document. */
  readonly depth: number;
  readonly attributes: Partial<Record<Read, string>> = {};
  readonly internal: boolean;
  readonly dates: DatePart[] = [];
  /** Addresses a title points to: they are no part of it. */
  readonly links: string[] = [];
  /** Parts marked `audience="internal"`. */
  readonly hidden: string[] = [];
  readonly #limit: number;
  readonly #flat = new FlatText();
  readonly #marks: { depth: number; length: number; date?: DatePart; meant: string; href: string }[] = [];
  #hiding: { depth: number; name: string; flat: FlatText } | undefined;

  constructor(name: string, xml: XmlTokenizer, limit: number) {
    this.name = name;
    this.depth = xml.depth;
    this.#limit = limit;
    for (const attribute of READ) {
      const value = xml.attribute(attribute)?.trim();
      if (value) this.attributes[attribute] = value;
    }
    this.internal = isInternal(xml);
    this.#mark(name, xml);
  }

  get text(): string {
    return this.#flat.text;
  }

  open(name: string, xml: XmlTokenizer): void {
    if (!this.#hiding && (isInternal(xml) || this.#isLabel(name, xml)))
      this.#hiding = { depth: xml.depth, name: isInternal(xml) ? name : '', flat: new FlatText() };
    if (this.#hiding) this.#hiding.flat.border(name);
    else {
      // What stands in an entry of an index stands apart.
      this.#flat.border(xml.parent === 'indexentry' ? 'ptrgrp' : name);
      this.#mark(name, xml);
    }
  }

  add(piece: string): void {
    const flat = this.#hiding?.flat ?? this.#flat;
    flat.add(piece);
    if (flat.text.length > this.#limit)
      throw tooLarge(`an element "${this.name}" has more than ${this.#limit} characters`);
  }

  close(name: string, xml: XmlTokenizer): void {
    if (this.#hiding) {
      this.#hiding.flat.border(name);
      if (xml.depth > this.#hiding.depth) return;
      if (this.#hiding.name !== '' && this.#hiding.flat.text !== '')
        this.hidden.push(`${this.#hiding.name}: ${this.#hiding.flat.text}`);
      this.#hiding = undefined;
      return;
    }
    const mark = this.#marks.at(-1);
    if (mark?.depth === xml.depth) {
      this.#marks.pop();
      const own = () => this.#flat.text.slice(mark.length).trim();
      if (mark.meant !== '' && own() === '') this.#flat.add(mark.meant);
      if (this.name === 'unittitle' && mark.href !== '') this.links.push(mark.href);
      else if (mark.href !== '' && !own().includes(mark.href)) this.#flat.add(` ${mark.href}`);
      if (mark.date) this.dates.push({ ...mark.date, text: own() });
    }
    this.#flat.border(name);
  }

  #isLabel(name: string, xml: XmlTokenizer): boolean {
    if (name !== 'head' || xml.depth !== this.depth + 1) return false;
    return NAMED.has(this.name) || ownName(this.name, this.attributes.localtype) !== undefined;
  }

  /** Remembers where the text of an element begins whose text, or want of it, matters. */
  #mark(name: string, xml: XmlTokenizer): void {
    const attribute = MEANT[name];
    const meant = attribute === undefined ? '' : (xml.attribute(attribute)?.trim() ?? '');
    const href = POINTERS.has(name)
      ? (xml.attribute('href') ?? xml.prefixedAttribute('href') ?? '').trim()
      : '';
    const isDate = DATE_PARTS.has(name);
    if (!isDate && meant === '' && href === '') return;
    const date: DatePart | undefined = isDate
      ? {
          name,
          text: '',
          standard: (xml.attribute('standarddate') ?? xml.attribute('normal') ?? '').trim(),
          earliest: (xml.attribute('notbefore') ?? '').trim(),
          latest: (xml.attribute('notafter') ?? '').trim(),
          bulk: (xml.attribute('type') ?? xml.attribute('unitdatetype')) === 'bulk',
        }
      : undefined;
    const at = { depth: xml.depth, length: this.#flat.text.length, meant, href };
    this.#marks.push(date ? { ...at, date } : at);
  }
}

/** What stands before the name of an element of our own, in `localtype` of an `odd`. */
export const OWN_ELEMENT = 'lantai:';

/** The name of an element that we wrote where EAD has none; undefined for all others. */
export function ownName(element: string, localType: string | undefined): string | undefined {
  if (element !== 'odd' || !localType?.startsWith(OWN_ELEMENT)) return undefined;
  return localType.slice(OWN_ELEMENT.length) || undefined;
}

export function isInternal(xml: XmlTokenizer): boolean {
  return (
    xml.find('audience') && xml.valueTo - xml.valueFrom === 8 && xml.attribute('audience') === 'internal'
  );
}
