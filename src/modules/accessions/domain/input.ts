import type { Measure, WayByHand } from '#kernel/accessionWords';
import { Refusal } from '#kernel/errors';
import { readDay, readPart } from './days.ts';
import { type Extent, readExtent } from './extent.ts';
import { type Money, readMoney } from './money.ts';
import { demandUnmarked, needed, optional } from './text.ts';

/** What an accession says of itself, as it is written by hand. */
export interface AccessionText {
  way: WayByHand;
  title: string;
  description: string | null;
  sourceId: string | null;
  /** Where the source has no record of its own. */
  sourceName: string | null;
  fondsId: string | null;
  followsId: string | null;
  accrualId: string | null;
  registeredOn: string;
  dueOn: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  promised: Extent;
  physicalState: string | null;
  /** Of a copy: who holds the original, and under which number. */
  originalHolder: string | null;
  originalCode: string | null;
  terms: Terms;
  endsOn: string | null;
  price: Money | null;
  paidOn: string | null;
  paymentNote: string | null;
  location: string | null;
  note: string | null;
}

/** On what terms it is here. */
export interface Terms {
  accessTerms: string | null;
  reproductionTerms: string | null;
  publicationTerms: string | null;
  embargoUntil: string | null;
  creditLine: string | null;
}

type Maybe<T> = { [K in keyof T]?: T[K] | null | undefined };
export interface AccessionInput
  extends Maybe<Omit<AccessionText, 'promised' | 'terms' | 'way'>>,
    Maybe<Terms> {
  way: WayByHand;
  promised?: Partial<Record<Measure, number | null>> | null | undefined;
}

const SHORT = 500;
const LONG = 20_000;

/** @throws Refusal accession.day */
export function readTerms(given: Maybe<Terms>): Terms {
  const terms = {
    accessTerms: optional(given.accessTerms, 'accessTerms', LONG),
    reproductionTerms: optional(given.reproductionTerms, 'reproductionTerms', LONG),
    publicationTerms: optional(given.publicationTerms, 'publicationTerms', LONG),
    embargoUntil: readDay(given.embargoUntil, 'embargoUntil'),
    creditLine: optional(given.creditLine, 'creditLine', SHORT),
  };
  demandUnmarked(terms);
  return terms;
}

/**
 * An accession as it may be registered.
 *
 * @param today the day it is registered on, where none is given
 * @throws Refusal accession.needed, accession.tooLong, accession.day, accession.extent, accession.money, accession.marked,
 *   accession.needsSource, accession.needsHolder, accession.span
 */
export function readAccession(given: AccessionInput, today: string): AccessionText {
  const text: AccessionText = {
    way: given.way,
    title: needed(given.title, 'title', SHORT),
    description: optional(given.description, 'description', LONG),
    sourceId: given.sourceId ?? null,
    sourceName: given.sourceId ? null : optional(given.sourceName, 'sourceName', SHORT),
    fondsId: given.fondsId ?? null,
    followsId: given.followsId ?? null,
    accrualId: given.accrualId ?? null,
    registeredOn: readDay(given.registeredOn, 'registeredOn') ?? today,
    dueOn: readDay(given.dueOn, 'dueOn'),
    dateFrom: readPart(given.dateFrom, 'dateFrom'),
    dateTo: readPart(given.dateTo, 'dateTo'),
    promised: readExtent(given.promised ?? {}),
    physicalState: optional(given.physicalState, 'physicalState', LONG),
    originalHolder: optional(given.originalHolder, 'originalHolder', SHORT),
    originalCode: optional(given.originalCode, 'originalCode', SHORT),
    terms: readTerms(given),
    endsOn: readDay(given.endsOn, 'endsOn'),
    price: readMoney(given.price ?? null),
    paidOn: readDay(given.paidOn, 'paidOn'),
    paymentNote: optional(given.paymentNote, 'paymentNote', SHORT),
    location: optional(given.location, 'location', SHORT),
    note: optional(given.note, 'note', LONG),
  };
  demandUnmarked({ title: text.title, description: text.description, note: text.note });
  demandWhole(text, today);
  return text;
}

/** What belongs together by the way of acquisition. */
function demandWhole(text: AccessionText, today: string): void {
  const lacks = (field: string, code: string, message: string) => new Refusal(code, message, { field });
  if (text.sourceId === null && text.sourceName === null)
    throw lacks('sourceName', 'accession.needsSource', 'Say from whom it comes.');
  if (text.way === 'copy' && text.originalHolder === null)
    throw lacks('originalHolder', 'accession.needsHolder', 'Of a copy, say who holds the original.');
  if (
    text.dateFrom !== null &&
    text.dateTo !== null &&
    text.dateTo < text.dateFrom.slice(0, text.dateTo.length)
  )
    throw lacks('dateTo', 'accession.span', 'The last date is before the first.');
  // A register is written as things happen: a day to come is a slip of the pen.
  if (text.registeredOn > today) throw lacks('registeredOn', 'accession.ahead', 'This day has not come yet.');
}
