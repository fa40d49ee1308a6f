import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentifierPool } from '#formats/pronom';
import { silentLog } from '#kernel/log';
import { createIdentifying, foundFormat } from './identifying.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-formats-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the format of a held file', () => {
  it('is told by its bytes, in a file or in memory, and by the ending of its name where it lies under another', async () => {
    const pdf = join(folder, 'upload');
    await writeFile(pdf, '%PDF-1.4\n%%EOF\n');
    const csv = join(folder, 'other');
    await writeFile(csv, 'a,b\n1,2\n');
    const formats = createIdentifying(createIdentifierPool({}, 1), silentLog);
    const [first, second, third, held, empty] = await formats.identify([
      { path: pdf, name: '批复.doc' },
      { path: csv, name: 'list.csv' },
      { path: join(folder, 'nowhere'), name: 'x' },
      { content: Buffer.from('%PDF-1.4\n%%EOF\n'), name: '批复.doc' },
      { content: new Uint8Array(0), name: 'list.csv' },
    ]);
    expect(first).toMatchObject({ puid: 'fmt/18', version: '1.4', by: 'built in' });
    expect(second?.puid).toBe('x-fmt/18');
    expect(third).toBeUndefined();
    expect(held).toEqual(first);
    expect(empty?.puid).toBe('x-fmt/18');
    await formats.close();
  });

  it('is looked at later where the signature files can not be used', async () => {
    const formats = createIdentifying(
      createIdentifierPool({ signatures: join(folder, 'no.xml') }, 1),
      silentLog,
    );
    expect(await formats.identify([{ path: folder, name: 'x' }])).toEqual([undefined]);
    await expect(formats.demandUsable()).rejects.toMatchObject({ code: 'pronom.signatures' });
    await formats.close();
  });

  it('says what else it may be, and that nothing fits', () => {
    const match = (puid: string) => ({ puid, name: puid, version: '', mime: '', basis: 'extension only' });
    expect(foundFormat([match('fmt/1'), match('fmt/2')], 'PRONOM 1')).toEqual({
      puid: 'fmt/1',
      name: 'fmt/1',
      basis: 'extension only',
      by: 'PRONOM 1',
      or: ['fmt/2'],
    });
    expect(foundFormat([], 'built in')).toMatchObject({ puid: 'unknown', basis: 'nothing fits' });
  });
});
