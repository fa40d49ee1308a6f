import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SheetRow } from '#formats/sheets';
import { describeSheet } from '../headings/describe.ts';
import type { EntryRow, ImportOptions } from '../types.ts';
import { rowIds } from './row-ids.ts';
import { createRowRule, type RowResult } from './row-rule.ts';
import { Seen } from './seen.ts';

const HEAD = ['档号', '题名', '日期', '保管期限', '密级', '开放状态', '页数', '备用'];

function judge(
  head: string[],
  cells: string[][],
  options: ImportOptions = { defaultFonds: 'F1' },
): RowResult[] {
  const rows: SheetRow[] = [head, ...cells].map((c, i) => ({ number: i + 1, cells: c }));
  const sheet = describeSheet({ index: 0, name: '', hidden: false }, rows, { headerRow: 1, headings: head });
  const read = createRowRule(options)(sheet);
  return rows.slice(1).map(read);
}
const one = (cells: string[], options?: ImportOptions) => judge(HEAD, [cells], options)[0]!;
const codes = (r: RowResult) => r.noted?.findings.map((f) => f.code) ?? [];
const unit = (r: RowResult) => r.entry as EntryRow;

describe('the row rule', () => {
  it('makes an entry of a row, and reads from the reference code what the row does not say', () => {
    const r = one([
      'J019-WS·2003·D30-0007',
      '关于发放救济粮的通知',
      '2003.11.2',
      '',
      '公开',
      '开放',
      '3页',
      '甲',
    ]);
    expect(r.noted).toBeNull();
    expect(unit(r)).toMatchObject({
      fonds: 'J019', code: 'J019-WS·2003·D30-0007', date: '20031102', dateFrom: '2003-11-02', category: 'WS', year: 2003,
      retention: 'D30', accessStatus: 'open', classification: 'public', pages: 3, level: 'item',
    }); // biome-ignore format: a row of fields
    expect(JSON.parse(unit(r).description)).toEqual({ extra: { 备用: '甲' } });
  });

  it('refuses a row without a title', () => {
    const r = one(['A-1', ' ', '2003']);
    expect(r.entry).toBeNull();
    expect(codes(r)).toEqual(['title.missing']);
    expect(r.noted?.cells).toEqual(['A-1', ' ', '2003']);
  });

  it.each(['机密', '秘密★10年', '絕密', 'Top Secret'])(
    'refuses a row marked %s and keeps nothing of it',
    (mark) => {
      const r = one(['A-1', '不可外泄的题名', '2003', '', mark]);
      expect(r.entry).toBeNull();
      expect(r.noted).toMatchObject({
        rejected: true,
        cells: null,
        findings: [{ code: 'classification.secret', value: '' }],
      });
      expect(JSON.stringify(r)).not.toContain('不可外泄');
    },
  );

  it.each(['工作秘密', '原机密', '内部', '公开', '已解密'])('takes a row marked %s', (mark) => {
    expect(one(['A-1', '题名', '', '', mark]).entry).not.toBeNull();
  });

  it('keeps a date it can not read, and says so', () => {
    const r = one(['A-1', '题名', '光绪十年']);
    expect(codes(r)).toEqual(['date.unreadable']);
    expect(unit(r)).toMatchObject({ date: '光绪十年', dateFrom: null });
  });

  it('keeps words its vocabularies do not have, under their heading', () => {
    const r = one(['A-1', '题名', '', '随便', '', '也许', '三至五']);
    expect(codes(r).sort()).toEqual(['access.unknown', 'pages.invalid', 'retention.unknown']);
    expect(JSON.parse(unit(r).description).extra).toEqual({
      保管期限: '随便',
      开放状态: '也许',
      页数: '三至五',
    });
    expect(unit(r)).toMatchObject({ retention: null, accessStatus: 'unreviewed', pages: null });
  });

  it('takes the days of columns for them where the date itself is vague, and keeps its words', () => {
    const head = ['题名', '日期', '起始日期', '终止日期'];
    const [vague, clear, unread] = judge(head, [
      ['甲', 'ca. 1900', '1895', '1905'],
      ['乙', '1923-05-01', '1920', '1930'],
      ['丙', 'in the war', '1914', '1918'],
    ]);
    expect(unit(vague!)).toMatchObject({ date: 'ca. 1900', dateFrom: '1895-01-01', dateTo: '1905-12-31' });
    expect(unit(clear!)).toMatchObject({ date: '19230501', dateFrom: '1923-05-01', dateTo: '1923-05-01' });
    expect(JSON.parse(unit(clear!).description).extra).toEqual({ 起始日期: '1920', 终止日期: '1930' });
    expect(unit(unread!)).toMatchObject({ date: 'in the war', dateFrom: '1914-01-01', dateTo: '1918-12-31' });
    expect(codes(unread!)).toEqual([]);
  });

  it('reads two columns of days together where one alone says too little', () => {
    const dated = judge(
      ['题名', '起始日期', '终止日期'],
      [
        ['甲', '1964', '65'],
        ['乙', '17 Feb.', '18 March 1946.'],
        ['丙', '26, 30 July 1957.', '30 July 1957.'],
        ['丁', '1925', '1923'],
      ],
    );
    expect(dated.map((r) => [unit(r).dateFrom, unit(r).dateTo, ...codes(r)])).toEqual([
      ['1964-01-01', '1965-12-31'],
      ['1946-02-17', '1946-03-18'],
      ['1957-07-26', '1957-07-30'],
      [null, null, 'date.backwards'],
    ]);
    expect(unit(dated[2]!).date).toBe('26, 30 July 1957. - 30 July 1957.');
  });

  it('keeps a long title whole and refuses one that no entry can hold', () => {
    expect(unit(one(['A-1', '长'.repeat(900)])).title).toHaveLength(900);
    expect(codes(one(['A-1', '长'.repeat(900)]))).toEqual(['title.long']);
    expect(one(['A-1', '长'.repeat(2_001)]).entry).toBeNull();
  });

  it('refuses a code another row has, and names that row', () => {
    const [, second] = judge(HEAD, [
      ['A-1', '甲'],
      ['A-1', '乙'],
    ]);
    expect(second?.noted?.findings[0]).toMatchObject({
      code: 'code.duplicateInFile',
      params: { row: 2, sheet: 1 },
    });
  });

  it('tells apart rows without a code that say the same', () => {
    const [a, b] = judge(['题名'], [['会议记录'], ['会议记录']]);
    expect(unit(a!).digest).not.toBe(unit(b!).digest);
    expect([unit(a!).code, unit(b!).code]).toEqual([null, null]);
  });

  it('builds the reference code of old catalogues from its parts', () => {
    const [r] = judge(
      ['全宗号', '目录号', '案卷号', '件号', '题名'],
      [['C038', '001', '002', '003', '题名']],
    );
    expect(unit(r!)).toMatchObject({ code: 'C038-001-002-003', fonds: 'C038', level: 'item' });
    const [s] = judge(
      ['全宗号', '门类', '年度', '保管期限', '件号', '题名'],
      [['Z109', '文书', '2011', '永久', '0001', '题名']],
    );
    expect(unit(s!).code).toBe('Z109-WS·2011·Y-0001');
  });

  it('puts the fonds number before codes that lack it, when asked to', () => {
    const options: ImportOptions = { defaultFonds: 'UMA7', codes: 'withinFonds' };
    expect(unit(one(['1/2', '题名'], options)).code).toBe('UMA7-1/2');
    expect(JSON.parse(unit(one(['1/2', '题名'], options)).description).extra).toEqual({ 档号: '1/2' });
  });

  it('follows the numbers of the source system, and makes a fonds of a fonds row', () => {
    const head = ['legacyId', 'parentId', 'identifier', 'title', 'levelOfDescription'];
    const [fonds, series, item, orphan] = judge(head, [
      ['1', '', 'F9', 'The fonds', 'Fonds'],
      ['2', '1', 'S1', 'A series', 'Series'],
      ['3', '2', 'I1', 'An item', 'Item'],
      ['4', '77', 'I2', 'Lost', 'Item'],
    ]);
    expect(fonds?.entry).toMatchObject({ kind: 'fonds', fonds: 'F9', name: 'The fonds' });
    expect(unit(series!)).toMatchObject({ fonds: 'F9', level: 'series', parent: null });
    expect(unit(item!)).toMatchObject({ fonds: 'F9', parent: { row: 3, code: 'S1' } });
    expect(codes(orphan!)).toEqual(['parent.notFound']);
  });

  it('follows depths, and refuses what stands under a refused row', () => {
    const head = ['hierarchy', 'title', 'level'];
    const [, under, , lost] = judge(head, [
      ['1', 'Series one', 'Series'],
      ['2', 'File', 'File'],
      ['1', '', 'Series'],
      ['2', 'Orphan', 'File'],
    ]);
    expect(unit(under!).parent).toMatchObject({ row: 2 });
    expect(codes(lost!)).toEqual(['parent.rejected']);
  });

  it('gives the same entry whatever the order of the columns', () => {
    const [a] = judge(['题名', '档号', '盒号', '备注', '甲', '乙'], [['题', 'A-1', '7', '注', '1', '2']]);
    const [b] = judge(['乙', '备注', '甲', '档号', '题名', '盒号'], [['2', '注', '1', 'A-1', '题', '7']]);
    expect(unit(a!).digest).toBe(unit(b!).digest);
  });

  it('loses no cell of any row it accepts, and never throws', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('2003', '机密', '永久', '开放', 'J019-WS·2003·D30-0007', '3-7', '—', 'A-1'),
    );
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: HEAD.length }), { maxLength: 6 }), (cells) => {
        for (const [i, r] of judge(HEAD, cells).entries()) {
          expect(Boolean(r.entry)).toBe(!(r.noted?.rejected ?? false));
          if (!r.entry) continue;
          const entry = unit(r);
          const said = [entry.title, entry.code, entry.date, entry.description].join('\u001f');
          // The free column is kept to the letter.
          const free = cells[i]?.[7]?.trim() ?? '';
          if (free !== '') expect(JSON.parse(entry.description).extra.备用).toBe(free);
          expect(said.includes('\0')).toBe(false);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('accepts exactly one row of each code, in whatever order the rows come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 60 }), (numbers) => {
        const results = judge(
          HEAD,
          numbers.map((n, i) => [`A-${n}`, `题名${i}`]),
        );
        const accepted = results.flatMap((r) => (r.entry ? [r.entry.code] : []));
        expect(new Set(accepted).size).toBe(accepted.length);
        expect(new Set(accepted)).toEqual(new Set(numbers.map((n) => `A-${n}`)));
        expect(results.filter((r) => r.noted?.rejected)).toHaveLength(numbers.length - accepted.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('ids of rows', () => {
  it('are version 7, follow from import and row, and grow with the rows', () => {
    const id = rowIds('01a20271-c8fc-761e-8f98-6a1671191fed');
    fc.assert(
      fc.property(fc.nat(1_023), fc.nat(4_294_967_294), (sheet, row) => {
        expect(id(sheet, row)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
        expect(id(sheet, row) < id(sheet, row + 1)).toBe(true);
        expect(id(sheet, row) < id(sheet + 1, 0)).toBe(sheet < 1_023);
      }),
    );
  });
});

describe('the memory of codes', () => {
  it('keeps the first value of every text through many', () => {
    const seen = new Seen(8);
    for (let i = 0; i < 5_000; i++) expect(seen.add(`J019-WS·2003·D30-${i}`, i + 1)).toBeUndefined();
    for (let i = 0; i < 5_000; i++) expect(seen.add(`J019-WS·2003·D30-${i}`, 7)).toBe(i + 1);
  });
});
