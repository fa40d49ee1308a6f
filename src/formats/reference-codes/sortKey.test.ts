import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortKey } from './sortKey.ts';

const byKey = (a: string, b: string) => Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b)));

describe('the order of reference codes', () => {
  it('counts digits as numbers, shorter elements and parents first', () => {
    const ordered = [
      'A2-WS·2011·Y-1',
      'A002-WS·2011·Y-2',
      'A010',
      'A010-WS·2011·Y-002',
      'A010-WS·2011·Y-002-1',
      'A010-WS·2011·Y-10',
      'A010-WS·2011·Y-0100',
      'A010-WS·2011·Y-99999999999999999999999',
      'A010-WS·2011·Y·办公室-0001',
      'A010-WSX·2011·Y-1',
      'A100-WS·2011·Y-1',
    ];
    expect([...ordered].reverse().sort(byKey)).toEqual(ordered);
  });
  it('keeps apart codes that differ in leading zeros only', () => {
    expect(sortKey('A-001')).not.toBe(sortKey('A-1'));
    expect(['A-001', 'A-2', 'A-1', 'A-01'].sort(byKey)).toEqual(['A-1', 'A-01', 'A-001', 'A-2']);
  });
  it('orders any two numbers as numbers', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 120n }),
        fc.bigInt({ min: 0n, max: 10n ** 120n }),
        (a, b) => {
          expect(Math.sign(byKey(`F-${a}-x`, `F-${b}-x`))).toBe(a < b ? -1 : a > b ? 1 : 0);
        },
      ),
    );
  });
  it('holds no character that PostgreSQL text can not store', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (s) => !sortKey(s).includes('\0')));
  });
});
