import { describe, expect, it } from 'vitest';
import { plainName, resolvePath } from './container.ts';
import { deltas } from './letters.ts';
import { stepsOf } from './path.ts';
import { sealPicture } from './seal.ts';
import { readingOrder, type TextPiece } from './text.ts';
import { parseXml } from './xml.ts';

const piece = (text: string, x: number, y: number): TextPiece => ({
  text,
  x,
  y,
  width: text.length * 3,
  size: 3,
  nameless: 0,
});

describe('paths inside an OFD', () => {
  it('are read with either slash, from the root or from the part that names them', () => {
    expect(plainName('\\Doc_0\\.\\Pages/../a.xml')).toBe('Doc_0/a.xml');
    expect(resolvePath('Doc_0/Document.xml', 'Pages/Page_0/Content.xml')).toBe(
      'Doc_0/Pages/Page_0/Content.xml',
    );
    expect(resolvePath('Doc_0/Document.xml', '/Doc_0/PublicRes.xml')).toBe('Doc_0/PublicRes.xml');
    expect(resolvePath('OFD.xml', '../../../etc/passwd')).toBe('etc/passwd');
  });
});

describe('the text of an OFD', () => {
  it('unfolds repeated distances, never beyond the letters there are', () => {
    expect(deltas('g 3 1.5 2', 10)).toEqual([1.5, 1.5, 1.5, 2]);
    expect(deltas('g 4000000000 1', 5)).toEqual([1, 1, 1, 1, 1]);
    expect(deltas(undefined, 5)).toEqual([]);
  });

  it('keeps the order of the file when it runs down, column by column too', () => {
    const columns = [
      piece('甲一', 0, 10),
      piece('甲二', 0, 20),
      piece('乙一', 100, 10),
      piece('乙二', 100, 20),
    ];
    expect(readingOrder(columns)).toBe('甲一\n甲二\n乙一\n乙二');
  });

  it('sorts by lines what was written in another order', () => {
    const values = [
      piece('张三', 30, 40),
      piece('北京', 30, 20),
      piece('姓名', 0, 40),
      piece('地址', 0, 20),
      piece('题', 0, 5),
    ];
    expect(readingOrder(values)).toBe('题\n地址 北京\n姓名 张三');
  });
});

describe('the parts of an OFD', () => {
  it('are read without namespace prefixes, entities left alone', () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><ofd:a xmlns:ofd="u"><ofd:b ID="1">&x;text</ofd:b></ofd:a>';
    const root = parseXml(Buffer.from(bomb), 'a.xml');
    expect(root.name).toBe('a');
    expect(root.children[0]).toMatchObject({ name: 'b', attributes: { ID: '1' } });
    expect(root.children[0]?.text).not.toContain('xxxx');
  });

  it('are refused when they are no XML', () => {
    expect(() => parseXml(Buffer.from('plain'), 'a.xml')).toThrow(/not XML/);
  });

  it('hold paths, of which only whole steps count', () => {
    expect(stepsOf('M 1 2 L3,4 Q 1 2 3 B 1 1 2 2 3 3 C X 9')).toEqual([
      { operator: 'M', values: [1, 2] },
      { operator: 'L', values: [3, 4] },
      { operator: 'B', values: [1, 1, 2, 2, 3, 3] },
      { operator: 'C', values: [] },
    ]);
  });

  it('hold seals, in which the picture is found by its shape', () => {
    const der = (tag: number, ...content: Buffer[]) => {
      const body = Buffer.concat(content);
      return Buffer.concat([Buffer.from([tag, 0x82, body.length >> 8, body.length & 255]), body]);
    };
    const picture = Buffer.from('picture bytes');
    const seal = der(
      0x30,
      der(0x16, Buffer.from('ES')),
      der(0x30, der(0x16, Buffer.from('PNG')), der(0x04, picture)),
    );
    expect(sealPicture(seal)).toEqual({ format: 'png', data: picture });
    expect(sealPicture(seal.subarray(0, 20))).toBeUndefined();
  });
});
