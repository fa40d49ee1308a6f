import { readFile, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openTree } from '#formats/tree';
import { HANDOVER_2012, HANDOVER_2022, readHandover, recogniseHandover, validateHandover } from './index.ts';
import { NOTE, REGISTER, testItem, valuesFor, withHandover } from './testing.ts';

const HARD = ['卷', '件', ' ', '&', '<', ']]>', '"', '·', 'a', '\n'];
const words = (rare: boolean) =>
  fc
    .string({
      unit: fc.constantFrom(...HARD, ...(rare ? ['𠮷', '㐀', '\u{2B740}', 'é', '￥'] : [])),
      minLength: 1,
    })
    .filter((w) => w.trim() !== '');
const files = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('正文.pdf', '附件 1.ofd', 'a b.txt', '无扩展名'),
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
  ),
  { minLength: 1, maxLength: 3, selector: ([name]) => name },
);

/** White space around a value means nothing in a catalogue. */
const told = (value: string | undefined) => (value ?? '').trim();

describe('handover round trips', () => {
  it('what was written is valid, recognised and read as it was, in every encoding and wrapper', async () => {
    const encodings = fc.constantFrom(
      'utf-8' as const,
      'utf-8-bom' as const,
      'gb18030' as const,
      'gb2312' as const,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(HANDOVER_2012, HANDOVER_2022),
        encodings.chain((encoding) =>
          fc.tuple(
            fc.constant(encoding),
            fc.array(
              fc.record({ title: words(encoding !== 'gb2312'), files, remark: fc.constantFrom('', '两份') }),
              {
                minLength: 1,
                maxLength: 4,
              },
            ),
          ),
        ),
        fc.constantFrom('folder' as const, 'zip' as const, 'tar' as const, 'tar.gz' as const),
        fc.constantFrom('sm3' as const, 'sha256' as const),
        async (profile, [encoding, rows], wrapper, digest) => {
          const items = rows.map((row, i) =>
            valuesFor(profile, testItem(i + 1, row.files, { 题名: row.title, 备注: row.remark })),
          );
          const input = { profile, encoding, digest, note: NOTE, register: REGISTER, items: () => items };
          await withHandover(input, wrapper, async (tree) => {
            expect((await recogniseHandover(tree))?.id).toBe(profile.id);
            const report = await validateHandover(tree);
            expect(report.findings).toEqual([]);
            expect(report.items).toBe(items.length);
            const read = await readHandover(tree);
            expect(read.note.get('移交单位')).toBe(NOTE.移交单位);
            let at = 0;
            for await (const item of read.items()) {
              const { values, files: given } = items[at++]!;
              for (const [name, value] of Object.entries(values))
                expect(told(item.values.get(name))).toBe(told(value));
              const found = item.files.filter((f) => !f.path.endsWith('元数据.XML'));
              expect(found.map((f) => f.path.slice(f.path.lastIndexOf('/') + 1)).sort()).toEqual(
                given.map((f) => f.name).sort(),
              );
              for (const file of found) {
                const pieces: Buffer[] = [];
                for await (const piece of await tree.open(file.path)) pieces.push(piece);
                const row = rows[at - 1]!.files.find(([name]) => file.path.endsWith(`/${name}`))!;
                expect(Buffer.concat(pieces).equals(Buffer.from(row[1]))).toBe(true);
              }
            }
            expect(at).toBe(items.length);
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('volumes stand in a catalogue of their own, above their items, and come back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(HANDOVER_2012, HANDOVER_2022),
        fc.constantFrom('utf-8' as const, 'gb18030' as const),
        fc.array(fc.tuple(words(true), fc.nat(3)), { minLength: 1, maxLength: 3 }),
        fc.nat(2),
        async (profile, encoding, wanted, loose) => {
          const volumes = wanted.map(([title], i) => ({
            folder: '0001/KJ',
            values: { 档号: `0001-KJ·A-${i + 1}`, 责任者: '县', 题名: title, 日期: '2023', 密级: '公开' },
          }));
          let number = 0;
          const item = (volume?: string) => ({
            ...valuesFor(profile, testItem(++number, [['正文.pdf', Buffer.from('words')]])),
            ...(volume === undefined ? {} : { volume, folder: '' }),
          });
          const items = [
            ...wanted.flatMap(([, n], i) => Array.from({ length: n }, () => item(volumes[i]!.values.档号))),
            ...Array.from({ length: loose + 1 }, () => item()),
          ];
          const input = { profile, encoding, note: NOTE, register: REGISTER };
          await withHandover(
            { ...input, volumes: () => volumes, items: () => items },
            'zip',
            async (tree) => {
              const report = await validateHandover(tree);
              expect(report.findings).toEqual([]);
              expect([report.volumes, report.items]).toEqual([volumes.length, items.length]);
              const read = await readHandover(tree);
              const told: [string, string, string][] = [];
              for await (const { level, code, title } of read.items()) told.push([level, code, title]);
              expect(told).toEqual([
                ...volumes.map((v) => ['volume', v.values.档号, v.values.题名.trim()]),
                ...items.map((i) => ['item', i.values.档号, i.values.题名!.trim()]),
              ]);
            },
          );
        },
      ),
      { numRuns: 15 },
    );
  });

  it('damaged catalogues give findings and no crash', async () => {
    const items = [testItem(1, [['正文.pdf', Buffer.from('words')]])];
    await withHandover({ note: NOTE, items: () => items }, 'folder', async (_tree, path) => {
      const catalogue = `${path}/目录文件.XML`;
      const bytes = await readFile(catalogue);
      await fc.assert(
        fc.asyncProperty(fc.nat(bytes.length - 2), fc.nat(255), fc.boolean(), async (at, value, cut) => {
          const bad = cut ? bytes.subarray(0, at) : Buffer.from(bytes);
          if (!cut) bad[at] = value;
          await writeFile(catalogue, bad);
          const tree = await openTree(path);
          const report = await validateHandover(tree);
          await tree.close();
          if (cut) expect(report.valid).toBe(false);
        }),
        { numRuns: 100 },
      );
    });
  });

  it('refuses to write what the layout would not allow', async () => {
    const write = (values: Record<string, string>, encoding?: 'gb2312') => {
      const items = () => [testItem(1, [['正文.pdf', Buffer.from('x')]], values)];
      return withHandover({ note: NOTE, items, ...(encoding ? { encoding } : {}) }, 'folder', async () => {});
    };
    await expect(write({ 档号: '../x' })).rejects.toMatchObject({ code: 'handover.unwritable' });
    await expect(write({ 题名: ' ' })).rejects.toMatchObject({ code: 'handover.unwritable' });
    const lost = () => [{ ...testItem(1, [['正文.pdf', Buffer.from('x')]]), volume: '0001-KJ-9' }];
    await expect(withHandover({ note: NOTE, items: lost }, 'folder', async () => {})).rejects.toMatchObject({
      code: 'handover.unwritable',
    });
    await expect(write({ 题名: '𠮷' }, 'gb2312')).rejects.toMatchObject({ code: 'handover.unwritable' });
  });
});
