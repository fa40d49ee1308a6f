import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeEep } from '#formats/eep';
import { holdingsOf, inEmptyHouse, system } from '../../../test/support/furnishedHouse.ts';
import { gathered, sampleInput } from '../../formats/eep/testing.ts';

let out: string;
beforeAll(async () => {
  out = await mkdtemp(join(tmpdir(), 'lantai-foreign-'));
});
afterAll(() => rm(out, { recursive: true }));

const bytesOf = (title: string) =>
  gathered(
    writeEep(
      sampleInput({
        title,
        files: [
          ['正文.txt', Buffer.from(`正文 ${title}`)],
          ['附件.txt', Buffer.from('附件')],
        ],
      }),
    ),
  );

describe('EEPs of another product', () => {
  it('one by itself comes in as an item with its files and the EEP, once', async () => {
    const path = join(out, 'one.eep');
    await writeFile(path, await bytesOf('通知'));
    await inEmptyHouse(async (to) => {
      const done = await to.house.packages.ingest(system, { path, archive: '990111' });
      expect(done.findings.filter((f) => f.severity === 'error')).toEqual([]);
      expect(done).toMatchObject({ kind: 'eep', accepted: true, entries: 1, files: 3, newFiles: 3 });
      const { rows, bytes } = await holdingsOf(to);
      expect(rows[0]).toMatchObject({
        ...{
          fonds: '0001',
          fondsName: '云州县人民政府',
          level: 'item',
          title: '通知',
          year: 2023,
          retention: 'Y',
        },
        creator: '云州县人民政府办公室',
        date_from: '2023-03-05',
        pages: 3,
        description: { subjects: '计划', note: '两份', extra: { 电子文件号: '970121-2024-0007' } },
      });
      expect(Object.values(bytes)).toEqual(expect.arrayContaining(['正文 通知', '附件']));
      expect(await readdir(join(to.folder, 'data/scratch')).catch(() => [])).toEqual([]);
      // The same EEP within a folder of others is the same entry.
      const folder = join(out, 'many');
      await mkdir(join(folder, '附'), { recursive: true });
      await writeFile(join(folder, 'a.xml'), await bytesOf('通知'));
      await writeFile(join(folder, 'b.xml'), await bytesOf('报告'));
      await writeFile(join(folder, '附/说明.txt'), '说明');
      const more = await to.house.packages.ingest(system, { path: folder, archive: '990111' });
      expect(more).toMatchObject({ kind: 'eep', accepted: true, entries: 3, newEntries: 2, newFiles: 4 });
    });
  });

  it('with data that is not what it says is refused, and nothing of it stays', async () => {
    const path = join(out, 'damaged.eep');
    const sound = (await bytesOf('通知')).toString();
    await writeFile(path, sound.replace('<计算机文件大小>', '<计算机文件大小>9'));
    await inEmptyHouse(async (to) => {
      const done = await to.house.packages.ingest(system, { path, archive: '990111' });
      expect(done).toMatchObject({ kind: 'eep', accepted: false });
      expect(done.findings.map((f) => f.code)).toContain('eep.size');
      expect((await holdingsOf(to)).rows).toEqual([]);
    });
    expect(await readFile(path, 'utf8')).not.toBe(sound);
  });
});
