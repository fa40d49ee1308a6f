import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTree, packageRoot, type WrittenWrapper } from '#formats/tree';
import { contents, everything, withTree } from '../tree/testing/reading.ts';
import { type BagAlgorithm, type NewBag, readBag, validateBag, writeBag } from './index.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-bag-'));
});
afterEach(() => rm(home, { recursive: true }));

const bagOf = (wrapper: WrittenWrapper, more: Partial<NewBag> = {}): NewBag => ({
  wrapper,
  name: 'bag',
  date: new Date('2026-01-02T03:04:05Z'),
  files: [
    { path: '卷/a.txt', content: 'text' },
    { path: '空/' },
    { path: 'b', bytes: 200_000, content: Readable.from([Buffer.alloc(200_000, 7)]) },
  ],
  info: [
    ['Source-Organization', '某某市档案馆'],
    ['External-Description', 'two\nlines'],
  ],
  ...more,
});

async function look<T>(
  path: string,
  what: (tree: Awaited<ReturnType<typeof openTree>>) => Promise<T>,
): Promise<T> {
  const tree = await openTree(path, { scratch: home });
  try {
    return await what(await packageRoot(tree));
  } finally {
    await tree.close();
  }
}

const step = fc
  .string({
    minLength: 1,
    maxLength: 10,
    unit: fc.constantFrom(
      '档',
      '案',
      'a',
      '%',
      '\n',
      '\r',
      ' ',
      '*',
      '2',
      '5',
      '~',
      '\u00e9',
      'é',
      '0',
      'D',
      '𠀀',
    ),
  })
  .filter((s) => s.trim() !== '');
const files = fc
  .uniqueArray(
    fc.tuple(
      fc.array(step, { minLength: 1, maxLength: 3 }).map((s) => s.join('/')),
      fc.uint8Array({ maxLength: 50 }),
    ),
    {
      selector: ([path]) => path.normalize('NFC').toLowerCase(),
      maxLength: 8,
    },
  )
  .map((all) => all.filter(([p]) => !all.some(([q]) => q.startsWith(`${p}/`))));

describe('written bags', () => {
  it.each(['folder', 'zip', 'tar', 'tar.gz'] as const)(
    'are valid and read as what was written, as %s',
    async (wrapper) => {
      let n = 0;
      const algorithms = fc.subarray<BagAlgorithm>(['md5', 'sha1', 'sha256', 'sha384', 'sha512', 'sm3'], {
        minLength: 1,
      });
      await fc.assert(
        fc.asyncProperty(files, algorithms, async (all, named) => {
          const target = join(home, String(n++));
          const written = await writeBag(
            target,
            bagOf(wrapper, {
              files: all.map(([path, c]) => ({ path, bytes: c.length, content: [c] })),
              algorithms: named,
              scratch: home,
            }),
          );
          expect(written).toEqual({
            files: all.length,
            bytes: all.reduce((sum, [, c]) => sum + c.length, 0),
          });
          await look(target, async (tree) => {
            const report = await validateBag(tree);
            expect(report.findings.filter((f) => f.severity !== 'info')).toEqual([]);
            const bag = await readBag(tree);
            expect(new Set(bag.algorithms)).toEqual(new Set(named));
            const read = await contents(bag.payload);
            for (const [path, c] of all) expect(read.get(path)?.equals(c), path).toBe(true);
            for (const name of named)
              expect((await everything(bag.manifest(name))).map((m) => m.path).sort()).toEqual(
                all.map(([path]) => `data/${path}`).sort(),
              );
          });
        }),
        { numRuns: wrapper === 'folder' ? 4 : 12 },
      );
    },
  );

  it('say what they are, and are the same for the same files and date', async () => {
    for (const name of ['one', 'two']) await writeBag(join(home, name), bagOf('zip'));
    expect((await readFile(join(home, 'one'))).equals(await readFile(join(home, 'two')))).toBe(true);
    await look(join(home, 'one'), async (tree) => {
      expect(await readBag(tree)).toMatchObject({
        version: '1.0',
        encoding: 'UTF-8',
        info: [
          ['Source-Organization', '某某市档案馆'],
          ['External-Description', 'two lines'],
          ['Bagging-Date', '2026-01-02'],
          ['Payload-Oxum', '200004.2'],
        ],
        algorithms: ['sha512'],
      });
      expect(await tree.has('data/空')).toBe(true);
    });
  });

  it('leave nothing behind when they can not be written', async () => {
    const failing = async function* () {
      yield { path: 'a', content: 'x' };
      throw new Error('the source broke');
    };
    for (const wrapper of ['folder', 'zip', 'tar'] as const)
      await expect(
        writeBag(join(home, 'x'), bagOf(wrapper, { files: failing(), scratch: home })),
      ).rejects.toThrow('broke');
    await expect(writeBag(join(home, 'x'), bagOf('zip', { info: [['a:b', 'c']] }))).rejects.toMatchObject({
      code: 'bag.badInfo',
    });
    expect(await readdir(home)).toEqual([]);
  });

  it('that were altered anywhere are judged and never throw', async () => {
    await writeBag(join(home, 'bag.zip'), bagOf('zip'));
    const whole = await readFile(join(home, 'bag.zip'));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        async (edits, cut) => {
          let bytes = Buffer.from(whole);
          for (const [at, value] of edits) bytes[at] = value;
          if (cut) bytes = bytes.subarray(0, edits[0]?.[0]);
          try {
            await withTree(bytes, async (tree) => validateBag(await packageRoot(tree)));
          } catch (e) {
            expect(e).toMatchObject({ name: 'Refusal', code: expect.stringMatching(/^tree\./) });
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
