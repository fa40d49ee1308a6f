import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskIdNumber, maskName } from './masking.ts';

describe('masking of applicants', () => {
  it('leaves the first character of a Chinese name', () => {
    expect(maskName('李小明')).toBe('李〇〇');
    expect(maskName('欧')).toBe('欧〇');
  });

  it('leaves the initials of a Latin name', () => {
    expect(maskName('Ada  Lovelace')).toBe('A. L.');
  });

  it('never shows more than a third or four characters of a number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9A-Z]{1,30}$/), (n) => {
        const shown = maskIdNumber(n).replaceAll('*', '').length;
        expect(shown).toBeLessThanOrEqual(Math.min(4, n.length / 3));
        expect(maskIdNumber(n).length).toBeGreaterThanOrEqual(Math.min(3, n.length));
      }),
    );
  });
});
