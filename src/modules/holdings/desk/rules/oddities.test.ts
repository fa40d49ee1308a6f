import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArchivalDate } from '#kernel/dates';
import { type Around, type Looked, odditiesOf, slipped } from './oddities.ts';

const AROUND: Around = { today: '2026-03-01', fondsFrom: null, volume: null };

function entry(o: Partial<Looked> & { date?: string }): Looked {
  const { date } = o.date ? parseArchivalDate(o.date) : { date: null };
  return {
    level: 'item', title: '关于防汛工作的通知', docNo: null, year: null, retention: null, referenceCode: null, ...o,
    date: o.date ?? null, dateFrom: date?.from ?? null, dateTo: date?.to ?? null,
  }; // biome-ignore format: a row of fields
}
const odd = (o: Parameters<typeof entry>[0], around: Partial<Around> = {}) =>
  odditiesOf(entry(o), { ...AROUND, ...around }).map(
    (f) => `${f.rule}${f.proposal ? ` ${f.proposal.field}=${f.proposal.value}` : ''}`,
  );

describe('an entry', () => {
  it.each<[string, Parameters<typeof entry>[0]]>([
    [
      'whose year, date, number and code agree',
      { year: 1990, date: '19900312', docNo: '望水〔1990〕12号', referenceCode: 'J019-WS·1990·D30-0012' },
    ],
    [
      'whose number of December was filed in the next year',
      { year: 1991, date: '19901228', docNo: '望水〔1990〕312号' },
    ],
    ['of December signed in January', { year: 1990, date: '19910108', docNo: '望水〔1990〕312号' }],
    ['that sums up the year before', { year: 1990, date: '19910120', title: '1990年工作总结' }],
    ['that draws up the budget of the next year', { year: 1991, date: '19901120', title: '1991年财政预算' }],
    ['that answers a year later', { year: 1991, date: '19900312' }],
    ['that speaks of a plan for later', { year: 1990, date: '19900312', title: '2000年发展规划' }],
    ['that puts an old case right', { year: 1980, date: '19800312', title: '关于1957年错划右派平反的决定' }],
    ['whose decade is no year', { year: 1995, date: '19950312', title: '九十年代经济发展规划' }],
    ['that says nothing', {}],
    [
      'of a file over several years',
      { level: 'file', year: 1992, date: '19900101-19920301', title: '1990年至1992年水库档案' },
    ],
  ])('%s is not odd', (_, o) => {
    expect(odd(o)).toEqual([]);
  });

  it.each<[string, Parameters<typeof entry>[0], string[]]>([
    [
      'two others agree upon another year',
      { year: 1909, date: '19900312', docNo: '望水〔1990〕12号' },
      ['yearDate year=1990'],
    ],
    [
      'its date alone slipped',
      { year: 1990, date: '19800312', docNo: '望水〔1990〕12号' },
      ['dateDocNo date=19900312'],
    ],
    [
      'its year is not that of its number',
      { year: 1985, docNo: '望水〔1990〕12号' },
      ['yearDocNo year=1990'],
    ],
    [
      'its code says another year',
      { year: 1991, referenceCode: 'J019-WS·1990·D30-0012' },
      ['yearCode year=1990'],
    ],
    [
      'its date has not come yet',
      { year: 1990, date: '20900312', docNo: '望水〔1990〕12号' },
      ['dateFuture date=19900312'],
    ],
    ['its year has not come yet', { year: 2900 }, ['yearFuture']],
    [
      'its title says the same day of another year',
      { year: 1990, date: '19900312', title: '1980年3月12日会议纪要' },
      ['dateTitle date=19800312'],
    ],
    [
      'a figure of the year slipped, by its title',
      { year: 1909, title: '1990年工作总结' },
      ['yearTitle year=1990'],
    ],
    [
      'its retention is not that of its code',
      { year: 1990, retention: 'Y', referenceCode: 'J019-WS·1990·D30-0012' },
      ['retentionCode retention=D30'],
    ],
  ])('is odd where %s', (_, o, expected) => {
    expect(odd(o)).toEqual(expected);
  });

  it('is odd where it is older than its fonds, or outside its file', () => {
    expect(odd({ year: 1940, date: '19400312' }, { fondsFrom: '1949-10-01' })).toEqual(['dateBeforeFonds']);
    expect(
      odd({ year: 1980, date: '19800312' }, { volume: { from: '1990-01-01', to: '1990-12-31' } }),
    ).toEqual(['dateOutsideVolume']);
    expect(
      odd({ level: 'file', date: '19800312' }, { volume: { from: '1990-01-01', to: '1990-12-31' } }),
    ).toEqual([]);
  });

  it('is proposed nothing impossible, and nothing it says already', () => {
    const year = fc.option(fc.integer({ min: 1900, max: 2100 }), { nil: null });
    fc.assert(
      fc.property(
        year,
        fc.option(fc.integer({ min: 1900, max: 2100 })),
        fc.option(fc.integer({ min: 1949, max: 2030 })),
        fc.integer({ min: 1, max: 12 }),
        (y, d, n, m) => {
          const o = {
            year: y,
            ...(d ? { date: `${d}${String(m).padStart(2, '0')}12` } : {}),
            docNo: n ? `望水〔${n}〕1号` : null,
          };
          for (const f of odditiesOf(entry(o), AROUND)) {
            if (f.proposal?.field === 'year') {
              expect(Number(f.proposal.value)).toBeLessThanOrEqual(2026);
              expect(Number(f.proposal.value)).not.toBe(y);
            }
            if (f.proposal?.field === 'date') expect(f.proposal.value).not.toBe(o.date);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is no longer odd once it has taken what was proposed with some certainty', () => {
    const before = entry({ year: 1909, date: '19900312', docNo: '望水〔1990〕12号' });
    const [found] = odditiesOf(before, AROUND);
    expect(found).toMatchObject({ confidence: 'high' });
    expect(odditiesOf({ ...before, year: Number(found?.proposal?.value) }, AROUND)).toEqual([]);
  });

  it('slips are one figure wrong or two changed over, and neighbouring years are none', () => {
    expect([
      slipped(1909, 1990),
      slipped(1980, 1990),
      slipped(2990, 1990),
      slipped(1990, 1991),
      slipped(1957, 1980),
    ]).toEqual([true, true, true, false, false]);
  });
});
