import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ancestorCodes,
  categories,
  checkTemplate,
  counterScopeKey,
  defaultTemplates,
  formatReferenceCode,
  normaliseReferenceCode,
  type ParsedCode,
  parseReferenceCode,
  readCategory,
  readRetention,
  retentionEnds,
  templateByKey,
} from './index.ts';

function read(code: string): ParsedCode {
  const { parsed, findings } = parseReferenceCode(code);
  if (!parsed) throw new Error(`${code}: ${findings.map((f) => f.message).join(' ')}`);
  return parsed;
}

/** Every worked example of the standards reference, section 1.6 [S:WEN] [S:DAC]. */
const examples: [string, string, string, Record<string, string>][] = [
  ['J019-ZY·JC·CC·2019·D30-001-001', 'dat13-2022.volume', 'item', { fonds: 'J019', category: 'ZY', class2: 'JC', class3: 'CC', year: '2019', retention: 'D30', volume: '001', item: '001' }],
  ['J019-KU·01·2017-001-001', 'dat13-2022.accounting', 'item', { fonds: 'J019', category: 'KU', class2: '01', year: '2017', volume: '001', item: '001' }],
  ['A002-RS-001-002', 'dat13-2022.volume', 'item', { fonds: 'A002', category: 'RS', volume: '001', item: '002' }],
  ['X032-KJ·KY·01-003', 'dat13-2022.project', 'file', { fonds: 'X032', category: 'KJ', class2: 'KY', project: '01', volume: '003' }],
  ['X032-KJ·JJ·02-005-054', 'dat13-2022.project', 'page', { fonds: 'X032', category: 'KJ', class2: 'JJ', project: '02', volume: '005', page: '054' }],
  ['K021-ZP·2019·D30-025-005', 'dat13-2022.photo', 'item', { fonds: 'K021', category: 'ZP', year: '2019', retention: 'D30', group: '025', item: '005' }],
  ['C038-001-002-003', 'dat13-1994.catalogue', 'item', { fonds: 'C038', catalogue: '001', volume: '002', item: '003' }],
  ['A439-WS·2015·D30·003-005', 'dat13-2022.item', 'item', { fonds: 'A439', category: 'WS', year: '2015', retention: 'D30', department: '003', item: '005' }],
  ['Z109-WS·2011·Y·办公室-0001', 'dat13-2022.item', 'item', { fonds: 'Z109', category: 'WS', year: '2011', retention: 'Y', department: '办公室', item: '0001' }],
  ['Z008-WS·2019·Y-037', 'dat13-2022.item', 'item', { fonds: 'Z008', category: 'WS', year: '2019', retention: 'Y', item: '037' }],
  ['J019-LY·2019·Y-001', 'dat13-2022.item', 'item', { fonds: 'J019', category: 'LY', year: '2019', retention: 'Y', item: '001' }],
  ['C015-WY·TZGG·2019·D10-00001', 'dat13-2022.item', 'item', { fonds: 'C015', category: 'WY', class2: 'TZGG', year: '2019', retention: 'D10', item: '00001' }],
  ['B168-SW·2015·Y-001', 'dat13-2022.item', 'item', { fonds: 'B168', category: 'SW', year: '2015', retention: 'Y', item: '001' }],
  ['Z109-WS·2011-Y-BGS-0001', 'dat22-2015.item', 'item', { fonds: 'Z109', category: 'WS', year: '2011', retention: 'Y', department: 'BGS', item: '0001' }],
]; // biome-ignore format: a table reads by its rows

describe('the worked examples of the standard', () => {
  it.each(examples)('reads %s with %s', (code, template, level, slots) => {
    const parsed = read(code);
    expect(parsed.slots).toEqual(slots);
    expect(parsed.template.key).toBe(template);
    expect(parsed.level).toBe(level);
    expect(formatReferenceCode(parsed.slots, parsed.template)).toBe(code);
  });
});

describe('legacy and local forms', () => {
  it.each([
    ['Z109-WS·2011-Y-0001', 'dat22-2015.item'],
    ['0123-WS·2011·Y-001-0005', 'dat13-2022.volume'],
    ['001-1985-永久-0012', 'dat22-2000.item'],
    ['001-1985-Y-BGS-12', 'dat22-2000.item'],
    ['KJ-01-003-005', 'dat13-1994.project'],
    ['12-A-7', 'dat13-1994.catalogue'],
  ])('reads %s with %s', (code, template) => {
    expect(read(code).template.key).toBe(template);
  });
});

