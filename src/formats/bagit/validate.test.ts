import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rawZip } from '../tree/testing/rawZip.ts';
import { withTree } from '../tree/testing/reading.ts';
import { recogniseBag, validateBag } from './index.ts';

type Files = Record<string, string | Buffer>;
const digest = (algorithm: string, content: string | Buffer) =>
  createHash(algorithm).update(content).digest('hex');
const manifest = (algorithm: string, files: Files) =>
  Object.entries(files)
    .map(([path, content]) => `${digest(algorithm, content)}  ${path}\n`)
    .join('');

const PAYLOAD: Files = { 'data/a.txt': 'one', 'data/卷/b.txt': 'two' };
/** A sound bag of 1.0; tests break one thing in it. */
const sound = (version = '1.0'): Files => ({
  'bagit.txt': `BagIt-Version: ${version}\nTag-File-Character-Encoding: UTF-8\n`,
  'bag-info.txt': 'Source-Organization: Lantai\nPayload-Oxum: 6.2\n',
  'manifest-sha256.txt': manifest('sha256', PAYLOAD),
  ...PAYLOAD,
});

const judge = (files: Files, extra: Parameters<typeof rawZip>[0] = []) =>
  withTree(
    rawZip([...Object.entries(files).map(([name, content]) => ({ name, content })), ...extra]),
    async (tree) => {
      const report = await validateBag(tree);
      expect(report.valid).toBe(!report.findings.some((f) => f.severity === 'error'));
      return report.findings
        .filter((f) => f.severity !== 'info')
        .map((f) => `${f.severity} ${f.code} ${f.path}`.trim());
    },
  );
const changed = (changes: Record<string, string | Buffer | null>, version?: string): Files => {
  const all: Record<string, string | Buffer | null> = { ...sound(version), ...changes };
  return Object.fromEntries(Object.entries(all).filter((e): e is [string, string | Buffer] => e[1] !== null));
};
const lines = String(sound()['manifest-sha256.txt']);
const sha = (content: string) => digest('sha256', content);

