import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel/errors';
import { canonicalBytes } from '../canonical.ts';
import { createKeySet, type KeySet } from './keyset.ts';
import { signStatement, verifyStatement } from './statement.ts';
import { parseTrust, trustBundlePem } from './trust.ts';

const now = new Date('2026-03-05T03:04:05.678Z');
const payload = { number: '云〔2026〕1', count: 3, list: ['a', { b: null }] };

const make = (
  statementAlgorithm: 'ed25519' | 'sm2',
  pdfAlgorithm: 'p256' | 'rsa',
  archiveCode = 'A1',
): Promise<KeySet> =>
  createKeySet({
    archiveCode,
    archiveName: '云州县档案馆',
    statementAlgorithm,
    pdfAlgorithm,
    now,
    years: 10,
  });

describe.each([
  ['ed25519', 'p256'],
  ['sm2', 'p256'],
  ['ed25519', 'rsa'],
  ['sm2', 'rsa'],
] as const)('a statement signed with %s under %s', (statementAlgorithm, pdfAlgorithm) => {
  let keys: KeySet;
  let statement: Buffer;
  beforeAll(async () => {
    keys = await make(statementAlgorithm, pdfAlgorithm);
    statement = signStatement(keys, { type: 'lantai/receipt', payload, now });
  });

  it('is genuine under the archive’s certificate and says who signed what when', () => {
    const read = verifyStatement(statement, [trustBundlePem(keys)], { now });
    expect(read).toMatchObject({
      verdict: 'genuine',
      type: 'lantai/receipt',
      payload,
      signedAt: now.toISOString(),
    });
    expect(read.signer).toMatchObject({
      archiveCode: 'A1',
      archiveName: '云州县档案馆',
      algorithm: statementAlgorithm,
    });
  });

  it('is never genuine with one byte changed', () => {
    const anchors = parseTrust([trustBundlePem(keys)]);
    fc.assert(
      fc.property(fc.nat(statement.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(statement);
        changed[at]! ^= mask;
        expect(verifyStatement(changed, anchors, { now }).verdict).not.toBe('genuine');
      }),
      { numRuns: 150 },
    );
  });

  it('is altered when bytes are appended, even white space', () => {
    for (const more of ['\n', ' ', '{}']) {
      const longer = Buffer.concat([statement, Buffer.from(more)]);
      expect(verifyStatement(longer, [trustBundlePem(keys)], { now }).verdict).toBe('altered');
    }
  });

  it('is unknown to someone who trusts another archive, or nobody', async () => {
    const other = await make('ed25519', 'p256', 'B2');
    expect(verifyStatement(statement, [trustBundlePem(other)], { now }).verdict).toBe('unknown');
    expect(verifyStatement(statement, [], { now })).toMatchObject({ verdict: 'unknown', signer: null });
  });
});

describe('a forged statement', () => {
  it('does not pass with the certificates of a trusted archive and another key', async () => {
    const [trusted, forger] = [await make('ed25519', 'p256'), await make('ed25519', 'p256')];
    const envelope = JSON.parse(signStatement(forger, { type: 'lantai/receipt', payload, now }).toString());
    const trust = [trustBundlePem(trusted)];
    const swapped = {
      ...envelope,
      certificates: [trusted.statement.certificatePem, trusted.pdf.certificatePem],
    };
    expect(verifyStatement(canonicalBytes(swapped), trust, { now }).verdict).toBe('altered');
    const grafted = {
      ...envelope,
      certificates: [forger.statement.certificatePem, trusted.pdf.certificatePem],
    };
    expect(verifyStatement(canonicalBytes(grafted), trust, { now }).verdict).toBe('altered');
  });

  it('does not pass with the words of one and the signature of another', async () => {
    const keys = await make('ed25519', 'p256');
    const one = JSON.parse(signStatement(keys, { type: 'lantai/receipt', payload, now }).toString());
    const two = JSON.parse(
      signStatement(keys, { type: 'lantai/receipt', payload: { other: 1 }, now }).toString(),
    );
    const mixed = canonicalBytes({ ...one, payload: two.payload });
    expect(verifyStatement(mixed, [trustBundlePem(keys)], { now }).verdict).toBe('altered');
    const retyped = canonicalBytes({ ...one, type: 'lantai/certified-copy' });
    expect(verifyStatement(retyped, [trustBundlePem(keys)], { now }).verdict).toBe('altered');
  });
});

describe('time', () => {
  it('makes a statement expired that claims a moment outside its certificate’s validity', async () => {
    const keys = await make('ed25519', 'p256');
    const late = { ...keys, notAfter: '2099-01-01T00:00:00.000Z' };
    const at = new Date('2040-01-01T00:00:00Z');
    const statement = signStatement(late, { type: 'lantai/receipt', payload, now: at });
    expect(verifyStatement(statement, [trustBundlePem(keys)], { now: at }).verdict).toBe('expired');
  });

  it('leaves a statement genuine after the certificate’s own time is over', async () => {
    const keys = await make('ed25519', 'p256');
    const statement = signStatement(keys, { type: 'lantai/receipt', payload, now });
    const later = new Date('2060-01-01T00:00:00Z');
    expect(verifyStatement(statement, [trustBundlePem(keys)], { now: later }).verdict).toBe('genuine');
  });

  it('does not believe a statement from the future', async () => {
    const keys = await make('ed25519', 'p256');
    const at = new Date('2030-01-01T00:00:00Z');
    const statement = signStatement(keys, { type: 'lantai/receipt', payload, now: at });
    const read = verifyStatement(statement, [trustBundlePem(keys)], { now });
    expect(read).toMatchObject({ verdict: 'unknown', reasons: [{ code: 'signature.inFuture' }] });
  });
});

describe('hostile input', () => {
  it.each([
    ['nothing', ''],
    ['nonsense', 'what is this'],
    ['JSON of another kind', '{"a":1}'],
    ['deep nesting', `{"type":${'['.repeat(100_000)}`],
    ['a key that is special to the language', '{"__proto__":{"type":"lantai/receipt"}}'],
  ])('%s is unknown, without a crash', (_, text) => {
    expect(verifyStatement(Buffer.from(text), [], { now }).verdict).toBe('unknown');
  });

  it('refuses trust files without a certificate', () => {
    for (const text of ['', 'nothing', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']) {
      expect(() => parseTrust([text])).toThrow(
        expect.toSatisfy((e: unknown) => isRefusal(e) && e.code === 'trust.unreadable'),
      );
    }
  });
});
