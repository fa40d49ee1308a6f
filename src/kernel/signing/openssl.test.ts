import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateKey, signBytes, verifyBytes } from './algorithms.ts';
import { createKeySet } from './keyset.ts';

const version = spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '';
const hasOpenssl = /^OpenSSL (1\.1\.1|[3-9])/.test(version);
const now = new Date('2026-03-05T03:04:05Z');

describe.skipIf(!hasOpenssl)('checked with the openssl command', () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lantai-openssl-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['ed25519', 'p256'],
    ['sm2', 'rsa'],
    ['sm2', 'p256'],
  ] as const)('the certificates for %s under %s form a chain', async (statementAlgorithm, pdfAlgorithm) => {
    const request = { archiveCode: 'A1', archiveName: '云州县档案馆', years: 10, now };
    const keys = await createKeySet({ ...request, statementAlgorithm, pdfAlgorithm });
    writeFileSync(path('archive.pem'), keys.pdf.certificatePem);
    writeFileSync(path('own.pem'), keys.statement.certificatePem);
    const at = String(now.getTime() / 1000 + 60);
    const said = openssl(
      'verify',
      '-attime',
      at,
      '-x509_strict',
      '-CAfile',
      path('archive.pem'),
      path('own.pem'),
    );
    expect(said).toContain(': OK');
  });

  const sm2 = ['-rawin', '-digest', 'sm3', '-pkeyopt', 'distid:1234567812345678'];

  it('an SM2 signature of ours is valid with the standard’s identifier', async () => {
    const { privateKey, spki } = await generateKey('sm2');
    const data = Buffer.from('云州县档案馆藏婚姻登记簿');
    writeFileSync(path('data'), data);
    writeFileSync(path('signature'), signBytes(privateKey, data));
    writeFileSync(path('public.der'), spki);
    openssl(
      'pkey',
      '-pubin',
      '-inform',
      'DER',
      '-in',
      path('public.der'),
      '-pubout',
      '-out',
      path('public.pem'),
    );
    const said = openssl(
      ...['pkeyutl', '-verify', '-pubin', '-inkey', path('public.pem'), '-in', path('data')],
      ...['-sigfile', path('signature'), ...sm2],
    );
    expect(said).toContain('Verified Successfully');
  });

  it('an SM2 signature of openssl’s, with our private key, is valid with us; a changed one is not', async () => {
    const { privateKey, spki } = await generateKey('sm2');
    const data = Buffer.from('云州县档案馆藏婚姻登记簿');
    writeFileSync(path('data'), data);
    writeFileSync(path('private.der'), privateKey.pkcs8);
    openssl('pkey', '-inform', 'DER', '-in', path('private.der'), '-out', path('private.pem'));
    const key = ['-inkey', path('private.pem'), '-in', path('data')];
    openssl('pkeyutl', '-sign', ...key, '-out', path('theirs'), ...sm2);
    const signature = readFileSync(path('theirs'));
    expect(verifyBytes('sm2', spki, data, signature)).toBe(true);
    expect(verifyBytes('sm2', spki, Buffer.from('其他'), signature)).toBe(false);
  });
});
