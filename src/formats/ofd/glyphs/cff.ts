/** A bare font program in the Compact Font Format (Adobe technical note 5176), as far as its glyphs are numbered. */
export interface CompactFont {
  glyphs: number;
  unitsPerEm: number;
  /**
   * By glyph, its number outside of the font, where the font is one of numbered characters (CID). Undefined elsewhere:
   * glyphs count from 0.
   */
  characters: number[] | undefined;
}

/** Operators of the top dictionary. */
const CHARSET = 15;
const CHAR_STRINGS = 17;
const FONT_MATRIX = 0x0c07;
const ROS = 0x0c1e;

/** Undefined for what is no such font. */
export function readCompactFont(font: Buffer): CompactFont | undefined {
  try {
    if (font[0] !== 1 || font.length < 8) return undefined;
    const names = indexAt(font, font[2]!);
    const tops = indexAt(font, names.end);
    const top = dictionary(font.subarray(...tops.item(0)));
    const strings = top.get(CHAR_STRINGS)?.[0];
    if (!strings) return undefined;
    const glyphs = font.readUInt16BE(strings);
    const scale = top.get(FONT_MATRIX)?.[0] ?? 0.001;
    return {
      glyphs,
      unitsPerEm: scale > 0.0001 && scale < 0.1 ? Math.round(1 / scale) : 1000,
      characters: top.has(ROS) ? charset(font, top.get(CHARSET)?.[0] ?? 0, glyphs) : undefined,
    };
  } catch (e) {
    if (e instanceof RangeError) return undefined;
    throw e;
  }
}

function indexAt(font: Buffer, at: number) {
  const count = font.readUInt16BE(at);
  if (count === 0) return { end: at + 2, item: (): [number, number] => [0, 0] };
  const size = font.readUInt8(at + 2);
  const base = at + 2 + (count + 1) * size;
  const offset = (i: number) => base + font.readUIntBE(at + 3 + i * size, size);
  return { end: offset(count), item: (i: number): [number, number] => [offset(i), offset(i + 1)] };
}

/** Operands by operator; operators of two bytes count as `0x0c00 + second`. */
function dictionary(data: Buffer): Map<number, number[]> {
  const found = new Map<number, number[]>();
  let operands: number[] = [];
  for (let i = 0; i < data.length; ) {
    const b = data.readUInt8(i++);
    if (b <= 21) {
      found.set(b === 12 ? 0x0c00 + data.readUInt8(i++) : b, operands);
      operands = [];
    } else if (b === 28) {
      operands.push(data.readInt16BE(i));
      i += 2;
    } else if (b === 29) {
      operands.push(data.readInt32BE(i));
      i += 4;
    } else if (b === 30) {
      const real = realAt(data, i);
      operands.push(real.value);
      i = real.end;
    } else if (b >= 32 && b <= 246) operands.push(b - 139);
    else if (b >= 247 && b <= 250) operands.push((b - 247) * 256 + data.readUInt8(i++) + 108);
    else if (b >= 251 && b <= 254) operands.push(-(b - 251) * 256 - data.readUInt8(i++) - 108);
  }
  return found;
}

/** A number in nibbles, ended by the nibble f. */
function realAt(data: Buffer, at: number): { value: number; end: number } {
  const NIBBLES = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '.', 'E', 'E-', '', '-'];
  let text = '';
  for (let i = at; ; i++) {
    const b = data.readUInt8(i);
    for (const nibble of [b >> 4, b & 15]) {
      if (nibble === 15) return { value: Number(text) || 0, end: i + 1 };
      text += NIBBLES[nibble];
    }
  }
}

function charset(font: Buffer, at: number, glyphs: number): number[] | undefined {
  // 0 to 2 name charsets of the standard, which fonts of numbered characters have not.
  if (at <= 2) return undefined;
  const format = font.readUInt8(at);
  const numbers = [0];
  let i = at + 1;
  while (numbers.length < glyphs) {
    const first = font.readUInt16BE(i);
    const more = format === 0 ? 0 : format === 1 ? font.readUInt8(i + 2) : font.readUInt16BE(i + 2);
    for (let n = 0; n <= more && numbers.length < glyphs; n++) numbers.push(first + n);
    i += format === 0 ? 2 : format === 1 ? 3 : 4;
  }
  return numbers;
}
