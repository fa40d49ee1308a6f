/** Where lines of Chinese and Latin text may be broken. */

/** Stands at no line's beginning (避头). */
const CLOSING = new Set([...'，。、；：？！）》」』】〕〉〗’”…—～·‰％℃,.;:?!)]}%°']);
/** Stands at no line's end (避尾). */
const OPENING = new Set([...'（《「『【〔〈〖‘“([{']);
/** A long code or address may be broken behind these. */
const JOINTS = new Set([...'-·/_,;:.–—|\\@']);
/** Letters that make a word with their neighbours. */
const WORD = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}\p{M}'+#&$=<>*~^-]|[·/_,;:.–|\\@%]/u;

type Measure = (text: string) => number;

/**
 * Breaks text into lines of a width: between Chinese characters with their punctuation, between words, behind the joints of
 * long codes; only what is wider than a line is broken anywhere. Line breaks of the text stay. Nothing but spaces at a break
 * is left out.
 */
export function wrapText(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width, measure));
}

function wrapLine(text: string, width: number, measure: Measure): string[] {
  if (measure(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const piece of pieces(text)) {
    const wide = measure(piece);
    if (used + wide <= width || (used + measure(piece.trimEnd()) <= width && piece.endsWith(' '))) {
      line += piece;
      used += wide;
      continue;
    }
    if (line.trimEnd() !== '') lines.push(line.trimEnd());
    line = '';
    used = 0;
    if (wide <= width) {
      line = piece;
      used = wide;
      continue;
    }
    for (const letter of piece) {
      const w = measure(letter);
      if (line !== '' && used + w > width) {
        lines.push(line);
        line = '';
        used = 0;
      }
      line += letter;
      used += w;
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}

/** How wide the widest part is that is not broken while it fits. */
export const widestPiece = (text: string, measure: Measure): number =>
  Math.max(
    0,
    ...text
      .split('\n')
      .flatMap(pieces)
      .map((piece) => measure(piece.trimEnd())),
  );

/** What is never broken while it fits on a line. */
function pieces(text: string): string[] {
  const found: string[] = [];
  let piece = '';
  let last = '';
  for (const letter of text) {
    if (piece !== '' && mayBreak(last, letter)) {
      found.push(piece);
      piece = '';
    }
    piece += letter;
    last = letter;
  }
  if (piece !== '') found.push(piece);
  return found;
}

function mayBreak(before: string, after: string): boolean {
  if (after === ' ' || OPENING.has(before)) return false;
  if (before === ' ') return true;
  const [wordBefore, wordAfter] = [WORD.test(before), WORD.test(after)];
  if (wordBefore && wordAfter) return JOINTS.has(before) && !JOINTS.has(after);
  return !CLOSING.has(after);
}
