import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArchivalDate, dateOf, daysInMonth, displayArchivalDate, parseArchivalDate } from '../dates.ts';
import type { DatePoint } from './point.ts';

function read(text: string): ArchivalDate {
  const { date, finding } = parseArchivalDate(text);
  if (!date) throw new Error(`${text}: ${finding.code} ${finding.message}`);
  return date;
}
const refused = (text: string) => parseArchivalDate(text).finding?.code;

describe('canonical archival dates', () => {
  it.each([
    ['20030501', '20030501', '2003-05-01', '2003-05-01', 'day'],
    ['20030500', '20030500', '2003-05-01', '2003-05-31', 'month'],
    ['20030000', '20030000', '2003-01-01', '2003-12-31', 'year'],
    ['20040200', '20040200', '2004-02-01', '2004-02-29', 'month'],
    ['19000200', '19000200', '1900-02-01', '1900-02-28', 'month'],
    ['20030501-20030731', '20030501-20030731', '2003-05-01', '2003-07-31', 'day'],
    ['19230000-19250600', '19230000-19250600', '1923-01-01', '1925-06-30', 'year'],
    ['[19230000]', '[19230000]', '1923-01-01', '1923-12-31', 'year'],
    ['[19230000-19250000]', '[19230000-19250000]', '1923-01-01', '1925-12-31', 'year'],
    ['[19230000]-19250000', '[19230000]-19250000', '1923-01-01', '1925-12-31', 'year'],
    ['[19230000]-[19250000]', '[19230000-19250000]', '1923-01-01', '1925-12-31', 'year'],
  ])('reads %s', (source, text, from, to, precision) => {
    expect(read(source)).toMatchObject({
      text,
      from,
      to,
      precision,
      inferred: source.includes('['),
      lossless: true,
    });
  });
});