describe('a bag', () => {
  it('is valid when all is in order, in every version', async () => {
    for (const version of ['0.93', '0.94', '0.95', '0.96', '0.97', '1.0'])
      expect(await judge(sound(version))).toEqual([]);
  });

  it('is recognised by its declaration, or by a payload with a manifest', async () => {
    const is = (names: string[]) => withTree(rawZip(names.map((name) => ({ name }))), recogniseBag);
    expect(await is(['bagit.txt'])).toBe(true);
    expect(await is(['data/a', 'manifest-md5.txt'])).toBe(true);
    expect(await is(['data/a', 'METS.xml'])).toBe(false);
  });

  const B = 'bagit.txt';
  it.each<[string, Record<string, string | Buffer | null>, string[]]>([
    ['no declaration', { [B]: null }, [`error bag.noDeclaration ${B}`]],
    [
      'an unknown version',
      { [B]: 'BagIt-Version: 7.0\nTag-File-Character-Encoding: UTF-8\n' },
      [`error bag.version ${B}`],
    ],
    [
      'a word for a version',
      { [B]: 'BagIt-Version: new\nTag-File-Character-Encoding: UTF-8\n' },
      [`error bag.version ${B}`],
    ],
    ['no encoding', { [B]: 'BagIt-Version: 1.0\n' }, [`error bag.declaration ${B}`]],
    [
      'a mark before the declaration',
      { [B]: '\ufeffBagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' },
      [`error bag.declaration ${B}`],
    ],
    [
      'a third line',
      { [B]: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\nMore: x\n' },
      [`error bag.declaration ${B}`],
    ],
    [
      'spaces in the declaration',
      { [B]: 'BagIt-Version : 1.0\nTag-File-Character-Encoding: UTF-8\n' },
      [`error bag.declaration ${B}`],
    ],
    ['a declaration of great length', { [B]: 'x'.repeat(5000) }, [`error bag.declaration ${B}`]],
    ['no manifest', { 'manifest-sha256.txt': null }, ['error bag.noManifest']],
    ['a changed file', { 'data/a.txt': 'uno' }, ['error bag.digest data/a.txt']],
    [
      'a file that is not there',
      { 'data/a.txt': null },
      ['error bag.missing data/a.txt', 'error bag.oxum bag-info.txt', 'error bag.oxumFiles bag-info.txt'],
    ],
    [
      'a file that is not listed',
      { 'data/c': '' },
      ['error bag.unlisted data/c', 'error bag.oxumFiles bag-info.txt'],
    ],
    [
      'a manifest that lists less',
      { 'manifest-md5.txt': manifest('md5', { 'data/a.txt': 'one' }) },
      ['error bag.notInEvery data/卷/b.txt'],
    ],
    [
      'a line twice',
      { 'manifest-sha256.txt': lines + lines.split('\n')[0] },
      ['error bag.listedTwice data/a.txt'],
    ],
    [
      'two digests of one file',
      { 'manifest-sha256.txt': `${lines}${sha('x')}  data/a.txt\n` },
      ['error bag.listedTwice data/a.txt'],
    ],
    [
      'a line that is none',
      { 'manifest-sha256.txt': `${lines}hello\n` },
      ['error bag.manifestLine manifest-sha256.txt'],
    ],
    [
      'a digest of another kind',
      { 'manifest-sha256.txt': `${lines}abcd  data/a.txt\n` },
      ['error bag.manifestLine manifest-sha256.txt'],
    ],
    ['an empty line', { 'manifest-sha256.txt': `${lines}\n` }, ['warning bag.blankLine manifest-sha256.txt']],
    [
      'digests no one can count',
      { 'manifest-crc64.txt': 'abcd  data/a.txt\nabcd  data/卷/b.txt\n' },
      ['warning bag.algorithm manifest-crc64.txt'],
    ],
    [
      'tag files in the payload manifest',
      { 'manifest-sha256.txt': `${lines}${sha('x')}  bag-info.txt\n` },
      ['error bag.pathHalf bag-info.txt'],
    ],
    [
      'payload in the tag manifest',
      { 'tagmanifest-sha256.txt': `${sha('one')}  data/a.txt\n` },
      ['error bag.pathHalf data/a.txt'],
    ],
    [
      'a changed tag file',
      { 'tagmanifest-md5.txt': `${digest('md5', 'x')}  bagit.txt\n` },
      ['error bag.digest bagit.txt'],
    ],
    [
      'a tag file that is not there',
      { 'tagmanifest-md5.txt': `${digest('md5', 'x')}  meta/x.xml\n` },
      ['error bag.missing meta/x.xml'],
    ],
    ['a wrong Payload-Oxum', { 'bag-info.txt': 'Payload-Oxum: 7.2\n' }, ['error bag.oxum bag-info.txt']],
    [
      'a Payload-Oxum of words',
      { 'bag-info.txt': 'Payload-Oxum: many\n' },
      ['error bag.oxumForm bag-info.txt'],
    ],
    ['a line without a colon', { 'bag-info.txt': 'hello\n' }, ['error bag.infoLine bag-info.txt']],
    [
      'a date of its own',
      { 'bag-info.txt': 'Bagging-Date: yesterday\n' },
      ['warning bag.infoDate bag-info.txt'],
    ],
    ['a line to fetch that is none', { 'fetch.txt': 'hello\n' }, ['error bag.fetchLine fetch.txt']],
    [
      'a length that is not so',
      { 'fetch.txt': 'https://example.org/a 4 data/a.txt\n' },
      ['error bag.fetchLength data/a.txt'],
    ],
    [
      'something to fetch that no manifest has',
      { 'fetch.txt': 'https://example.org/a - data/z\n' },
      ['error bag.fetchUnlisted data/z', 'error bag.incomplete data/z'],
    ],
    [
      'a strange address',
      { 'fetch.txt': 'file:///etc/passwd - data/a.txt\n' },
      ['warning bag.fetchAddress fetch.txt'],
    ],
    [
      'bytes that are no text',
      { 'manifest-sha256.txt': Buffer.from([0xff, 0xfe, 0xfd]) },
      [
        'error bag.encoding manifest-sha256.txt',
        'error bag.unlisted data/a.txt',
        'error bag.unlisted data/卷/b.txt',
      ],
    ],
    ['a line without end', { 'bag-info.txt': 'x'.repeat(200_000) }, ['error bag.longLine bag-info.txt']],
  ])('with %s is told so', async (_, changes, wanted) => {
    expect(await judge(changed(changes))).toEqual(wanted);
  });

  it('that is to be fetched is incomplete, and nothing is fetched', async () => {
    const files = changed({
      'data/a.txt': null,
      'bag-info.txt': null,
      'fetch.txt': 'http://127.0.0.1:1/a - data/a.txt\n',
    });
    expect(await judge(files)).toEqual(['error bag.incomplete data/a.txt']);
  });

  it.each([
    '../a',
    'data/../../a',
    '/etc/passwd',
    '~/a',
    '~root/a',
    'C:\\a',
    'c:a',
    '\\\\server\\a',
    '%HomeDrive%\\a',
    '$HOME/a',
    'data\\..\\..\\a',
    '\\.\\./a',
    'data/%0A/../../x',
  ])('that speaks of %s is refused for it', async (path) => {
    const speaking: Files[] = [
      { 'manifest-sha256.txt': `${lines}${sha('x')}  ${path}\n` },
      { 'fetch.txt': `https://example.org/a - ${path}\n` },
      { 'tagmanifest-sha256.txt': `${sha('x')}  ${path}\n` },
    ];
    for (const changes of speaking)
      expect(await judge(changed(changes))).toEqual([`error bag.pathEscape ${path}`]);
  });

  it('may list less in one manifest, and a file twice, before 1.0', async () => {
    const first = manifest('md5', { 'data/a.txt': 'one' });
    expect(await judge(changed({ 'manifest-md5.txt': first + first }, '0.97'))).toEqual([
      'warning bag.listedTwice data/a.txt',
    ]);
  });

  it('reads its tag files in the encoding it names', async () => {
    const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16();
    const utf32 = (text: string) =>
      Buffer.concat(
        [...text].map((c) => {
          const b = Buffer.alloc(4);
          b.writeUInt32BE(c.codePointAt(0) ?? 0);
          return b;
        }),
      );
    const gbk = (text: string) => Buffer.from(text.replace('卷', '\xbe\xed'), 'latin1');
    for (const [name, encode] of [
      ['UTF-16', (t: string) => Buffer.from(`\ufeff${t}`, 'utf16le')],
      ['UTF-16', (t: string) => utf16be(`\ufeff${t}`)],
      ['UTF-16', utf16be],
      ['UTF-16LE', (t: string) => Buffer.from(t, 'utf16le')],
      ['UTF-32', (t: string) => utf32(`\ufeff${t}`)],
      ['utf-32be', utf32],
      ['GB18030', gbk],
      ['GB2312', gbk],
      ['CP936', gbk],
    ] as const) {
      const files = changed({
        [B]: `BagIt-Version: 1.0\nTag-File-Character-Encoding: ${name}\n`,
        'manifest-sha256.txt': encode(lines.replaceAll('\n', '\r\n')),
        'bag-info.txt': encode('Payload-Oxum: 6.2\r'),
      });
      expect(await judge(files), name).toEqual([]);
    }
    const none = changed({
      [B]: 'BagIt-Version: 1.0\nTag-File-Character-Encoding: klingon\n',
      'bag-info.txt': null,
    });
    expect(await judge(none)).toContain('error bag.encodingUnknown manifest-sha256.txt');
  });

  it('finds names in another normal form, and escaped ones, by the rules of its version', async () => {
    const of = (path: string, listed: string, version: string) =>
      judge({ [B]: sound(version)[B] ?? '', 'manifest-sha256.txt': `${sha('x')}  ${listed}\n`, [path]: 'x' });
    expect(await of('data/e\u0301', 'data/\u00e9', '1.0')).toEqual(['warning bag.nameForm data/\u00e9']);
    expect(await of('data/100%', 'data/100%25', '1.0')).toEqual([]);
    expect(await of('data/100%', 'data/100%', '1.0')).toEqual(['warning bag.percent data/100%']);
    expect(await of('data/100%25', 'data/100%25', '1.0')).toEqual(['warning bag.percent data/100%25']);
    expect(await of('data/100%25', 'data/100%25', '0.97')).toEqual([]);
    expect(await of('data/100%', 'data/100%', '0.97')).toEqual([]);
    for (const version of ['0.97', '1.0']) expect(await of('data/a\nb', 'data/a%0Ab', version)).toEqual([]);
    expect(await of('data/A', 'data/a', '1.0')).toEqual([
      'warning bag.nameCase data/a',
      'error bag.unlisted data/A',
      'error bag.missing data/a',
    ]);
  });
});
