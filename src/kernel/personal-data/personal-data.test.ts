import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { sm3, sm4 } from 'sm-crypto-v2';
import { describe, expect, it } from 'vitest';
import { closeValue, keyIdOf, matchOf, openKey, openValue, PERSONAL_CIPHERS, ValueBroken } from './cipher.ts';
import { normalised } from './normalised.ts';

const ID = '01900000-0000-7000-8000-000000000001';
const secret = Buffer.alloc(32, 7);

describe.each(PERSONAL_CIPHERS)('a value closed with %s', (cipher) => {
  const key = openKey(ID, cipher, secret);

  it('opens for its place alone, whatever its length and script', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string(), (value, place) => {
        const closed = closeValue(key, place, value);
        expect(openValue(key, place, closed)).toBe(value.toWellFormed());
        expect(() => openValue(key, `${place}x`, closed)).toThrow(ValueBroken);
      }),
    );
    const long = '䶮'.repeat(10_000);
    expect(openValue(key, 'p', closeValue(key, 'p', long))).toBe(long);
  });

  it('says which cipher and which key, and is never the same twice', () => {
    const [one, two] = [closeValue(key, 'p', '白'), closeValue(key, 'p', '白')];
    expect(one).toMatch(new RegExp(`^pd1\\.${cipher}\\.${ID}\\.`));
    expect(keyIdOf(one)).toBe(ID);
    expect(one).not.toBe(two);
  });

  it('does not open when any bit of it is changed, cut, or under another key', () => {
    const closed = closeValue(key, 'p', '白云川 990111195001010017');
    const parts = closed.split('.');
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 5 }),
        fc.nat(),
        fc.integer({ min: 0, max: 7 }),
        (part, at, bit) => {
          const bytes = Buffer.from(parts[part]!, 'base64url');
          bytes[at % bytes.length]! ^= 1 << bit;
          const changed = parts.with(part, bytes.toString('base64url')).join('.');
          expect(() => openValue(key, 'p', changed)).toThrow(ValueBroken);
        },
      ),
    );
    for (let n = 0; n < closed.length; n++)
      expect(() => openValue(key, 'p', closed.slice(0, n))).toThrow(ValueBroken);
    const other = openKey(ID, cipher, Buffer.alloc(32, 8));
    expect(() => openValue(other, 'p', closed)).toThrow(ValueBroken);
    const otherCipher = PERSONAL_CIPHERS.find((c) => c !== cipher)!;
    expect(() => openValue(key, 'p', closed.replace(cipher, otherCipher))).toThrow(ValueBroken);
    expect(() => openValue(key, 'p', '')).toThrow(ValueBroken);
  });

  it('is matched by equal values of the same field under the same key alone', () => {
    const other = openKey(ID, cipher, Buffer.alloc(32, 8));
    expect(matchOf(key, 'name', '白云川')).toEqual(matchOf(key, 'name', '白云川'));
    expect(matchOf(key, 'name', '白云川')).not.toEqual(matchOf(key, 'idNumber', '白云川'));
    expect(matchOf(key, 'name', '白云川')).not.toEqual(matchOf(other, 'name', '白云川'));
    expect(matchOf(key, 'a', 'bc')).not.toEqual(matchOf(key, 'ab', 'c'));
  });
});

describe('the SM cipher', () => {
  const key = openKey(ID, 'sm4-cbc-hmac-sm3', secret);

  it('agrees with another implementation of SM4 and HMAC-SM3', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 100 }), (value) => {
        const [, , , nonce, closed] = closeValue(key, 'p', value)
          .split('.')
          .map((part) => Buffer.from(part, 'base64url'));
        const theirs = sm4.decrypt(closed!.toString('hex'), key.closing.toString('hex'), {
          mode: 'cbc',
          iv: nonce!.toString('hex'),
          output: 'array',
        });
        expect(Buffer.from(theirs).toString('utf8')).toBe(Buffer.from(value).toString('utf8'));
      }),
      { numRuns: 50 },
    );
    expect(matchOf(key, 'name', '白').toString('hex')).toBe(
      sm3(Buffer.from('name\0白'), { mode: 'hmac', key: key.matching.toString('hex') }),
    );
  });

  it('has the block cipher of GB/T 32907, example 1', () => {
    const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    const decipher = createDecipheriv('sm4-ecb', block, null).setAutoPadding(false);
    const plain = decipher.update(Buffer.from('681edf34d206965e86b3e94f536e4246', 'hex'));
    expect(plain).toEqual(block);
  });
});

describe('values as they are matched', () => {
  it('count spacing, width, case and separators as nothing', () => {
    expect(normalised('name', ' 阿·布都\u3000热合曼 ')).toBe('阿·布都热合曼');
    expect(normalised('name', '阿•布都热合曼')).toBe(normalised('name', '阿·布都热合曼'));
    expect(normalised('name', 'ADA  Lovelace')).toBe(normalised('name', 'Ada Lovelace'));
    expect(normalised('idNumber', '９９０１１１-1950 0101 001x')).toBe('99011119500101001X');
    expect(normalised('telephone', '+86 139 0000 0000')).toBe('13900000000');
    expect(normalised('telephone', '(0591) 8700-0000')).toBe('059187000000');
  });

  it('are the same when taken twice, and never longer than a few times the input', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('name', 'idNumber', 'telephone'),
        fc.string({ unit: 'grapheme' }),
        (f, v) => {
          const once = normalised(f, v);
          expect(normalised(f, once)).toBe(once);
        },
      ),
    );
  });
});
