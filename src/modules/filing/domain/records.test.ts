import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemeFor } from '#formats/metadata-schemes';
import { gapsIn, inOrder, orderWithinItem, PARTS, partOf } from './arrange.ts';
import { applyRecord, describedBy, emptyRecord } from './record.ts';

describe('what is written of a record', () => {
  it('is read as the codebase reads dates, periods and categories', () => {
    const r = applyRecord(emptyRecord(2025), {
      title: ' 关于修桥的请示 ',
      date: '2025年3月1日',
      retention: '30年',
      category: 'ws',
      pages: '12',
      description: { genre: '请示', mainTo: '县政府' },
    });
    expect(r).toMatchObject({
      title: '关于修桥的请示',
      dateFrom: '2025-03-01',
      retention: 'D30',
      pages: 12,
      category: 'WS',
    });
    expect(r.description).toEqual({ genre: '请示', mainTo: '县政府' });
    expect(applyRecord(r, { description: { genre: '' }, date: null })).toMatchObject({
      date: null,
      description: { mainTo: '县政府' },
    });
  });
  it('is refused by the field', () => {
    const at = (input: Parameters<typeof applyRecord>[1]) => {
      try {
        applyRecord({ ...emptyRecord(2025), title: 'x' }, input);
      } catch (e) {
        return e;
      }
      return undefined;
    };
    expect(at({ title: '' })).toMatchObject({ code: 'record.field', detail: { field: 'title' } });
    expect(at({ date: '十三月' })).toMatchObject({ detail: { field: 'date' } });
    expect(at({ retention: '很久' })).toMatchObject({ detail: { field: 'retention' } });
    expect(at({ category: 'QQ' })).toMatchObject({ detail: { field: 'category' } });
    expect(at({ pages: 'x' })).toMatchObject({ detail: { field: 'pages' } });
    expect(at({ description: { nonsense: 'x' } })).toMatchObject({ detail: { field: 'nonsense' } });
    expect(at({ classification: '机密★10年' })).toMatchObject({ code: 'record.secret' });
  });
  it('depends on the category: photographs have a place, documents a genre', () => {
    expect(describedBy(schemeFor('ZP', 'item'))).toContain('place');
    expect(describedBy(schemeFor('WS', 'item'))).toContain('genre');
    expect(describedBy(schemeFor('ZP', 'item'))).not.toContain('genre');
  });
});

describe('the order within an item', () => {
  it('is that of the rule', () => {
    const documents = [
      { part: partOf('附件1：名册'), dateFrom: null, title: '附件1：名册' },
      { part: partOf('县水利局来文'), dateFrom: '2025-01-02', title: '县水利局来文' },
      { part: partOf('发文稿'), dateFrom: '2025-01-03', title: '发文稿' },
      { part: 'main' as const, dateFrom: '2025-01-05', title: '关于修桥的批复' },
      { part: partOf('复印件'), dateFrom: null, title: '复印件' },
    ];
    expect(orderWithinItem(documents).map((d) => d.part)).toEqual([
      'main',
      'final',
      'annex',
      'copy',
      'incoming',
    ]);
  });
  it('does not depend on how they were entered', () => {
    const one = fc.record({
      part: fc.constantFrom(...PARTS),
      dateFrom: fc.constantFrom(null, '2025-01-01', '2025-02-01'),
      title: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(one), (list) => {
        expect(orderWithinItem([...list].reverse())).toEqual(orderWithinItem(list));
      }),
    );
  });
});

describe('the order of numbering', () => {
  it('is by day, by document number or by title, numbers read as numbers', () => {
    const r = (id: string, dateFrom: string | null, docNo: string | null, title: string) => ({
      id,
      dateFrom,
      docNo,
      title,
    });
    const list = [
      r('1', null, '石政〔2025〕10号', '乙'),
      r('2', '2025-02-01', '石政〔2025〕9号', '甲'),
      r('3', '2025-01-01', null, '丙'),
    ];
    expect(inOrder(list, 'date').map((x) => x.id)).toEqual(['3', '2', '1']);
    expect(inOrder(list, 'docNo').map((x) => x.id)).toEqual(['2', '1', '3']);
    expect(inOrder(list, 'entered').map((x) => x.id)).toEqual(['1', '2', '3']);
  });
  it('leaves gaps that are found', () => {
    expect(gapsIn([])).toEqual([]);
    expect(gapsIn([1, 2, 3])).toEqual([]);
    expect(gapsIn([2, 5])).toEqual([
      [1, 1],
      [3, 4],
    ]);
  });
  it('has gaps that together with the numbers are all from 1 up', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (some) => {
        const numbers = some.sort((a, b) => a - b);
        const missing = gapsIn(numbers).reduce((n, [a, b]) => n + b - a + 1, 0);
        expect(missing + numbers.length).toBe(numbers.at(-1));
      }),
    );
  });
});
