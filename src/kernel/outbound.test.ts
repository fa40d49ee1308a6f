import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutbound } from './outbound.ts';

let listed: Server;
let unlisted: Server;
let [LISTED, UNLISTED] = ['', ''];
let reached = 0;

const listen = async (server: Server) => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  unlisted = createServer((_req, res) => {
    reached++;
    res.end('inner secret');
  });
  UNLISTED = await listen(unlisted);
  listed = createServer((req, res) => {
    if (req.url === '/away') res.writeHead(302, { location: UNLISTED }).end();
    else if (req.url === '/long') res.end('x'.repeat(5_000));
    else if (req.url !== '/silent') res.writeHead(201).end('hello');
  });
  LISTED = await listen(listed);
});
afterAll(() => {
  for (const s of [listed, unlisted]) {
    s.closeAllConnections();
    s.close();
  }
});

const outbound = () => createOutbound([LISTED], { timeoutMs: 500, longest: 1_000 });

describe('calls that leave this server', () => {
  it('go to the origins of the list', async () => {
    expect(await outbound().ask(`${LISTED}/x`)).toEqual({ status: 201, text: 'hello' });
  });

  it.each([
    ['another port of this machine', () => UNLISTED],
    ['another name for the listed one', () => LISTED.replace('127.0.0.1', 'localhost')],
    ['the listed one as a name', () => LISTED.replace('http://', 'http://listed@')],
    ['the listed one behind an at sign', () => `${LISTED}@127.0.0.1:1`],
    ['the listed one as a subdomain', () => `${LISTED}.example`],
    ['TLS where plain was listed', () => LISTED.replace('http:', 'https:')],
    ['cloud metadata', () => 'http://169.254.169.254/latest/meta-data'],
    ['a figure for this machine', () => LISTED.replace('127.0.0.1', '[::ffff:127.0.0.1]')],
    ['a file', () => 'file:///etc/passwd'],
    ['data', () => 'data:text/plain,x'],
    ['no address at all', () => '::'],
  ])('do not go to %s', async (_, address) => {
    await expect(outbound().ask(address())).rejects.toMatchObject({ code: 'outbound.notListed' });
    expect(reached).toBe(0);
  });

  it('follow nobody elsewhere, read no answer without end, and wait for nobody for ever', async () => {
    for (const path of ['/away', '/long', '/silent'])
      await expect(outbound().ask(LISTED + path), path).rejects.toThrow();
    expect(reached).toBe(0);
  });

  it('go nowhere where nothing is listed', async () => {
    await expect(createOutbound([]).ask(LISTED)).rejects.toMatchObject({ code: 'outbound.notListed' });
  });
});
