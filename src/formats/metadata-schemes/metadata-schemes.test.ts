import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '#kernel/wording';
import {
  judgeField,
  judgeRecord,
  METADATA_SCHEMES,
  type MetadataRecord,
  nameOf,
  sayFault,
  schemeFor,
  withChanges,
} from './index.ts';

const WS = schemeFor('WS', 'item');
const GOOD: MetadataRecord = {
  referenceCode: 'Z109-WS·2011·Y·办公室-0001',
  title: '关于整治河道的通知',
  creator: '水务局',
  docNo: '水发〔2011〕3号',
  date: '20110305',
  year: 2011,
  retention: 'Y',
  category: 'WS',
  fondsNo: 'Z109',
  classification: '公开',
  pages: 3,
};
const told = (record: MetadataRecord, scheme = WS, options = {}) =>
  judgeRecord(scheme, record, { today: '2024-05-01', ...options }).map(
    (f) => `${f.rule} ${f.field} ${f.message}`,
  );

describe('metadata schemes', () => {
  it('have one scheme for each level of each category they know, and a general one', () => {
    expect(new Set(METADATA_SCHEMES.map((s) => s.key)).size).toBe(METADATA_SCHEMES.length);
    for (const category of ['WS', 'ZP', 'LY', 'LX', 'KJ', 'KU', 'ZY'])
      for (const level of ['series', 'file', 'item'] as const)
        expect(schemeFor(category, level)).toMatchObject({ category, level });
    expect(schemeFor('RS', 'item').key).toBe('general.item');
    expect(schemeFor(null, 'file').key).toBe('general.file');
  });

  it('name every field in three languages, a rule for each, and no field twice', () => {
    for (const scheme of METADATA_SCHEMES) {
      const fields = [...scheme.fields, ...scheme.files];
      for (const field of fields) {
        for (const language of LANGUAGES) expect(nameOf(field, language)).not.toBe('');
        expect(field.source).not.toBe('');
        if (field.when) expect(scheme.fields.some((f) => f.key === field.when?.field)).toBe(true);
      }
      for (const of of [scheme.fields, scheme.files])
        expect(new Set(of.map((f) => f.key)).size).toBe(of.length);
    }
  });

  it('find nothing wrong with a good record', () => {
    expect(told(GOOD)).toEqual([]);
  });

  it.each<[string, MetadataRecord, string]>([
    ['a title of too many characters', { title: '字'.repeat(501) }, 'length title metadata.length'],
    ['a day that can not be read', { date: 'gestern' }, 'type date metadata.date'],
    ['a day in another form', { date: '2011年3月5日' }, 'type date metadata.dateForm'],
    ['a year that is none', { year: '11' }, 'type year metadata.year'],
    ['an unknown retention', { retention: '很久' }, 'type retention metadata.retention'],
    [
      'a secrecy that is not in the list',
      { classification: '機要' },
      'vocabulary classification metadata.vocabulary',
    ],
    ['a genre seldom met', { genre: '日记' }, 'unusual genre metadata.unusual'],
    ['pages beyond all', { pages: 2_000_000 }, 'range pages metadata.range'],
    ['a control character', { title: '通\u0007知' }, 'characters title metadata.characters'],
    ['a line end in a short field', { docNo: '水发\n3号' }, 'characters docNo metadata.characters'],
    ['a mark that turns the writing', { title: 'a\u202eb' }, 'characters title metadata.characters'],
    ['half a character', { title: 'a\ud800b' }, 'characters title metadata.characters'],
    ['an empty title', { title: '' }, 'required title metadata.required'],
    ['no title at all', { title: undefined }, 'missing title metadata.missing'],
    [
      'a day to come',
      { date: '20300101', year: undefined, referenceCode: 'Z109-WS·Y-0001' },
      'sanity date metadata.future',
    ],
    ['a year its day is not of', { date: '20050101' }, 'sanity year metadata.otherYear'],
    ['no pages', { pages: 0 }, 'sanity pages metadata.noPages'],
    [
      'a code with small letters',
      { referenceCode: 'z109-ws·2011·y-0001' },
      'code referenceCode metadata.code.lowercase',
    ],
    ['a code of another fonds', { fondsNo: 'Z110' }, 'code referenceCode metadata.codeDiffers'],
    ['a code of another term', { retention: '定期30年' }, 'code referenceCode metadata.codeDiffers'],
  ])('find %s', (_, change, fault) => {
    expect(told({ ...GOOD, ...change })).toContain(fault);
  });

  it('ask again for nothing that the reference code says, and for everything else that is required', () => {
    const { year: _y, retention: _r, category: _c, fondsNo: _f, ...rest } = GOOD;
    expect(told(rest)).toEqual([]);
    expect(told({ ...rest, referenceCode: 'W-1' })).toEqual(
      expect.arrayContaining(['missing retention metadata.missing', 'missing year metadata.missing']),
    );
  });

  it('ask for the access status only in the repository, and for a reason where opening is delayed', () => {
    expect(told(GOOD, WS, { stage: 'GD' })).toEqual([]);
    expect(told(GOOD, WS, { stage: 'BC' })).toEqual(['missing accessStatus metadata.missing']);
    const delayed = { ...GOOD, accessStatus: '延期开放', openBasis: '开放办法' };
    expect(told(delayed, WS, { stage: 'BC' })).toEqual(['missing openReason metadata.missing']);
  });

  it('read values under the names of the standard, and of the category', () => {
    const photograph = {
      档号: 'K021-ZP·2019·D30-025-005',
      题名: '开工典礼',
      摄影者: '林一',
      摄影时间: '20190501',
      密级: '公开',
      摄影地点: '东岸',
    };
    expect(told(photograph, schemeFor('ZP', 'item'))).toEqual([]);
    const { 摄影者: _, ...nobody } = photograph;
    expect(
      judgeRecord(schemeFor('ZP', 'item'), nobody).map((f) => sayFault(f, schemeFor('ZP', 'item'), 'zh-CN')),
    ).toEqual(['缺少元数据项“摄影者”。']);
  });

  it('are changed by an archive without touching what is shipped', () => {
    const ours = withChanges(WS, {
      docNo: { obligation: 'required' },
      title: { maxLength: 5 },
      genre: { terms: ['日记'] },
    });
    const record = { ...GOOD, genre: '日记', docNo: undefined };
    expect(told(record, ours)).toEqual(['length title metadata.length', 'missing docNo metadata.missing']);
    expect(told(GOOD)).toEqual([]);
  });

  it('say each fault in three languages with nothing left to fill in', () => {
    const faults = judgeRecord(
      WS,
      { ...GOOD, title: '', retention: 'D30', date: 'x', genre: '日记' },
      { today: '2024-01-01' },
    );
    for (const fault of faults)
      for (const language of LANGUAGES)
        expect(sayFault(fault, WS, language)).not.toMatch(/[{}]|metadata\.|field\./);
  });

  it('never throw and never take long, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...WS.fields),
        fc.string({ unit: 'binary', maxLength: 300 }),
        (field, value) => {
          expect(Array.isArray(judgeField(field, value))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...WS.fields.map((f) => f.key)), fc.string()), (record) => {
        expect(Array.isArray(judgeRecord(WS, record))).toBe(true);
      }),
    );
  });
});
