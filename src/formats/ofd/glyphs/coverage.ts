import { tablesOf } from './sfnt.ts';

/** Tells whether a font has a glyph for a character. */
export type Coverage = (point: number) => boolean;

const nothing: Coverage = () => false;

/** By the font's Unicode table (`cmap` formats 4, 6 and 12); a font without one covers nothing. */
export function coverageOf(font: Buffer): Coverage {
  const cmap = tablesOf(font)?.tables.get('cmap');
  if (!cmap || cmap.length < 4) return nothing;
  try {
    const found: Coverage[] = [];
    for (let i = 0; i < cmap.readUInt16BE(2); i++) {
      const entry = 4 + i * 8;
      const platform = cmap.readUInt16BE(entry);
      if (platform === 0 || platform === 3) found.push(subtable(cmap.subarray(cmap.readUInt32BE(entry + 4))));
    }
    return (point) => found.some((covers) => covers(point));
  } catch (e) {
    if (e instanceof RangeError) return nothing;
    throw e;
  }
}

function subtable(table: Buffer): Coverage {
  const format = table.readUInt16BE(0);
  if (format === 4) return segments(table);
  if (format === 6) {
    const first = table.readUInt16BE(6);
    return (point) =>
      point >= first &&
      point < first + table.readUInt16BE(8) &&
      table.length >= 12 + (point - first) * 2 &&
      table.readUInt16BE(10 + (point - first) * 2) !== 0;
  }
  return format === 12 ? groups(table) : nothing;
}

function segments(table: Buffer): Coverage {
  const count = table.readUInt16BE(6) / 2;
  const at = (part: number, i: number) =>
    table.readUInt16BE(14 + part * count * 2 + (part > 0 ? 2 : 0) + i * 2);
  return (point) => {
    if (point > 0xffff) return false;
    for (let i = 0; i < count; i++) {
      if (at(0, i) < point) continue;
      const start = at(1, i);
      if (start > point) return false;
      const offset = at(3, i);
      if (offset === 0) return ((point + at(2, i)) & 0xffff) !== 0;
      const place = 14 + 3 * count * 2 + 2 + i * 2 + offset + (point - start) * 2;
      return place + 2 <= table.length && table.readUInt16BE(place) !== 0;
    }
    return false;
  };
}

function groups(table: Buffer): Coverage {
  const count = Math.min(table.readUInt32BE(12), Math.floor((table.length - 16) / 12));
  return (point) => {
    let low = 0;
    let high = count - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const at = 16 + middle * 12;
      if (point < table.readUInt32BE(at)) high = middle - 1;
      else if (point > table.readUInt32BE(at + 4)) low = middle + 1;
      else return true;
    }
    return false;
  };
}
