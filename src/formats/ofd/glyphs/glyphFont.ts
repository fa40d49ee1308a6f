import { type CompactFont, readCompactFont } from './cff.ts';
import { fontOf, tablesOf } from './sfnt.ts';

/** Planes 15 and 16 are for private use: no font gives them a meaning, so each of their characters can stand for a glyph. */
const PLANE_15 = 0xf0000;
const PLANE_16 = 0x100000;
/** The last two places of a plane are no characters. */
const PLANE_SIZE = 0xfffe;
const OTTO = 0x4f54544f;

/** The character that draws a glyph in a {@link glyphFont}; undefined beyond 65,535. */
export function glyphLetter(glyph: number): string | undefined {
  if (!Number.isInteger(glyph) || glyph < 0 || glyph > 0xffff) return undefined;
  return String.fromCodePoint(glyph < PLANE_SIZE ? PLANE_15 + glyph : PLANE_16 + glyph - PLANE_SIZE);
}

/** A font whose glyphs are drawn by {@link glyphLetter}. */
export interface GlyphFont {
  data: Buffer;
  has(glyph: number): boolean;
}

/**
 * The font of a document, given a table of characters by which its glyphs can be drawn by their numbers. Fonts cut to a
 * document's needs often have no such table, and canvases draw characters only. Rules of shaping are left out, so that
 * no glyph is changed for another. Undefined for data that is neither TrueType, OpenType nor bare CFF.
 */
export function glyphFont(font: Buffer): GlyphFont | undefined {
  const opened = tablesOf(font);
  if (opened) {
    const maxp = opened.tables.get('maxp');
    if (!maxp || maxp.length < 6) return undefined;
    const glyphs = maxp.readUInt16BE(4);
    const kept = new Map([...opened.tables].filter(([tag]) => NEEDED.has(tag)));
    kept.set('cmap', characterTable(plainGroups(glyphs)));
    return { data: fontOf(opened.version, kept), has: (glyph) => glyph < glyphs };
  }
  const compact = readCompactFont(font);
  if (!compact) return undefined;
  const numbers = new Set(compact.characters);
  return {
    data: wrapped(font, compact),
    has: (glyph) => (compact.characters ? numbers.has(glyph) : glyph < compact.glyphs),
  };
}

/** What outlines need. `OS/2`, `name` and `post` are kept where they are. */
const NEEDED = new Set([
  'head', 'hhea', 'hmtx', 'maxp', 'loca', 'glyf', 'cvt ', 'fpgm', 'prep', 'gasp', 'CFF ', 'CFF2', 'VORG', 'OS/2', 'name', 'post',
]); // biome-ignore format: one row of tags

interface Group {
  first: number;
  last: number;
  glyph: number;
}

function plainGroups(glyphs: number): Group[] {
  const low = Math.min(glyphs, PLANE_SIZE);
  const groups = low > 0 ? [{ first: PLANE_15, last: PLANE_15 + low - 1, glyph: 0 }] : [];
  if (glyphs > PLANE_SIZE)
    groups.push({ first: PLANE_16, last: PLANE_16 + glyphs - PLANE_SIZE - 1, glyph: PLANE_SIZE });
  return groups;
}

/** Runs of characters whose numbers and glyphs rise together, in order of the characters. */
function numberedGroups(characters: readonly number[]): Group[] {
  const pairs = characters
    .map((character, glyph) => ({ point: glyphLetter(character)?.codePointAt(0) ?? 0, glyph }))
    .filter(({ point }) => point > 0)
    .sort((a, b) => a.point - b.point);
  const groups: Group[] = [];
  for (const { point, glyph } of pairs) {
    const last = groups.at(-1);
    if (last && point === last.last) continue;
    if (last && point === last.last + 1 && glyph === last.glyph + point - last.first) last.last = point;
    else groups.push({ first: point, last: point, glyph });
  }
  return groups;
}

/** A `cmap` table with one subtable of format 12 for Unicode. */
function characterTable(groups: readonly Group[]): Buffer {
  const table = Buffer.alloc(12 + 16 + groups.length * 12);
  table.writeUInt16BE(1, 2);
  table.writeUInt16BE(3, 4);
  table.writeUInt16BE(10, 6);
  table.writeUInt32BE(12, 8);
  table.writeUInt16BE(12, 12);
  table.writeUInt32BE(16 + groups.length * 12, 16);
  table.writeUInt32BE(groups.length, 24);
  groups.forEach(({ first, last, glyph }, i) => {
    table.writeUInt32BE(first, 28 + i * 12);
    table.writeUInt32BE(last, 32 + i * 12);
    table.writeUInt32BE(glyph, 36 + i * 12);
  });
  return table;
}

/** A bare CFF font in the wrapping that font libraries number glyphs in. */
function wrapped(font: Buffer, { glyphs, unitsPerEm, characters }: CompactFont): Buffer {
  const head = Buffer.alloc(54);
  head.writeUInt32BE(0x00010000, 0);
  head.writeUInt32BE(0x5f0f3cf5, 12);
  head.writeUInt16BE(unitsPerEm, 18);
  head.writeInt16BE(-unitsPerEm, 36);
  head.writeInt16BE(-unitsPerEm, 38);
  head.writeInt16BE(2 * unitsPerEm, 40);
  head.writeInt16BE(2 * unitsPerEm, 42);
  const hhea = Buffer.alloc(36);
  hhea.writeUInt32BE(0x00010000, 0);
  hhea.writeInt16BE(Math.round(unitsPerEm * 0.88), 4);
  hhea.writeInt16BE(-Math.round(unitsPerEm * 0.12), 6);
  hhea.writeUInt16BE(unitsPerEm, 10);
  hhea.writeUInt16BE(1, 34);
  const maxp = Buffer.alloc(6);
  maxp.writeUInt32BE(0x00005000, 0);
  maxp.writeUInt16BE(glyphs, 4);
  const hmtx = Buffer.alloc(4 + 2 * Math.max(0, glyphs - 1));
  hmtx.writeUInt16BE(unitsPerEm, 0);
  const groups = characters ? numberedGroups(characters) : plainGroups(glyphs);
  return fontOf(
    OTTO,
    new Map([['CFF ', font], ['head', head], ['hhea', hhea], ['maxp', maxp], ['hmtx', hmtx], ['cmap', characterTable(groups)]]), // biome-ignore format: one row of tables
  );
}
