import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTreeWriter, type NewFile, openTree, type WrittenWrapper } from './index.ts';
import { contents, everything, said } from './testing/reading.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'lantai-write-'));
});
afterEach(() => rm(home, { recursive: true }));

const WRAPPERS: WrittenWrapper[] = ['folder', 'zip', 'tar', 'tar.gz'];

async function write(target: string, wrapper: WrittenWrapper, files: readonly NewFile[]): Promise<void> {
  const writer = await createTreeWriter(target, { wrapper });
  for (const file of files) await writer.add(file);
  await writer.finish();
}

const step = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
    fc.string({
      minLength: 1,
      maxLength: 80,
      unit: fc.constantFrom('档', '案', '卷', '永', '久', 'a', ' ', '〇', '𠀀'),
    }),
    fc.constantFrom('a', 'b', 'data', '目录'),
  )
  .filter(
    (s) =>
      !/[\\/\0]/.test(s) &&
      s !== '.' &&
      s !== '..' &&
      !/^[A-Za-z]:/.test(s) &&
      s.isWellFormed() &&
      Buffer.byteLength(s) <= 250,
  );
const path = fc.array(step, { minLength: 1, maxLength: 5 }).map((steps) => steps.join('/'));
/** Files whose names do not stand in each other's way. */
const files = fc
  .dictionary(path, fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.constant(null)), {
    maxKeys: 12,
    noNullPrototype: true,
  })
  .map((all) => {
    const taken: [string, Uint8Array | null][] = [];
    for (const [p, content] of Object.entries(all))
      if (!taken.some(([q]) => p === q || p.startsWith(`${q}/`) || q.startsWith(`${p}/`)))
        taken.push([p, content]);
    return taken;
  });

