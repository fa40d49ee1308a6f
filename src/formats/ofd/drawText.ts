import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FontShelf, Typeface } from './fonts.ts';
import { glyphLetter } from './glyphs/glyphFont.ts';
import { isPrivate, lettersOf, type PlacedLetter } from './letters.ts';
import type { NotDrawnTally } from './notDrawn.ts';
import { attributeOf, colorElement, paintOf } from './paint.ts';
import type { FontResource, Resources } from './resources.ts';
import type { Element } from './xml.ts';

interface Target {
  context: SKRSContext2D;
  notDrawn: NotDrawnTally;
  fonts: FontShelf;
}

/** Draws a text object at the origin of the context: characters by their font, glyphs by their numbers in it. */
export async function drawText(
  { context, notDrawn, fonts }: Target,
  object: Element,
  resources: Resources,
  chain: readonly Element[],
): Promise<void> {
  const font = resources.fonts.get(object.attributes.Font ?? '');
  const typeface = await fonts.typeface(font);
  const letters = lettersOf(object);
  if (Number(object.attributes.CharDirection) || Number(object.attributes.ReadDirection))
    notDrawn.add('text.turned');
  context.textBaseline = 'alphabetic';
  const style = styleOf(object, font);
  const stretch = Number(object.attributes.HScale ?? 1) || 1;
  const paint = brushOf(object, resources, chain, context, notDrawn);
  for (const [i, letter] of letters.entries()) {
    const shape = shapeOf(letter, typeface, notDrawn);
    if (!shape) continue;
    // Glyphs are the document's own: they are neither made bold nor squeezed.
    context.font = shape.glyph
      ? `${style.size}px ${shape.family}`
      : `${style.words}${style.size}px ${shape.family}`;
    context.save();
    context.translate(letter.x, letter.y);
    context.scale(
      shape.glyph ? stretch : fitting(context, shape.text, stretch, roomOf(letter, letters[i + 1])),
      1,
    );
    paint(shape.text);
    context.restore();
  }
}

function styleOf(object: Element, font: FontResource | undefined): { words: string; size: number } {
  const weight = Number(object.attributes.Weight) >= 600 || font?.bold ? 'bold ' : '';
  const italic = object.attributes.Italic === 'true' || font?.italic ? 'italic ' : '';
  return { words: `${italic}${weight}`, size: Number(object.attributes.Size) || 3 };
}

interface Shape {
  text: string;
  family: string;
  glyph: boolean;
}

/** What to draw for a letter; undefined when there is nothing to draw it with. */
function shapeOf(
  { letter, glyph, nameless }: PlacedLetter,
  typeface: Typeface,
  notDrawn: NotDrawnTally,
): Shape | undefined {
  const numbered = glyph === undefined || !typeface.glyphs?.has(glyph) ? undefined : glyphLetter(glyph);
  if (numbered && typeface.glyphs) return { text: numbered, family: typeface.glyphs.family, glyph: true };
  if (letter === '' && glyph !== undefined) {
    if (nameless) notDrawn.add('letter.noGlyph');
    return undefined;
  }
  const point = letter.codePointAt(0) ?? 0x20;
  if (!typeface.covers(point) && !/^[\s\p{Cf}]/u.test(letter)) {
    notDrawn.add('letter.noFont');
    if (isPrivate(letter)) return undefined;
  }
  return { text: letter, family: typeface.family, glyph: false };
}

function roomOf(letter: PlacedLetter, next: PlacedLetter | undefined): number {
  return next && Math.abs(next.y - letter.y) < 0.01 && next.x > letter.x
    ? next.x - letter.x
    : Number.POSITIVE_INFINITY;
}

/** A substitute font may be wider than the one the document was set in. */
function fitting(context: SKRSContext2D, text: string, stretch: number, room: number): number {
  const width = context.measureText(text).width * stretch;
  return width > room * 1.05 && text !== ' ' ? (stretch * room) / width : stretch;
}

/** Fills and strokes a text as its object asks. */
function brushOf(
  object: Element,
  resources: Resources,
  chain: readonly Element[],
  context: SKRSContext2D,
  notDrawn: NotDrawnTally,
): (text: string) => void {
  const fill =
    object.attributes.Fill === 'false'
      ? undefined
      : paintOf(colorElement(chain, 'FillColor'), resources, context, notDrawn);
  const stroke =
    object.attributes.Stroke === 'true'
      ? paintOf(colorElement(chain, 'StrokeColor'), resources, context, notDrawn)
      : undefined;
  const lineWidth = Number(attributeOf(chain, 'LineWidth') ?? 0.353) || 0.353;
  return (text) => {
    if (fill) {
      context.fillStyle = fill;
      context.fillText(text, 0, 0);
    }
    if (stroke) {
      context.strokeStyle = stroke;
      context.lineWidth = lineWidth;
      context.strokeText(text, 0, 0);
    }
  };
}
