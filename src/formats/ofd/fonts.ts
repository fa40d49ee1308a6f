import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import type { Container } from './container.ts';
import type { FontResource } from './resources.ts';

const FALLBACK = 'Lantai Serif SC';
let ready = false;

/** The font that stands in for those a document names but does not bring. */
function fallback(): string {
  if (!ready) {
    const folder = dirname(
      createRequire(import.meta.url).resolve('@expo-google-fonts/noto-serif-sc/package.json'),
    );
    GlobalFonts.registerFromPath(join(folder, '400Regular', 'NotoSerifSC_400Regular.ttf'), FALLBACK);
    GlobalFonts.registerFromPath(join(folder, '700Bold', 'NotoSerifSC_700Bold.ttf'), FALLBACK);
    ready = true;
  }
  return FALLBACK;
}

/** Font families for drawing; embedded fonts are registered under names of their own. */
export function fontShelf(container: Container, notDrawn: Set<string>) {
  const known = new Map<string, string | undefined>();
  let next = 0;
  const embedded = async (part: string): Promise<string | undefined> => {
    if (known.has(part)) return known.get(part);
    let family: string | undefined;
    if (container.has(part)) {
      const alias = `Embedded ${process.pid}-${next++}`;
      if (GlobalFonts.register(await container.read(part), alias)) family = alias;
    }
    if (!family) notDrawn.add('embedded font that cannot be loaded (another is used)');
    known.set(part, family);
    return family;
  };
  return async (font: FontResource | undefined): Promise<string> => {
    const own = font?.part ? await embedded(font.part) : undefined;
    return own ? `"${own}", "${fallback()}"` : `"${fallback()}"`;
  };
}
