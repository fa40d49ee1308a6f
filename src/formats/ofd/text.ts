import type { OfdPageParts } from './document.ts';
import { boxOf } from './document.ts';
import { lettersOf, type PlacedLetter } from './letters.ts';
import type { Resources } from './resources.ts';
import { child, type Element, numbers } from './xml.ts';

/** A line piece of text with its place in millimetres from the upper left of the page. */
export interface TextPiece {
  text: string;
  x: number;
  /** Base line. */
  y: number;
  width: number;
  size: number;
  /** Glyphs in it for which the document tells no character. */
  nameless: number;
}

export type Matrix = readonly [number, number, number, number, number, number];

export function matrixOf(text: string | undefined): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers(text);
  return [a, b, c, d, e, f];
}

/** Walks through blocks and composites to the text objects. */
function* textObjects(
  objects: readonly Element[],
  resources: Resources,
  offset: { x: number; y: number },
  depth = 0,
): Generator<{ object: Element; x: number; y: number }> {
  if (depth > 12) return;
  for (const object of objects) {
    if (object.attributes.Visible === 'false') continue;
    const at = boxOf(object.attributes.Boundary);
    if (object.name === 'TextObject')
      yield { object, x: offset.x + (at?.x ?? 0), y: offset.y + (at?.y ?? 0) };
    else if (object.name === 'PageBlock') yield* textObjects(object.children, resources, offset, depth + 1);
    else if (object.name === 'CompositeObject') {
      const content = resources.composites.get(object.attributes.ResourceID ?? '');
      const inner = { x: offset.x + (at?.x ?? 0), y: offset.y + (at?.y ?? 0) };
      if (content) yield* textObjects(content.children, resources, inner, depth + 1);
    }
  }
}

/** Text pieces of a page in the order of the file, one for each stretch on one base line. */
export function piecesOf(page: OfdPageParts): TextPiece[] {
  const pieces: TextPiece[] = [];
  for (const { layers, resources } of page.sheets) {
    for (const { objects } of layers) {
      for (const { object, x, y } of textObjects(objects, resources, { x: -page.box.x, y: -page.box.y }))
        pieces.push(...stretches(object, x, y));
    }
  }
  return pieces;
}

function stretches(object: Element, left: number, top: number): TextPiece[] {
  const [a, b, c, d, e, f] = matrixOf(object.attributes.CTM);
  const size = (Number(object.attributes.Size) || 3) * Math.hypot(c, d);
  const pieces: TextPiece[] = [];
  const upright = child(object, 'TextCode')?.attributes.DeltaX === undefined;
  let last: PlacedLetter | undefined;
  for (const letter of lettersOf(object)) {
    const x = left + a * letter.x + c * letter.y + e;
    const y = top + b * letter.x + d * letter.y + f;
    const piece = pieces.at(-1);
    const onward = last !== undefined && (upright || Math.abs(letter.y - last.y) < 0.1);
    if (piece && onward) {
      piece.text += letter.letter;
      piece.nameless += letter.nameless ? 1 : 0;
      piece.width = Math.max(piece.width, x + advance(letter.letter, size) - piece.x);
    } else {
      const width = advance(letter.letter, size);
      pieces.push({ text: letter.letter, x, y, width, size, nameless: letter.nameless ? 1 : 0 });
    }
    last = letter;
  }
  return pieces.filter((piece) => piece.text.trim() !== '' || piece.nameless > 0);
}

const advance = (letter: string, size: number): number =>
  letter === '' ? 0 : letter.charCodeAt(0) < 0x2e80 ? size / 2 : size;

/**
 * Text in reading order. The file's own order is kept when it runs down the page (with few steps back up, as from one
 * column to the next); a file written in another order is sorted by lines.
 */
export function readingOrder(pieces: readonly TextPiece[]): string {
  const ordered = runsDown(pieces) ? [...pieces] : byLines(pieces);
  let text = '';
  let last: TextPiece | undefined;
  for (const piece of ordered) {
    if (last) {
      const sameLine = Math.abs(piece.y - last.y) < Math.max(piece.size, last.size) * 0.5;
      const apart = piece.x - (last.x + last.width);
      if (!sameLine || apart < -2 * piece.size) text += '\n';
      else if (apart > piece.size * 0.4) text += ' ';
    }
    text += piece.text;
    last = piece;
  }
  return text.trim();
}

function runsDown(pieces: readonly TextPiece[]): boolean {
  let back = 0;
  for (let i = 1; i < pieces.length; i++) {
    const before = pieces[i - 1]!;
    const now = pieces[i]!;
    const tolerance = Math.max(before.size, now.size) * 0.8;
    const up = now.y < before.y - tolerance;
    const left = Math.abs(now.y - before.y) <= tolerance && now.x < before.x - tolerance;
    if (up || left) back += 1;
  }
  return back <= Math.max(1, pieces.length * 0.05);
}

function byLines(pieces: readonly TextPiece[]): TextPiece[] {
  const lines: { y: number; size: number; pieces: TextPiece[] }[] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const line = lines.at(-1);
    if (line && piece.y - line.y < Math.min(piece.size, line.size) * 0.6) line.pieces.push(piece);
    else lines.push({ y: piece.y, size: piece.size, pieces: [piece] });
  }
  return lines.flatMap((line) => line.pieces.sort((a, b) => a.x - b.x));
}
