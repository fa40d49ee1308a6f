import { describe, expect, it } from 'vitest';
import { buildCertifiedCopy, verifyFile } from '#formats/certificate';
import { trustBundlePem } from '#kernel/signing/trust';
import { issuedAt, sampleInput, sampleKeys } from '../../src/formats/certificate/certificate.fixture.ts';

describe('every byte of a certified copy', () => {
  it.each([
    ['ed25519', 'p256'],
    ['sm2', 'rsa'],
  ] as const)(
    'counts: changing any one makes it other than genuine (%s, %s)',
    async (statement, pdf) => {
      const keys = await sampleKeys({ statement, pdf });
      const copy = await buildCertifiedCopy(sampleInput(), keys);
      const options = { trust: [trustBundlePem(keys)], now: issuedAt };
      const survived: number[] = [];
      const changed = Buffer.from(copy.pdf);
      for (let at = 0; at < changed.length; at++) {
        for (const mask of [1 << (at % 8), 0x20]) {
          changed[at]! ^= mask;
          const { verdict } = await verifyFile(changed, options);
          if (verdict === 'genuine') survived.push(at);
          changed[at]! ^= mask;
        }
      }
      expect(survived).toEqual([]);
      expect((await verifyFile(changed, options)).verdict).toBe('genuine');
    },
    30 * 60_000,
  );

  it('counts in the statement file as well', async () => {
    const keys = await sampleKeys();
    const { statementJson } = await buildCertifiedCopy(sampleInput(), keys);
    const options = { trust: [trustBundlePem(keys)], now: issuedAt };
    const changed = Buffer.from(statementJson);
    for (let at = 0; at < changed.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        changed[at]! ^= 1 << bit;
        expect((await verifyFile(changed, options)).verdict).not.toBe('genuine');
        changed[at]! ^= 1 << bit;
      }
    }
  }, 600_000);
});
