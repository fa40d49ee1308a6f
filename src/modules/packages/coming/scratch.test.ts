import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDigestPool, digestBytes } from '#kernel/checksums';
import { createScratch } from './scratch.ts';

let folder: string;
const pool = createDigestPool(1);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-scratch-'));
});
afterAll(async () => {
  await pool.close();
  await rm(folder, { recursive: true, force: true });
});
const fileOf = (content: Buffer) => ({
  bytes: content.length,
  open: async () => Readable.from([content.subarray(0, 5), content.subarray(5)]),
});

describe('files of a package while they are taken in', () => {
  it('stay in memory where they are small, and lie on the disk only where their path is asked for', async () => {
    await using scratch = createScratch(folder);
    const content = Buffer.from('第一件。民政局通知');
    const { kept } = await scratch.keep(fileOf(content), ['sha256'], pool);
    const one = await kept();
    expect(one).toMatchObject(digestBytes(content, ['sha256']));
    expect(Buffer.from(one.content ?? []).equals(content)).toBe(true);
    expect(await readdir(folder)).toEqual([]);
    expect((await readFile(await one.path())).equals(content)).toBe(true);
  });
  it('lie on the disk where they are large, or many: what is in memory does not grow with them', async () => {
    await using scratch = createScratch(folder);
    const of = async (bytes: number) => {
      const content = Buffer.alloc(bytes, bytes % 250);
      const one = await (await scratch.keep(fileOf(content), ['sha512'], pool)).kept();
      expect(one).toMatchObject(digestBytes(content, ['sha512']));
      expect((await readFile(await one.path())).equals(content)).toBe(true);
      return one.content?.length ?? 0;
    };
    expect(await of(3 * 2 ** 20)).toBe(0);
    expect(await of(300 * 1024)).toBe(0);
    let held = 0;
    for (let n = 0; n < 60; n++) held += await of(200 * 1024);
    expect(held).toBe(40 * 200 * 1024);
    expect(await of(2 ** 19)).toBe(0);
  });
  it('leave nothing behind', async () => {
    expect(await readdir(folder)).toEqual([]);
  });
});
