import { assemble, meanConfidence, union } from './assemble.ts';
import { type Grey, loadGrey, scaled } from './grey.ts';
import { type Candidate, EDGE, readSnippet, SURE, type Survey, survey } from './orientation.ts';
import {
  type Layout,
  type LineBox,
  type RawLine,
  type RawSymbol,
  type Recogniser,
  symbolsOf,
  trust,
} from './reading.ts';
import { type RulesTaken, takeOutRules } from './ruledLines.ts';
import { layOut } from './strips.ts';
import type { Box, OcrLanguage, OcrLine, OcrPage } from './types.ts';

export const ALL_LANGUAGES: readonly OcrLanguage[] = ['zh-Hans', 'zh-Hant', 'en'];

/**
 * Below this mean confidence a page is called poor. Measured on 105 readings (docs/decisions/0006): at 74 and below every
 * one had eleven characters or more wrong in a hundred, at 78 and above nearly all had ten or fewer.
 */
const POOR = 76;
/** A sample read this well in some script is writing, though the page gave nothing. */
const TRACE = 20;
/** A page that reads worse than this as a whole is tried as scattered writing too. */
const BAD = 65;
/** A page read better than this in one script is not read again in another. */
const GOOD = 80;
/** Scripts whose samples read this nearly alike are both tried on a page that reads badly. */
const NEAR = 15;
/** Thickness of a line at which the reader errs least, measured: Han wants it smaller than Latin does. */
const HAN_SIZE = 36;
const LATIN_SIZE = 40;
const MAX_WORK_SIDE = 5000;
/** With fewer lines than this the writing may have been taken for a picture. */
const FEW_LINES = 5;
const PHOTO_SIDE = 1600;
const COLUMNS_PER_SHEET = 24;

/** A surveyed page; `ruled` when the lines of a table were taken out of it. */
type Page = Survey & { ruled: boolean };

interface Reading {
  language: OcrLanguage;
  lines: OcrLine[];
  /** Of the bare reading; tells which script fits. */
  trust: number;
}

/** Reads a page: finds its upright, its script, its size of writing and its lean, then reads it. */
export async function readPage(
  recogniser: Recogniser,
  image: string | Uint8Array,
  { languages = ALL_LANGUAGES, page = 0 }: { languages?: readonly OcrLanguage[]; page?: number } = {},
): Promise<OcrPage> {
  const stored = await loadGrey(image, page);
  const scripts = languages.length > 0 ? languages : ALL_LANGUAGES;
  const clean = withoutRules(stored.picture);
  const ruled = clean.across >= 3 && clean.down >= 2;
  const found = { ...(await survey(recogniser, clean.picture, scripts)), ruled };
  const { language, lines } = await readFound(recogniser, found, scripts[0]);
  const sideways = found.rotation % 180 !== 0;
  const factor = stored.width / stored.picture.width;
  const confidence = meanConfidence(lines);
  const width = sideways ? stored.height : stored.width;
  const height = sideways ? stored.width : stored.height;
  return {
    width,
    height,
    rotation: found.rotation,
    language,
    text: lines.map((line) => line.text).join('\n'),
    confidence,
    lines: lines.map((line) => enlarged(line, factor, { width, height })),
    poor: isPoor(found, lines, confidence),
  };
}

/**
 * Whether the reading is not to be relied upon: read without confidence, out of a photograph or columns, or not read at
 * all where there is writing. A blank page is not poor.
 */
function isPoor(found: Survey, lines: readonly OcrLine[], confidence: number): boolean {
  if (lines.length > 0) return confidence < POOR || found.kind !== 'level';
  return found.lines.length > 0 || (found.candidates[0]?.trust ?? 0) >= TRACE;
}

function withoutRules(picture: Grey): RulesTaken {
  const long = Math.max(picture.width, picture.height);
  return takeOutRules(picture, Math.max(60, Math.round(long * 0.08)), Math.max(3, Math.round(long / 400)));
}

async function readFound(
  recogniser: Recogniser,
  found: Page,
  preferred: OcrLanguage | undefined,
): Promise<Reading> {
  const worthOf = ({ language, trust: value }: Reading) => value + (language === preferred ? EDGE : 0);
  const [best, ...others] = found.candidates;
  if (!best) return { language: 'zh-Hans', lines: [], trust: 0 };
  let chosen = await readIn(recogniser, found, best);
  if (best.trust >= SURE && chosen.trust >= GOOD) return chosen;
  for (const other of others.filter((o) => best.trust - o.trust < NEAR)) {
    const second = await readIn(recogniser, found, other);
    if (worthOf(second) > worthOf(chosen)) chosen = second;
  }
  return chosen;
}

async function readIn(recogniser: Recogniser, found: Page, { language }: Candidate): Promise<Reading> {
  if (found.kind === 'columns') return readColumns(recogniser, found, language);
  if (found.kind !== 'snippet') return readLevel(recogniser, found, language);
  const raw = await readSnippet(recogniser, language, found.picture);
  return { language, lines: assemble(raw, found.picture, (s) => standing(s, found)), trust: trust(raw) };
}

