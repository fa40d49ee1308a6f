/** A retention period 保管期限. Old and new vocabularies stand side by side; none is converted into another. */
export interface Retention {
  /** `Y`, `Dn`, or the internal codes `CQ` and `DQ` of the legacy terms. */
  readonly code: string;
  readonly zhCN: string;
  readonly zhTW: string;
  readonly en: string;
  /** Years to keep; null when permanent, or when the term names a span rather than a number. */
  readonly years: number | null;
  readonly source: string;
}

const ORDERS = 'Order 8 (2006) art. 6; Order 10 (2012) art. 7';
const LEGACY = 'Retention terms before Order 8 (from memory of the rule; verify before quoting)';

/** The seeded vocabulary [S:DAC]; `Dn` with other n is made by {@link readRetention}. */
export const retentions: readonly Retention[] = [
  { code: 'Y', zhCN: '永久', zhTW: '永久', en: 'Permanent', years: null, source: ORDERS },
  { code: 'D30', zhCN: '定期30年', zhTW: '定期30年', en: '30 years', years: 30, source: ORDERS },
  { code: 'D10', zhCN: '定期10年', zhTW: '定期10年', en: '10 years', years: 10, source: ORDERS },
  { code: 'CQ', zhCN: '长期', zhTW: '長期', en: 'Long-term (16 to 50 years)', years: null, source: LEGACY },
  {
    code: 'DQ',
    zhCN: '短期',
    zhTW: '短期',
    en: 'Short-term (15 years or less)',
    years: null,
    source: LEGACY,
  },
];

const seeded = new Map(retentions.map((r) => [r.code, r]));
const SPELT = new Map([
  ['永久', 'Y'],
  ['永', 'Y'],
  ['长期', 'CQ'],
  ['長期', 'CQ'],
  ['短期', 'DQ'],
  ['permanent', 'Y'],
]);

function term(years: number): Retention {
  return {
    code: `D${years}`,
    zhCN: `定期${years}年`,
    zhTW: `定期${years}年`,
    en: years === 1 ? '1 year' : `${years} years`,
    years,
    source: 'Special term',
  };
}

/** The retention a catalogue cell names: `Y`, `永久`, `D30`, `30年`, `定期（30年）`, `长期`. Undefined when it names none. */
export function readRetention(text: string): Retention | undefined {
  const t = text.normalize('NFKC').replace(/\s+/g, '');
  const spelt = SPELT.get(t.toLowerCase());
  const known = seeded.get(spelt ?? t.toUpperCase());
  if (known) return known;
  const n = /^(?:[Dd]|定期)?\(?0*([1-9]\d{0,2})(?:年|years?)?\)?$/.exec(t);
  if (!n || (/^\d+$/.test(t) && !['10', '30'].includes(t))) return undefined;
  return seeded.get(`D${n[1]}`) ?? term(Number(n[1]));
}

/**
 * The last day of a retention period, `YYYY-MM-DD`: 31 December of year + term (counted from 1 January after the year
 * of formation). Null for what has no number of years. Expiry opens an appraisal; it destroys nothing.
 */
export function retentionEnds(year: number, retention: Retention): string | null {
  return retention.years === null ? null : `${String(year + retention.years).padStart(4, '0')}-12-31`;
}
