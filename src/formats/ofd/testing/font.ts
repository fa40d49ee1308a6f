import { fontOf } from '../glyphs/sfnt.ts';

type Rectangle = readonly [left: number, bottom: number, right: number, top: number];

const EM = 1000;

/**
 * A TrueType font whose glyphs are filled rectangles, in thousandths of its size. It has no table of characters, like
 * fonts cut to the needs of one document.
 */
export function rectangleFont(glyphs: readonly Rectangle[]): Buffer {
  const outlines = glyphs.map(outline);
  const loca = Buffer.alloc((glyphs.length + 1) * 4);
  let offset = 0;
  outlines.forEach((data, i) => {
    offset += data.length;
    loca.writeUInt32BE(offset, (i + 1) * 4);
  });
  const head = Buffer.alloc(54);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt32BE(0x5f0f3cf5, 12);
  head.writeUInt16BE(EM, 18);
  head.writeInt16BE(EM, 40);
  head.writeInt16BE(EM, 42);
  head.writeInt16BE(1, 50);
  const hhea = Buffer.alloc(36);
  hhea.writeUInt32BE(0x00010000, 0);
  hhea.writeInt16BE(EM, 4);
  hhea.writeUInt16BE(glyphs.length, 34);
  const hmtx = Buffer.alloc(glyphs.length * 4);
  glyphs.forEach(([left], i) => {
    hmtx.writeUInt16BE(EM, i * 4);
    hmtx.writeInt16BE(left, i * 4 + 2);
  });
  const maxp = Buffer.alloc(32);
  maxp.writeUInt32BE(0x00010000, 0);
  maxp.writeUInt16BE(glyphs.length, 4);
  maxp.writeUInt16BE(4, 6);
  maxp.writeUInt16BE(1, 8);
  maxp.writeUInt16BE(1, 14);
  return fontOf(
    0x00010000,
    new Map([
      ['head', head],
      ['hhea', hhea],
      ['hmtx', hmtx],
      ['maxp', maxp],
      ['loca', loca],
      ['glyf', Buffer.concat(outlines)],
    ]),
  );
}

function outline([left, bottom, right, top]: Rectangle): Buffer {
  const b = Buffer.alloc(34);
  b.writeInt16BE(1, 0);
  [left, bottom, right, top].forEach((v, i) => {
    b.writeInt16BE(v, 2 + i * 2);
  });
  b.writeUInt16BE(3, 10);
  // No instructions; four points on the curve, with both distances in two bytes.
  b.writeUInt16BE(0, 12);
  b.fill(0x01, 14, 18);
  [left, 0, right - left, 0].forEach((v, i) => {
    b.writeInt16BE(v, 18 + i * 2);
  });
  [bottom, top - bottom, 0, bottom - top].forEach((v, i) => {
    b.writeInt16BE(v, 26 + i * 2);
  });
  return b;
}
