import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareList, signedList } from './fileList.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
let folder: string;
let list: string;
let digest: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-list-'));
  await mkdir(join(folder, 'a'));
  const files = { 'a/一.txt': '甲', 'a/二.txt': '乙' };
  let lines = '';
  for (const [path, text] of Object.entries(files)) {
    await writeFile(join(folder, path), text);
    lines += `${JSON.stringify({ bytes: text.length, path, sha256: sha256(text) })}\n`;
  }
  list = join(folder, 'files.jsonl');
  await writeFile(list, lines);
  digest = sha256(lines);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('a list of files is what was signed or not, and names the files that are others or missing', async () => {
  const all = { matches: true, files: 2, differing: [], differ: 0 };
  expect(await compareList(list, digest)).toEqual(all);
  expect(await compareList(list, digest, folder)).toEqual(all);
  expect(await compareList(list, sha256('other'), folder)).toMatchObject({ matches: false, files: 0 });
  await writeFile(join(folder, 'a/二.txt'), '丙');
  await rm(join(folder, 'a/一.txt'));
  expect(await compareList(list, digest, folder)).toEqual({
    matches: false,
    files: 2,
    differing: ['a/一.txt', 'a/二.txt'],
    differ: 2,
  });
  await expect(compareList(join(folder, 'no'), digest)).rejects.toMatchObject({ code: 'verify.unreadable' });
});

it('receipt, register and the agency’s half speak of the list each in its place', () => {
  expect(signedList({ manifest: { digest: 'a' } })).toBe('a');
  expect(signedList({ 数字摘要: { manifest: 'b' } })).toBe('b');
  expect(signedList({ signedByAgency: { payload: { 数字摘要: { manifest: 'c' } } } })).toBe('c');
  expect(signedList({ certificate: 1 })).toBeUndefined();
});
