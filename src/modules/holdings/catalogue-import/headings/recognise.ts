import { IMPORT_FIELDS, type ImportField } from './fields.ts';
import { KEPT_MARK, normaliseHeading } from './normalise.ts';
import { SYNONYMS } from './synonyms.ts';

export type Reason = 'code' | 'name' | 'likeName' | 'content' | 'profile' | 'person' | 'none';

export interface Guess {
  field: ImportField;
  /** 0 to 1. */
  confidence: number;
  reason: Reason;
}

const SURE = new Map<string, Guess>();
const WEAK = new Map<string, Guess[]>();

function learn(words: string, separator: RegExp, take: (key: string) => void): void {
  for (const word of words.split(separator)) {
    const key = normaliseHeading(word);
    if (key !== '') take(key);
  }
}

for (const info of IMPORT_FIELDS) {
  const { field, code, labels } = info;
  const sure = (confidence: number, reason: Reason) => (key: string) => {
    if (!SURE.has(key)) SURE.set(key, { field, confidence, reason });
  };
  for (const label of Object.values(labels)) sure(1, 'name')(normaliseHeading(label));
  sure(1, 'name')(normaliseHeading(field));
  if (code) sure(0.98, 'code')(code.toLowerCase());
}
for (const [field, words] of Object.entries(SYNONYMS) as [ImportField, { sure: string; weak?: string }][]) {
  const [han = '', latin = ''] = split(words.sure);
  const sure = (key: string) => {
    if (!SURE.has(key)) SURE.set(key, { field, confidence: 0.95, reason: 'name' });
  };
  learn(han, /\s+/, sure);
  learn(latin, /\|/, sure);
  const [weakHan = '', weakLatin = ''] = split(words.weak ?? '');
  // Earlier words of the list are the better ones.
  let rank = 0;
  const weak = (key: string) => {
    WEAK.set(key, [
      ...(WEAK.get(key) ?? []),
      { field, confidence: 0.7 - 0.005 * rank++, reason: 'likeName' },
    ]);
  };
  learn(weakHan, /\s+/, weak);
  learn(weakLatin, /\|/, weak);
}

/** Chinese words stand before the first bar, English ones (with blanks in them) behind it. */
function split(words: string): [string, string] {
  const bar = words.indexOf('|');
  return bar < 0 ? [words, ''] : [words.slice(0, bar), words.slice(bar + 1)];
}

/** Endings that say how a value is written, not what it is. */
const ENDINGS = /(?:rawvalue|originalvalue|value|raw|1)$/;

/** The fields a heading may stand for, surest first. Headings nobody has named before give nothing. */
export function guessHeading(heading: string): Guess[] {
  if (heading.endsWith(KEPT_MARK) || heading.startsWith('own:')) return [];
  const key = normaliseHeading(heading);
  if (key === '') return [];
  const guesses: Guess[] = [];
  const whole = SURE.get(key);
  if (whole) guesses.push(whole);
  guesses.push(...(WEAK.get(key) ?? []));
  const bare = key.replace(ENDINGS, '');
  if (bare !== key && bare !== '') {
    const like = SURE.get(bare);
    if (like) guesses.push({ ...like, confidence: 0.85, reason: 'likeName' });
    for (const w of WEAK.get(bare) ?? []) guesses.push({ ...w, confidence: w.confidence - 0.1 });
  }
  return guesses.sort((a, b) => b.confidence - a.confidence);
}

/**
 * Gives each column at most one field and each field at most one column: the surest pairs first, the leftmost of
 * equals. What loses its field to a better column stays without one.
 */
export function assignFields(headings: readonly string[]): (Guess | null)[] {
  const pairs = headings.flatMap((h, index) => guessHeading(h).map((guess) => ({ index, guess })));
  pairs.sort((a, b) => b.guess.confidence - a.guess.confidence || a.index - b.index);
  const result: (Guess | null)[] = headings.map(() => null);
  const taken = new Set<ImportField>();
  for (const { index, guess } of pairs) {
    if (result[index] || taken.has(guess.field)) continue;
    result[index] = guess;
    taken.add(guess.field);
  }
  return result;
}
