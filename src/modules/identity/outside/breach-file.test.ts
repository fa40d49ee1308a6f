import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breachFile } from './breach-file.ts';

const digest = (s: string) => createHash('sha1').update(s, 'utf8').digest('hex').toUpperCase();
const listOf = (passwords: readonly string[], end = '\r\n') =>
  passwords
    .map((p, n) => `${digest(p)}:${n * 7919 + 1}`)
    .sort()
    .map((line) => line + end)
    .join('');

describe('a file of breached passwords', () => {
  let folder: string;
  let n = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lantai-breach-'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  const fileOf = async (text: string) => {
    const path = join(folder, String(n++));
    await writeFile(path, text);
    return breachFile(path);
  };

  it('finds each password in it and no other, wherever it stands', async () => {
    const known = Array.from({ length: 3_000 }, (_, i) => `known-${i}`);
    const list = await fileOf(listOf(known));
    for (const p of known.filter((_, i) => i % 10 === 0)) expect(await list.has(p), p).toBe(true);
    for (let i = 0; i < 100; i++) expect(await list.has(`unknown-${i}`)).toBe(false);
  });

  it('finds them in files of any size, with or without counts, and with an unfinished last line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        async (passwords, end, counts, cut) => {
          const normal = [...new Set(passwords.map((p) => p.normalize('NFC')))];
          let text = listOf(normal, end);
          if (!counts) text = text.replaceAll(/:\d+/g, '');
          if (cut) text = text.trimEnd();
          const list = await fileOf(text);
          for (const p of normal) expect(await list.has(p)).toBe(true);
          expect(await list.has('not one of them')).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses a file that is something else, or is not there, rather than pass everything', async () => {
    const code = 'password.listUnreadable';
    for (const text of ['password\n123456\n', 'x'.repeat(100_000)])
      await expect((await fileOf(text)).has('anything')).rejects.toMatchObject({ code });
    await expect(breachFile(join(folder, 'none')).has('anything')).rejects.toMatchObject({ code });
  });
});
