import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { coverageOf } from './coverage.ts';

/** The serif face: all of Unicode's basic CJK block and extension A, simplified and traditional (Noto Serif SC, OFL). */
export interface Face {
  regular: Buffer;
  bold: Buffer;
  covers: (codePoint: number) => boolean;
}

let loaded: Face | undefined;

/** Reads the face once per process (two files of 15 MB). */
export function loadFace(): Face {
  if (!loaded) {
    const require = createRequire(import.meta.url);
    const read = (weight: string): Buffer =>
      readFileSync(require.resolve(`@expo-google-fonts/noto-serif-sc/${weight}/NotoSerifSC_${weight}.ttf`));
    const regular = read('400Regular');
    const bold = read('700Bold');
    const regularCovers = coverageOf(regular);
    const boldCovers = coverageOf(bold);
    loaded = { regular, bold, covers: (c) => regularCovers(c) && boldCovers(c) };
  }
  return loaded;
}

/** Characters that say how the one before is drawn, not what it is. */
const PRESENTATION = new Set([0xfe0e, 0xfe0f]);

/**
 * Makes text drawable without hiding anything: a character the face lacks, and every invisible one (direction marks,
 * control characters), becomes `〔U+20BB7〕`.
 *
 * @returns the text to draw, and the characters replaced
 */
export function drawable(text: string, face: Pick<Face, 'covers'>): { text: string; replaced: string[] } {
  const replaced: string[] = [];
  let out = '';
  for (const character of composed(text).replace(/\r\n?/g, '\n').replace(/\t/g, '　')) {
    const code = character.codePointAt(0)!;
    if (PRESENTATION.has(code)) continue;
    if (character === '\n' || (face.covers(code) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(character)))
      out += character;
    else {
      replaced.push(character);
      out += `〔U+${code.toString(16).toUpperCase().padStart(4, '0')}〕`;
    }
  }
  return { text: out, replaced };
}

/** Letters with marks in one piece. Not NFC of all: that would replace CJK compatibility characters by others. */
function composed(text: string): string {
  return text.replace(/[^\p{M}\p{Script=Han}]\p{M}+/gu, (cluster) => cluster.normalize('NFC'));
}
