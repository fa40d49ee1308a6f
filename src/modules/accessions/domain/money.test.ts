import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSame, readable, readMoney } from './money.ts';

describe('money', () => {
  it('is kept as it is written, to the cent', () => {
    expect(readMoney({ amount: ' 12,000 ', currency: 'cny' })).toEqual({
      amount: '12000.00',
      currency: 'CNY',
    });
    expect(readMoney({ amount: '0.1', currency: 'TWD' })).toEqual({ amount: '0.10', currency: 'TWD' });
    expect(readMoney(null)).toBeNull();
    expect(readable({ amount: '1234567.50', currency: 'CNY' })).toBe('CNY 1,234,567.50');
  });

  it('is refused where it is none', () => {
    for (const amount of ['-1', '1.234', 'NaN', '1e3', '', '.5', '9999999999999'])
      expect(() => readMoney({ amount, currency: 'CNY' })).toThrow(
        expect.objectContaining({ code: 'accession.money' }),
      );
    expect(() => readMoney({ amount: '1', currency: '元' })).toThrow(
      expect.objectContaining({ code: 'accession.money' }),
    );
  });

  it('reads what it wrote as the same, whatever the amount', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999n }), (cents) => {
        const amount = `${cents / 100n}.${(cents % 100n).toString().padStart(2, '0')}`;
        const once = readMoney({ amount, currency: 'CNY' })!;
        expect(once.amount).toBe(amount);
        expect(isSame(readMoney(once), once)).toBe(true);
        expect(readable(once).replaceAll(/[^\d.]/g, '')).toBe(amount);
      }),
    );
  });
});
