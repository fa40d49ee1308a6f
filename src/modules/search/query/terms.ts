import { normaliseCode } from '../folding/code.ts';
import { OTHER, PAGE, TITLE } from '../folding/terms.ts';
import { codeBeginningTerms, lexeme } from '../writing/lexemes.ts';
import type { Field } from './language/fields.ts';
import type { QueryNode } from './language/parse.ts';
import type { QueryWord } from './word.ts';
import type { WordTerms } from './wordTerms.ts';

/**
 * Builds tsqueries as PostgreSQL reads them. Every part is quoted, so no word can say more than itself. What is built holds for
 * everything that is asked for, and perhaps for more: `condition.ts` decides. Null asks nothing of the index.
 */

/** Which entries are asked: titles alone, descriptions, or pages with the description of their unit. */
export type Part = 'title' | 'catalogue' | 'page';

const and = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : `(${parts.join(' & ')})`);
const or = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : `(${parts.join(' | ')})`);
/** No entry has it: terms begin with a letter. */
const NOTHING = lexeme('!');

function termsIn(mark: string, terms: WordTerms): string | null {
  const parts = [
    ...terms.exact.map((t) => lexeme(mark + t)),
    ...terms.prefixes.map((t) => `${lexeme(mark + t)}:*`),
  ];
  return parts.length === 0 ? null : and(parts);
}

function anyForm(mark: string, forms: readonly WordTerms[]): string | null {
  const parts = forms.map((terms) => termsIn(mark, terms));
  return parts.length === 0 || parts.includes(null) ? null : or(parts as string[]);
}

const MARKS: Record<Part, string[]> = { title: [TITLE], catalogue: [TITLE, OTHER], page: [PAGE] };

/** The letters under which a part has what a field holds. */
function marksOf(part: Part, field: Field): string[] {
  if (part === 'page' || field === null) return MARKS[part];
  return field === 'title' ? [TITLE] : field === 'text' ? [] : [TITLE, OTHER];
}

/** Some forms of a word in a part; null where the index can not tell. */
export function formsIn(part: Part, field: Field, forms: readonly WordTerms[]): string | null {
  const marks = marksOf(part, field);
  if (marks.length === 0) return NOTHING;
  const parts = marks.map((mark) => anyForm(mark, forms));
  return parts.includes(null) ? null : or(parts as string[]);
}

const wordIn = (part: Part, field: Field, word: QueryWord): string | null =>
  field === 'code'
    ? codeBeginning(normaliseCode(word.text))
    : formsIn(
        part,
        field,
        word.forms.map((f) => f.terms),
      );

/** Most years that are asked for one by one. */
const MOST_YEARS = 100;

/** What entries of a part that are meant have at least. */
export function asked(part: Part, node: QueryNode): string | null {
  switch (node.kind) {
    case 'word':
      return wordIn(part, node.field, node.word);
    case 'days':
      return null;
    case 'years': {
      const n = node.to - node.from;
      return n >= 0 && n < MOST_YEARS
        ? oneOf(
            'Y',
            Array.from({ length: n + 1 }, (_, i) => node.from + i),
          )
        : null;
    }
    case 'all':
      return allOf(node.of.map((n) => asked(part, n)).filter((q) => q !== null));
    case 'any': {
      const parts = node.of.map((n) => asked(part, n));
      return parts.includes(null) ? null : or(parts as string[]);
    }
    case 'not': {
      // Pages of a unit are several entries, and one without the word says nothing of the others.
      const { of } = node;
      if (part === 'page' || of.kind !== 'word' || !of.word.decided || of.field !== null) return null;
      const there = asked('catalogue', of);
      return there && `!${there}`;
    }
  }
}

/** A code that begins with this one. */
export function codeBeginning(code: string): string {
  const { exact, prefix } = codeBeginningTerms(code);
  return or([...exact.map(lexeme), `${lexeme(prefix)}:*`]);
}

/** One of several values of something that is filtered by. */
export function oneOf(letter: string, values: readonly (string | number)[]): string {
  return or(values.map((v) => lexeme(`${letter}${v}`)));
}

export function allOf(parts: readonly string[]): string | null {
  return parts.length === 0 ? null : and(parts);
}
