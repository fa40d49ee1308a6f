import { OTHER, PAGE, TITLE } from '../folding/terms.ts';
import { codeBeginningTerms, lexeme } from '../writing/lexemes.ts';
import type { QueryWord } from './words.ts';

/** Builds tsqueries as PostgreSQL reads them. Every part is quoted, so no word can say more than itself. */

const and = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : `(${parts.join(' & ')})`);
const or = (parts: readonly string[]): string => (parts.length === 1 ? parts[0]! : `(${parts.join(' | ')})`);

function wordIn(field: string, word: QueryWord): string {
  return or(
    word.forms.map(({ terms }) =>
      and([
        ...terms.exact.map((t) => lexeme(field + t)),
        ...terms.prefixes.map((t) => `${lexeme(field + t)}:*`),
      ]),
    ),
  );
}

/** Every word in the title. */
export function inTitle(words: readonly QueryWord[]): string {
  return and(words.map((w) => wordIn(TITLE, w)));
}

/** Every word in the title or another element. */
export function inDescription(words: readonly QueryWord[]): string {
  return and(words.map((w) => or([wordIn(TITLE, w), wordIn(OTHER, w)])));
}

/** Every word on the pages or in the description of their unit. */
export function onPages(words: readonly QueryWord[]): string {
  return and(words.map((w) => wordIn(PAGE, w)));
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
