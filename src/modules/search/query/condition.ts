import { normaliseCode } from '../folding/code.ts';
import { MARKED_LINES } from '../writing/lexemes.ts';
import type { Field } from './language/fields.ts';
import type { QueryNode } from './language/parse.ts';
import { formsIn } from './terms.ts';
import type { QueryWord } from './word.ts';

/** What is asked of an entry beside its terms, as `search.condition` reads it. It holds no SQL: the database writes that. */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { years: [from: number, to: number] }
  | { days: [from: number, to: number] }
  | { code: string }
  | {
      /** Where: anywhere, the title, the text of pages, or lines of the description with a mark. */
      in: 'anywhere' | 'title' | 'text' | 'line';
      patterns: string[];
      /** Whether a pattern must be met within one element, where it has wildcards. */
      lines?: true;
      /** tsqueries that tell by themselves that the word is there, for each part. */
      terms?: { title: string | null; catalogue: string | null; page: string | null };
    };

/** @returns null where the terms decide alone */
export function conditionOf(node: QueryNode): Condition | null {
  switch (node.kind) {
    case 'word':
      return node.field === null && node.word.decided ? null : wordCondition(node.word, node.field);
    case 'all': {
      const all = node.of.map(conditionOf).filter((c) => c !== null);
      return all.length === 0 ? null : { all };
    }
    default:
      return whole(node);
  }
}

/** A condition that tells by itself, whatever was asked of the index. */
function whole(node: QueryNode): Condition {
  switch (node.kind) {
    case 'word':
      return wordCondition(node.word, node.field);
    case 'days':
      return { days: [node.from, node.to] };
    case 'years':
      return { years: [node.from, node.to] };
    case 'all':
      return { all: node.of.map(whole) };
    case 'any':
      return { any: node.of.map(whole) };
    case 'not':
      return { not: whole(node.of) };
  }
}

function wordCondition(word: QueryWord, field: Field): Condition {
  if (field === 'code') return { code: normaliseCode(word.text) };
  if (field === 'docNo' || field === 'creator')
    return { in: 'line', patterns: word.patterns.map((p) => `${MARKED_LINES[field]}${p}`) };
  if (field !== null) return { in: field, patterns: word.patterns };
  const { terms, patterns } = word.told;
  if (word.forms.some((f) => f.wild)) return { in: 'anywhere', patterns, lines: true };
  if (terms.length === 0) return { in: 'anywhere', patterns };
  const told = (part: 'title' | 'catalogue' | 'page') => formsIn(part, null, terms);
  return {
    in: 'anywhere',
    patterns,
    terms: { title: told('title'), catalogue: told('catalogue'), page: told('page') },
  };
}
