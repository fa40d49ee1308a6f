import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOutbound } from '#kernel/outbound';
import { holdingsOf, inEmptyHouse, system } from '../../../test/support/furnishedHouse.ts';

let out: string;
let server: Server;
let origin: string;
const asked: string[] = [];
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'lantai-left-out-'));
  server = createServer((req, res) => {
    asked.push(req.url ?? '');
    res.end(req.url === '/a' ? '远方的文件' : 'other');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(out, { recursive: true });
});

/** A bag whose one file lies elsewhere, at this address. */
async function bagLeavingOut(name: string, url: string): Promise<string> {
  const digest = createHash('sha256').update('远方的文件').digest('hex');
  const files = {
    'bagit.txt': 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n',
    'manifest-sha256.txt': `${digest}  data/卷/a.txt\n`,
    'fetch.txt': `${url} 15 data/卷/a.txt\n`,
  };
  const path = join(out, name);
  await mkdir(join(path, 'data'), { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(path, file), content);
  return path;
}

it('what a bag leaves out is fetched with leave and held; without leave, or where another comes, nothing is entered', async () => {
  const outbound = createOutbound([origin], { timeoutMs: 2000 });
  await inEmptyHouse(async (to) => {
    const order = { archive: '990111', fonds: 'J077' };
    const path = await bagLeavingOut('left', `${origin}/a`);
    const without = await to.house.packages.ingest(system, { ...order, path });
    expect(without).toMatchObject({ kind: 'bag', accepted: false, fetched: 0 });
    expect(without.findings.map((f) => f.code)).toContain('bag.toFetch');
    expect(asked).toEqual([]);

    const other = await bagLeavingOut('other', `${origin}/b`);
    const refused = await to.house.packages.ingest(system, { ...order, path: other, outbound });
    expect(refused).toMatchObject({ accepted: false, fetched: 0 });
    expect(refused.findings.map((f) => f.code)).toContain('bag.fetchFailed');
    expect((await holdingsOf(to)).rows).toEqual([]);

    const done = await to.house.packages.ingest(system, { ...order, path, outbound });
    expect(done).toMatchObject({ accepted: true, fetched: 1, newFiles: 1 });
    expect(Object.values((await holdingsOf(to)).bytes)).toEqual(['远方的文件']);
    expect(asked).toEqual(['/b', '/a']);
    // The bag stays as it came, and what was fetched waits nowhere.
    expect(await readdir(join(path, 'data'))).toEqual([]);
    expect(await readdir(join(to.folder, 'scratch')).catch(() => [])).toEqual([]);
  });
});
