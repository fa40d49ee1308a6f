import { describe, expect, it } from 'vitest';
import { isRefusal } from '#kernel/errors';
import { generateKey } from './algorithms.ts';
import { createKeySet, openKeySet, sealKeySet } from './keyset.ts';
import { newMasterKey, openPrivate, sealPrivate } from './sealing.ts';
import { signStatement, verifyStatement } from './statement.ts';
import { trustBundlePem } from './trust.ts';

const now = new Date('2026-03-05T03:04:05Z');

function refusalCode(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    return isRefusal(error) ? error.code : `fault: ${error}`;
  }
  return undefined;
}

describe('private keys in storage', () => {
  it('open again under the master key they were closed with', async () => {
    const { privateKey } = await generateKey('ed25519');
    const master = newMasterKey();
    expect(Buffer.from(openPrivate(sealPrivate(privateKey, master), master).pkcs8)).toEqual(privateKey.pkcs8);
  });

  it('never close twice to the same text', async () => {
    const { privateKey } = await generateKey('ed25519');
    const master = newMasterKey();
    expect(sealPrivate(privateKey, master).sealed).not.toBe(sealPrivate(privateKey, master).sealed);
  });

  it('stay closed under another master key, another key id, and when a character changed', async () => {
    const { privateKey } = await generateKey('p256');
    const master = newMasterKey();
    const sealed = sealPrivate(privateKey, master);
    expect(refusalCode(() => openPrivate(sealed, newMasterKey()))).toBe('signing.masterKeyWrong');
    expect(refusalCode(() => openPrivate({ ...sealed, keyId: 'another' }, master))).toBe(
      'signing.masterKeyWrong',
    );
    expect(refusalCode(() => openPrivate({ ...sealed, algorithm: 'rsa' }, master))).toBe(
      'signing.masterKeyWrong',
    );
    const at = sealed.sealed.length >> 1;
    const changed =
      sealed.sealed.slice(0, at) + (sealed.sealed[at] === 'A' ? 'B' : 'A') + sealed.sealed.slice(at + 1);
    expect(refusalCode(() => openPrivate({ ...sealed, sealed: changed }, master))).toBe(
      'signing.masterKeyWrong',
    );
    expect(refusalCode(() => openPrivate({ ...sealed, sealed: 'nonsense' }, master))).toBe(
      'signing.masterKeyWrong',
    );
  });
});

describe('a stored key set', () => {
  it('holds no private key in the clear, survives JSON, and signs again when opened', async () => {
    const request = { archiveCode: 'A1', archiveName: '云州县档案馆', now, years: 5 };
    const set = await createKeySet({ ...request, statementAlgorithm: 'sm2', pdfAlgorithm: 'p256' });
    const master = newMasterKey();
    const text = JSON.stringify(sealKeySet(set, master));
    for (const key of [set.pdf.privateKey, set.statement.privateKey]) {
      expect(text).not.toContain(Buffer.from(key.pkcs8).toString('base64').slice(0, 40));
    }
    const opened = openKeySet(JSON.parse(text), master);
    const statement = signStatement(opened, { type: 'lantai/receipt', payload: { number: '1' }, now });
    expect(verifyStatement(statement, [trustBundlePem(set)], { now }).verdict).toBe('genuine');
  });

  it('can be replaced without orphaning what the old one signed', async () => {
    const request = { archiveCode: 'A1', archiveName: '云州县档案馆', years: 5 } as const;
    const algorithms = { statementAlgorithm: 'ed25519', pdfAlgorithm: 'p256' } as const;
    const old = await createKeySet({ ...request, ...algorithms, now });
    const statement = signStatement(old, { type: 'lantai/receipt', payload: {}, now });
    const later = new Date('2033-01-01T00:00:00Z');
    const next = await createKeySet({ ...request, ...algorithms, now: later });
    const bundle = trustBundlePem(old, next);
    expect(verifyStatement(statement, [bundle], { now: later }).verdict).toBe('genuine');
    expect(refusalCode(() => signStatement(old, { type: 'lantai/receipt', payload: {}, now: later }))).toBe(
      'signing.keyExpired',
    );
  });
});
