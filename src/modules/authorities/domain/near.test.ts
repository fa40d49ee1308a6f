import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsOf, holds, isNear } from './near.ts';

describe('a name', () => {
  it('is near another with one character wrong, too many, too few, or two changed over', () => {
    for (const slip of ['石桥县民正局', '石桥县民局', '石桥县民民政局', '石桥县政民局', '右桥县民政局'])
      expect(isNear(slip, '石桥县民政局')).toBe(true);
  });

  it('is not near one that differs in a number, a side or a level, nor one of two characters', () => {
    for (const [a, b] of [
      ['石桥县第二中学', '石桥县第三中学'],
      ['城东小学', '城西小学'],
      ['石桥县民政局', '石桥市民政局'],
      ['石桥县民政局', '石桥县民政局'],
      ['王明', '王朋'],
      ['石桥县民政局', '石桥县教育局'],
    ] as const)
      expect(isNear(a, b)).toBe(false);
  });

  const name = fc.array(fc.constantFrom(...'石桥县民政教育水利林业局公司站'), {
    minLength: 3,
    maxLength: 14,
  });
  it('whose one slip is anywhere is found by one of the four cuts of what was written', () => {
    fc.assert(
      fc.property(name, fc.nat(), fc.constantFrom('wrong', 'more', 'less'), (letters, place, slip) => {
        const at = place % letters.length;
        const written = [...letters];
        if (slip === 'wrong') written[at] = '龘';
        if (slip === 'more') written.splice(at, 0, '龘');
        if (slip === 'less') written.splice(at, 1);
        if (written.length < 3) return;
        const right = letters.join('');
        expect(endsOf(written.join('')).some((e) => right.startsWith(e.start) && right.endsWith(e.end))).toBe(
          true,
        );
      }),
      { numRuns: 3_000 },
    );
  });

  it('holds for its time, as far as that is told', () => {
    expect(holds({ from: '1968', to: '1978-02' }, '1978-02-20')).toBe(true);
    expect(holds({ from: '1968', to: '1978-02' }, '1978-03-01')).toBe(false);
    expect(holds({ from: null, to: null }, '1978-03-01')).toBe(true);
  });
});
