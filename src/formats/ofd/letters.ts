import { child, type Element, numbers } from './xml.ts';

/** One thing drawn in a text object: a character, or a glyph of the font by its number. */
export interface PlacedLetter {
  /** What it stands for: a character, several for a ligature, none where the document gives only the glyph. */
  letter: string;
  /** Number of the glyph in the embedded font; undefined where the character says which. */
  glyph: number | undefined;
  /** The document tells no character for the glyph, or for the group of glyphs it begins. */
  nameless: boolean;
  x: number;
  y: number;
}

/** The distances of a DeltaX or DeltaY list: `g 3 1.5` stands for 1.5 three times. */
export function deltas(text: string | undefined, most: number): number[] {
  const out: number[] = [];
  const tokens = text?.trim().split(/\s+/) ?? [];
  for (let i = 0; i < tokens.length && out.length < most; i++) {
    if (tokens[i] === 'g') {
      const times = Math.min(most - out.length, Math.max(0, Math.trunc(Number(tokens[i + 1])) || 0));
      for (let n = 0; n < times; n++) out.push(Number(tokens[i + 2]) || 0);
      i += 2;
    } else out.push(Number(tokens[i]) || 0);
  }
  return out;
}

/** The letters of a text object with their places in its own coordinates. */
export function lettersOf(object: Element): PlacedLetter[] {
  const size = Number(object.attributes.Size) || 3;
  const placed: PlacedLetter[] = [];
  let x = 0;
  let y = 0;
  for (const { code, transforms } of codesOf(object)) {
    const letters = slotsOf([...code.text.replace(/[\r\n\t]/g, '')], transforms);
    const dx = deltas(code.attributes.DeltaX, letters.length);
    const dy = deltas(code.attributes.DeltaY, letters.length);
    x = code.attributes.X === undefined ? x : Number(code.attributes.X) || 0;
    y = code.attributes.Y === undefined ? y : Number(code.attributes.Y) || 0;
    letters.forEach((slot, i) => {
      placed.push({ ...slot, x, y });
      const given = dx.length > 0 || dy.length > 0;
      x += given
        ? (dx[i] ?? (dy.length > 0 ? 0 : (dx.at(-1) ?? 0)))
        : size * (slot.letter !== '' && slot.letter.charCodeAt(0) < 0x2e80 ? 0.5 : 1);
      y += dy[i] ?? 0;
    });
  }
  return placed;
}

/**
 * Every TextCode with the CGTransforms that stand before it. Where all stand before the first of several, they count
 * the characters of the whole object.
 */
function codesOf(object: Element): { code: Element; transforms: Element[] }[] {
  const found: { code: Element; transforms: Element[] }[] = [];
  let waiting: Element[] = [];
  for (const one of object.children) {
    if (one.name === 'CGTransform') waiting.push(one);
    else if (one.name === 'TextCode') {
      found.push({ code: one, transforms: waiting });
      waiting = [];
    }
  }
  found.at(-1)?.transforms.push(...waiting);
  const first = found[0];
  if (found.length < 2 || !first || found.slice(1).some(({ transforms }) => transforms.length > 0))
    return found;
  let passed = 0;
  const shared = first.transforms;
  return found.map(({ code }) => {
    const start = passed;
    passed += [...code.text.replace(/[\r\n\t]/g, '')].length;
    const transforms = shared
      .filter((t) => positionOf(t) >= start && positionOf(t) < passed)
      .map((t) => ({ ...t, attributes: { ...t.attributes, CodePosition: String(positionOf(t) - start) } }));
    return { code, transforms };
  });
}

const positionOf = (transform: Element): number => Number(transform.attributes.CodePosition) || 0;
const MAX_GLYPHS = 100_000;

/** Characters, those that a transform covers changed for its glyphs (GB/T 33190-2016, 11.4). */
function slotsOf(
  characters: readonly string[],
  transforms: readonly Element[],
): Omit<PlacedLetter, 'x' | 'y'>[] {
  const slots: Omit<PlacedLetter, 'x' | 'y'>[] = [];
  const plainUntil = (end: number) => {
    for (; at < Math.min(end, characters.length); at++)
      slots.push({ letter: characters[at]!, glyph: undefined, nameless: false });
  };
  let at = 0;
  for (const transform of [...transforms].sort((a, b) => positionOf(a) - positionOf(b))) {
    const position = positionOf(transform);
    if (position < at) continue;
    const glyphs = numbers(child(transform, 'Glyphs')?.text).slice(0, MAX_GLYPHS);
    if (glyphs.length === 0) continue;
    plainUntil(position);
    const count = Math.max(1, Number(transform.attributes.CodeCount) || 1);
    const covered = characters.slice(at, at + count).map((c) => (isPrivate(c) ? '' : c));
    const oneToOne = count === glyphs.length;
    glyphs.forEach((glyph, i) => {
      const letter = oneToOne ? (covered[i] ?? '') : i === 0 ? covered.join('') : '';
      slots.push({ letter, glyph, nameless: letter === '' && (oneToOne || i === 0) });
    });
    at += count;
  }
  plainUntil(characters.length);
  return slots;
}

/** Characters without a meaning of their own: they only fill the place of a glyph. */
export const isPrivate = (character: string): boolean => /^[\p{Co}\p{Cn}\p{Cc}\ufffd]$/u.test(character);
