import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDigestPool } from '#kernel/checksums';
import { createStorageRoot, filesystemStore, memoryStore, openRepository } from './index.ts';

const pool = createDigestPool(2);
let home = '';
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-ahead-'));
});
afterAll(async () => {
  await pool.close();
  await rm(home, { recursive: true });
});

const put = (id: string, files: Record<string, string>) => ({
  objectId: id,
  next: {
    files: Object.entries(files).map(([logicalPath, content]) => ({
      logicalPath,
      source: { bytes: Buffer.from(content) },
    })),
    message: 'Taken in',
    user: { name: 'Test archive', address: 'mailto:archive@example.org' },
    created: new Date(0),
  },
});

describe('objects read ahead', () => {
  it('are the objects the repository has, with their bytes in memory; what is large or not there it answers itself', async () => {
    const store = filesystemStore({ root: join(home, 'root'), staging: join(home, 'staging'), pool });
    await createStorageRoot(store);
    const repository = await openRepository({ store });
    await repository.putVersions([
      put('urn:a', { 'content/a.txt': '甲', 'b.txt': '', 'again.txt': '甲' }),
      put('urn:large', { 'large.bin': 'x'.repeat(2 ** 20 + 1) }),
    ]);
    await repository.putVersions([put('urn:a', { 'c.txt': '乙' })]);
    const source = await repository.readAhead(['urn:a', 'urn:large', 'urn:none']);
    const [ahead, plain] = [await source.getObject('urn:a'), await repository.getObject('urn:a')];
    expect(ahead.head).toBe('v2');
    expect(ahead.path).toBe(plain.path);
    expect(ahead.files()).toEqual(plain.files());
    expect(ahead.files('v1')).toEqual(plain.files('v1'));
    expect(ahead.versions).toEqual(plain.versions);
    for (const { logicalPath } of plain.files()) {
      const wanted = await text((await repository.openFile(plain, logicalPath, { verify: true })).stream);
      expect(Buffer.from(source.inMemory?.(ahead, logicalPath) ?? 'none').toString()).toBe(wanted);
      for (const which of [ahead, 'urn:a'])
        expect(await text((await source.openFile(which, logicalPath, { verify: true })).stream)).toBe(wanted);
    }
    const earlier = await source.openFile(ahead, 'content/a.txt', { version: 'v1' });
    expect(await text(earlier.stream)).toBe('甲');
    const large = await source.getObject('urn:large');
    expect(source.inMemory?.(large, 'large.bin')).toBe(null);
    expect((await source.openFile(large, 'large.bin', { verify: true })).size).toBe(2 ** 20 + 1);
    await expect(source.getObject('urn:none')).rejects.toMatchObject({ code: 'ocfl.notFound' });
  });

  it('are told to be damaged by whoever reads the damaged file', async () => {
    const store = filesystemStore({ root: join(home, 'bad'), staging: join(home, 'bad-staging'), pool });
    await createStorageRoot(store);
    const repository = await openRepository({ store });
    await repository.putVersions([put('urn:b', { 'a.txt': '真', 'b.txt': '全' })]);
    const { path } = await repository.getObject('urn:b');
    const file = join(home, 'bad', path, 'v1/content/a.txt');
    expect(await readFile(file, 'utf8')).toBe('真');
    await writeFile(file, '假');
    const source = await repository.readAhead(['urn:b']);
    const object = await source.getObject('urn:b');
    expect(source.inMemory?.(object, 'a.txt') ?? null).toBe(null);
    const opened = await source.openFile(object, 'a.txt', { verify: true });
    await expect(text(opened.stream)).rejects.toMatchObject({ code: 'ocfl.contentDamaged' });
    expect(await text((await source.openFile(object, 'b.txt', { verify: true })).stream)).toBe('全');
  });

  it('are asked of the repository where a store reads nothing ahead', async () => {
    const store = memoryStore();
    await createStorageRoot(store);
    const repository = await openRepository({ store });
    await repository.putVersions([put('urn:c', { 'a.txt': '甲' })]);
    const source = await repository.readAhead(['urn:c']);
    expect(await text((await source.openFile('urn:c', 'a.txt', { verify: true })).stream)).toBe('甲');
  });
});
