import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOutbound } from '../outbound.ts';

const trusted = getCACertificates('default');
let folder = '';
let server: Server;
let origin = '';
let certificate = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-https-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost';
  const names = ['-addext', 'subjectAltName=DNS:localhost'];
  await promisify(execFile)('openssl', [...words.split(' '), ...names, '-keyout', key, '-out', cert]);
  certificate = await readFile(cert, 'utf8');
  server = createServer({ key: await readFile(key), cert: certificate }, (req, res) => {
    if (req.url === '/on') res.writeHead(302, { location: '/file' }).end();
    else res.end('x'.repeat(300_000));
  });
  await new Promise<void>((ready) => server.listen(0, 'localhost', ready));
  origin = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  setDefaultCACertificates(trusted);
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

async function sizeOf(address: string): Promise<number> {
  let size = 0;
  for await (const piece of createOutbound([origin], { timeoutMs: 5_000 }).stream(address, 1_000_000))
    size += piece.length;
  return size;
}

it('bytes come over TLS from who can show a trusted certificate for its name, and from nobody else', async () => {
  await expect(sizeOf(`${origin}/file`)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  setDefaultCACertificates([...trusted, certificate]);
  expect(await sizeOf(`${origin}/on`)).toBe(300_000);
  // The certificate is for a name, and this is another.
  const other = origin.replace('localhost', '127.0.0.1');
  const outbound = createOutbound([other], { timeoutMs: 5_000 });
  await expect(outbound.stream(`${other}/file`, 1_000_000)[Symbol.asyncIterator]().next()).rejects.toThrow();
});
