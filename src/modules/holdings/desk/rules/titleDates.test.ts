import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spelledYear } from './numerals.ts';
import { datesInTitle, ownDateOf, ownYearOf } from './titleDates.ts';

const said = (title: string) => datesInTitle(title).map((d) => `${d.kind} ${d.date.text}`);

describe('dates in a title', () => {
  it.each([
    ['关于一九九〇年三月十二日会议的纪要', 'date 19900312'],
    ['关于一九九○年三月十二日会议的纪要', 'date 19900312'],
    ['1990年3月工作简报', 'date 19900300'],
    ['1990年3月份工作简报', 'date 19900300'],
    ['1990.3.12县领导视察水库', 'date 19900312'],
    ['1990-03-12县领导视察水库', 'date 19900312'],
    ['视察水库照片（19900312）', 'date 19900312'],
    ['1990年3月12日至15日会议签到册', 'date 19900312-19900315'],
    ['一九八五年五月二十七日至一九九七年六月三十日期间的契约', 'date 19850527-19970630'],
    ['Minutes of the meeting of 12 March 1990', 'date 19900312'],
    ['Letter to the Mayor, March 12, 1990', 'date 19900312'],
    ['Results of the election, 2 - 6 March 1964', 'date 19640302-19640306'],
    ['望江县1990年度财政决算', 'year 19900000'],
    ['民国二十三年五月县政府训令', 'date 19340500'],
    ['民國八十三年度預算', 'year 19940000'],
    ['中华民国三十八年元月布告', 'date 19490100'],
    ['光绪二十四年八月地契', 'reign [18980000]'],
    ['光緒元年契尾', 'reign [18750000]'],
    ['宣统三年县署告示', 'reign [19110000]'],
    ['1951—1955年统计资料', 'range 19510000-19550000'],
    ['1951年至1955年统计资料', 'range 19510000-19550000'],
    ['到2000年国民经济规划', 'open 20000000'],
    ['1978年以来改革情况汇报', 'open 19780000'],
  ])('%s: %s', (title, expected) => {
    expect(said(title)).toEqual([expected]);
  });

  it.each([
    '九十年代农业发展规划',
    '20世纪50年代老照片',
    '1990年代照片',
    '“八五”五年计划',
    '纪念建党七十周年',
    '1990级学生名册',
    '第1990号房产证存根',
    '张某（出生日期：1919年8月22日）服役档案',
    'Date of Birth - 22 August 1919',
    '三年困难时期人口资料',
    '光绪九十年契', // there was none
    '1990年13月45日',
    '关于召开十二届三中全会的通知',
  ])('there is none in %s that could be a date', (title) => {
    expect(datesInTitle(title).filter((d) => d.kind === 'date' || d.kind === 'reign')).toEqual([]);
  });

  it('a record is proposed a date where its title says one alone, and a year where it says one alone', () => {
    expect(ownDateOf('1990年3月12日县领导视察')).toMatchObject({
      confidence: 'high',
      date: { text: '19900312' },
    });
    expect(ownDateOf('1990年3月工作简报')).toMatchObject({ confidence: 'fair', date: { text: '19900300' } });
    expect(ownDateOf('光绪二十四年八月地契')).toMatchObject({
      confidence: 'low',
      date: { text: '[18980000]' },
    });
    expect(ownDateOf('1990年工作总结')).toBeNull();
    expect(ownDateOf('关于1990年3月12日和4月1日、1991年5月2日会议的纪要')).toBeNull();
    expect(ownYearOf('1990年工作总结')).toMatchObject({ year: 1990 });
    expect(ownYearOf('1990年总结和1991年计划')).toBeNull();
    expect(ownYearOf('1951—1955年统计资料')).toBeNull();
  });

  it('finds every day in both ways of writing it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1912-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
        fc.constantFrom('关于', '望江县', ''),
        (day, before) => {
          const [y, m, d] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
          const digits = day.toISOString().slice(0, 10).replaceAll('-', '');
          expect(said(`${before}${y}年${m}月${d}日会议纪要`)).toEqual([`date ${digits}`]);
          const months = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
          expect(said(`${before}${spelledYear(y)}年${months[m]}月会议纪要`)).toEqual([
            `date ${digits.slice(0, 6)}00`,
          ]);
        },
      ),
    );
  });

  it('never fails, and never finds what does not stand there', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'关于一九〇零十廿年月日至-.0129民国光绪度代以来的（）') }),
        (title) => {
          for (const d of datesInTitle(title))
            expect(title.replace(/[○OoО0]/g, '0')).toContain(
              d.text.replace(/[〇○OoО0]/g, (c) => (c === '〇' ? c : '0')).slice(0, 1),
            );
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
