import { describe, expect, it } from 'vitest';
import { Effort, findSequence } from '../matching/sequence.ts';
import { ExpressionError, readExpression } from './expression.ts';

const found = (text: string, bytes: string) => {
  const { items } = readExpression(text);
  const sequence = { anchor: 'begin', items, endMin: 0, endMax: Number.POSITIVE_INFINITY } as const;
  return findSequence(Buffer.from(bytes, 'hex'), sequence, new Effort()) !== undefined;
};

describe('a PRONOM expression', () => {
  it.each([
    ["25'PDF'", '25504446', true],
    ["'a' ?? 'c'", '610063', true],
    ['{2}41', '000041', true],
    ['{2}41', '0041', false],
    ['{0-1}41*42', '00410000000042', true],
    ['(41|4243)44', '424344', true],
    ['(41|4243)44', '4344', false],
    ["['6'-'7']00", '3700', true],
    ["['6':'7']00", '3800', false],
    ['[!00]', '00', false],
    ['[!00:0F]', '0F', false],
    ['[!0102]', '0103', true],
    ['[!0102]', '0102', false],
    ['[0000:1000]', '0fff', true],
    ['[0000:1000]', '1000', true],
    ['[0000:1000]', '1001', false],
    ['[&01]', '03', true],
    ['[!&01]', '02', true],
    ['[~06]', '08', false],
    ['`html`', '48746d4c', true],
    ['(4[1:2]|(43|44))', '44', true],
  ])('%s against %s: %s', (text, bytes, expected) => {
    if (text.includes('[1:2]')) expect(() => readExpression(text)).toThrow(ExpressionError);
    else expect(found(text, bytes)).toBe(expected);
  });

  it.each([
    '',
    '4',
    'zz',
    "'open",
    '{5-2}41',
    '{x}41',
    '(41',
    '[41',
    '[41:',
    '(41|*42)',
    '(|41)',
    '[42:41]',
    '?41',
  ])('is refused when it is %s', (text) => {
    expect(() => readExpression(text)).toThrow(ExpressionError);
  });

  it('is refused, and soon, when it would grow without bounds', () => {
    expect(() => readExpression(`(${'(00|01)'.repeat(40)}|02)`)).toThrow(ExpressionError);
    expect(() => readExpression('('.repeat(5000))).toThrow(ExpressionError);
  });
});
