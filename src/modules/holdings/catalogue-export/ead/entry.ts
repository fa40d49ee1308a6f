import type { EadEntry, EadNote } from '#formats/ead';
import type { Language } from '#kernel/actor';
import { IMPORT_FIELDS } from '../../catalogue-import/headings/fields.ts';
import { EXTRA_ELEMENT } from '../../catalogue-import/headings/kept.ts';
import { EAD_PLACES } from '../../catalogue-import/reading/ead/columns.ts';
import {
  containerText,
  readContainerLine,
  readContainers,
} from '../../catalogue-import/reading/ead/containers.ts';
import { EAD_HEADING, type EadPlace } from '../../catalogue-import/reading/ead/headings.ts';
import { Seen } from '../../catalogue-import/rows/seen.ts';
import type { DescribedFonds, DescribedUnit } from '../types.ts';
import { leavingDates } from './dates.ts';
import { partsOfScope } from './fonds-scope.ts';

/** Where elements of an entry stand in EAD; those left out are written as elements of our own. */
const PLACES: Readonly<Record<string, EadPlace>> = {
  abstract: { kind: 'block', element: 'scopecontent' },
  history: { kind: 'block', element: 'bioghist' },
  custody: { kind: 'block', element: 'custodhist' },
  arrangement: { kind: 'block', element: 'arrangement' },
  originalLocation: { kind: 'block', element: 'originalsloc' },
  copyLocation: { kind: 'block', element: 'altformavail' },
  related: { kind: 'block', element: 'relatedmaterial' },
  note: { kind: 'block', element: 'odd' },
  acquisition: { kind: 'block', element: 'acqinfo' },
  appraisal: { kind: 'block', element: 'appraisal' },
  accruals: { kind: 'block', element: 'accruals' },
  accessConditions: { kind: 'block', element: 'accessrestrict' },
  reproduction: { kind: 'block', element: 'userestrict' },
  physical: { kind: 'block', element: 'phystech' },
  findingAids: { kind: 'block', element: 'otherfindaid' },
  publications: { kind: 'block', element: 'bibliography' },
  medium: { kind: 'did', element: 'physdesc' },
  language: { kind: 'did', element: 'langmaterial' },
  location: { kind: 'did', element: 'physloc' },
  subjects: { kind: 'access', element: 'subject' },
  persons: { kind: 'access', element: 'persname' },
  genre: { kind: 'access', element: 'genreform' },
  place: { kind: 'access', element: 'geogname' },
  boxNo: { kind: 'container' },
};

const LABELS = new Map<string, (typeof IMPORT_FIELDS)[number]['labels']>(
  IMPORT_FIELDS.map((f) => [f.field, f.labels]),
);

type Mutable = Required<
  Pick<EadEntry, 'creators' | 'containers' | 'did' | 'access' | 'blocks' | 'own' | 'objects'>
>;
interface Gathered extends Record<keyof Mutable, unknown> {
  creators: string[];
  containers: { type: string; text: string; within?: number }[];
  did: EadNote[];
  access: EadNote[];
  blocks: EadNote[];
  own: { name: string; head: string; text: string }[];
  objects: { href: string; text?: string }[];
}

const nothing = (): Gathered => ({
  creators: [], containers: [], did: [], access: [], blocks: [], own: [], objects: [],
}); // biome-ignore format: a row of lists

const lines = (text: string | undefined): string[] => (text ? text.split('\n').filter((l) => l !== '') : []);
const names = (text: string): string[] => text.split('; ').filter((n) => n.trim() !== '');

/** Puts a text where it stands in EAD; false where it has no place of its own there. */
function put(g: Gathered, place: EadPlace | undefined, text: string): boolean {
  switch (place?.kind) {
    case 'block':
      g.blocks.push({ element: place.element, text });
      return true;
    case 'did':
      g.did.push({ element: place.element, text });
      return true;
    case 'access':
      for (const name of names(text)) g.access.push({ element: place.element, text: name });
      return true;
    case 'origination':
      g.creators.push(...names(text));
      return true;
    case 'container':
      g.containers.push(...readContainers(text));
      return true;
    case 'dao':
      g.objects.push(...objectsIn(text));
      return true;
    default:
      return false;
  }
}

const ADDRESS =
  /^(?:(.*\S) )?((?:https?|ftp|file|ark|urn|doi|hdl|info):\S+|\S*\/\S+|[^\s.]+(?:\.[^\s.]+)*\.[a-z0-9]{2,5})$/i;

/** Digital objects of lines of words and addresses: an address ends its object. */
function objectsIn(text: string): { href: string; text?: string }[] {
  const found: { href: string; text?: string }[] = [];
  let words: string[] = [];
  for (const line of lines(text)) {
    const [, before, href] = ADDRESS.exec(line) ?? [];
    if (href === undefined) {
      words.push(line);
      continue;
    }
    if (before) words.push(before);
    found.push(words.length > 0 ? { href, text: words.join('\n') } : { href });
    words = [];
  }
  if (words.length > 0) found.push({ href: '', text: words.join('\n') });
  return found;
}

const NAME = /^[A-Za-z_][\w.-]{0,200}$/;

interface EadEntryOptions {
  fondsNo: string;
  language: Language;
  /** Whether an XML id is free; it is taken then. */
  takeId(id: string): boolean;
}

