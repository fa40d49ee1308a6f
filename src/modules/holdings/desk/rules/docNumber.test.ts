import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeMarkOf, parseDocNumber, stemOf } from './docNumber.ts';

/** As written in registers and catalogues: mark, year, number, and the form proposed (— where it is right as it is). */
const CASES: readonly (readonly [string, string, number | null, string, string])[] = [
  ['望水〔1990〕12号', '望水', 1990, '12', '—'],
  ['望水[1990]12号', '望水', 1990, '12', '望水〔1990〕12号'],
  ['望水(1990)12号', '望水', 1990, '12', '望水〔1990〕12号'],
  ['望水（１９９０）１２号', '望水', 1990, '12', '望水〔1990〕12号'],
  ['望水【1990】第012号', '望水', 1990, '12', '望水〔1990〕12号'],
  ['望水〔1990〕 12 号', '望水', 1990, '12', '望水〔1990〕12号'],
  ['望水{1990}12号', '望水', 1990, '12', '望水〔1990〕12号'],
  ['望水〔1990〕12', '望水', 1990, '12', '望水〔1990〕12号'],
  ['望水〔1990年〕12号', '望水', 1990, '12', '望水〔1990〕12号'],
  ['望政办函〔2003〕5号', '望政办函', 2003, '5', '—'],
  ['望水〔1990〕12-15号', '望水', 1990, '12-15', '—'],
  ['望水〔1990〕12、13号', '望水', 1990, '12、13', '—'],
  // As the document has it: 字 and 第 are no slips of those days.
  ['望水字〔1956〕第12号', '望水字', 1956, '12', '—'],
  ['望水字(56)第12号', '望水字', 1956, '12', '望水字〔56〕第12号'],
  ['(64)农字第3号', '农字', 1964, '3', '〔64〕农字第3号'],
  ['〔1990〕12号', '', 1990, '12', '—'],
  ['一九六四年农字第三号', '农字', 1964, '三', '—'],
  ['望水字一九九〇第十二号', '望水字', 1990, '十二', '—'],
  ['望水发1990-12号', '望水发', 1990, '12', '—'],
  ['望水字第12号', '望水字', null, '12', '—'],
  ['国务院令第591号', '国务院令', null, '591', '—'],
  ['第591号令', '', null, '591', '—'],
  ['财政部令〔2010〕第59号', '财政部令', 2010, '59', '—'],
  ['财政部公告2010年第3号', '财政部公告', 2010, '3', '—'],
  ['2010年第3号公告', '', 2010, '3', '—'],
  ['民国二十三年教字第12号', '教字', 1934, '12', '—'],
  ['民國38年教字第12號', '教字', 1949, '12', '—'],
  ['府社字第0950012345號', '府社字', 2006, '950012345', '—'],
];

describe('a document number', () => {
  it.each(CASES)('%s is read', (written, mark, year, number, canonical) => {
    expect(parseDocNumber(written)).toMatchObject({
      mark,
      year,
      number,
      canonical: canonical === '—' ? written : canonical,
    });
  });

  it.each([
    '',
    '无',
    '12',
    '1990',
    '关于防汛工作的通知',
    '望水〔19990〕12号',
    '望水〔1990〕0号',
    '望水〔1990〕',
    'J019-WS·1990·Y-0001',
    '号',
  ])('“%s” is none', (written) => {
    expect(parseDocNumber(written)).toBeNull();
  });

  it('finds the century of a short year by a year that is known, and leaves it open where nothing tells', () => {
    expect(parseDocNumber('望水字(34)第1号', 1934)?.year).toBe(1934);
    expect(parseDocNumber('望水(03)1号', 2003)?.year).toBe(2003);
    expect(parseDocNumber('望水字(34)第1号')?.year).toBeNull();
  });

  const year = fc.integer({ min: 1949, max: 2026 });
  const number = fc.integer({ min: 1, max: 99_999 });
  const mark = fc.constantFrom('望水', '望政发', '国办函', '银发', '京教民', '农');
  const bracket = fc.constantFrom('〔〕', '[]', '()', '【】', '［］', '（）', '{}', '﹝﹞');
  it('says the same in whatever brackets and blanks it is typed', () => {
    fc.assert(
      fc.property(
        mark,
        year,
        number,
        bracket,
        fc.constantFrom('', ' ', '　'),
        (m, y, n, [open, close], blank) => {
          expect(parseDocNumber(`${m}${open}${y}${close}${blank}${n}${blank}号`)?.canonical).toBe(
            `${m}〔${y}〕${n}号`,
          );
        },
      ),
    );
  });

  it('is read alike in the form it is proposed in, and never fails on anything', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'望水字第号〔〕[]()1990年令〇一十 -、函公告') }),
        (text) => {
          const read = parseDocNumber(text);
          if (!read) return;
          const again = parseDocNumber(read.canonical, read.year);
          expect(again).toMatchObject({
            mark: read.mark,
            year: read.year,
            number: read.number,
            canonical: read.canonical,
          });
        },
      ),
      { numRuns: 3_000 },
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void parseDocNumber(text)));
  });
});

describe('the mark of an office', () => {
  it('is compared with names without the letters for the sort of paper', () => {
    expect(stemOf('望水办函')).toBe('望水');
    expect(mayBeMarkOf('望水发', '望江县水利局')).toBe(true);
    expect(mayBeMarkOf('望教', '望江县水利局')).toBe(false);
    expect(mayBeMarkOf('发', '发展和改革委员会')).toBe(false);
  });
});
