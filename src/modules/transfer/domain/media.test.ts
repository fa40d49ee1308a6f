import { expect, it } from 'vitest';
import { type MediaSet, mediumOf, packMedia, pathOnMedium } from './media.ts';

async function* list(...bytes: number[]) {
  for (const [i, size] of bytes.entries()) {
    const file = { path: `p/${i}`, bytes: size, sha256: '0' };
    yield { text: `${JSON.stringify(file)}\n`, file };
  }
}
const packed = (mediumBytes: number, ...bytes: number[]): Promise<MediaSet> =>
  packMedia('990111-YJ-2026-0001', mediumBytes, list(...bytes));

it('lays files onto as many media as they need, in order, each line on one', async () => {
  const set = await packed(120_000, 20_000, 20_000, 20_000, 20_000, 20_000);
  expect(set.media.map((m) => [m.number, m.first, m.files, m.bytes])).toEqual([
    ['990111-YJ-2026-0001-01', 0, 2, 40_000],
    ['990111-YJ-2026-0001-02', 2, 2, 40_000],
    ['990111-YJ-2026-0001-03', 4, 1, 20_000],
  ]);
  expect([0, 1, 2, 3, 4, 5].map((line) => mediumOf(set, line)?.no)).toEqual([1, 1, 2, 2, 3, undefined]);
  expect(await packed(120_000, 20_000, 20_000, 20_000, 20_000, 20_000)).toEqual(set);
});

it('refuses media that are too small for a file, and names it', async () => {
  await expect(packed(100_000, 10, 90_000)).rejects.toMatchObject({
    code: 'transfer.mediumTooSmall',
    detail: { path: 'p/1' },
  });
});

it('tells content from what only explains a medium', () => {
  expect(
    ['N-01/content/a/b.txt', 'content/a', 'N-01/files.jsonl', 'N-01/x/content/a', 'content/content/c'].map(
      pathOnMedium,
    ),
  ).toEqual(['a/b.txt', 'a', null, null, 'content/c']);
});
