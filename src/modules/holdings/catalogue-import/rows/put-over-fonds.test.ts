import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FONDS_WORDS, putOverFonds, takeBackFonds } from './put-over-fonds.ts';

const held = { number: 'J019', name: '县民政局', dates: null, history: '旧沿革', custody: null, scope: '' };
const row = { name: '望江县民政局', dates: '1950—2001', history: '新沿革', custody: null, scope: '婚姻登记' };
const words = (changes: { word: string }[]) => changes.map((c) => c.word);

describe('a row about a fonds that is held', () => {
  it('puts all it says over it where the import updates, and leaves what it does not say', () => {
    const changes = putOverFonds(row, held, 'update');
    expect(words(changes)).toEqual(['name', 'dates', 'history', 'scope']);
    expect(changes[2]).toEqual({ word: 'history', before: '旧沿革', after: '新沿革' });
  });

  it('fills only what is empty where the import merges; the number in place of a name is empty', () => {
    expect(words(putOverFonds(row, held, 'merge'))).toEqual(['dates', 'scope']);
    expect(words(putOverFonds(row, { ...held, name: 'J019' }, 'merge'))).toEqual(['name', 'dates', 'scope']);
  });

  const text = fc.option(fc.constantFrom('', '甲', '乙', ' 甲 '));
  const said = fc.record({ name: text, dates: text, history: text, custody: text, scope: text });

  it('says nothing new a second time, and taken back leaves all as it was', () => {
    fc.assert(
      fc.property(said, said, fc.constantFrom('update' as const, 'merge' as const), (row, was, rule) => {
        const before = { number: 'J019', ...was };
        const changes = putOverFonds(row, before, rule);
        const after = { ...before, ...Object.fromEntries(changes.map((c) => [c.word, c.after])) };
        expect(putOverFonds(row, after, rule)).toEqual([]);
        const [b, a] = (['before', 'after'] as const).map((side) =>
          Object.fromEntries(changes.map((c) => [c.word, c[side]])),
        );
        const { restored, left } = takeBackFonds(after, b!, a!);
        expect({ ...after, ...restored }).toEqual(before);
        expect(left).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is not taken back where somebody wrote since', () => {
    const before = { name: '甲', dates: null };
    const after = { name: '乙', dates: '1950' };
    const now = { name: '丙', dates: '1950', history: null, custody: null, scope: null };
    expect(takeBackFonds(now, before, after)).toEqual({ restored: { dates: null }, left: ['name'] });
    expect(FONDS_WORDS).toHaveLength(5);
  });
});
