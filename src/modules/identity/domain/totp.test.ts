import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { base32, newTotpSecret, otpauthUri, stepOf, stepOfCode, totpCode } from './totp.ts';

/** RFC 6238, appendix B, for SHA-1. */
const SECRET = Buffer.from('12345678901234567890');
const VECTORS: readonly [number, string][] = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
];

describe('a time-based code', () => {
  it.each(VECTORS)('at second %i is the one of RFC 6238', (second, code) => {
    expect(totpCode(SECRET, stepOf(new Date(second * 1000)), 8)).toBe(code);
  });

  const now = new Date('2026-03-01T02:00:10Z');
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const codeAt = (seconds: number) => totpCode(SECRET, stepOf(at(seconds)));

  it('fits a clock that is one step early or late, and no more', () => {
    for (const seconds of [-30, 0, 30])
      expect(stepOfCode(SECRET, codeAt(seconds), now, null)).toBe(stepOf(at(seconds)));
    for (const seconds of [-3600, -60, 60, 3600])
      expect(stepOfCode(SECRET, codeAt(seconds), now, null)).toBeUndefined();
  });

  it('fits once: the same code and older ones are replays', () => {
    const used = stepOfCode(SECRET, codeAt(0), now, null)!;
    expect(stepOfCode(SECRET, codeAt(0), now, used)).toBeUndefined();
    expect(stepOfCode(SECRET, codeAt(-30), now, used)).toBeUndefined();
    expect(stepOfCode(SECRET, codeAt(30), now, used)).toBe(used + 1);
  });

  it('may be typed with a space and in full width', () => {
    const code = codeAt(0);
    const wide = [...code].map((d) => String.fromCodePoint(d.codePointAt(0)! + 0xfee0)).join('');
    expect(stepOfCode(SECRET, `${code.slice(0, 3)} ${code.slice(3)}`, now, null)).toBe(stepOf(now));
    expect(stepOfCode(SECRET, wide, now, null)).toBe(stepOf(now));
  });

  it('is nothing else, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        const digits = text.normalize('NFKC').replaceAll(/\s/g, '');
        if (!/^\d{6}$/.test(digits)) expect(stepOfCode(SECRET, text, now, null)).toBeUndefined();
      }),
    );
  });

  it('of another secret does not fit', () => {
    const other = createHmac('sha1', 'x').digest();
    expect(stepOfCode(other, codeAt(0), now, null)).toBeUndefined();
  });
});

describe('what the QR code holds', () => {
  it('is the secret in base32 and the account, written for an address', () => {
    expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    expect(base32(newTotpSecret())).toMatch(/^[A-Z2-7]{32}$/);
    const uri = new URL(otpauthUri({ secret: SECRET, issuer: 'Lantai 蘭台', account: '李某&secret=x' }));
    expect(uri.searchParams.getAll('secret')).toEqual([base32(SECRET)]);
    expect(decodeURIComponent(uri.pathname)).toContain('Lantai 蘭台:李某&secret=x');
  });
});
