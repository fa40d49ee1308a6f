import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeBag } from '#formats/bagit';
import { writeEark } from '#formats/eark';
import { createTreeWriter } from '#formats/tree';
import { createDigestPool } from '#kernel/checksums';
import { depsOf, holdingsOf, inEmptyHouse, system } from '../../../test/support/furnishedHouse.ts';
import { createPackages } from './index.ts';

const pool = createDigestPool(1);
let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'lantai-foreign-'));
});
afterAll(async () => {
  await rm(out, { recursive: true });
  await pool.close();
});

describe('a bag of another product', () => {
  it('comes in as an entry with one for each folder; equal files in two folders are two', async () => {
    const path = join(out, 'foreign.tar');
    await writeBag(path, {
      wrapper: 'tar',
      name: 'foreign',
      date: new Date(0),
      info: [
        ['External-Description', '移交材料'],
        ['Contact-Name', '某'],
      ],
      files: [
        { path: 'a/1.txt', content: '同', bytes: 3 },
        { path: 'b/1.txt', content: '同', bytes: 3 },
        { path: 'b/2.bin', content: Buffer.from([0, 1, 2]), bytes: 3 },
      ],
      tagFiles: [{ path: 'metadata/dc.xml', content: '<dc/>', bytes: 5 }],
    });
    await inEmptyHouse(async (to) => {
      const order = { path, archive: '990111' };
      expect(await to.house.packages.ingest(system, order)).toMatchObject({
        accepted: false,
        findings: [{ code: 'ingest.fondsWanted' }],
      });
      const done = await to.house.packages.ingest(system, { ...order, fonds: 'J077' });
      expect(done).toMatchObject({ accepted: true, entries: 4, files: 4, newFiles: 4 });
      const { rows } = await holdingsOf(to);
      expect(
        rows.map((r) => [r.level, r.title, (r.content as unknown[] | null)?.length ?? 0]).sort(),
      ).toEqual([
        ['file', '移交材料', 0],
        ['item', 'a', 1],
        ['item', 'b', 2],
        ['item', 'metadata', 1],
      ]);
      expect(await to.house.packages.ingest(system, { ...order, fonds: 'J077' })).toMatchObject({
        accepted: true,
        newEntries: 0,
        newFiles: 0,
      });
    });
  });

  it('of more entries than are taken in at once comes in whole, each with its file, in one version', async () => {
    const many = 450;
    const path = join(out, 'many.zip');
    await writeBag(path, {
      wrapper: 'zip',
      name: 'many',
      date: new Date(0),
      files: Array.from({ length: many }, (_, i) => ({
        path: `${i}/1.bin`,
        content: Buffer.from([0, i % 256, i >> 8]),
      })),
    });
    await inEmptyHouse(async (to) => {
      const order = { path, archive: '990111', fonds: 'J077' };
      const done = await to.house.packages.ingest(system, order);
      expect(done).toMatchObject({ accepted: true, entries: many + 1, newEntries: many + 1, newFiles: many });
      const { rows } = await holdingsOf(to);
      expect(rows.filter((r) => Array.isArray(r.content) && r.content.length === 1)).toHaveLength(many);
      expect(await to.house.packages.ingest(system, order)).toMatchObject({ newEntries: 0, newFiles: 0 });
    });
  });

  it('changed after it was judged is not taken for what its manifest says', async () => {
    const path = join(out, 'changing');
    await writeBag(path, {
      wrapper: 'folder',
      name: 'changing',
      date: new Date(0),
      algorithms: ['md5'],
      files: [{ path: 'a/1.txt', content: '真' }],
    });
    await inEmptyHouse(async (to) => {
      const deps = depsOf(to, pool);
      const changing = createPackages({
        ...deps,
        holdings: {
          ...deps.holdings,
          addFonds: async (...asked) => {
            await writeFile(join(path, 'data/a/1.txt'), '假');
            return deps.holdings.addFonds(...asked);
          },
        },
      });
      const order = { path, archive: '990111', fonds: 'J077' };
      await expect(changing.ingest(system, order)).rejects.toMatchObject({ code: 'ingest.contentDiffers' });
      expect(Object.keys((await holdingsOf(to)).bytes)).toEqual([]);
    });
  });
});

