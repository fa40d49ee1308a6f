import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel/errors';
import { fold } from '../folding/fold.ts';
import { addTerms } from '../folding/terms.ts';
import { readTypedDate } from './forms/dates.ts';
import { excerpt, highlight } from './highlight.ts';
import { tokensOf } from './language/tokens.ts';
import { prepare } from './request.ts';
import { parseQuery } from './words.ts';
import { wordTerms } from './wordTerms.ts';

const marked = (text: string, q: string): string[] =>
  highlight(text, parseQuery(q).words).map(([start, end]) => text.slice(start, end));

describe('a query', () => {
  it('is split at blanks of any width, phrases in quotes kept whole', () => {
    const words = (q: string) => tokensOf(q).map((t) => (t.kind === 'word' ? t.text : t.kind));
    expect(words('结婚　登记 "mission school" “张 三”')).toEqual(['结婚', '登记', 'mission school', '张 三']);
    expect(words('关于“三农”工作')).toEqual(['关于“三农”工作']);
    expect(words('"open end')).toEqual(['"open', 'end']);
  });

  it('reads dates in the usual spellings, and nothing else as a date', () => {
    for (const text of [
      '2003年5月12日',
      '2003-05-12',
      '2003.5.12',
      '2003/05/12',
      '20030512',
      '２００３年５月１２日',
    ])
      expect(readTypedDate(text)).toEqual({ year: 2003, month: 5, day: 12 });
    expect(readTypedDate('2003年5月')).toEqual({ year: 2003, month: 5, day: 0 });
    for (const text of ['2003', '123456', '20031345', '2003年', '结婚'])
      expect(readTypedDate(text)).toBeNull();
  });

  it('is taken for a reference code only where it looks like one', () => {
    expect(parseQuery('J019-WS·2003').code).toBe('j019ws2003');
    expect(parseQuery('2003').code).toBeNull();
    expect(parseQuery('结婚登记').code).toBeNull();
  });

  it('asks only for terms that a text with the word has', () => {
    const text = fc.stringMatching(/^[民婚登记a1 2b，]{0,12}$/);
    fc.assert(
      fc.property(text, text, text, (before, word, after) => {
        const folded = fold(word);
        if (!folded) return;
        const whole = fold(`${before}，${word}，${after}`);
        const terms = new Set<string>();
        addTerms(whole, 't', terms);
        const asked = wordTerms(folded);
        for (const term of asked.exact) expect(terms).toContain(`t${term}`);
        for (const term of asked.prefixes)
          expect([...terms].some((t) => t.startsWith(`t${term}`))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('too long is refused', () => {
    for (const q of ['字'.repeat(301), Array.from({ length: 17 }, (_, i) => `w${i}`).join(' ')]) {
      try {
        prepare({ q });
        expect.unreachable();
      } catch (e) {
        expect(isRefusal(e) && e.code).toBe('search.queryTooLong');
      }
    }
  });

  it('takes only markers of its own list', () => {
    const first = prepare({ q: '结婚' });
    const cursor = first.cursorAfter({ class: 1, key: 9, id: '01890000-0000-7000-8000-000000000001' }, false);
    expect(prepare({ q: '结婚', cursor }).ask.after).toMatchObject({ class: 1, key: '9', wide: false });
    for (const other of [
      { q: '登记', cursor },
      { q: '结婚', sort: 'dateAsc' as const, cursor },
      { q: '结婚', cursor: 'x' },
    ]) {
      expect(() => prepare(other)).toThrow(/page marker/);
    }
  });
});

describe('marks', () => {
  it('fall on the characters as they stand in the text', () => {
    expect(marked('關於《結婚登記》的規定', '结婚登记')).toEqual(['結婚登記']);
    expect(marked('𠮷村ＷＳ檔案', '村ws档')).toEqual(['村ＷＳ檔']);
    expect(marked('结 婚 登 记 簿', '结婚登记')).toEqual(['结 婚 登 记']);
    expect(marked('民婚〔2003〕12号', '民婚[2003]12号')).toEqual(['民婚〔2003〕12号']);
  });

  it('join where words overlap, and start words at their beginning', () => {
    expect(marked('结婚登记', '结婚 婚登')).toEqual(['结婚登']);
    expect(marked('transmission mission', 'mission')).toEqual(['mission']);
    expect(marked('1903年10月', '1903')).toEqual(['1903']);
  });

  it('come with the words around them, cut between characters', () => {
    const page = `${'前𠮷'.repeat(60)}结婚登记${'后𠮷'.repeat(100)}`;
    const part = excerpt(page, parseQuery('结婚登记').words);
    expect(part?.highlights.map(([s, e]) => part.text.slice(s, e))).toEqual(['结婚登记']);
    expect(part?.text.isWellFormed()).toBe(true);
    expect(part?.text.length).toBeLessThan(140);
    expect(excerpt('无关', parseQuery('结婚').words)).toBeNull();
  });
});

describe('what the index decides alone', () => {
  it('is one pair, not one pair that stands twice in the word', () => {
    expect(wordTerms('婚姻').decided).toBe(true);
    expect(wordTerms('民民').decided).toBe(true);
    expect(wordTerms('民民民').decided).toBe(false);
  });
});