describe('what is not a reference code', () => {
  it.each([
    ['', ['referenceCode.empty']],
    ['z109-WS·2011·Y-001', ['referenceCode.lowercase']],
    ['Z109-WS·2011·Y - 001', ['referenceCode.space']],
    ['Z109--001', ['referenceCode.emptyElement']],
    ['-Z109-001', ['referenceCode.emptyElement']],
    ['Z109-WS·2011·Y-', ['referenceCode.emptyElement']],
    ['婚姻登记', ['referenceCode.noTemplate']],
    ['Z109', ['referenceCode.noTemplate']],
    ['A'.repeat(300), ['referenceCode.tooLong']],
  ])('says of %s %s', (code, codes) => {
    const { parsed, findings } = parseReferenceCode(code);
    expect(parsed).toBeNull();
    expect(findings.map((f) => f.code)).toEqual(codes);
  });
});

describe('separators as people type them', () => {
  it.each([
    'Z109-WS.2011.Y-001',
    'Ｚ１０９－ＷＳ・２０１１・Ｙ－００１',
    'Z109—WS•2011•Y–001',
    'Z109_WS．2011．Y_001',
  ])('reads %s, and warns', (code) => {
    const { parsed, findings } = parseReferenceCode(code);
    expect(parsed?.normalised).toBe('Z109-WS·2011·Y-001');
    expect(findings.map((f) => f.code)).toEqual(['referenceCode.separators']);
  });
  it('leaves a standard code alone', () => {
    for (const [code] of examples) expect(normaliseReferenceCode(code)).toBe(code);
  });
});

describe('making codes', () => {
  const item = templateByKey('dat13-2022.item')!;
  it('pads numbers and takes strings as they stand', () => {
    const values = { fonds: 'Z008', category: 'WS', year: 2019, retention: 'Y', item: 37 };
    expect(formatReferenceCode(values, item)).toBe('Z008-WS·2019·Y-0037');
    expect(formatReferenceCode({ ...values, item: '037' }, item)).toBe('Z008-WS·2019·Y-037');
  });
  it('refuses a missing or a wrong element', () => {
    expect(() => formatReferenceCode({ fonds: 'Z008' }, item)).toThrow(/category/);
    expect(() => formatReferenceCode({ fonds: 'z', category: 'WS', year: 2019, item: 1 }, item)).toThrow(
      /fonds/,
    );
  });
  it('counts within the class, apart for each department', () => {
    const values = { fonds: 'Z008', category: 'WS', year: '2019', retention: 'Y' };
    const key = counterScopeKey(item, 'item', values);
    expect(counterScopeKey(item, 'item', { ...values, item: '5' })).toBe(key);
    expect(counterScopeKey(item, 'item', { ...values, department: '003' })).not.toBe(key);
    expect(() => counterScopeKey(item, 'year', values)).toThrow(/running number/);
  });
  it('names the codes above a code', () => {
    const parsed = read('J019-KU·01·2017-001-001');
    expect(ancestorCodes(parsed.slots, parsed.template)).toEqual([
      { level: 'fonds', code: 'J019' },
      { level: 'series', code: 'J019-KU·01·2017' },
      { level: 'file', code: 'J019-KU·01·2017-001' },
    ]);
  });
  it('finds nothing wrong with the templates it brings, and what is wrong with others', () => {
    for (const t of defaultTemplates) expect(checkTemplate(t)).toEqual([]);
    const slot = { ...item.slots[0]!, pattern: '(' };
    const codes = checkTemplate({ ...item, slots: [slot, slot] }).map((f) => f.code);
    expect(codes).toEqual(
      expect.arrayContaining(['template.pattern', 'template.duplicate', 'template.separator']),
    );
  });
});

describe('vocabularies', () => {
  it('knows the thirteen categories by code and by name', () => {
    expect(categories).toHaveLength(13);
    expect(readCategory('文書檔案')?.code).toBe('WS');
    expect(readCategory('ws')?.code).toBe('WS');
    expect(readCategory('会计类')?.code).toBe('KU');
    expect(readCategory('别的')).toBeUndefined();
  });
  it.each([
    ['永久', 'Y'],
    ['Y', 'Y'],
    ['D30', 'D30'],
    ['30年', 'D30'],
    ['定期30年', 'D30'],
    ['定期（10年）', 'D10'],
    ['长期', 'CQ'],
    ['短期', 'DQ'],
    ['30', 'D30'],
    ['15年', 'D15'],
    ['7', undefined],
    ['久', undefined],
  ])('reads the retention %s as %s', (text, code) => {
    expect(readRetention(text)?.code).toBe(code);
  });
  it('counts retention from the year after formation', () => {
    expect(retentionEnds(2003, readRetention('D10')!)).toBe('2013-12-31');
    expect(retentionEnds(2003, readRetention('Y')!)).toBeNull();
  });
});

describe('properties of reference codes', () => {
  it('never throws, and builds again what it has read', () => {
    const odd = fc.string({ unit: fc.constantFrom(...'A1Z0Y D3·-._-办公室WSKJ2019'), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(odd, fc.string({ unit: 'grapheme' })), (code) => {
        const { parsed, findings } = parseReferenceCode(code);
        if (parsed) expect(formatReferenceCode(parsed.slots, parsed.template)).toBe(parsed.normalised);
        else expect(findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });
});
