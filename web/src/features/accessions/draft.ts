import type { WayByHand } from '#kernel/accessionWords';
import type { Accession, Extent } from './queries.ts';

/** An accession as its form holds it: all text, '' for what is not said. */
export interface AccessionDraft {
  way: WayByHand;
  title: string;
  description: string;
  source: { id: string; name: string } | undefined;
  sourceName: string;
  fondsId: string | null;
  followsId: string | null;
  registeredOn: string;
  dueOn: string;
  dateFrom: string;
  dateTo: string;
  promised: Partial<Extent>;
  came: Partial<Extent>;
  cameOn: string;
  physicalState: string;
  originalHolder: string;
  originalCode: string;
  accessTerms: string;
  reproductionTerms: string;
  publicationTerms: string;
  embargoUntil: string;
  creditLine: string;
  endsOn: string;
  amount: string;
  currency: string;
  paidOn: string;
  paymentNote: string;
  location: string;
  note: string;
}

export function draftOf(a: Accession | undefined, today: string): AccessionDraft {
  return {
    way: !a || a.way === 'transfer' ? 'donation' : a.way,
    title: a?.title ?? '',
    description: a?.description ?? '',
    source: a?.sourceId ? { id: a.sourceId, name: a.sourceName } : undefined,
    sourceName: a && !a.sourceId ? a.sourceName : '',
    fondsId: a?.fonds?.id ?? null,
    followsId: a?.follows?.id ?? null,
    registeredOn: a?.registeredOn ?? today,
    dueOn: a?.dueOn ?? '',
    dateFrom: a?.dateFrom ?? '',
    dateTo: a?.dateTo ?? '',
    promised: a?.promised ?? {},
    came: {},
    cameOn: today,
    physicalState: a?.physicalState ?? '',
    originalHolder: a?.originalHolder ?? '',
    originalCode: a?.originalCode ?? '',
    accessTerms: a?.accessTerms ?? '',
    reproductionTerms: a?.reproductionTerms ?? '',
    publicationTerms: a?.publicationTerms ?? '',
    embargoUntil: a?.embargoUntil ?? '',
    creditLine: a?.creditLine ?? '',
    endsOn: a?.endsOn ?? '',
    amount: a?.price?.amount ?? '',
    currency: a?.price?.currency ?? 'CNY',
    paidOn: a?.paidOn ?? '',
    paymentNote: a?.paymentNote ?? '',
    location: a?.location ?? '',
    note: a?.note ?? '',
  };
}

const text = (value: string): string | null => value.trim() || null;

/** The same as it is sent. */
export const said = (d: AccessionDraft, accrualId: string | null) => ({
  title: text(d.title),
  description: text(d.description),
  sourceId: d.source?.id ?? null,
  sourceName: d.source ? null : text(d.sourceName),
  fondsId: d.fondsId,
  followsId: d.followsId,
  accrualId,
  registeredOn: text(d.registeredOn),
  dueOn: text(d.dueOn),
  dateFrom: text(d.dateFrom),
  dateTo: text(d.dateTo),
  promised: d.promised,
  physicalState: text(d.physicalState),
  originalHolder: text(d.originalHolder),
  originalCode: text(d.originalCode),
  accessTerms: text(d.accessTerms),
  reproductionTerms: text(d.reproductionTerms),
  publicationTerms: text(d.publicationTerms),
  embargoUntil: text(d.embargoUntil),
  creditLine: text(d.creditLine),
  endsOn: text(d.endsOn),
  price: text(d.amount) === null ? null : { amount: d.amount.trim(), currency: d.currency.trim() },
  paidOn: text(d.paidOn),
  paymentNote: text(d.paymentNote),
  location: text(d.location),
  note: text(d.note),
});
