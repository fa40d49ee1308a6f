/** Words in which the register of accessions 接收征集 speaks, the same on the server and in the console. */

/** What is entered by hand: a countersigned handover enters itself. */
export const WAYS_BY_HAND = [
  'donation',
  'purchase',
  'deposit',
  'copy',
  'exchange',
  'recovery',
  'other',
] as const;
export type WayByHand = (typeof WAYS_BY_HAND)[number];

/**
 * Ways in which archives acquire (档案法 2020, 22: what others own may be deposited 寄存 with a state archive, given 捐献 to it or sold
 * 收购 to it; beside the handover of agencies).
 */
export const WAYS = ['transfer', ...WAYS_BY_HAND] as const;
export type Way = (typeof WAYS)[number];

/**
 * Where an accession stands, from what was promised to what is arranged. What came is appraised before it is taken: wholly, in
 * part or not at all; what was refused is given back.
 */
export const ACCESSION_STATES = [
  'promised',
  'agreed',
  'received',
  'proposed',
  'accepted',
  'refused',
  'arranged',
  'closed',
  'withdrawn',
  'returned',
] as const;
export type AccessionState = (typeof ACCESSION_STATES)[number];

export const VERDICTS = ['whole', 'part', 'none'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What extents are told in: volumes 卷, items 件, pages 页, boxes 盒, metres of shelf, gigabytes. */
export const MEASURES = ['volumes', 'items', 'pages', 'boxes', 'metres', 'gigabytes'] as const;
export type Measure = (typeof MEASURES)[number];

/** What an accession is arranged into. */
export const ARRANGED_KINDS = ['import', 'unit', 'fonds'] as const;
export type ArrangedKind = (typeof ARRANGED_KINDS)[number];

export const SOURCE_KINDS = ['person', 'family', 'body'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

export const CONTACT_WAYS = ['visit', 'telephone', 'letter', 'mail', 'meeting', 'other'] as const;
export type ContactWay = (typeof CONTACT_WAYS)[number];

export const HONOUR_KINDS = ['gift', 'collection', 'honour'] as const;
export type HonourKind = (typeof HONOUR_KINDS)[number];

export const EXPECTED_KINDS = ['promised', 'part', 'accrual', 'depositEnd', 'lead'] as const;
export type ExpectedKind = (typeof EXPECTED_KINDS)[number];

export const LEAD_STATES = ['open', 'talking', 'resting', 'won', 'lost'] as const;
export type LeadState = (typeof LEAD_STATES)[number];

export const WORTHS = ['high', 'fair', 'low'] as const;
export type Worth = (typeof WORTHS)[number];

export const DEED_KINDS = ['gift', 'purchase', 'deposit', 'copy', 'exchange', 'other'] as const;
export type DeedKind = (typeof DEED_KINDS)[number];

/** The agreement that goes with a way, as a rule. */
export function deedOf(way: Way): DeedKind {
  switch (way) {
    case 'donation':
      return 'gift';
    case 'purchase':
    case 'deposit':
    case 'copy':
    case 'exchange':
      return way;
    default:
      return 'other';
  }
}

/** Whether the records become the archive's own by such an agreement: not what is deposited, and of a copy the original. */
export const propertyPasses = (kind: DeedKind): boolean => kind !== 'deposit' && kind !== 'copy';
