import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileSynced, makeFolderDurably, moveDurably, writeDurably } from './durably.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-durably-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('durable writes', () => {
  it('replaces a file and leaves no temporary one', async () => {
    await writeDurably(join(folder, 'a'), 'one');
    await writeDurably(join(folder, 'a'), 'two');
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('two');
    expect(await readdir(folder)).toEqual(['a']);
  });
  it('makes folders on the way and moves between them', async () => {
    await makeFolderDurably(join(folder, 'x/y/z'));
    await makeFolderDurably(join(folder, 'x/y/z'));
    await createFileSynced(join(folder, 'x/b'), 'b');
    await moveDurably(join(folder, 'x/b'), join(folder, 'x/y/z/b'));
    expect(await readdir(join(folder, 'x/y/z'))).toEqual(['b']);
    await expect(createFileSynced(join(folder, 'x/y/z/b'), 'c')).rejects.toMatchObject({ code: 'EEXIST' });
  });
  it('leaves nothing behind when it can not write', async () => {
    await expect(writeDurably(join(folder, 'absent/file'), 'x')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
