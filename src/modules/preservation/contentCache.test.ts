import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContentCache } from './contentCache.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-cache-'));
});
afterEach(() => rm(folder, { recursive: true }));

const content = (letter: string, bytes = 1000) => {
  const all = Buffer.alloc(bytes, letter);
  const sha512 = createHash('sha512').update(all).digest('hex');
  let fetches = 0;
  return {
    key: { sha512, bytes },
    path: join(folder, sha512.slice(0, 2), sha512),
    fetched: () => fetches,
    fetch: async () => {
      fetches++;
      return Readable.from([all.subarray(0, 300), all.subarray(300)]);
    },
  };
};
/** As if nobody had asked for it for an hour. */
const rest = async (path: string, minutes = 60) => {
  const then = new Date(Date.now() - minutes * 60_000);
  await utimes(path, then, then);
};
const there = async (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

describe('local copies of held files', () => {
  it('are fetched once, however many ask at the same time, and not again', async () => {
    const cache = createContentCache({ folder, most: 10_000 });
    const a = content('a');
    const paths = await Promise.all(Array.from({ length: 5 }, () => cache.pathOf(a.key, a.fetch)));
    expect(new Set(paths)).toEqual(new Set([a.path]));
    await cache.pathOf(a.key, a.fetch);
    expect(a.fetched()).toBe(1);
    expect(await readFile(a.path, 'utf8')).toBe('a'.repeat(1000));
  });

  it('keep within their room: the least recently used goes first, one in use never', async () => {
    const cache = createContentCache({ folder, most: 3_500 });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => content(letter)) as [
      ReturnType<typeof content>,
      ReturnType<typeof content>,
      ReturnType<typeof content>,
      ReturnType<typeof content>,
    ];
    for (const one of [a, b, c]) await cache.pathOf(one.key, one.fetch);
    await rest(a.path, 90);
    await rest(b.path, 120);
    await cache.pathOf(a.key, a.fetch);
    await cache.pathOf(d.key, d.fetch);
    const e = content('e');
    await cache.pathOf(e.key, e.fetch);
    expect(await there(b.path), 'the one that rested longest').toBe(false);
    expect(await Promise.all([a, c, d, e].map((one) => there(one.path)))).toEqual([true, true, true, true]);
  });

  it('refuse bytes that are not those asked for, and leave nothing of them', async () => {
    const cache = createContentCache({ folder, most: 10_000 });
    const [a, b] = [content('a'), content('b')];
    await expect(cache.pathOf(a.key, b.fetch)).rejects.toThrow(/other bytes/);
    expect(await readdir(join(folder, a.key.sha512.slice(0, 2)))).toEqual([]);
    await cache.pathOf(a.key, a.fetch);
    expect(await there(a.path)).toBe(true);
  });

  it('are fetched again where a power cut left a wrong length, and parts of killed fetches go', async () => {
    const a = content('a');
    await mkdir(join(a.path, '..'), { recursive: true });
    await writeFile(a.path, '');
    const part = `${a.path}.1.x.part`;
    await writeFile(part, 'half');
    await rest(part, 60 * 48);
    const cache = createContentCache({ folder, most: 10_000 });
    await cache.pathOf(a.key, a.fetch);
    expect(await readFile(a.path, 'utf8')).toBe('a'.repeat(1000));
    expect(await there(part)).toBe(false);
  });
});
