import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { type FontKey, GlobalFonts } from '@napi-rs/canvas';
import type { Container } from './container.ts';
import { type Coverage, coverageOf } from './glyphs/coverage.ts';
import { type GlyphFont, glyphFont } from './glyphs/glyphFont.ts';
import type { NotDrawnTally } from './notDrawn.ts';
import type { FontResource } from './resources.ts';

const FALLBACK = 'Lantai Serif SC';
let fallbackCovers: Coverage | undefined;

/** The font that stands in for those a document names but does not bring. */
function fallback(): Coverage {
  if (!fallbackCovers) {
    const folder = dirname(
      createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'),
    );
    const regular = join(folder, '400Regular', 'NotoSerifSC_400Regular.ttf');
    GlobalFonts.registerFromPath(regular, FALLBACK);
    GlobalFonts.registerFromPath(join(folder, '700Bold', 'NotoSerifSC_700Bold.ttf'), FALLBACK);
    fallbackCovers = coverageOf(readFileSync(regular));
  }
  return fallbackCovers;
}

// Registered fonts belong to the process, and of two with one name the first is used: no name is given twice.
let named = 0;

/** What text of one font resource is drawn with. */
export interface Typeface {
  /** For `font` of a canvas. */
  family: string;
  /** Whether a character has a shape in it. */
  covers: Coverage;
  /** For glyphs by their numbers; undefined when the document brings no font that can be opened. */
  glyphs: { family: string; has(glyph: number): boolean } | undefined;
}

/** Font families for drawing one page; embedded fonts are registered under names of their own until `close`. */
export function fontShelf(container: Container, notDrawn: NotDrawnTally) {
  const keys: FontKey[] = [];
  const known = new Map<string, Promise<Typeface>>();

  const register = (data: Buffer): string | undefined => {
    const alias = `Embedded ${process.pid}-${threadId}-${named++}`;
    const key = GlobalFonts.register(data, alias);
    if (key) keys.push(key);
    return key ? `"${alias}"` : undefined;
  };

  const load = async (part: string | undefined): Promise<Typeface> => {
    const standIn = fallback();
    const plain = { family: `"${FALLBACK}"`, covers: standIn, glyphs: undefined };
    if (!part) return plain;
    const data = container.has(part) ? await container.read(part) : undefined;
    const own = data && register(data);
    const byNumber: GlyphFont | undefined = data && glyphFont(data);
    const numbered = byNumber && register(byNumber.data);
    if (!data || (!own && !numbered)) {
      notDrawn.add('font.unreadable');
      return plain;
    }
    const covers = coverageOf(data);
    return {
      family: own ? `${own}, ${plain.family}` : plain.family,
      covers: (point) => covers(point) || standIn(point),
      glyphs: byNumber && numbered ? { family: numbered, has: byNumber.has } : undefined,
    };
  };

  return {
    typeface(font: FontResource | undefined): Promise<Typeface> {
      const part = font?.part ?? '';
      const found = known.get(part) ?? load(font?.part);
      known.set(part, found);
      return found;
    },
    close(): void {
      for (const key of keys.splice(0)) GlobalFonts.remove(key);
    },
  };
}

export type FontShelf = ReturnType<typeof fontShelf>;