async function readLevel(recogniser: Recogniser, found: Page, language: OcrLanguage): Promise<Reading> {
  const factor = workingFactor(found, language);
  const picture = await scaled(found.picture, factor);
  const raw = await readBest(recogniser, language, picture, found);
  const place = (s: RawSymbol): Box =>
    standing({ x0: s.x0 / factor, y0: s.y0 / factor, x1: s.x1 / factor, y1: s.y1 / factor }, found);
  return { language, lines: assemble(raw, picture, place), trust: trust(raw) };
}

/**
 * The whole page first. A table, or a page that reads badly or hardly at all, also as scattered writing; a page that
 * falls into pieces side by side also as one block (Han characters on a grid are taken for columns).
 */
async function readBest(
  recogniser: Recogniser,
  language: OcrLanguage,
  picture: Grey,
  { kind, lines, ruled }: Page,
): Promise<RawLine[]> {
  if (kind === 'scattered') return recogniser.read(language, picture, 'scattered');
  const whole = await recogniser.read(language, picture, 'page');
  const others: Layout[] = [];
  if (trust(whole) < BAD || ruled || lines.length < FEW_LINES) others.push('scattered');
  if (!ruled && isInPieces(whole)) others.push('block');
  let best = whole;
  for (const layout of others) {
    const next = await recogniser.read(language, picture, layout);
    if (worth(next) > worth(best)) best = next;
  }
  return best;
}

/** Whether a good part of the lines have others beside them. */
function isInPieces(lines: readonly RawLine[]): boolean {
  const middles = lines.map((line) => {
    const symbols = symbolsOf([line]);
    const y0 = Math.min(...symbols.map((s) => s.y0));
    const y1 = Math.max(...symbols.map((s) => s.y1));
    return { middle: (y0 + y1) / 2, half: (y1 - y0) / 2 };
  });
  const beside = middles.filter((a, i) =>
    middles.some((b, j) => j !== i && Math.abs(a.middle - b.middle) < Math.min(a.half, b.half)),
  );
  return beside.length > lines.length * 0.15;
}

/** How much was read: each character counts by how far its word is above guessing. */
function worth(lines: readonly RawLine[]): number {
  let sum = 0;
  for (const line of lines)
    for (const word of line.words) sum += (word.confidence - 50) * word.symbols.length;
  return sum;
}

function workingFactor({ picture, lineSize, kind }: Survey, language: OcrLanguage): number {
  const long = Math.max(picture.width, picture.height);
  if (kind === 'scattered' || lineSize === 0) return PHOTO_SIDE / long;
  const relative = lineSize / (language === 'en' ? LATIN_SIZE : HAN_SIZE);
  // Latin is read about equally well over a wide range, and enlarging costs time.
  const factor = language === 'en' && relative > 0.6 && relative < 1.7 ? 1 : 1 / relative;
  return Math.min(4, MAX_WORK_SIDE / long, Math.max(0.15, factor));
}

/** From the picture set level to the page as it stands. */
function standing({ x0, y0, x1, y1 }: LineBox, { picture, standing: page, lean }: Page): Box {
  const angle = (lean * Math.PI) / 180;
  const dx = (x0 + x1) / 2 - picture.width / 2;
  const dy = (y0 + y1) / 2 - picture.height / 2;
  const x = dx * Math.cos(angle) - dy * Math.sin(angle) + page.width / 2;
  const y = dx * Math.sin(angle) + dy * Math.cos(angle) + page.height / 2;
  return [x - (x1 - x0) / 2, y - (y1 - y0) / 2, x1 - x0, y1 - y0];
}

/** Vertical writing: the columns are laid level, a sheet at a time, and read as lines. */
async function readColumns(recogniser: Recogniser, found: Page, language: OcrLanguage): Promise<Reading> {
  const { picture, lines } = found;
  const read: OcrLine[] = [];
  const all: RawLine[] = [];
  for (let i = 0; i < lines.length; i += COLUMNS_PER_SHEET) {
    const sheet = await layOut(picture, lines.slice(i, i + COLUMNS_PER_SHEET), HAN_SIZE);
    const raw = await recogniser.read(language, sheet.picture, 'block');
    const place = (s: RawSymbol): Box | undefined => {
      const from = sheet.origin(s)?.box;
      return from && standing(from, found);
    };
    all.push(...raw);
    read.push(...assemble(raw, sheet.picture, place));
  }
  return { language, lines: read, trust: trust(all) };
}

/** Boxes in pixels of the page as stored, none of them beyond its edges (small pictures are read with a margin). */
function enlarged(line: OcrLine, factor: number, page: { width: number; height: number }): OcrLine {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value * factor)));
  const scale = ([x, y, w, h]: Box): Box => {
    const [left, top] = [within(x, page.width), within(y, page.height)];
    return [left, top, within(x + w, page.width) - left, within(y + h, page.height) - top];
  };
  const words = line.words.map((word) => ({ ...word, box: scale(word.box) }));
  return { ...line, words, box: union(words.map((w) => w.box)) };
}
