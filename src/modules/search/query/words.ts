import { normaliseCode } from '../folding/code.ts';
import { fold } from '../folding/fold.ts';
import { DATE_MARK } from '../writing/lexemes.ts';
import { digitsOf, readTypedDate, spellingsOf } from './dates.ts';
import { type WordTerms, wordTerms } from './wordTerms.ts';

/** One word or quoted phrase of a query, and the forms it may have in the text; any of them will do. */
export interface QueryWord {
  /** As typed. */
  text: string;
  forms: Array<{ folded: string; terms: WordTerms }>;
  /** Whether the index alone can tell; otherwise the text is looked at. */
  decided: boolean;
  /** What the folded text holds when the word is there (LIKE patterns; folded text has no LIKE signs). */
  patterns: string[];
}

export interface ParsedQuery {
  words: QueryWord[];
  /** The whole query read as a reference code, without separators; null when it does not look like one. */
  code: string | null;
}

const QUOTES: Record<string, string> = { '"': '"', '“': '”', '「': '」', '『': '』', '＂': '＂' };

/** Splits at blanks; a phrase in quotes stays whole where the quotes stand at the ends of a word. */
export function splitQuery(query: string): string[] {
  const words: string[] = [];
  let rest = query.trim();
  while (rest) {
    const close = QUOTES[rest[0]!];
    const end = close ? rest.indexOf(close, 1) : -1;
    if (end > 0 && (end === rest.length - 1 || /\s/.test(rest[end + 1]!))) {
      words.push(rest.slice(1, end));
      rest = rest.slice(end + 1).trimStart();
    } else {
      const blank = rest.search(/\s/);
      words.push(blank < 0 ? rest : rest.slice(0, blank));
      rest = blank < 0 ? '' : rest.slice(blank).trimStart();
    }
  }
  return words;
}

function readWord(text: string): QueryWord | null {
  const folded = fold(text);
  if (!folded) return null;
  const forms = [folded];
  const date = readTypedDate(text);
  const marked: string[] = [];
  if (date) {
    forms.push(digitsOf(date), ...spellingsOf(date).map(fold));
    marked.push(`%${DATE_MARK}${digitsOf(date)}%`);
  }
  const year = /^(\d{4})年$/.exec(folded);
  if (year) {
    // Of the date's year; the term of a year is also any number of four digits, so the date line is looked at.
    forms.push(year[1]!);
    marked.push(`%${DATE_MARK}${year[1]}%`);
  }
  const distinct = [...new Set(forms)].map((form) => ({ folded: form, terms: wordTerms(form) }));
  const texts = year ? [folded] : distinct.map((f) => f.folded);
  return {
    text,
    forms: distinct,
    decided: !year && distinct.every((f) => f.terms.decided),
    patterns: [...texts.map((t) => `%${t}%`), ...marked],
  };
}

const CODE_LIKE = /^(?=.*\d)(?=.*[^\d\s年月日]).{4,120}$/su;

/** Reads a query: words that must all be there, and perhaps a reference code. */
export function parseQuery(query: string): ParsedQuery {
  const words = splitQuery(query)
    .map(readWord)
    .filter((w) => w !== null);
  const code = CODE_LIKE.test(query.trim()) ? normaliseCode(query) : '';
  return { words, code: code.length >= 4 ? code : null };
}
