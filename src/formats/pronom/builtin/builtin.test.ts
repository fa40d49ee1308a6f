import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesSource, createIdentifier, type Identifier } from '#formats/pronom';
import { zipOf } from '../testing.ts';

let identifier: Identifier;
beforeAll(async () => {
  identifier = await createIdentifier();
});
const of = async (name: string, bytes: Buffer | string) =>
  (await identifier.identify(bytesSource(name, Buffer.from(bytes)))).map((m) => m.puid);

const xmp = (words: string) =>
  `%PDF-1.4\n%\xe2\xe3\n1 0 obj\n<?xpacket begin=""?><x:xmpmeta>${words}</x:xmpmeta><?xpacket end="w"?>\n%%EOF\n`;

describe('the built-in table', () => {
  it.each([
    ['GIF89a…', 'fmt/4'],
    ['%PDF-1.7\n', 'fmt/276'],
    ['junk before it\n%PDF-1.3\n', 'fmt/17'],
    ['AC1032\0\0\0', 'fmt/1395'],
    ['  0\r\nSECTION\r\n  2\r\nHEADER\r\n  9\r\n$ACADVER\r\n  1\r\nAC1015\r\n', 'fmt/78'],
    ['RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0', 'fmt/141'],
    ['\0\0\0\x18ftypmp42', 'fmt/199'],
    ['SQLite format 3\0', 'fmt/729'],
    ['WARC/1.1\r\nWARC-Type: warcinfo\r\n', 'fmt/1281'],
    ['{"a": [1, 2]}', 'fmt/817'],
    ['BEGIN:VCARD\r\nVERSION:4.0\r\n', 'fmt/395'],
  ])('tells %j', async (bytes, puid) => {
    expect(await of('x', Buffer.from(bytes, 'latin1'))).toEqual([puid]);
  });

  it.each([
    ['<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>', ['fmt/354']],
    ['<rdf:Description pdfaid:part="2" pdfaid:conformance="U"/>', ['fmt/478']],
    ["<rdf:Description pdfaid:conformance='A' pdfaid:part='3'/>", ['fmt/479']],
    ['<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>', ['fmt/1910']],
    [
      '<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>',
      ['fmt/476', 'fmt/2050'],
    ],
    ['<pdfaid:part>9</pdfaid:part>', ['fmt/18']],
    ['<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>', ['fmt/488']],
  ])('reads what a PDF claims: %s', async (claim, puids) => {
    expect(await of('x.pdf', xmp(claim))).toEqual(puids);
  });

  it('tells Windows Media by the kind of its streams', async () => {
    const guid = (hex: string) => Buffer.from(hex, 'hex');
    const header = [guid('3026b2758e66cf11a6d900aa0062ce6c'), Buffer.alloc(14)];
    // An object of stream properties: its identifier, its length in eight bytes, the kind of stream.
    const stream = (kind: string) => [
      guid('9107dcb7b7a9cf118ee600c00c205365'),
      Buffer.alloc(8, 0x72),
      guid(kind),
    ];
    const sound = stream('409e69f84d5bcf11a8fd00805f5c442b');
    const film = stream('c0ef19bc4d5bcf11a8fd00805f5c442b');
    expect(await of('x', Buffer.concat([...header, ...sound]))).toEqual(['fmt/132']);
    expect(await of('x', Buffer.concat([...header, ...sound, ...film]))).toEqual(['fmt/133']);
    expect(await of('x', Buffer.concat(header))).toEqual(['fmt/131']);
  });

  it.each([
    ['at once', 1_500_000, ''],
    [
      'after the schemes it explains',
      1_500_000,
      `<pdfaExtension:schemas xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"/>${' '.repeat(20_000)}`,
    ],
    // Of pieces that are looked through one after another, the words lie on both sides of a border.
    ...[12, 13, 14, 15, 16].map(
      (n) => ['across a border', 65_536 + 262_144 - 64 - 9 - 60 + n * 3, ''] as const,
    ),
  ] as const)(
    'finds a claim in the middle of a long PDF, %s, and says that it is one',
    async (_where, before, explained) => {
      const claim = xmp(
        `${explained}<rdf:Description xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>`,
      );
      const bytes = Buffer.concat([
        Buffer.from('%PDF-1.7\n'),
        Buffer.alloc(before, 65),
        Buffer.from(claim),
        Buffer.alloc(300_000, 66),
      ]);
      const [match] = await identifier.identify(bytesSource('x.pdf', bytes));
      expect(match).toMatchObject({
        puid: 'fmt/480',
        basis: `byte match at 0, 8; claimed in its metadata at ${bytes.indexOf('aid:part')}`,
      });
    },
  );

  it.each([
    ['<?xml version="1.0"?><!-- of 1921 --><ead xmlns="urn:isbn:1-931666-22-9"></ead>', 'lantai/ead'],
    ['<!DOCTYPE ead PUBLIC "x" "ead.dtd" [<!ENTITY a "b">]><ead>', 'lantai/ead'],
    ['<m:mets xmlns:m="http://www.loc.gov/METS/">', 'lantai/mets'],
    ['<?xml version="1.0"?><premis xmlns="http://www.loc.gov/premis/v3"/>', 'lantai/premis'],
    ['<svg xmlns="http://www.w3.org/2000/svg" version="1.1">', 'fmt/92'],
    ['<!DOCTYPE html><html><body>', 'fmt/471'],
    ['<HTML><HEAD>', 'fmt/96'],
    ['<?xml version="1.0"?><root/>', 'fmt/101'],
    ['a < b', 'x-fmt/111'],
  ])('tells XML by its root: %s', async (text, puid) => {
    expect(await of('x', text)).toEqual([puid]);
  });

  it('tells mail from text that looks like it', async () => {
    const header =
      'From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nDate: Mon, 1 Jan 2001 00:00:00 +0800\r\n';
    expect(await of('x', `${header}\r\nbody`)).toEqual(['fmt/278']);
    expect(await of('x', `${header}MIME-Version: 1.0\r\n\r\nbody`)).toEqual(['fmt/950']);
    expect(await of('x', `From a@example.org Mon Jan  1 00:00:00 2001\n${header}\r\nbody`)).toEqual([
      'fmt/720',
    ]);
    expect(await of('x', 'From: the archive\nTo whom it may concern\nSubject: x\nDate: y\n')).toEqual([
      'x-fmt/111',
    ]);
  });

  it.each([
    ['utf-8', '档案馆保管的文件', 'UTF-8'],
    ['hex', 'b5b5b0b8b9ddb1a3b9dcb5c4cec4bcfe', 'GB18030'],
    ['hex', 'c0c9aed7c0ddabd3bade2eaabaa4e5a5f3a147', 'Big5'],
    ['utf-16le', '\ufeff文件 1\r\n', 'UTF-16LE'],
    ['latin1', 'plain words', 'ASCII'],
  ] as const)('says the encoding of text (%s)', async (how, text, encoding) => {
    const [match] = await identifier.identify(bytesSource('x.txt', Buffer.from(text, how)));
    expect(match?.puid).toBe('x-fmt/111');
    if (encoding !== 'Big5') expect(match?.basis).toBe(`text in ${encoding}`);
  });

  it('tells packages by what is inside, packed or not', async () => {
    expect(await of('x.zip', zipOf({ 'OFD.xml': '<ofd:OFD/>', 'Doc_0/Document.xml': '' }))).toEqual([
      'lantai/ofd',
    ]);
    const types =
      '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
    expect(await of('x', zipOf({ '[Content_Types].xml': types }, deflateRawSync))).toEqual(['fmt/412']);
    expect(await of('x', zipOf({ 'a.txt': 'a' }))).toEqual(['x-fmt/263']);
  });

  it('takes an extension for a hint, and says so', async () => {
    const matches = await identifier.identify(bytesSource('scan.tif', Buffer.from([0, 1, 2, 3, 255])));
    expect(matches.length).toBeGreaterThan(0);
    expect(new Set(matches.map((m) => m.basis))).toEqual(new Set(['extension only']));
    expect(await of('unknown', Buffer.from([0, 1, 2, 3, 255]))).toEqual([]);
    expect(await of('empty.pdf', '')).not.toContain('x-fmt/111');
  });
});