describe('written trees', () => {
  it('hold what was read piece by piece into the same room, as a folder', async () => {
    const target = join(home, 'one-room');
    const room = Buffer.alloc(1_000);
    async function* pieces(many: number) {
      for (let n = 0; n < many; n++) yield room.fill(n % 251);
    }
    const sizes = [1, 3, 900];
    await write(
      target,
      'folder',
      sizes.map((many) => ({ path: `${many}.bin`, bytes: many * 1_000, content: pieces(many) })),
    );
    const tree = await openTree(target);
    const read = await contents(tree);
    await tree.close();
    for (const many of sizes) {
      const expected = Buffer.concat(Array.from({ length: many }, (_, n) => Buffer.alloc(1_000, n % 251)));
      expect(Buffer.from(read.get(`${many}.bin`) ?? '').equals(expected)).toBe(true);
    }
  });

  it.each(WRAPPERS)('read as what was written, as %s', async (wrapper) => {
    let n = 0;
    await fc.assert(
      fc.asyncProperty(files, fc.boolean(), async (all, streamed) => {
        const target = join(home, String(n++));
        const newFiles = all.map(
          ([p, content]): NewFile =>
            content === null
              ? { path: `${p}/` }
              : {
                  path: p,
                  bytes: content.length,
                  content: streamed ? Readable.from([Buffer.from(content)]) : content,
                },
        );
        await write(target, wrapper, newFiles);
        const tree = await openTree(target, { scratch: home });
        const read = await contents(tree);
        for (const [p, content] of all)
          expect(read.get(p)?.toString('hex') ?? null).toBe(
            content === null ? null : Buffer.from(content).toString('hex'),
          );
        expect([...read].filter(([, c]) => c !== null)).toHaveLength(
          all.filter(([, c]) => c !== null).length,
        );
        expect(said(tree).filter((f) => f.startsWith('error'))).toEqual([]);
        await tree.close();
      }),
      { numRuns: wrapper === 'folder' ? 10 : 40 },
    );
  });

  it.each(['zip', 'tar', 'tar.gz'] as const)(
    'are the same bytes for the same entries, as %s',
    async (wrapper) => {
      const all = () => [
        { path: '档案/', bytes: 0 },
        { path: '档案/a.txt', content: 'text' },
        { path: 'large', bytes: 300_000, content: Readable.from([Buffer.alloc(300_000, 'lantai')]) },
      ];
      await write(join(home, 'one'), wrapper, all());
      await write(join(home, 'two'), wrapper, all());
      expect((await readFile(join(home, 'one'))).equals(await readFile(join(home, 'two')))).toBe(true);
    },
  );

  it('are read by other programs', async () => {
    const all: NewFile[] = [
      { path: '档案馆/空的/' },
      { path: `档案馆/${'很长的名字'.repeat(12)}.txt`, content: 'long' },
      { path: 'stream', content: Readable.from([Buffer.alloc(200_000, 'x')]) },
      { path: 'tar', bytes: 100_000, content: Readable.from([Buffer.alloc(100_000, 'y')]) },
    ];
    await write(join(home, 'a.zip'), 'zip', all.slice(0, 3));
    const listed = execFileSync(
      'python3',
      [
        '-c',
        'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); print(z.testzip()); [print(i.filename, i.file_size) for i in z.infolist()]',
        join(home, 'a.zip'),
      ],
      { encoding: 'utf8', env: { ...process.env, PYTHONIOENCODING: 'utf-8' } },
    );
    expect(listed.split('\n').slice(0, 4)).toEqual([
      'None',
      '档案馆/空的/ 0',
      `档案馆/${'很长的名字'.repeat(12)}.txt 4`,
      'stream 200000',
    ]);
    for (const wrapper of ['tar', 'tar.gz'] as const) {
      await write(join(home, wrapper), wrapper, [
        all[0]!,
        all[1]!,
        { ...all[3]!, content: Buffer.alloc(100_000, 'y') },
      ]);
      const list = execFileSync('tar', ['--list', '-f', join(home, wrapper)], {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      });
      expect(list.trim().split('\n')).toEqual([
        '档案馆/空的/',
        `档案馆/${'很长的名字'.repeat(12)}.txt`,
        'tar',
      ]);
    }
  });

  it('refuse what could not be read again, and sizes that are not true', async () => {
    const writer = await createTreeWriter(join(home, 'x.zip'), { wrapper: 'zip' });
    await writer.add({ path: 'a', content: 'x' });
    for (const bad of ['../b', '/b', 'a/b', 'a', './b', 'b//c', 'b\\c', 'C:b', ''])
      await expect(writer.add({ path: bad, content: 'x' }), bad).rejects.toMatchObject({
        code: expect.stringMatching(/^tree\.(badPath|duplicate)$/),
      });
    await expect(writer.add({ path: 'size', bytes: 3, content: 'x' })).rejects.toMatchObject({
      code: 'tree.size',
    });
    await writer.discard();
    expect(await readdir(home)).toEqual([]);
    const tar = await createTreeWriter(join(home, 'x.tar'), { wrapper: 'tar' });
    await expect(tar.add({ path: 'a', content: Readable.from([]) })).rejects.toMatchObject({
      code: 'tree.sizeWanted',
    });
    await tar.discard();
  });

  it('never write over what is there', async () => {
    for (const wrapper of WRAPPERS) {
      const target = join(home, wrapper);
      await writeFile(target, 'mine');
      await expect(write(target, wrapper, [{ path: 'a', content: 'x' }])).rejects.toMatchObject({
        code: 'tree.targetExists',
      });
      expect(await readFile(target, 'utf8')).toBe('mine');
    }
    expect((await readdir(home)).sort()).toEqual([...WRAPPERS].sort());
  });

  it('hold more entries than 16 bits count', async () => {
    const writer = await createTreeWriter(join(home, 'many.zip'), { wrapper: 'zip' });
    for (let i = 0; i < 66_000; i++) await writer.add({ path: `卷${i % 100}/${i}`, content: '' });
    await writer.finish();
    const tree = await openTree(join(home, 'many.zip'));
    expect(await everything(tree.entries())).toHaveLength(66_100);
    expect(said(tree)).toEqual([]);
    await tree.close();
  });
});
