import { randomBytes } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packageRoot } from './open.ts';
import { rawZip } from './testing/rawZip.ts';
import { contents, everything, said, withTree } from './testing/reading.ts';

const paths = (bytes: Buffer) =>
  withTree(bytes, async (t) => (await everything(t.entries())).map((e) => e.path));
const findings = (bytes: Buffer, options = {}) => withTree(bytes, async (t) => said(t), options);
/** What is found once all is read. */
const reading = (bytes: Buffer) =>
  withTree(bytes, async (t) => {
    for await (const e of t.entries())
      if (e.kind === 'file') await t.digests(e.path, ['md5']).catch(() => {});
    return said(t);
  });
const sound = { name: 'a', content: 'a' };

describe('a ZIP as a tree', () => {
  it('reads stored and packed files and the folders their names imply', () =>
    withTree(
      rawZip([sound, { name: 'b/c/d', content: 'd'.repeat(1000), method: 8 }, { name: 'e/' }]),
      async (tree) => {
        const all = await contents(tree);
        expect([...all.keys()]).toEqual(['a', 'b', 'b/c', 'b/c/d', 'e']);
        expect(String(all.get('b/c/d'))).toBe('d'.repeat(1000));
        expect(all.get('e')).toBeNull();
        expect(said(tree)).toEqual([]);
      },
    ));

  it.each([
    ['../a', 'tree.pathEscape'],
    ['a/../../b', 'tree.pathEscape'],
    ['a\\..\\..\\b', 'tree.pathEscape'],
    ['/etc/passwd', 'tree.pathAbsolute'],
    ['\\\\server\\share', 'tree.pathAbsolute'],
    ['C:/a', 'tree.pathDrive'],
    ['c:a', 'tree.pathDrive'],
    ['a\0b', 'tree.pathNul'],
    ['文'.repeat(86), 'tree.nameLong'],
    [`${'a/'.repeat(2100)}b`, 'tree.pathLong'],
    [`${'a/'.repeat(64)}b`, 'tree.depth'],
  ])('refuses the name %j', async (name, code) => {
    const bytes = rawZip([sound, { name }]);
    expect(await findings(bytes)).toEqual([`error ${code} ${name}`]);
    expect(await paths(bytes)).toEqual(['a']);
  });

  it.each([
    ['a name twice', [sound, sound], ['error tree.duplicate a']],
    ['a file where a folder is', [sound, { name: 'a/b' }], ['error tree.duplicate a/b']],
    ['a folder where a file is', [{ name: 'a/b' }, sound], ['error tree.duplicate a']],
    ['names alike', [sound, { name: 'A' }], ['warning tree.nameClash A']],
    ['folders alike', [{ name: 'X/a' }, { name: 'x/a' }], ['warning tree.nameClash x']],
    ['a symbolic link', [{ ...sound, mode: 0o120777 }], ['error tree.link a']],
    ['a pipe', [{ ...sound, mode: 0o010644 }], ['error tree.device a']],
    ['a device', [{ ...sound, mode: 0o060644 }], ['error tree.device a']],
    ['a password', [{ ...sound, flags: 0x801 }], ['error tree.encrypted a']],
    ['a foreign method', [{ ...sound, method: 9 }], ['error tree.method a']],
    ['a backslash', [{ name: 'a\\b' }], ['error tree.pathBackslash a\\b']],
    ['a line end', [{ name: 'a\nb' }], ['info tree.pathControl a\nb']],
    ['empty steps', [{ name: './a//./b' }], ['warning tree.pathOdd ./a//./b']],
    ['a wrong size', [{ ...sound, bytes: 2 }], ['error tree.size a']],
    ['a wrong size of packed bytes', [{ ...sound, method: 8, bytes: 0 }], ['error tree.size a']],
    ['a wrong CRC', [{ ...sound, crc: 1 }], ['error tree.crc a']],
    ['two names', [{ ...sound, localName: 'b' }], ['error tree.zipHeader a']],
    ['UTF-8 that is none', [{ name: Buffer.from([0xb5, 0xb5]) }], ['error tree.nameEncoding 档']],
  ])('says what is wrong with %s', async (_, entries, wanted) => {
    expect(await reading(rawZip(entries))).toEqual(wanted);
  });

  it('finds entries that lie over one another', async () => {
    const content = 'x'.repeat(100);
    expect(
      await findings(
        rawZip([
          { name: 'a', content },
          { name: 'b', content, local: 0 },
        ]),
      ),
    ).toEqual(['error tree.overlap b']);
    expect(await findings(rawZip([{ name: 'a', content, packed: 1000 }]))).toEqual(['error tree.overlap a']);
  });

  it('finds bombs before they go off', async () => {
    const content = Buffer.alloc(40 * 2 ** 20);
    const bomb = rawZip([{ name: 'bomb', content, method: 8 }]);
    await expect(findings(bomb)).rejects.toMatchObject({ code: 'tree.ratio' });
    // Behind a large file that is none.
    const padding = { name: 'pad', content: randomBytes(2 ** 20) };
    await withTree(rawZip([padding, { name: 'bomb', content, method: 8 }]), async (tree) => {
      expect(said(tree)).toEqual(['error tree.ratio bomb']);
      await expect(tree.open('bomb')).rejects.toMatchObject({ code: 'tree.ratio' });
    });
    // One that says that it is small ends where it says.
    const lying = rawZip([{ name: 'bomb', content, method: 8, bytes: 10 }]);
    expect(await reading(lying)).toEqual(['error tree.size bomb']);
  });

  it('keeps to the number of entries', async () => {
    const many = rawZip(Array.from({ length: 20 }, (_, i) => ({ name: String(i) })));
    await expect(findings(many, { limits: { entries: 19 } })).rejects.toMatchObject({ code: 'tree.entries' });
    // Also where the end record says less.
    const lying = rawZip(
      Array.from({ length: 20 }, (_, i) => ({ name: String(i) })),
      { count: 3 },
    );
    await expect(findings(lying, { limits: { entries: 19 } })).rejects.toMatchObject({
      code: 'tree.entries',
    });
    expect(await findings(lying)).toEqual(['error tree.broken']);
  });

  it('says that it was cut off', async () => {
    const whole = rawZip([sound, { name: 'b', content: 'b'.repeat(100) }]);
    for (const length of [30, 60, whole.length - 30, whole.length - 1])
      await expect(findings(whole.subarray(0, length))).rejects.toMatchObject({
        code: expect.stringMatching(/^tree\.(truncated|broken)$/),
      });
    expect(await findings(Buffer.concat([whole, Buffer.from('more')]))).toEqual(['warning tree.extraData']);
    expect(await findings(rawZip([sound], { comment: 'a comment' }))).toEqual([]);
  });

  it('reads content whose sizes come after it', async () => {
    const content = 'text '.repeat(50);
    const packed = deflateRawSync(content);
    const zip = rawZip([{ name: 'a', content, method: 8, flags: 0x808 }]);
    zip.writeUInt32LE(0, 14);
    zip.writeUInt32LE(0, 18);
    zip.writeUInt32LE(0, 22);
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc32(content), 4);
    const cut = 31 + packed.length;
    const moved = Buffer.concat([zip.subarray(0, cut), descriptor, zip.subarray(cut)]);
    moved.writeUInt32LE(moved.readUInt32LE(moved.length - 6) + 16, moved.length - 6);
    await withTree(moved, async (tree) => {
      expect(String((await contents(tree)).get('a'))).toBe(content);
      expect(said(tree)).toEqual([]);
    });
  });
});

