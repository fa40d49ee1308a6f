import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rectangleFont } from '../testing/font.ts';
import { readCompactFont } from './cff.ts';
import { coverageOf } from './coverage.ts';
import { glyphFont, glyphLetter } from './glyphFont.ts';
import { tablesOf } from './sfnt.ts';

/** An index of the Compact Font Format with offsets of one byte. */
const index = (...items: Buffer[]) => {
  let at = 1;
  const offsets = items.map((item) => (at += item.length));
  return Buffer.concat([Buffer.from([0, items.length, 1, 1, ...offsets]), ...items]);
};
const number = (value: number) => Buffer.from([29, 0, 0, value >> 8, value & 255]);

/** A bare font of four glyphs that stand for the characters 0, 17, 18 and 97. */
function numberedFont(): Buffer {
  const top = (charset: number, strings: number) =>
    Buffer.concat([
      ...[number(391), number(392), number(0), Buffer.from([12, 30])],
      ...[number(charset), Buffer.from([15]), number(strings), Buffer.from([17])],
    ]);
  const before = (charset: number, strings: number) =>
    Buffer.concat([
      Buffer.from([1, 0, 4, 1]),
      index(Buffer.from('F')),
      index(top(charset, strings)),
      index(Buffer.from('Adobe')),
    ]);
  const charset = before(0, 0).length;
  const list = Buffer.from([0, 0, 17, 0, 18, 0, 97]);
  const strings = index(...Array.from({ length: 4 }, () => Buffer.from([14])));
  return Buffer.concat([before(charset, charset + list.length), list, strings]);
}

describe('fonts by which glyphs are drawn by their numbers', () => {
  it('name each glyph by a character of private use', () => {
    const font = glyphFont(
      rectangleFont([
        [0, 0, 1, 1],
        [0, 0, 2, 2],
      ]),
    )!;
    expect([0, 1, 2].map(font.has)).toEqual([true, true, false]);
    const covers = coverageOf(font.data);
    expect([0, 1, 2].map((glyph) => covers(glyphLetter(glyph)!.codePointAt(0)!))).toEqual([
      true,
      true,
      false,
    ]);
    expect(glyphLetter(70_000)).toBeUndefined();
    expect(new Set([0, 0xfffd, 0xfffe, 0xffff].map(glyphLetter)).size).toBe(4);
  });

  it('know a bare font of numbered characters by those numbers', () => {
    const bare = numberedFont();
    expect(readCompactFont(bare)).toEqual({ glyphs: 4, unitsPerEm: 1000, characters: [0, 17, 18, 97] });
    const font = glyphFont(bare)!;
    expect([1, 17, 18, 97].map(font.has)).toEqual([false, true, true, true]);
    const cmap = tablesOf(font.data)!.tables.get('cmap')!;
    const groups = Array.from({ length: cmap.readUInt32BE(24) }, (_, i) =>
      [28, 32, 36].map((at) => cmap.readUInt32BE(at + i * 12) % 0x10000),
    );
    expect(groups).toEqual([
      [0, 0, 0],
      [17, 18, 1],
      [97, 97, 3],
    ]);
  });

  it('are not made of other data, and no data makes them fail', () => {
    expect(glyphFont(Buffer.from('plain text'))).toBeUndefined();
    const fonts = [rectangleFont([[0, 0, 1, 1]]), numberedFont()];
    fc.assert(
      fc.property(
        fc.constantFrom(...fonts),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 }),
        fc.nat(400),
        (font, changes, cut) => {
          const damaged = Buffer.from(font.subarray(0, cut));
          for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value;
          expect(() => [glyphFont(damaged)?.has(1), coverageOf(damaged)(65)]).not.toThrow();
        },
      ),
    );
  });
});
