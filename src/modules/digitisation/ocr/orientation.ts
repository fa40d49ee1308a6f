import { type Grey, ROTATIONS, scaled, turned } from './grey.ts';
import { type LineBox, type RawLine, type Recogniser, symbolsOf, trust } from './reading.ts';
import { skewOf } from './skew.ts';
import { isUpright, layOut, median, thickness } from './strips.ts';
import type { OcrLanguage, Rotation } from './types.ts';

/**
 * How the writing lies: in level lines, in upright columns, as one line that fills the picture, or scattered over a
 * photograph.
 */
export type Kind = 'level' | 'columns' | 'snippet' | 'scattered';

/** What a first look at a page tells. Lengths are in pixels of `picture`. */
export interface Survey {
  rotation: Rotation;
  kind: Kind;
  /** The page turned by `rotation`, and the same set level by turning it back by `lean` degrees. */
  standing: Grey;
  lean: number;
  picture: Grey;
  lines: LineBox[];
  /** Thickness of a typical line of writing; 0 when none was found. */
  lineSize: number;
  /** Scripts that were tried on a sample, the best first, with the trust their reading earned. */
  candidates: Candidate[];
}

export interface Candidate {
  language: OcrLanguage;
  trust: number;
}

/** A sample read this well is the right way up: a wrong way reads at 20 to 50. */
export const SURE = 70;
/** Read this well in one Chinese script, the others need no trial. */
const CERTAIN = 90;
const SURVEY_SIDE = 1800;
const SCATTERED_SIDE = 1200;
const SAMPLE_LINES = 6;
const SAMPLE_SIZE = 36;
/** Degrees that are worth turning a page for. */
const LEAST_LEAN = 0.3;
export const SNIPPET_SIZES: readonly number[] = [18, 28, 48];
/** A picture this low without a line found in it is itself the line. */
const SNIPPET_SIDE = 120;
/** Points by which another script must read better than the first one asked for: wrong ones lose by 5 and more. */
export const EDGE = 3;
/** Turning a page needs a reason. */
const BIAS_TO_UPRIGHT = 8;

/**
 * Finds which way up a page is and in which script it is written, by reading a few of its lines: as stored first, and
 * only when that reads badly in the other ways.
 */
export async function survey(
  recogniser: Recogniser,
  stored: Grey,
  languages: readonly OcrLanguage[],
): Promise<Survey> {
  let best = await look(recogniser, stored, 0, languages);
  let bestTrust = topTrust(best);
  if (bestTrust >= SURE) return best;
  bestTrust += BIAS_TO_UPRIGHT;
  for (const rotation of otherWays(best)) {
    const next = await look(recogniser, stored, rotation, languages);
    if (topTrust(next) > bestTrust) {
      best = next;
      bestTrust = topTrust(next);
    }
  }
  return best;
}

function topTrust({ candidates }: Survey): number {
  return candidates[0]?.trust ?? 0;
}

/** A single line lies along the longer side of its picture. */
function otherWays({ kind, picture }: Survey): readonly Rotation[] {
  // A camera notes its own position; and the trial would cost a photograph twenty seconds for nothing.
  if (kind === 'scattered') return [];
  if (kind !== 'snippet') return ROTATIONS.slice(1);
  return picture.width > picture.height ? [180] : [90, 270];
}

async function look(
  recogniser: Recogniser,
  stored: Grey,
  rotation: Rotation,
  languages: readonly OcrLanguage[],
): Promise<Survey> {
  const standing = await turned(stored, rotation);
  const factor = Math.min(1, SURVEY_SIDE / Math.max(standing.width, standing.height));
  const small = await scaled(standing, factor);
  const lean = skewOf(small);
  const level = Math.abs(lean) >= LEAST_LEAN;
  const picture = level ? await turned(standing, -lean) : standing;
  const reduced = level ? await turned(small, -lean) : small;
  const attempt = async (upright: boolean): Promise<Survey> => {
    const found = await recogniser.findLines(reduced, upright);
    const lines = found.map(({ x0, y0, x1, y1 }) => ({
      x0: x0 / factor,
      y0: y0 / factor,
      x1: x1 / factor,
      y1: y1 / factor,
    }));
    const kind = kindOf(picture, lines);
    const read = await sampleReader(recogniser, picture, lines, kind);
    const candidates = await tryLanguages(languages, read);
    const lineSize = median(lines.map(thickness));
    return { rotation, standing, lean: level ? lean : 0, kind, picture, lines, lineSize, candidates };
  };
  const first = await attempt(true);
  if (first.kind !== 'columns') return first;
  // Characters set on a grid look like columns as well as like lines: what reads better is right.
  const other = await attempt(false);
  return other.kind === 'level' && topTrust(other) >= topTrust(first) ? other : first;
}