describe('names in a ZIP that do not say how they are written', () => {
  const gbk = [0xb5, 0xb5, 0xb0, 0xb8];
  const big5 = [0xc0, 0xc9, 0xae, 0xd7, 0xc0, 0x5d];
  it.each([
    ['GB 18030', Buffer.from([...gbk, 0x2e, 0x74]), '档案.t'],
    ['Big5', Buffer.from([...big5, 0x2e, 0x74]), '檔案館.t'],
    ['UTF-8', Buffer.from('档案.t'), '档案.t'],
    ['code page 437', Buffer.from([0x63, 0x61, 0x66, 0x82]), 'café'],
    ['code page 437', Buffer.from([0x4d, 0x81, 0x6c, 0x6c, 0x65, 0x72]), 'Müller'],
  ])('are read as %s', (encoding, name, text) =>
    withTree(
      rawZip([
        { name, flags: 0 },
        { name: 'plain', flags: 0 },
      ]),
      async (tree) => {
        expect((await everything(tree.entries())).map((e) => e.path)).toEqual([text, 'plain']);
        expect(tree.findings).toHaveLength(1);
        expect(tree.findings[0]).toMatchObject({ code: 'tree.nameEncoding', severity: 'info' });
        expect(tree.findings[0]?.message).toContain(`read as ${encoding}`);
      },
    ),
  );

  it('are read by their extra field where there is one', async () => {
    const name = Buffer.from([0x81, 0x82]);
    const text = Buffer.from('名');
    const extra = Buffer.alloc(9 + text.length);
    extra.writeUInt16LE(0x7075, 0);
    extra.writeUInt16LE(5 + text.length, 2);
    extra[4] = 1;
    extra.writeUInt32LE(crc32(name), 5);
    text.copy(extra, 9);
    expect(await paths(rawZip([{ name, flags: 0, extra }]))).toEqual(['名']);
  });
});

describe('the root of a package in a ZIP', () => {
  it.each([
    ['the one top folder', ['bag/a', 'bag/b/c'], ['a', 'b', 'b/c']],
    ['the one top folder beside what macOS adds', ['bag/a', '__MACOSX/bag/._a'], ['a']],
    ['the ZIP itself where there are two', ['a/b', 'c/d'], ['a', 'a/b', 'c', 'c/d']],
    ['the ZIP itself where a file lies there', ['a/b', 'c'], ['a', 'a/b', 'c']],
  ])('is %s', (_, names, wanted) =>
    withTree(rawZip(names.map((name) => ({ name }))), async (tree) => {
      const root = await packageRoot(tree);
      expect((await everything(root.entries())).map((e) => e.path)).toEqual(wanted);
    }),
  );
});