/** An entry of the holdings as a component of a finding aid. What came from one goes out again as it was, as far as text says it. */
function eadEntryOf(u: DescribedUnit, o: EadEntryOptions): EadEntry {
  const { extra = {}, ...described } = u.description;
  const g = nothing();
  const own = (name: string, text: string | number | null, head = labelOf(name, o.language)) => {
    if (text !== null && text !== '') g.own.push({ name, head, text: String(text) });
  };
  if (u.creator !== null) g.creators.push(...names(u.creator));
  own('docNo', u.docNo);
  own('category', u.category);
  own('year', u.year);
  own('retention', u.retention);
  if (u.classification !== 'public') own('classification', u.classification);
  if (u.accessStatus !== 'unreviewed') own('accessStatus', u.accessStatus);
  own('opensOn', u.opensOn);
  own('embargoUntil', u.embargoUntil);
  own('pages', u.pages);
  const told = new Set<string>([
    EAD_HEADING.code,
    EAD_HEADING.dates,
    EAD_HEADING.level,
    EAD_HEADING.otherIds,
  ]);
  told.add(EAD_HEADING.otherTitles);
  const containers = lines(extra[EAD_HEADING.containers]).map(readContainerLine);
  const place = described.boxNo ?? extra[EAD_HEADING.container] ?? '';
  const asGiven = containers.map((c) => ({ ...c, id: '', within: '' }));
  const exact = containers.length > 0 && sameWords(containerText(asGiven), place);
  if (exact) {
    g.containers.push(...containers);
    told.add(EAD_HEADING.containers);
  }
  const { id, others } = identifiersOf(u, described.identifiers, o);
  for (const [field, value] of Object.entries(described)) {
    if (typeof value !== 'string' || field === 'identifiers' || (field === 'boxNo' && exact)) continue;
    if (!put(g, PLACES[field], value)) own(field, value);
  }
  if (others.length > 0) own('identifiers', others.join('\n'));
  for (const [heading, value] of Object.entries(extra)) {
    if (told.has(heading) || (heading === EAD_HEADING.container && exact)) continue;
    if (!put(g, EAD_PLACES.get(heading), value)) own(`${EXTRA_ELEMENT}${heading}`, value, heading);
  }
  return {
    ...g,
    level: extra[EAD_HEADING.level] ?? u.level,
    id,
    codes: codesOf(u, extra, o.fondsNo),
    titles: titlesOf(u.title, lines(extra[EAD_HEADING.otherTitles])),
    dates: leavingDates(u, extra[EAD_HEADING.dates] ?? ''),
  };
}

const sameWords = (a: string, b: string) => a.replace(/\W+/g, '') === b.replace(/\W+/g, '');

function labelOf(name: string, language: Language): string {
  return LABELS.get(name)?.[language] ?? name;
}

/** The id the entry had where it came from, while it is one in XML and free; else our own. */
function identifiersOf(u: DescribedUnit, given: string | undefined, o: EadEntryOptions) {
  const all = lines(given);
  const kept = all.find((x) => NAME.test(x) && o.takeId(x));
  return { id: kept ?? (u.id === '' ? undefined : `lantai-${u.id}`), others: all.filter((x) => x !== kept) };
}

function codesOf(
  u: DescribedUnit,
  extra: Readonly<Record<string, string>>,
  fondsNo: string,
): EadEntry['codes'] {
  const local = extra[EAD_HEADING.code];
  const code = local !== undefined && u.referenceCode === `${fondsNo}-${local}` ? local : u.referenceCode;
  return [
    ...(code === null ? [] : [{ text: code }]),
    ...lines(extra[EAD_HEADING.otherIds]).map((text) => ({ text })),
    ...u.formerCodes.map((text) => ({ text, type: 'former' })),
  ];
}

/** A title that was too long for an entry goes out whole. */
function titlesOf(title: string, others: readonly string[]): string[] {
  const [first, ...rest] = others;
  const cut = title.endsWith(' …') && first?.startsWith(title.slice(0, -2).trimEnd());
  return cut && first !== undefined ? [first, ...rest] : [title, ...others];
}

/**
 * Entries and fonds of one document: ids are given once in it.
 *
 * @param language of the names of elements that EAD does not know
 */
export function eadEntries(language: Language) {
  const seen = new Seen();
  const takeId = (id: string) => seen.add(id, 1) === undefined;
  return {
    unit: (u: DescribedUnit, fondsNo: string): EadEntry => eadEntryOf(u, { fondsNo, language, takeId }),
    fonds: eadEntryOfFonds,
  };
}

/** A fonds as the whole that a finding aid describes. */
function eadEntryOfFonds(f: DescribedFonds): EadEntry {
  const g = nothing();
  const { scope, parts } = partsOfScope(f.scope);
  if (f.agency !== null) g.creators.push(f.agency);
  if (f.history) g.blocks.push({ element: 'bioghist', text: f.history });
  if (f.custody) g.blocks.push({ element: 'custodhist', text: f.custody });
  if (scope !== '') g.blocks.push({ element: 'scopecontent', text: scope });
  const of = (heading: string) => parts.filter((p) => p.heading === heading).flatMap((p) => lines(p.text));
  const told = new Set<string>([
    EAD_HEADING.otherIds,
    EAD_HEADING.otherTitles,
    EAD_HEADING.dates,
    EAD_HEADING.level,
  ]);
  const containers = of(EAD_HEADING.containers);
  if (containers.length > 0) {
    g.containers.push(...containers.map(readContainerLine));
    told.add(EAD_HEADING.containers).add(EAD_HEADING.container);
  }
  for (const { heading, text } of parts)
    if (!told.has(heading) && text !== '' && !put(g, EAD_PLACES.get(heading), text))
      g.own.push({ name: `${EXTRA_ELEMENT}${heading}`, head: heading, text });
  return {
    ...g,
    level: of(EAD_HEADING.level)[0] ?? 'fonds',
    codes: [f.number, ...of(EAD_HEADING.otherIds)].map((text) => ({ text })),
    titles: titlesOf(f.name, of(EAD_HEADING.otherTitles)),
    dates: leavingDates({ date: f.dates, dateFrom: null, dateTo: null }, of(EAD_HEADING.dates).join('\n')),
  };
}