describe('an E-ARK package of another product', () => {
  const file = (path: string, text: string) => ({
    path,
    bytes: Buffer.byteLength(text),
    content: () => [Buffer.from(text)],
    mimeType: 'text/plain',
  });
  const dc = `<dc xmlns:d="http://purl.org/dc/elements/1.1/"><d:title>移交材料</d:title><d:creator>某局</d:creator>
    <d:date>1958-03-05</d:date><d:subject>水利</d:subject></dc>`;
  const ead = `<ead xmlns="urn:isbn:1-931666-22-9"><eadheader><eadid>1</eadid></eadheader><archdesc level="fonds"><did>
    <unittitle>某局档案</unittitle><unitdate normal="1950/1958">1950-1958</unitdate></did>
    <scopecontent><p>水利工程</p></scopecontent><dsc><c level="file"><did><unittitle>卷一</unittitle></did></c></dsc></archdesc></ead>`;
  async function written(name: string, type: 'DC' | 'EAD' = 'DC'): Promise<string> {
    const path = join(out, name);
    const writer = await createTreeWriter(path, { wrapper: 'folder' });
    await writeEark(writer, {
      id: 'foreign-1',
      packageType: 'SIP',
      created: new Date(0),
      label: 'x',
      software: { name: 'Other', version: '1' },
      agents: [
        {
          role: 'CREATOR',
          type: 'ORGANIZATION',
          names: ['某局'],
          notes: [{ text: '1', type: 'IDENTIFICATIONCODE' }],
        },
      ],
      descriptive: [{ ...(type === 'DC' ? file('dc.xml', dc) : file('ead.xml', ead)), type }],
      representations: [{ name: 'rep1', data: [file('a/1.txt', '一'), file('b/2.txt', '二')] }],
    });
    await writer.finish();
    return path;
  }

  it('comes in whole, described by its Dublin Core', async () => {
    const order = { path: await written('eark'), archive: '990111', fonds: 'J077' };
    await inEmptyHouse(async (to) => {
      const done = await to.house.packages.ingest(system, order);
      expect(done.findings.filter((f) => f.severity === 'error')).toEqual([]);
      expect(done).toMatchObject({ kind: 'eark', accepted: true, files: 5, newFiles: 5 });
      const { rows } = await holdingsOf(to);
      const top = rows.find((r) => r.level === 'file');
      expect(top).toMatchObject({ title: '移交材料', creator: '某局', date_from: '1958-03-05' });
      expect(top?.description).toMatchObject({ extra: { 'dc:subject': '水利' } });
      expect(rows.filter((r) => r.level === 'item').map((r) => r.title)).toEqual(
        expect.arrayContaining(['representations/rep1/data/a', 'metadata/descriptive']),
      );
      const again = await to.house.packages.ingest(system, order);
      expect(again).toMatchObject({ accepted: true, newEntries: 0, newFiles: 0 });
    });
  });

  it('is described by its finding aid, whose components are not made entries', async () => {
    const order = { path: await written('eark-ead', 'EAD'), archive: '990111', fonds: 'J077' };
    await inEmptyHouse(async (to) => {
      expect(await to.house.packages.ingest(system, order)).toMatchObject({ kind: 'eark', accepted: true });
      const { rows, bytes } = await holdingsOf(to);
      expect(rows.find((r) => r.level === 'file')).toMatchObject({
        title: '某局档案',
        date_text: '1950-1958',
        description: { abstract: '水利工程' },
      });
      expect(rows.filter((r) => r.title === '卷一')).toEqual([]);
      expect(Object.values(bytes)).toContain(ead);
    });
  });

  it('with a damaged file is refused, and nothing of it stays', async () => {
    const path = await written('damaged');
    await writeFile(join(path, 'foreign-1/representations/rep1/data/b/2.txt'), '三');
    await inEmptyHouse(async (to) => {
      const done = await to.house.packages.ingest(system, { path, archive: '990111', fonds: 'J077' });
      expect(done).toMatchObject({ kind: 'eark', accepted: false });
      expect(done.findings.map((f) => f.code)).toContain('CSIP71');
      expect((await holdingsOf(to)).rows).toEqual([]);
      expect(await readdir(join(to.folder, 'scratch')).catch(() => [])).toEqual([]);
    });
  });
});