describe('dates as people type them', () => {
  it.each([
    ['2003-05-01', '20030501'],
    ['2003.5.1', '20030501'],
    ['2003/5/1', '20030501'],
    ['2003年5月1日', '20030501'],
    ['２００３年５月１日', '20030501'],
    ['2003年05月01号', '20030501'],
    ['2003 年 5 月 1 日', '20030501'],
    ['二〇〇三年五月一日', '20030501'],
    ['一九八四年十二月廿一日', '19841221'],
    ['民国十二年五月', '19230500'],
    ['民國12年', '19230000'],
    ['2003年', '20030000'],
    ['2003年5月', '20030500'],
    ['2003', '20030000'],
    ['200305', '20030500'],
    ['2003-05', '20030500'],
    ['2003-05-01 00:00:00', '20030501'],
    ['2003-05-01T08:30:00.000Z', '20030501'],
    ['25/12/1923', '19231225'],
    ['1 May 2003', '20030501'],
    ['1st May, 2003', '20030501'],
    ['May 1, 2003', '20030501'],
    ['16 Sept. 1894', '18940916'],
    ['2003 May 1', '20030501'],
    ['1-May-2003', '20030501'],
    ['Sep 1894', '18940900'],
    ['c.1923', '[19230000]'],
    ['c1923', '[19230000]'],
    ['circa 1923', '[19230000]'],
    ['ca. 1923-1925', '[19230000-19250000]'],
    ['[1923?]', '[19230000]'],
    ['1923?', '[19230000]'],
    ['1923~', '[19230000]'],
    ['约1923年', '[19230000]'],
    ['〔1923年〕', '[19230000]'],
    ['2003[05]01', '[20030501]'],
    ['1923/1925', '19230000-19250000'],
    ['1923-1925', '19230000-19250000'],
    ['1923–1925', '19230000-19250000'],
    ['1923 - 1925', '19230000-19250000'],
    ['1923至1925年', '19230000-19250000'],
    ['1923年5月—1925年6月', '19230500-19250600'],
    ['1923~1925', '19230000-19250000'],
    ['1923-25', '19230000-19250000'],
    ['1923/24', '19230000-19240000'],
    ['2003-05-01/2003-06-01', '20030501-20030601'],
    ['2003-05-01-2003-06-01', '20030501-20030601'],
    ['2003.5.1-5.3', '20030501-20030503'],
    ['2003年5月1日至3日', '20030501-20030503'],
    ['2003年5月-6月', '20030500-20030600'],
    ['2003/5/1-2003/6/1', '20030501-20030601'],
    ['Jan-Mar 1923', '19230100-19230300'],
    ['3-5 May 1923', '19230503-19230505'],
    ['1 May to 3 June 1923', '19230501-19230603'],
    ['1992 March 29-April 4', '19920329-19920404'],
    ['1992 March 1-7', '19920301-19920307'],
    ['January 1990 - December 1991', '19900100-19911200'],
    ['9 Dec.1886', '18861209'],
    ['9 Dec.1886 - 2 Nov. 1900', '18861209-19001102'],
    ['5 Dec. 1900 - 8 April.1908.', '19001205-19080408'],
    ['4 Jan.1962.', '19620104'],
    ['2003.', '20030000'],
    ['February 29,2016', '20160229'],
    ['circa, 1990', '[19900000]'],
    ['1923-1925, approx.', '[19230000-19250000]'],
    ['2003年5月上旬', '20030501-20030510'],
    ['2003年5月中旬至6月', '20030511-20030600'],
    ['2003年5月3日至6月', '20030503-20030600'],
    ['2003年5月3日至6日', '20030503-20030506'],
    ['2003年5月3日至6月5日', '20030503-20030605'],
    ['2003年2月下旬', '20030221-20030228'],
    ['1985、3、5', '19850305'],
  ])('reads %s as %s', (source, text) => {
    expect(read(source)).toMatchObject({ text, lossless: true });
  });

  it.each([
    ['10, 11 July 1945', '19450710-19450711'],
    ['17,18 May 1946', '19460517-19460518'],
    ['May 5 and 6, 1923', '19230505-19230506'],
    ['5, 6 May, 1923', '19230505-19230506'],
    ['30, 31 July, 1 Aug. 1946.', '19460730-19460801'],
    ['Jan & Feb 1923', '19230100-19230200'],
    ['1923, 1924', '19230000-19240000'],
    ['1985年3、4月', '19850300-19850400'],
    ['1985年5月3日、4日', '19850503-19850504'],
  ])('reads the list %s as the stretch %s, for one follows upon the other', (source, text) => {
    expect(read(source)).toMatchObject({ text, lossless: true });
  });

  it.each([
    ['14, 20, 22 Aug. 1946.', '19460814-19460822'],
    ['16 29 July 1946', '19460716-19460729'],
    ['20 Aug., 26 Dec. 1951.', '19510820-19511226'],
    ['1996 February, May', '19960200-19960500'],
    ['June, 1980, 1981', '19800600-19810000'],
    ['12 May 1923 and 3 June 1924', '19230512-19240603'],
    ['1990s and May 1940', '19400500-19990000'],
    ['2003 & undated', '20030000'],
    ['1990s, bulk 1993', '19900000-19990000'],
    ['1923-1925 (bulk 1924)', '19230000-19250000'],
    ['1998 (incomplete)', '19980000'],
    ['1985年（复印件）', '19850000'],
    ['between 1985 and 1993', '[19850000-19930000]'],
    ["1980 's", '19800000-19890000'],
    ['20th century', '19010000-20000000'],
    ['17th century-1940s', '16010000-19490000'],
    ['20世纪50年代', '19500000-19590000'],
    ['二十世纪五十年代', '19500000-19590000'],
    ['1950年代初', '[19500000-19590000]'],
    ['1950年代至1960年代', '19500000-19690000'],
    ['1920s', '19200000-19290000'],
    ['late 1920s', '[19200000-19290000]'],
    ['1920s-1930s', '19200000-19390000'],
    ['192X', '19200000-19290000'],
    ['19XX', '19000000-19990000'],
    ['1923, 1925-1930, undated', '19230000-19300000'],
    ['1995|1998-05-01', '19950000-19980501'],
    ['1923 Spring', '19230000'],
  ])('reads %s as %s and says that something was lost', (source, text) => {
    expect(read(source)).toMatchObject({ text, lossless: false });
  });

  it.each([
    ['', 'date.empty'],
    ['  ', 'date.empty'],
    ['00000000', 'date.unknown'],
    ['undated', 'date.unknown'],
    ['不详', 'date.unknown'],
    ['unknown dates', 'date.unknown'],
    ['undates', 'date.unknown'],
    ['年代不明', 'date.unknown'],
    ['00000501', 'date.unknownYear'],
    ['20030230', 'date.noSuchDay'],
    ['2003-02-29', 'date.noSuchDay'],
    ['2003年2月30日', 'date.noSuchDay'],
    ['20031301', 'date.noSuchMonth'],
    ['20030015', 'date.dayWithoutMonth'],
    ['19251231-19230101', 'date.rangeBackwards'],
    ['5/6/2003', 'date.ambiguous'],
    ['before 1923', 'date.openRange'],
    ['1949年以前', 'date.openRange'],
    ['not before 1984', 'date.openRange'],
    ['by1937', 'date.openRange'],
    ['1966-01-01 - open', 'date.openRange'],
    ['January, March', 'date.unreadable'],
    ['10, 11 July', 'date.unreadable'],
    ['30, 31 February 1945', 'date.noSuchDay'],
    ['1923-', 'date.openRange'],
    ['光绪二十三年', 'date.otherCalendar'],
    ['[1923', 'date.unreadable'],
    ['Reagan Years', 'date.unreadable'],
    ['20030501-', 'date.openRange'],
    ['x'.repeat(5000), 'date.unreadable'],
  ])('refuses %s with %s', (source, code) => {
    expect(refused(source)).toBe(code);
  });
});

