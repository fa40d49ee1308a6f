import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type RawTarEntry, rawTar } from './testing/rawTar.ts';
import { contents, everything, said, withTree } from './testing/reading.ts';

const findings = (bytes: Buffer, options = {}) => withTree(bytes, async (t) => said(t), options);
const paths = (bytes: Buffer) =>
  withTree(bytes, async (t) => (await everything(t.entries())).map((e) => e.path));
const pax = (records: string) => ({ name: 'PaxHeader', type: 'x', content: records });
const a: RawTarEntry = { name: 'a', content: 'one' };
const long = `${'目录/'.repeat(20)}文件.txt`;

describe('a TAR as a tree', () => {
  it.each([
    ['plain', (b: Buffer) => b],
    ['by gzip', (b: Buffer) => gzipSync(b)],
  ])('reads files and folders, %s', (_, wrap) =>
    withTree(
      wrap(
        rawTar([
          { name: './', type: '5' },
          { name: './d/', type: '5' },
          { name: './d/a', content: 'x'.repeat(700) },
          a,
        ]),
      ),
      async (tree) => {
        const all = await contents(tree);
        expect([...all].map(([path, content]) => [path, content?.length])).toEqual([
          ['d', undefined],
          ['d/a', 700],
          ['a', 3],
        ]);
        expect(tree.wrapper).toBe('tar');
        expect(said(tree)).toEqual([]);
      },
    ),
  );

  it('reads the long names and sizes of pax and of GNU', async () => {
    const record = (text: string) => `${Buffer.byteLength(text) + 4} ${text}`;
    const path = record(`path=${long}\n`);
    expect(Buffer.byteLength(path)).toBe(Number.parseInt(path, 10));
    expect(await paths(rawTar([pax(path), { name: 'short', content: 'x' }, a]))).toContain(long);
    expect(
      await paths(rawTar([{ name: '././@LongLink', type: 'L', content: `${long}\0` }, { name: 'short' }, a])),
    ).toContain(long);
    await withTree(rawTar([pax('10 size=3\n'), { ...a, bytes: 0 }]), async (tree) => {
      expect(String((await contents(tree)).get('a'))).toBe('one');
    });
  });

  it.each<[string, RawTarEntry[], string[]]>([
    ['a climb', [{ name: '../a' }], ['error tree.pathEscape ../a']],
    ['a climb in a pax header', [pax('16 path=../../a\n'), a], ['error tree.pathEscape ../../a']],
    ['an absolute name', [{ name: '/a' }], ['error tree.pathAbsolute /a']],
    ['a drive', [{ name: 'C:\\a' }], ['error tree.pathDrive C:\\a']],
    ['a symbolic link', [{ name: 'a', type: '2', link: '/etc' }], ['error tree.link a']],
    ['a hard link', [a, { name: 'b', type: '1', link: 'a' }], ['error tree.link b']],
    ['a device', [{ name: 'a', type: '3' }], ['error tree.device a']],
    ['a pipe', [{ name: 'a', type: '6' }], ['error tree.device a']],
    ['holes', [{ name: 'a', type: 'S' }], ['error tree.sparse a']],
    ['holes by pax', [pax('22 GNU.sparse.major=1\n'), a], ['error tree.sparse a']],
    ['an unknown kind', [{ name: 'a', type: 'M' }], ['error tree.type a']],
    ['a name twice', [a, a], ['error tree.duplicate a']],
    ['names alike', [a, { name: 'A' }], ['warning tree.nameClash A']],
    ['a GBK name', [{ name: Buffer.from([0xb5, 0xb5, 0xb0, 0xb8]) }], ['info tree.nameEncoding']],
    ['a broken pax header', [pax('99 path=x\n'), a], ['error tree.broken']],
    [
      'a huge extended header',
      [{ ...pax('x'), bytes: 2 ** 30 }],
      ['error tree.truncated PaxHeader', 'error tree.broken'],
    ],
    ['more content than there is', [a, { name: 'b', bytes: 2 ** 32 }], ['error tree.truncated b']],
  ])('says what is wrong with %s', async (_, entries, wanted) => {
    expect(await findings(rawTar(entries))).toEqual(wanted);
  });

  it('says where it was cut off or damaged', async () => {
    const whole = rawTar([a, { name: 'b', content: 'b'.repeat(600) }]);
    expect(await findings(whole.subarray(0, 1024))).toEqual(['warning tree.end']);
    expect(await findings(whole.subarray(0, 1100))).toEqual(['error tree.truncated']);
    expect(await findings(whole.subarray(0, 1800))).toEqual(['error tree.truncated b']);
    const hurt = Buffer.from(whole);
    hurt[1024 + 5] = 7;
    expect(await findings(hurt)).toEqual(['error tree.broken']);
    expect(await findings(Buffer.concat([whole, rawTar([a])]))).toEqual(['warning tree.extraData']);
    const packed = gzipSync(whole);
    expect(await findings(packed.subarray(0, packed.length - 20))).toContain('error tree.truncated');
  });

  it('stops a gzip that grows without measure, and leaves nothing behind', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 2 ** 20));
    await expect(findings(bomb)).rejects.toMatchObject({ code: 'tree.ratio' });
    await expect(
      findings(gzipSync(rawTar([a])), { limits: { totalBytes: 100, entries: 0 } }),
    ).rejects.toMatchObject({
      code: 'tree.totalBytes',
    });
  });

  it('is not taken for what it is not', async () => {
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('text'),
      Buffer.alloc(100_000),
      gzipSync('text'),
      Buffer.from('<?xml?>'),
    ])
      await expect(findings(bytes)).rejects.toMatchObject({ code: 'tree.notAWrapper' });
  });
});
