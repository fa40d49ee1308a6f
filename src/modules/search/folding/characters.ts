/**
 * What each character is to the search: itself in one agreed form, part of a word, a break, or nothing.
 *
 * A character folds by itself, without its neighbours, so that every place in the folded text points back to one
 * place in the original.
 */
import { readFileSync } from 'node:fs';

/** Left out and leaves no trace: combining accents, zero-width signs, variation selectors. */
export const NOTHING = 0;
/** Left out between Chinese characters, a space between two words: blanks, brackets, quotes, hyphens, dots. */
export const SOFT = 1;
/** Always a break: stops and commas, across which characters do not adjoin. */
export const BREAK = 2;
/** A character searched with its neighbours: Chinese, kana, hangul, private-use glyphs. */
export const HAN = 3;
/** A letter or digit, searched by the word it stands in. */
export const WORD = 4;

export type Kind = typeof NOTHING | typeof SOFT | typeof BREAK | typeof HAN | typeof WORD;

const HARD = new Set([...'。｡，,、､；;：:！!？?…⋯\u0000']);
const IGNORED = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const LETTER = /^[\p{L}\p{N}\p{Mc}]$/u;
const ACCENT = /[\u0300-\u036f]/g;

function isHan(point: number): boolean {
  return (
    (point >= 0x2e80 && point < 0xa000) ||
    (point >= 0xac00 && point < 0xd7b0) ||
    (point >= 0x1100 && point < 0x1200) ||
    (point >= 0xe000 && point < 0xfb00) ||
    point >= 0x1b000
  );
}

function readHanFolding(): Map<string, string> {
  const text = readFileSync(new URL('./han-folding.txt', import.meta.url), 'utf8').trim();
  const characters = [...text];
  const map = new Map<string, string>();
  for (let i = 0; i + 1 < characters.length; i += 2) map.set(characters[i]!, characters[i + 1]!);
  // Zero is written in three ways.
  map.set('零', '〇');
  return map;
}

const hanFolding = readHanFolding();

/** The folded form of one character: possibly several (㎡), possibly none. */
function foldCharacter(character: string): string {
  const compatible = character.normalize('NFKC');
  let folded = '';
  for (const original of compatible) {
    const part = hanFolding.get(original) ?? original;
    folded += isHan(part.codePointAt(0)!)
      ? part
      : part.normalize('NFKD').replace(ACCENT, '').toLowerCase().replace(ACCENT, '');
  }
  return folded;
}

/** The kind of an already folded character. */
export function kindOf(character: string): Kind {
  const point = character.codePointAt(0)!;
  if (HARD.has(character) || (point >= 0xd800 && point < 0xe000)) return BREAK;
  if (IGNORED.test(character)) return NOTHING;
  if (point >= 0xe000 && point < 0xf900) return HAN;
  if (!LETTER.test(character)) return SOFT;
  return isHan(point) ? HAN : WORD;
}

/** One entry per character of the basic plane: kind in the top bits, folded unit below; MANY where that is not enough. */
export const MANY = 0xff << 16;
const table = new Uint32Array(0x10000).fill(0xffffffff);
const many = new Map<number, ReadonlyArray<{ kind: Kind; text: string }>>();

function classify(point: number): number {
  const character = String.fromCodePoint(point);
  const parts = [...foldCharacter(character)].map((text) => ({ kind: kindOf(text), text }));
  const only = parts[0];
  if (parts.length === 0) return NOTHING << 16;
  if (parts.length === 1 && only!.text.length === 1) return (only!.kind << 16) | only!.text.charCodeAt(0);
  many.set(point, parts);
  return MANY;
}

/** Kind and folded unit of a code point, packed `kind << 16 | unit`, or MANY: then ask {@link partsOf}. */
export function lookUp(point: number): number {
  if (point > 0xffff) {
    if (!many.has(point)) {
      const packed = classify(point);
      if (packed === MANY) return MANY;
      many.set(point, [{ kind: (packed >> 16) as Kind, text: String.fromCharCode(packed & 0xffff) }]);
    }
    return MANY;
  }
  let packed = table[point]!;
  if (packed === 0xffffffff) {
    packed = classify(point);
    table[point] = packed;
  }
  return packed;
}

export function partsOf(point: number): ReadonlyArray<{ kind: Kind; text: string }> {
  return many.get(point) ?? [];
}
