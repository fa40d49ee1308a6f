import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { TreeLimits } from '#formats/tree';
import { createOutbound } from '#kernel/outbound';
import { rawZip } from '../tree/testing/rawZip.ts';
import { everything, withTree } from '../tree/testing/reading.ts';
import { fetchMissing, validateBag } from './index.ts';

let server: Server;
let ORIGIN = '';
let scratch = '';
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((req, res) => {
    asked.push(req.url ?? '');
    if (req.url === '/a') res.end('one');
    else if (req.url === '/on') res.writeHead(302, { location: '/a' }).end();
    else if (req.url === '/away') res.writeHead(302, { location: 'http://127.0.0.1:1/a' }).end();
    else if (req.url === '/round') res.writeHead(302, { location: '/round' }).end();
    else if (req.url === '/packed') res.writeHead(200, { 'content-encoding': 'gzip' }).end('one');
    else if (req.url === '/long') res.end('one'.repeat(100_000));
    else if (req.url === '/short')
      res.writeHead(200, { 'content-length': '3' }).write('o', () => res.destroy());
    else if (req.url === '/slow') res.writeHead(200).write('o');
    else res.writeHead(404).end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  ORIGIN = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(async () => {
  asked.length = 0;
  scratch = await mkdtemp(join(tmpdir(), 'lantai-fetch-test-'));
});
afterEach(() => rm(scratch, { recursive: true }));

const sha = (content: string) => createHash('sha256').update(content).digest('hex');

/** A bag that lacks data/卷/a.txt (“one”) and says by these lines where it is. */
const holey = (...lines: string[]) =>
  rawZip(
    Object.entries({
      'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
      'bag-info.txt': 'Payload-Oxum: 6.2\n',
      'manifest-sha256.txt': `${sha('one')}  data/卷/a.txt\n${sha('two')}  data/b.txt\n`,
      'manifest-md5.txt': `${createHash('md5').update('one').digest('hex')}  data/卷/a.txt\n${createHash('md5').update('two').digest('hex')}  data/b.txt\n`,
      'data/b.txt': 'two',
      'fetch.txt': lines.map((l) => `${l}\n`).join(''),
    }).map(([name, content]) => ({ name, content })),
  );

async function completed(
  bag: Buffer,
  {
    origins = [ORIGIN],
    publicOnly = false,
    limits,
  }: { origins?: string[]; publicOnly?: boolean; limits?: Partial<TreeLimits> } = {},
) {
  return withTree(bag, async (tree) => {
    const outbound = createOutbound(origins, { timeoutMs: 500, publicOnly });
    const fetched = await fetchMissing(tree, { outbound, scratch, ...(limits ? { limits } : {}) });
    const report = await validateBag(fetched.tree);
    const paths = (await everything(fetched.tree.entries())).map((e) => e.path);
    await fetched.tree.close();
    expect(await readdir(scratch)).toEqual([]);
    const all = [...fetched.findings, ...report.findings].filter((f) => f.severity !== 'info');
    return {
      valid: report.valid,
      codes: all.map((f) => f.code),
      why: fetched.findings[0]?.message ?? '',
      paths,
      files: fetched.files,
    };
  });
}

describe('what a bag leaves out', () => {
  it('is told by origin without leave, and nothing is asked for', async () => {
    await withTree(holey(`${ORIGIN}/a 3 data/卷/a.txt`), async (tree) => {
      const { findings, valid } = await validateBag(tree);
      expect(valid).toBe(false);
      expect(findings.find((f) => f.code === 'bag.toFetch')?.message).toBe(
        `1 file is to be fetched from ${ORIGIN}, 3 bytes as far as it is said.`,
      );
    });
    expect(asked).toEqual([]);
  });

  it.each(['3', '-'])('is fetched with leave, the length given as %s', async (length) => {
    const { valid, codes, paths, files } = await completed(holey(`${ORIGIN}/a ${length} data/卷/a.txt`));
    expect({ valid, codes, files }).toEqual({ valid: true, codes: [], files: 1 });
    expect(paths).toContain('data/卷/a.txt');
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('is fetched where a listed place sends on to a listed one', async () => {
    expect((await completed(holey(`${ORIGIN}/on 3 data/卷/a.txt`))).valid).toBe(true);
  });

  it('is asked for once, though two lines name it, and what is there is not asked for', async () => {
    const lines = [`${ORIGIN}/a 3 data/卷/a.txt`, `${ORIGIN}/a 3 data/卷/a.txt`, `${ORIGIN}/b 3 data/b.txt`];
    expect((await completed(holey(...lines))).valid).toBe(true);
    expect(asked).toEqual(['/a']);
  });

  it.each<[string, () => string, string]>([
    ['is another', () => '/none 3', 'it answered 404'],
    ['is longer than said', () => '/a 2', 'longer than 2 bytes'],
    ['is shorter than said', () => '/a 4', '3 bytes came'],
    ['is endless', () => '/long 3', 'longer than 3 bytes'],
    ['has another digest', () => '/long -', 'digest than the manifest says'],
    ['breaks off', () => '/short 3', 'aborted'],
    ['stands still', () => '/slow 3', 'nothing came for 500 ms'],
    ['comes packed', () => '/packed 3', 'packed'],
    ['is sent on to a place without leave', () => '/away 3', 'not on the list'],
    ['is sent on for ever', () => '/round 3', 'sends on without end'],
  ])('stays missing where what comes %s', async (_, line, why) => {
    const found = await completed(holey(`${ORIGIN}${line()} data/卷/a.txt`));
    expect(found.codes).toContain('bag.fetchFailed');
    expect(found.codes).toContain('bag.incomplete');
    expect(found.why).toContain(why);
  });

  it.each<[string, string, string[]]>([
    ['another place', 'http://localhost:1/a', ['http://127.0.0.1:9']],
    ['a file of this machine', 'file:///etc/passwd', ['http://127.0.0.1:9']],
  ])('is not fetched from %s', async (_, url, origins) => {
    const { codes, valid } = await completed(holey(`${url} 3 data/卷/a.txt`), { origins });
    expect(valid).toBe(false);
    expect(codes).toContain('bag.fetchNoLeave');
    expect(asked).toEqual([]);
  });

  it('is not fetched from this machine or an inner network without a word, however it is written', async () => {
    const port = new URL(ORIGIN).port;
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '10.0.0.1', '2130706433']) {
      const origin = `http://${host}:${port}`;
      const { codes, why } = await completed(holey(`${origin}/a 3 data/卷/a.txt`), {
        origins: [origin],
        publicOnly: true,
      });
      expect(codes, host).toContain('bag.fetchFailed');
      expect(why, host).toContain('open network');
    }
    expect(asked).toEqual([]);
  });

  it('never lands outside, and not where no manifest lists it', async () => {
    const { files, codes } = await completed(
      holey(`${ORIGIN}/a 3 ../../a.txt`, `${ORIGIN}/a 3 data/new.txt`, `${ORIGIN}/a 3 bagit.txt`),
    );
    expect(files).toBe(0);
    expect(asked).toEqual([]);
    expect(codes).toContain('bag.pathEscape');
  });

  it.each<[string, Partial<TreeLimits>]>([
    ['one file', { entryBytes: 2 }],
    ['all', { totalBytes: 2 }],
    ['their number', { entries: 0 }],
  ])('is held to the limits: %s', async (_, limits) => {
    const { codes } = await completed(holey(`${ORIGIN}/a 3 data/卷/a.txt`), { limits });
    expect(codes).toContain('bag.fetchLimit');
    expect(asked).toEqual([]);
  });
});
