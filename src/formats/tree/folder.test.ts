import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTree, packageRoot } from './index.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-tree-'));
});
afterEach(() => rm(home, { recursive: true }));

const all = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

describe('a folder as a tree', () => {
  it('has files and folders by their paths, and no finding where all is in order', async () => {
    await mkdir(join(home, '卷一', 'empty'), { recursive: true });
    await writeFile(join(home, '卷一', 'a.txt'), 'one');
    await writeFile(join(home, 'b'), 'two');
    const tree = await packageRoot(await openTree(home));
    expect((await all(tree.entries())).sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'b', kind: 'file', bytes: 3 },
      { path: '卷一', kind: 'folder', bytes: 0 },
      { path: '卷一/a.txt', kind: 'file', bytes: 3 },
      { path: '卷一/empty', kind: 'folder', bytes: 0 },
    ]);
    expect((await all(tree.list('卷一'))).map((e) => e.path).sort()).toEqual(['卷一/a.txt', '卷一/empty']);
    expect([await tree.has('卷一'), await tree.has('卷一/c'), await tree.has('')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await text(await tree.open('卷一/a.txt'))).toBe('one');
    const below = tree.below('卷一');
    expect((await all(below.entries())).map((e) => e.path).sort()).toEqual(['a.txt', 'empty']);
    expect((await below.digests('a.txt', ['MD5', 'sha-256'])).get('MD5')).toBe(
      'f97c5d29941bfb1b2fdab0874906ab82',
    );
    expect(await all(tree.below('nowhere').entries())).toEqual([]);
    expect(tree.findings).toEqual([]);
    await expect(tree.open('nowhere')).rejects.toMatchObject({ code: 'tree.noSuchFile' });
    await expect(tree.digests('b', ['crc'])).rejects.toMatchObject({ code: 'tree.noSuchDigest' });
    await tree.close();
  });

  it('names links, wherever they point, and never follows them', async () => {
    await writeFile(join(home, 'a'), 'x');
    await symlink('/etc/passwd', join(home, 'out'));
    await symlink('a', join(home, 'in'));
    await symlink('..', join(home, 'up'));
    const tree = await openTree(home);
    expect(tree.findings.map((f) => [f.code, f.severity, f.path]).sort()).toEqual([
      ['tree.link', 'error', 'in'],
      ['tree.link', 'error', 'out'],
      ['tree.link', 'error', 'up'],
    ]);
    expect((await all(tree.entries())).map((e) => e.path)).toEqual(['a']);
    await rm(join(home, 'a'));
    await symlink('/etc/passwd', join(home, 'a'));
    await expect(text(await tree.open('a'))).rejects.toThrow();
    await tree.close();
  });

  it('warns of names that are one name to other systems', async () => {
    await writeFile(join(home, 'A'), '');
    await writeFile(join(home, 'a'), '');
    await writeFile(join(home, '\u00e9'), '');
    await writeFile(join(home, 'e\u0301'), '');
    const tree = await openTree(home);
    expect(tree.findings.map((f) => [f.code, f.severity])).toEqual([
      ['tree.nameClash', 'warning'],
      ['tree.nameClash', 'warning'],
    ]);
    expect(await all(tree.entries())).toHaveLength(4);
  });

  it('keeps to its limits', async () => {
    for (let i = 0; i < 5; i++) await writeFile(join(home, String(i)), 'abc');
    await mkdir(join(home, 'x/y/z'), { recursive: true });
    await expect(openTree(home, { limits: { entries: 4 } })).rejects.toMatchObject({ code: 'tree.entries' });
    await expect(openTree(home, { limits: { totalBytes: 14 } })).rejects.toMatchObject({
      code: 'tree.totalBytes',
    });
    const tree = await openTree(home, { limits: { entryBytes: 2, depth: 2 } });
    expect(new Set(tree.findings.map((f) => `${f.code} ${f.path}`))).toEqual(
      new Set([...Array(5).keys()].map((i) => `tree.entryBytes ${i}`).concat('tree.depth x/y/z')),
    );
  });

  it('reads names that are not UTF-8, and says so', async () => {
    const name = Buffer.concat([Buffer.from(`${home}/`), Buffer.from([0xb5, 0xb5, 0xb0, 0xb8])]);
    await writeFile(name, 'gbk');
    const tree = await openTree(home);
    expect(await text(await tree.open('档案'))).toBe('gbk');
    expect(tree.findings.map((f) => f.code)).toEqual(['tree.nameEncoding']);
  });
});
