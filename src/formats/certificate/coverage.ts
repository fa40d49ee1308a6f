/**
 * Which characters a TrueType font can draw, read from its `cmap` table (OpenType 1.9; formats 12 and 4).
 *
 * @param font the whole font file
 * @returns a test by code point
 * @throws Error when the font has no Unicode table of these formats
 */
export function coverageOf(font: Buffer): (codePoint: number) => boolean {
  const table = findTable(font, 'cmap');
  const offsets: number[] = [];
  for (let i = 0; i < font.readUInt16BE(table + 2); i++)
    offsets.push(table + font.readUInt32BE(table + 8 + i * 8));
  const full = offsets.find((at) => font.readUInt16BE(at) === 12);
  if (full !== undefined) return within(segmentedRanges(font, full));
  const basic = offsets.find((at) => font.readUInt16BE(at) === 4);
  if (basic !== undefined) return within(basicRanges(font, basic));
  throw new Error('the font has no Unicode character map');
}

type Range = readonly [first: number, last: number];

function findTable(font: Buffer, name: string): number {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) === name) return font.readUInt32BE(record + 8);
  }
  throw new Error(`the font has no ${name} table`);
}

function segmentedRanges(font: Buffer, at: number): Range[] {
  return Array.from({ length: font.readUInt32BE(at + 12) }, (_, i) => {
    const group = at + 16 + i * 12;
    return [font.readUInt32BE(group), font.readUInt32BE(group + 4)];
  });
}

function basicRanges(font: Buffer, at: number): Range[] {
  const segments = font.readUInt16BE(at + 6) / 2;
  const ends = at + 14;
  const starts = ends + segments * 2 + 2;
  return Array.from({ length: segments }, (_, i) => [
    font.readUInt16BE(starts + i * 2),
    font.readUInt16BE(ends + i * 2),
  ]);
}

function within(ranges: readonly Range[]): (codePoint: number) => boolean {
  return (codePoint) => {
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const [first, last] = ranges[middle]!;
      if (codePoint < first) high = middle - 1;
      else if (codePoint > last) low = middle + 1;
      else return true;
    }
    return false;
  };
}
