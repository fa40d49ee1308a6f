import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { UnitEntry } from '../entry.ts';
import { fold } from '../folding/fold.ts';
import { addTerms } from '../folding/terms.ts';
import { UnitText } from './unit-text.ts';

const unit = (o: Partial<UnitEntry>): UnitEntry => ({
  unitId: '0197a0b0-0000-7000-8000-0123456789ab', archiveId: '0197a0b0-0000-7000-8000-0123456789ac', fondsNo: 'J019', level: 'item',
  accessStatus: 'open', classification: 'public', title: '', ...o,
}); // biome-ignore format: a unit

const termsOf = (text: UnitText) =>
  new Set(
    text
      .termsText()
      .trim()
      .split(' ')
      .map((t) => t.slice(1, -1)),
  );
const words = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[民政局關於2003年 J\-·〔〕𠮷a1]{0,20}$/u),
);

describe('the text of a unit', () => {
  it('is its folded lines and the terms of each, in the title or beside it', () => {
    const text = new UnitText();
    fc.assert(
      fc.property(words, fc.array(words, { maxLength: 5 }), (title, other) => {
        text.read(unit({ title, other }));
        const lines = [title, ...other.filter((o) => o !== '')].map(fold);
        expect(text.foldedText()).toBe(lines.join('\n'));
        const found = new Set([...termsOf(text)].map((t) => t.slice(1)));
        const wanted = new Set<string>();
        for (const line of lines) addTerms(line, 'o', wanted);
        expect([...found].filter(Boolean).sort()).toEqual([...wanted].map((t) => t.slice(1)).sort());
        const inTitle = new Set<string>();
        addTerms(fold(title), 't', inTitle);
        expect([...termsOf(text)].filter((t) => t.startsWith('t'))).toEqual([...inTitle]);
      }),
    );
  });

  it('has the last character of a line as a term, also where the title goes on after it', () => {
    const text = new UnitText();
    for (const title of ['政3', '民政局']) {
      text.read(unit({ title, other: [title.slice(0, -1)] }));
      expect([...termsOf(text)], title).toContain('o政');
    }
  });

  it('has the days of the unit as words of a line of their own, and its codes as terms that neighbours share', () => {
    const text = new UnitText();
    text.read(
      unit({
        title: '關於植樹造林的通知',
        referenceCode: 'J019-WS·2003·D30-0012',
        dateFrom: '2003-05-12',
        dateTo: '2003-05-12',
      }),
    );
    expect(text.foldedText()).toBe('关于植树造林的通知\nj019 ws 2003 d30 0012\nD2003 D200305 D20030512');
    expect(text.titleLength).toBe(9);
    const terms = termsOf(text);
    for (const term of ['t植树', 'o2003', 'o20030512', 'Kj019ws2003d300']) expect(terms).toContain(term);
  });
});
