import fc from 'fast-check';
import { Converter } from 'opencc-js';
import { describe, expect, it } from 'vitest';
import { normaliseCode } from './code.ts';
import { fold, foldWithMap } from './fold.ts';
import { addTerms, type Field } from './terms.ts';

const termsOf = (folded: string, field: Field = 't'): string[] => {
  const terms = new Set<string>();
  addTerms(folded, field, terms);
  return [...terms];
};

// First of all: later texts find the memory widened.
it('a text longer than any before is folded whole', () => {
  for (const length of [5_000, 9_000, 40_000]) {
    const text = 'letters '.repeat(length / 8).trim();
    expect(fold(text)).toBe(text);
  }
});

describe('folding', () => {
  it.each([
    ['關於結婚登記檔案之檢查', '关于结婚登记档案之检查'],
    ['臺灣 台湾 颱風', '台湾台湾台风'],
    ['ＡＢＣ１２３', 'abc123'],
    ['Café Müller', 'cafe muller'],
    ['二○○三年', '二〇〇三年'],
    ['①②㎡', '12m2'],
    ['民婚〔2003〕12号', '民婚2003 12号'],
    ['民婚[2003]12号', '民婚2003 12号'],
    ['民婚（2003）12號', '民婚2003 12号'],
    ['J019-WS·2003·D30-0001', 'j019 ws 2003 d30 0001'],
    ['张　三', '张三'],
    ['结婚。登记', '结婚 登记'],
    ['甲、乙', '甲 乙'],
    ['彷彿 計畫 想像 鉅額 覆函', fold('仿佛计划想象巨额复函')],
    ['卡尔·马克思', '卡尔马克思'],
    ['第一行\n第二行', '第一行第二行'],
    ['the\nend', 'the end'],
    ['', ''],
    ['《》—— ', ''],
  ])('folds %s to %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('makes one of a text and its conversion to the other script', () => {
    const toTraditional = Converter({ from: 'cn', to: 'tw' });
    const text =
      '关于发展农村合作医疗、整顿乡镇企业和重新登记复员军人档案的几点意见，附里程表与干部名单，台后面发头发';
    expect(fold(toTraditional(text))).toBe(fold(text));
  });

  it('changes nothing of what is folded already, from break to break', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const piece of fold(text).split(' ')) expect(fold(piece)).toBe(piece);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps no sign that means something to LIKE or to a tsquery', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(text)).not.toMatch(/[%_\\'"|&!:*()<>\n\u0000]/);
      }),
      { numRuns: 500 },
    );
  });

  it('points back to the characters a folded text came from', () => {
    const text = '𠮷村《ＡＢ㎡》檔案';
    const { folded, start, end } = foldWithMap(text);
    const at = folded.indexOf('档案');
    expect(text.slice(start[at], end[at + 1])).toBe('檔案');
    const wide = folded.indexOf('ab');
    expect(text.slice(start[wide], end[wide + 1])).toBe('ＡＢ');
    const unit = folded.indexOf('m2');
    expect(text.slice(start[unit], end[unit + 1])).toBe('㎡');
    expect(text.slice(start[0], end[1])).toBe('𠮷');
  });

  it('keeps the map in order and within the text, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { folded, start, end } = foldWithMap(text);
        expect(start.length).toBe(folded.length);
        for (let i = 0; i < folded.length; i++) {
          expect(start[i]!).toBeLessThan(end[i]!);
          expect(end[i]!).toBeLessThanOrEqual(text.length);
          if (i > 0) expect(start[i]!).toBeGreaterThanOrEqual(start[i - 1]!);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('terms', () => {
  it('are pairs of Chinese characters, whole words, pairs at the border of both, and the last character alone', () => {
    expect(termsOf(fold('民婚〔2003〕12号'))).toEqual(['t民婚', 't婚2', 't2003', 't12', 't2号', 't号']);
    expect(termsOf('a')).toEqual(['ta']);
    expect(termsOf('𠮷村')).toEqual(['t𠮷村', 't村']);
  });

  it('name the year and month of a day written as eight digits', () => {
    expect(termsOf('20030512')).toEqual(['t20030512', 't2003', 't200305']);
    expect(termsOf('200305')).toEqual(['t200305']);
  });

  it('of long numbers are shared: the length and the last three digits', () => {
    expect(termsOf('0000771')).toEqual(['t7N771']);
    expect(termsOf('99990512')).toEqual(['t8N512']);
    expect(termsOf('1234')).toEqual(['t1234']);
  });

  it('make one code of all ways to part it', () => {
    for (const code of [
      'J019-WS·2003·D30-0001',
      'j019 ws 2003 d30 0001',
      'Ｊ019—WS.2003.D30_0001',
      'J019WS2003D300001',
    ])
      expect(normaliseCode(code)).toBe('j019ws2003d300001');
  });
});
