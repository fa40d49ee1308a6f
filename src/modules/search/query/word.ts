import { fold } from '../folding/fold.ts';
import { datePattern, formsOf } from './forms/forms.ts';
import { type WordTerms, wordTerms } from './wordTerms.ts';

/** A form a word may have in the text. */
export interface WordForm {
  /** As it stands there; with wildcards, its longest piece. */
  folded: string;
  terms: WordTerms;
  /** What the folded text holds when the form is there (LIKE); folded text has no LIKE signs. */
  pattern: string;
  /** Finds it in folded text, where it has wildcards. */
  wild?: RegExp;
}

/** One word or quoted phrase of a query, and the forms it may have in the text; any of them will do. */
export interface QueryWord {
  /** As typed. */
  text: string;
  forms: WordForm[];
  /** Whether the index alone can tell; otherwise the text is looked at. */
  decided: boolean;
  /** LIKE patterns of all forms. */
  patterns: string[];
  /** What tells that the word is there: terms of these forms, or one of these patterns. */
  told: { terms: WordTerms[]; patterns: string[] };
}

/** Reads one word; null where nothing of it can be searched. */
export function readWord(text: string): QueryWord | null {
  const wild = wildWord(text) ?? (text.endsWith('*') ? beginningOfNumber(text) : null);
  if (wild) return wild;
  const { folded, dates, year } = formsOf(text);
  if (folded.length === 0) return null;
  const patterns = [...folded.map((f) => `%${f}%`), ...dates.map(datePattern)];
  // The terms of a year counted as such are also those of any number of four digits, so the line of days is looked at.
  const forms = year && !folded.includes(year) ? [...folded, year] : folded;
  const read = forms.map((form) => ({ folded: form, terms: wordTerms(form), pattern: `%${form}%` }));
  const sure = year ? [] : read.filter((f) => f.terms.decided);
  return {
    text,
    forms: read,
    decided: !year && read.every((f) => f.terms.decided),
    patterns,
    told: {
      terms: sure.map((f) => f.terms),
      patterns: patterns.filter((p) => !sure.some((f) => f.pattern === p)),
    },
  };
}

/** A beginning of a number, as in 195*: the index knows numbers whole. */
function beginningOfNumber(text: string): QueryWord | null {
  const folded = fold(text);
  if (!/^\d{1,4}$/.test(folded)) return null;
  const terms: WordTerms = { exact: [], prefixes: [folded], decided: true };
  const pattern = `%${folded}%`;
  return {
    text,
    forms: [{ folded, terms, pattern }],
    decided: true,
    patterns: [pattern],
    told: { terms: [terms], patterns: [] },
  };
}

const WILD = /^[^*?]+(?:[*?]+[^*?]+)+\*?$/;

/** A word with * for any characters or ? for one in its midst: its pieces are asked of the index, the text decides. */
function wildWord(text: string): QueryWord | null {
  const plain = text.replace(/[*?]+$/, '').replace(/^[*?]+/, '');
  if (!WILD.test(plain)) return null;
  const parts = plain
    .split(/([*?]+)/)
    .map((part, i) => (i % 2 === 1 ? part : fold(part)))
    .filter((part, i) => i % 2 === 1 || part !== '');
  const pieces = parts.filter((part) => !/^[*?]/.test(part));
  if (pieces.length < 2) return null;
  const sign = (part: string, any: string, one: string) =>
    part.includes('*') ? any : one.repeat(part.length);
  const isSign = (part: string) => /^[*?]/.test(part);
  const pattern = `%${parts.map((p) => (isSign(p) ? sign(p, '%', '_') : p)).join('')}%`;
  const wild = new RegExp(
    parts.map((p) => (isSign(p) ? sign(p, '[^\\n]{0,40}?', '[^\\n]') : escaped(p))).join(''),
    'gu',
  );
  const terms = pieces.map((piece, i) => wordTerms(known(piece, i > 0, i < pieces.length - 1)));
  const joined: WordTerms = {
    exact: [...new Set(terms.flatMap((t) => t.exact))],
    prefixes: [...new Set(terms.flatMap((t) => t.prefixes))],
    decided: false,
  };
  const longest = pieces.reduce((a, b) => (b.length > a.length ? b : a));
  return {
    text,
    forms: [{ folded: longest, terms: joined, pattern, wild }],
    decided: false,
    patterns: [pattern],
    told: { terms: [], patterns: [pattern] },
  };
}

/** Of a piece beside a wildcard what the index knows: not the part of a word that begins before it, nor of a number that goes on after it. */
function known(piece: string, isAfter: boolean, isBefore: boolean): string {
  const begun = isAfter ? piece.replace(/^[^\p{Script=Han} ]+/u, '') : piece;
  return (isBefore ? begun.replace(/\d+$/, '') : begun).trim();
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
