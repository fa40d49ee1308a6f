import type { QueryWord } from '../word.ts';
import { type Field, type Named, namedField } from './fields.ts';
import { readRange } from './ranges.ts';
import { type Token, tokensOf } from './tokens.ts';

/** What a query asks. */
export type QueryNode =
  | { kind: 'word'; word: QueryWord; field: Field }
  /** First days from and to, as numbers YYYYMMDD. */
  | { kind: 'days'; from: number; to: number }
  | { kind: 'years'; from: number; to: number }
  | { kind: 'all'; of: QueryNode[] }
  | { kind: 'any'; of: QueryNode[] }
  | { kind: 'not'; of: QueryNode };

export interface Language {
  node: QueryNode | null;
  /** Whether it is nothing but words that must all be there, anywhere. */
  plain: boolean;
}

/**
 * Reads what is typed into the one box: words and phrases in quotes that must all be there, AND, OR, NOT (also `|`, `-` before a word,
 * 且, 或, 非 standing alone), brackets that stand by themselves, `field:word` and `field:(…)`, and ranges (年度:1958..1965). What can not be
 * read so is a word like any other: nothing that people type is a mistake.
 *
 * @param word reads one word; null where nothing of it can be searched
 */
export function readLanguage(query: string, word: (text: string) => QueryWord | null): Language {
  const tokens = tokensOf(query);
  let at = 0;
  let plain = true;
  const peek = (kind: Token['kind']): boolean => tokens[at]?.kind === kind;

  const anyOf = (field: Field): QueryNode | null => {
    const parts = [allOf(field)];
    while (peek('or')) {
      at++;
      plain = false;
      parts.push(allOf(field));
    }
    return joined('any', parts);
  };
  const allOf = (field: Field): QueryNode | null => {
    const parts: (QueryNode | null)[] = [];
    while (at < tokens.length && !peek('or') && !peek('close')) {
      if (peek('and')) {
        at++;
        plain = false;
      } else parts.push(one(field));
    }
    return joined('all', parts);
  };
  const one = (field: Field): QueryNode | null => {
    const token = tokens[at++]!;
    if (token.kind === 'not') {
      plain = false;
      if (at >= tokens.length || peek('or') || peek('close')) return null;
      const of = one(field);
      return of && { kind: 'not', of };
    }
    if (token.kind === 'open') {
      plain = false;
      const inside = anyOf(field);
      if (peek('close')) at++;
      return inside;
    }
    if (token.kind === 'field') {
      const named = namedField(token.text);
      return named === undefined ? null : fielded(named);
    }
    const read = token.kind === 'word' ? word(token.text) : null;
    return read && { kind: 'word', word: read, field };
  };
  const fielded = (named: Named): QueryNode | null => {
    plain = false;
    if (named !== 'days' && named !== 'years') return at < tokens.length ? one(named) : null;
    const token = tokens[at];
    if (token?.kind !== 'word') return null;
    at++;
    const range = readRange(token.text);
    if (range) {
      return named === 'days'
        ? { kind: 'days', from: range.from, to: range.to }
        : { kind: 'years', from: Math.floor(range.from / 10_000), to: Math.floor(range.to / 10_000) };
    }
    const read = word(token.text);
    return read && { kind: 'word', word: read, field: null };
  };

  let node = anyOf(null);
  // A bracket closed that was never opened.
  while (at < tokens.length) {
    at++;
    node = joined('all', [node, anyOf(null)]);
  }
  // Signs alone: somebody looks for the character 或 or 非.
  const alone = node === null && tokens.length > 0 ? word(query.trim()) : null;
  return alone ? { node: { kind: 'word', word: alone, field: null }, plain: true } : { node, plain };
}

function joined(kind: 'all' | 'any', parts: readonly (QueryNode | null)[]): QueryNode | null {
  const of = parts.filter((p) => p !== null).flatMap((p) => (p.kind === kind ? p.of : [p]));
  return of.length <= 1 ? (of[0] ?? null) : { kind, of };
}

/** The words that are to be there: none of those that must not. */
export function wordsOf(node: QueryNode): QueryWord[] {
  if (node.kind === 'word') return [node.word];
  return node.kind === 'all' || node.kind === 'any' ? node.of.flatMap(wordsOf) : [];
}

/** How many words there are, those that must not be there among them. */
export function sizeOf(node: QueryNode | null): number {
  if (node === null) return 0;
  if (node.kind === 'all' || node.kind === 'any') return node.of.reduce((n, part) => n + sizeOf(part), 0);
  return node.kind === 'not' ? sizeOf(node.of) : 1;
}
