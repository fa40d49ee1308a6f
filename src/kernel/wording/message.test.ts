import { describe, expect, it } from 'vitest';
import { fill, slots } from './message.ts';

describe('messages', () => {
  it('puts values in and groups numbers', () => {
    expect(fill('共 {n} 条，{who}', { n: 23104, who: '李某' })).toBe('共 23,104 条，李某');
  });
  it('chooses the word by the number', () => {
    expect(fill('{n} {n|entry|entries}', { n: 1 })).toBe('1 entry');
    expect(fill('{n} {n|entry|entries}', { n: 0 })).toBe('0 entries');
  });
  it('leaves a slot without a value in sight', () => {
    expect(fill('{a} {b}', { a: 'x' })).toBe('x {b}');
  });
  it('does not read values as patterns', () => {
    expect(fill('{a}', { a: '{b} $&' })).toBe('{b} $&');
  });
  it('names its slots', () => {
    expect(slots('{n} {n|a|b} {who}')).toEqual(['n', 'who']);
  });
});
