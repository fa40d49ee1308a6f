import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContentStore, contentStore } from './content.ts';

const DAY_MS = 24 * 3_600_000;
let folder: string;
let store: ContentStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-content-'));
  store = contentStore(join(folder, 'filing'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function content() {
  const bytes = randomBytes(1_000);
  return { bytes, sha512: createHash('sha512').update(bytes).digest('hex') };
}
const names = async (sha512: string) => readdir(dirname(store.pathOf(sha512))).catch(() => []);
const nothingUsed = async () => new Set<string>();
/** As a sweep of the next day but one sees it; its times are of the real clock. */
const inTwoDays = () => new Date(Date.now() + 2 * DAY_MS);
const age = (path: string) => utimes(path, new Date(0), new Date(0));

describe('contents by their digest', () => {
  it('are written straight to their place, once, and whole', async () => {
    const { bytes, sha512 } = content();
    expect(await store.write(bytes, sha512)).toBe(true);
    expect(await readFile(store.pathOf(sha512))).toEqual(bytes);
    expect(await store.write(bytes, sha512)).toBe(false);
    expect(await names(sha512)).toEqual([sha512]);
  });

  it('come to lie once where several write the same at once', async () => {
    const { bytes, sha512 } = content();
    await Promise.all(Array.from({ length: 8 }, () => store.write(bytes, sha512)));
    expect(await names(sha512)).toEqual([sha512]);
  });

  it('stay out, and leave nothing, where looking through them says no', async () => {
    const { bytes, sha512 } = content();
    const look = async (path: string) => {
      expect(await readFile(path)).toEqual(bytes);
      throw new Error('infected');
    };
    await expect(store.write(bytes, sha512, look)).rejects.toThrow('infected');
    expect(await names(sha512)).toEqual([]);
  });

  it('that lay unused are young again when they come once more, so that no sweep takes them from under a record', async () => {
    const [written, taken] = [content(), content()];
    for (const { bytes, sha512 } of [written, taken]) {
      await store.write(bytes, sha512);
      await age(store.pathOf(sha512));
    }
    expect(await store.write(written.bytes, written.sha512)).toBe(false);
    const path = join(folder, 'coming');
    await writeFile(path, taken.bytes);
    expect(await store.take(path, taken.sha512)).toBe(false);
    // A sweep that has asked which are in use, before the record was written down.
    const now = new Date(Date.now() + DAY_MS / 2);
    expect(await store.sweep(nothingUsed, now)).toBe(0);
  });

  it('go when nothing has used them for a day, and so does what a kill left half written', async () => {
    const { bytes, sha512 } = content();
    await store.write(bytes, sha512);
    const partial = join(dirname(store.pathOf(sha512)), '.0f0e0d0c-0b0a-4908-8706-050403020100.part');
    await writeFile(partial, 'half');
    expect(await store.sweep(nothingUsed, new Date())).toBe(0);
    expect(await store.sweep(async () => new Set([sha512]), inTwoDays())).toBe(0);
    expect(await names(sha512)).toEqual([sha512]);
    expect(await store.sweep(nothingUsed, inTwoDays())).toBe(1);
    expect(await names(sha512)).toEqual([]);
  });
});
