import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../words.ts';
import type { QueryNode } from './parse.ts';
import { readRange } from './ranges.ts';

/** A query as read, in brackets. */
function told(node: QueryNode | null): string {
  if (node === null) return '';
  switch (node.kind) {
    case 'word':
      return `${node.field ? `${node.field}:` : ''}${node.word.text}`;
    case 'days':
    case 'years':
      return `${node.kind}:${node.from}..${node.to}`;
    case 'not':
      return `NOT ${told(node.of)}`;
    default:
      return `(${node.of.map(told).join(node.kind === 'all' ? ' AND ' : ' OR ')})`;
  }
}
const read = (q: string) => told(parseQuery(q).node);

describe('the language of the one box', () => {
  it.each([
    ['结婚 登记', '(结婚 AND 登记)'],
    ['结婚 AND 登记', '(结婚 AND 登记)'],
    ['结婚 OR 离婚 登记', '(结婚 OR (离婚 AND 登记))'],
    ['(结婚 OR 离婚) 登记', '((结婚 OR 离婚) AND 登记)'],
    ['（结婚 或 离婚） 登记', '((结婚 OR 离婚) AND 登记)'],
    ['结婚 | 离婚', '(结婚 OR 离婚)'],
    ['结婚 NOT 离婚', '(结婚 AND NOT 离婚)'],
    ['结婚 -离婚', '(结婚 AND NOT 离婚)'],
    ['结婚 -(离婚 OR 复婚)', '(结婚 AND NOT (离婚 OR 复婚))'],
    ['题名:结婚', 'title:结婚'],
    ['題名：結婚 责任者:民政局', '(title:結婚 AND creator:民政局)'],
    ['Title:(结婚 OR 离婚)', '(title:结婚 OR title:离婚)'],
    ['文号:民婚〔2003〕12号', 'docNo:民婚〔2003〕12号'],
    ['全文:"张 三"', 'text:张 三'],
    ['年度:1958..1965', 'years:1958..1965'],
    ['年度:一九五八 粮食', '(years:1958..1958 AND 粮食)'],
    ['日期:1958-05..1958-06-12', 'days:19580500..19580612'],
    ['日期:>=1958', 'days:19580000..99991231'],
    ['and or not', '(and AND or AND not)'],
    ['民婚(2003)12号', '民婚(2003)12号'],
    ['(2003)12号', '(2003)12号'],
    ['J019-WS 关于-某事', '(J019-WS AND 关于-某事)'],
    ['时间：下午', '时间：下午'],
    ['12:30', '12:30'],
    ['题名: 结婚', '(题名: AND 结婚)'],
    ['或', '或'],
    ['OR', 'OR'],
    ['结婚 OR', '结婚'],
    ['结婚 AND NOT', '结婚'],
    [')结婚(', ')结婚('],
    ['(结婚', '(结婚'],
    ['""', ''],
    ['NOT 结婚', 'NOT 结婚'],
  ])('reads %s as %s', (q, expected) => {
    expect(read(q)).toBe(expected);
  });

  it('breaks off at nothing, and loses no query of words alone', () => {
    const sign = fc.constantFrom(
      'AND',
      'OR',
      'NOT',
      '(',
      ')',
      '"',
      '题名:',
      '年度:',
      '-',
      '*',
      '?',
      '|',
      '结婚',
      ' ',
      'a',
      '1958',
      '..',
      '“',
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(sign, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 }),
        (parts) => {
          expect(() => parseQuery(parts.join(''))).not.toThrow();
        },
      ),
      { numRuns: 2_000 },
    );
    expect(read('非 常')).toBe('NOT 常');
    expect(parseQuery('。，').node).toBeNull();
  });
});

describe('a stretch of time', () => {
  it.each([
    ['1958', 19580000, 19581231],
    ['1958-1965', 19580000, 19651231],
    ['..1949', 0, 19491231],
    ['1949..', 19490000, 99991231],
    ['1949.10.1', 19491001, 19491001],
    ['19491001', 19491001, 19491001],
    ['一九四九年十月一日', 19491001, 19491001],
    ['民国三十八年', 19490000, 19491231],
    ['光绪三十四年至民国元年', 19080000, 19121231],
    ['＜＝1958', 0, 19581231],
    ['>1958', 19581232, 99991231],
  ])('%s is from %i to %i', (text, from, to) => {
    expect(readRange(text)).toEqual({ from, to });
  });

  it('is none where it ends before it begins, or is no time', () => {
    for (const text of ['1965..1958', '..', '结婚', '1958-13-40', '', '1..2..3'])
      expect(readRange(text)).toBeNull();
  });
});
