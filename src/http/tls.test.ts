import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, expect, it } from 'vitest';
import { silentLog } from '#kernel/log';
import { createKeySet } from '#kernel/signing/keyset';
import { checkTls } from '../cli/doctorEdge.ts';
import { tlsServer } from './tls.ts';

const folder = mkdtempSync(join(tmpdir(), 'lantai-tls-'));
const files = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
afterAll(() => rmSync(folder, { recursive: true }));

const portOf = (app: FastifyInstance) => Number(new URL(app.listeningOrigin).port);

/** A certificate that signs itself, with its key; ours are made for signing papers and do for a line too. */
async function certificate(years: number) {
  const set = await createKeySet({
    archiveCode: '990111',
    archiveName: 'archive.example',
    statementAlgorithm: 'ed25519',
    pdfAlgorithm: 'p256',
    now: new Date(),
    years,
  });
  writeFileSync(files.cert, set.pdf.certificatePem);
  writeFileSync(
    files.key,
    createPrivateKey({ key: Buffer.from(set.pdf.privateKey.pkcs8), format: 'der', type: 'pkcs8' }).export({
      type: 'pkcs8',
      format: 'pem',
    }),
  );
}

const visit = (port: number) =>
  new Promise<PeerCertificate>((resolve, reject) => {
    get({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false }, (res) => {
      resolve((res.socket as TLSSocket).getPeerCertificate());
      res.resume();
    }).on('error', reject);
  });

it('a server with a certificate of its own takes a renewed one over while it runs, and keeps the old where the new is broken', async () => {
  await certificate(1);
  const tls = tlsServer(files, silentLog, 50);
  const app = fastify({ serverFactory: tls.factory });
  app.get('/', async (req) => ({ over: req.protocol }));
  await app.listen({ host: '127.0.0.1', port: 0 });
  const port = portOf(app);
  const first = await visit(port);
  await certificate(2);
  await expect.poll(async () => (await visit(port)).valid_to, { timeout: 5_000 }).not.toBe(first.valid_to);
  const second = await visit(port);
  writeFileSync(files.key, 'broken');
  await new Promise((done) => setTimeout(done, 300));
  expect((await visit(port)).valid_to).toBe(second.valid_to);
  tls.stop();
  await app.close();
});

it('doctor tells of a certificate that ends soon, has ended, or is broken', async () => {
  await certificate(1);
  const at = (days: number) =>
    checkTls({ tlsCert: files.cert, tlsKey: files.key }, new Date(Date.now() + days * 86_400_000))[0]?.state;
  expect([at(0), at(350), at(400)]).toEqual(['ok', 'warning', 'problem']);
  writeFileSync(files.key, 'broken');
  expect(at(0)).toBe('problem');
  expect(checkTls({ tlsCert: undefined, tlsKey: undefined })).toEqual([]);
});
