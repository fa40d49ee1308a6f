/** The tables of a TrueType or OpenType font as far as PDF/A speaks of them. */
export interface Sfnt {
  glyphs: number;
  unitsPerEm: number;
  /** Platform and encoding of each table of characters, as `3,1`. */
  cmaps: string[];
  /** The glyph for a code in one of those tables; 0 where it has none. */
  glyph: (cmap: string, code: number) => number;
  /** Advance in units of the font. */
  advance: (glyph: number) => number | undefined;
  /** Outlines of TrueType. */
  hasOutlineTable: boolean;
  cff: Buffer | undefined;
}

/** Undefined for what is no such font, or a broken one. */
export function readSfnt(font: Buffer): Sfnt | undefined {
  try {
    return read(font);
  } catch (e) {
    if (e instanceof RangeError) return undefined;
    throw e;
  }
}

function read(font: Buffer): Sfnt | undefined {
  if (font.length < 12) return undefined;
  const tables = new Map<string, Buffer>();
  const count = font.readUInt16BE(4);
  if (count > 128) return undefined;
  for (let i = 0; i < count; i++) {
    const at = 12 + i * 16;
    const [offset, length] = [font.readUInt32BE(at + 8), font.readUInt32BE(at + 12)];
    if (offset <= font.length)
      tables.set(font.toString('latin1', at, at + 4), font.subarray(offset, offset + length));
  }
  const [head, maxp, hhea, hmtx] = ['head', 'maxp', 'hhea', 'hmtx'].map((name) => tables.get(name));
  const cff = tables.get('CFF ');
  if (!head || !maxp) return undefined;
  const metrics = hhea && hmtx ? hhea.readUInt16BE(34) : 0;
  const glyphs = maxp.readUInt16BE(4);
  return {
    glyphs,
    unitsPerEm: head.readUInt16BE(18) || 1000,
    ...charactersOf(tables.get('cmap')),
    advance: (glyph) => {
      if (!hmtx || metrics === 0 || glyph < 0 || glyph >= glyphs) return undefined;
      const at = Math.min(glyph, metrics - 1) * 4;
      return at + 2 <= hmtx.length ? hmtx.readUInt16BE(at) : undefined;
    },
    hasOutlineTable: tables.has('glyf'),
    cff,
  };
}

function charactersOf(cmap: Buffer | undefined): Pick<Sfnt, 'cmaps' | 'glyph'> {
  const offsets = new Map<string, number>();
  if (cmap && cmap.length >= 4)
    for (let i = 0; i < cmap.readUInt16BE(2) && 12 + i * 8 <= cmap.length; i++) {
      const at = 4 + i * 8;
      offsets.set(`${cmap.readUInt16BE(at)},${cmap.readUInt16BE(at + 2)}`, cmap.readUInt32BE(at + 4));
    }
  return {
    cmaps: [...offsets.keys()],
    glyph: (name, code) => {
      const at = offsets.get(name);
      try {
        return cmap && at !== undefined ? glyphAt(cmap, at, code) : 0;
      } catch {
        return 0;
      }
    },
  };
}

function glyphAt(cmap: Buffer, at: number, code: number): number {
  const format = cmap.readUInt16BE(at);
  if (format === 0) return code < 256 ? cmap.readUInt8(at + 6 + code) : 0;
  if (format === 4) return segmented(cmap, at, code);
  if (format === 6) {
    const first = cmap.readUInt16BE(at + 6);
    return code >= first && code < first + cmap.readUInt16BE(at + 8)
      ? cmap.readUInt16BE(at + 10 + (code - first) * 2)
      : 0;
  }
  if (format === 12)
    for (let i = 0; i < cmap.readUInt32BE(at + 12); i++) {
      const group = at + 16 + i * 12;
      const start = cmap.readUInt32BE(group);
      if (code >= start && code <= cmap.readUInt32BE(group + 4))
        return cmap.readUInt32BE(group + 8) + code - start;
    }
  return 0;
}

function segmented(cmap: Buffer, at: number, code: number): number {
  const doubled = cmap.readUInt16BE(at + 6);
  for (let i = 0; i < doubled; i += 2) {
    if (code > cmap.readUInt16BE(at + 14 + i)) continue;
    const start = cmap.readUInt16BE(at + 16 + doubled + i);
    if (code < start) return 0;
    const delta = cmap.readUInt16BE(at + 16 + doubled * 2 + i);
    const rangeAt = at + 16 + doubled * 3 + i;
    const range = cmap.readUInt16BE(rangeAt);
    if (range === 0) return (code + delta) & 0xffff;
    const glyph = cmap.readUInt16BE(rangeAt + range + (code - start) * 2);
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}