const points: fc.Arbitrary<DatePoint> = fc
  .tuple(
    fc.integer({ min: 1, max: 9999 }),
    fc.integer({ min: 0, max: 12 }),
    fc.integer({ min: 0, max: 31 }),
    fc.boolean(),
  )
  .map(([year, month, day, inferred]) => ({
    year,
    month,
    day: month === 0 ? 0 : Math.min(day, daysInMonth(year, month)),
    inferred,
  }));

describe('properties of archival dates', () => {
  it('reads its own canonical form back to the same date', () => {
    fc.assert(
      fc.property(points, points, (a, b) => {
        const made = dateOf(a, b);
        if (!('ok' in made)) return;
        const again = read(made.ok.text);
        expect(again.text).toBe(made.ok.text);
        expect([again.from, again.to, again.precision]).toEqual([
          made.ok.from,
          made.ok.to,
          made.ok.precision,
        ]);
      }),
    );
  });
  it('reads what it shows in Chinese and in English', () => {
    fc.assert(
      fc.property(points, (p) => {
        if (p.year < 1000) return;
        const made = dateOf(p, p);
        if (!('ok' in made)) throw new Error('a point is a date');
        for (const locale of ['zh-CN', 'zh-TW', 'en'] as const)
          expect(read(displayArchivalDate(made.ok, locale)).text).toBe(made.ok.text);
      }),
    );
  });
  it('never throws, and never ends before it begins', () => {
    const odd = fc.string({
      unit: fc.constantFrom(...'0123456789-./[]年月日至约c?~XJanMay ,'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), odd), (text) => {
        const { date, finding } = parseArchivalDate(text);
        if (date) {
          expect(date.from <= date.to).toBe(true);
          expect(read(date.text).text).toBe(date.text);
        } else expect(finding.code).toMatch(/^date\./);
      }),
      { numRuns: 3000 },
    );
  });
});
