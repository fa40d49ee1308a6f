import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyFilters } from './filters.ts';
import { bytesOf, PdfFile, PdfString, readContent } from './index.ts';
import { buildPdf, streamOf } from './testing/index.ts';

const open = (data: Buffer) => new PdfFile(bytesOf(data));
const pages = (file: PdfFile) => file.number(file.dict(file.catalogue.get('Pages'))?.get('Count'));

describe('PDF as objects', () => {
  it('reads a table of objects, the trailer and the header', () => {
    const file = open(buildPdf());
    expect(file.repaired).toBe(false);
    expect(file.header).toEqual({ offset: 0, line: '%PDF-1.7', version: '1.7', binaryMark: true });
    expect(pages(file)).toBe(1);
    expect(file.bytesAfterEnd).toBe(0);
  });

  it('finds the objects of a file whose table is wrong', () => {
    const broken = Buffer.from(
      buildPdf()
        .toString('latin1')
        .replace(/startxref\n\d+/, 'startxref\n7'),
      'latin1',
    );
    const file = open(broken);
    expect(file.repaired).toBe(true);
    expect(pages(file)).toBe(1);
  });

  it('reads objects out of object streams by a cross-reference stream with a predictor', () => {
    const inner = '<< /Type /Catalog /Pages 2 0 R >> << /Type /Pages /Count 7 /Kids [] >>';
    const heads = '1 0 2 34 ';
    const packed = deflateSync(Buffer.from(heads + inner)).toString('latin1');
    let text = '%PDF-1.5\n';
    const at3 = text.length;
    text += `3 0 obj\n${streamOf(`/Type /ObjStm /N 2 /First ${heads.length} /Filter /FlateDecode`, packed)}\nendobj\n`;
    const at4 = text.length;
    const rows = [
      [0, 0, 0],
      [2, 3, 0],
      [2, 3, 1],
      [1, at3, 0],
      [1, at4, 0],
    ].map(([a, b, c]) => [a!, b! >> 8, b! & 0xff, c!]);
    // Predictor "up": each row is the difference from the one above.
    const data = rows.flatMap((row, i) => [2, ...row.map((v, j) => (v - (rows[i - 1]?.[j] ?? 0)) & 0xff)]);
    const xref = deflateSync(Buffer.from(data)).toString('latin1');
    text += `4 0 obj\n${streamOf('/Type /XRef /Size 5 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>', xref)}\nendobj\nstartxref\n${at4}\n%%EOF`;
    const file = open(Buffer.from(text, 'latin1'));
    expect(file.repaired).toBe(false);
    expect(pages(file)).toBe(7);
    expect(file.sections[0]?.kind).toBe('stream');
  });

  it('does not follow loops of references, pages or sections', () => {
    const loop = Buffer.from(
      buildPdf({ objects: ['11 0 R', '10 0 R'] })
        .toString('latin1')
        .replace('/Size', '/Prev 0 /Size'),
      'latin1',
    );
    const file = open(loop);
    expect(file.resolve(file.object(10))).toBeNull();
  });

  it('refuses to decode beyond its limit', () => {
    const bomb = deflateSync(Buffer.alloc(4_000_000)).toString('latin1');
    const file = new PdfFile(bytesOf(buildPdf({ objects: [streamOf('/Filter /FlateDecode', bomb)] })), {
      stream: 1_000_000,
    });
    expect(file.data(file.object(10))).toBeUndefined();
  });

  it('undoes the filters of text', () => {
    const undo = (name: string, data: string) =>
      applyFilters(Buffer.from(data, 'latin1'), [{ name, parameters: undefined }], 1000).data.toString(
        'latin1',
      );
    expect(undo('ASCIIHexDecode', '48 65 6c6C 6F>')).toBe('Hello');
    expect(undo('ASCII85Decode', '87cURDZ~>')).toBe('Hello');
    expect(undo('RunLengthDecode', '\x01ab\xfec\x80')).toBe('abccc');
    expect(undo('LZWDecode', '\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01')).toBe('-----A---B');
  });

  it('reads strings and names with their escapes', () => {
    const file = open(buildPdf({ objects: ['[(a\\(b\\)\\101\\\n(c)) <4a4> /A#42c]'] }));
    const [text, hex, name] = file.array(file.object(10)) ?? [];
    expect(text instanceof PdfString && text.text).toBe('a(b)A(c)');
    expect(hex instanceof PdfString && hex.bytes.toString('latin1')).toBe('J@');
    expect(file.name(name)).toBe('ABc');
    expect(file.writing.of('oddHex')?.object).toBe(10);
  });

  it('passes over the data of inline images', () => {
    const content = Buffer.from('q BI /W 1 /H 1 ID \x01 EI( x EI Q', 'latin1');
    expect([...readContent(content)].map((o) => o.operator)).toEqual(['q', 'BI', 'Q']);
  });

  it('never throws, whatever bytes of a file are changed', () => {
    const sound = buildPdf();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 12 }),
        fc.nat(sound.length),
        (changes, cut) => {
          const data = Buffer.from(sound.subarray(0, sound.length - (cut % 3 === 0 ? cut : 0)));
          for (const [at, value] of changes) if (at < data.length) data[at] = value;
          const file = open(data);
          for (const number of file.numbers()) file.data(file.object(number));
        },
      ),
      { numRuns: 300 },
    );
  });
});