function kindOf({ width, height }: Grey, lines: readonly LineBox[]): Kind {
  if (lines.length === 0) return Math.min(width, height) <= SNIPPET_SIDE ? 'snippet' : 'scattered';
  return lines.filter(isUpright).length * 2 > lines.length ? 'columns' : 'level';
}

type SampleReader = (language: OcrLanguage) => Promise<RawLine[]>;

async function sampleReader(
  recogniser: Recogniser,
  picture: Grey,
  lines: readonly LineBox[],
  kind: Kind,
): Promise<SampleReader> {
  if (kind === 'snippet') return (language) => readSnippet(recogniser, language, picture);
  if (kind === 'scattered') {
    const small = await scaled(picture, SCATTERED_SIDE / Math.max(picture.width, picture.height));
    return (language) => recogniser.read(language, small, 'scattered');
  }
  const sample = await layOut(picture, sampleOf(lines, kind === 'columns'), SAMPLE_SIZE);
  return (language) => recogniser.read(language, sample.picture, 'block');
}

/** One line that fills its picture, tried at several sizes. */
export async function readSnippet(
  recogniser: Recogniser,
  language: OcrLanguage,
  picture: Grey,
): Promise<RawLine[]> {
  let best: RawLine[] = [];
  const line = { x0: 0, y0: 0, x1: picture.width, y1: picture.height };
  for (const size of SNIPPET_SIZES) {
    const sheet = await layOut(picture, [line], size);
    const next = await recogniser.read(language, sheet.picture, 'line');
    if (trust(next) <= trust(best)) continue;
    best = next.map(({ words }) => ({
      words: words.map((word) => ({
        ...word,
        symbols: word.symbols.map((s) => ({ ...s, ...(sheet.origin(s)?.box ?? line) })),
      })),
    }));
  }
  return best;
}

/** Lines of ordinary size with the most writing in them, from all over the page. */
function sampleOf(lines: readonly LineBox[], vertical: boolean): LineBox[] {
  const long = (b: LineBox) => (vertical ? b.y1 - b.y0 : b.x1 - b.x0);
  const same = lines.filter((b) => isUpright(b) === vertical);
  const size = median(same.map(thickness));
  const usual = same.filter((b) => thickness(b) > size * 0.6 && thickness(b) < size * 1.6);
  const longest = [...usual].sort((a, b) => long(b) - long(a)).slice(0, SAMPLE_LINES * 3);
  const every = Math.ceil(longest.length / SAMPLE_LINES);
  return longest.filter((_, i) => i % every === 0);
}

/** Reads the sample in each script that may be right, and ranks them. */
async function tryLanguages(languages: readonly OcrLanguage[], read: SampleReader): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const language of languages) {
    const lines = await read(language);
    candidates.push({ language, trust: trust(lines) });
    if (language !== 'en' && trust(lines) >= CERTAIN && hanShare(lines) > 0.5) break;
  }
  const edge = ({ language }: Candidate) => (language === languages[0] ? EDGE : 0);
  return candidates.sort((a, b) => b.trust + edge(b) - a.trust - edge(a));
}

function hanShare(lines: readonly RawLine[]): number {
  const symbols = symbolsOf(lines);
  return symbols.filter((s) => /\p{Script=Han}/u.test(s.text)).length / Math.max(1, symbols.length);
}
