import { normaliseCode } from '../folding/code.ts';
import { fold } from '../folding/fold.ts';
import { type QueryNode, readLanguage, wordsOf } from './language/parse.ts';
import { type QueryWord, readWord } from './word.ts';

export interface ParsedQuery {
  /** What is asked; null where no searchable word was typed. */
  node: QueryNode | null;
  /** The words that are to be there, as marks and snippets show them. */
  words: QueryWord[];
  /** The whole query read as a reference code, without separators; null when it does not look like one. */
  code: string | null;
  /** The words in a row, folded; null where the query is more than words that must all be there. */
  phrase: string | null;
}

const CODE_LIKE = /^(?=.*\d)(?=.*[^\d\s年月日]).{4,120}$/su;

/** Reads a query: what must be there, and perhaps a reference code. */
export function parseQuery(query: string): ParsedQuery {
  const { node, plain } = readLanguage(query, readWord);
  const words = node ? wordsOf(node) : [];
  const code = plain && CODE_LIKE.test(query.trim()) ? normaliseCode(query) : '';
  return {
    node,
    words,
    code: code.length >= 4 ? code : null,
    phrase:
      plain && words.length > 0 && words.every((w) => !w.forms[0]!.wild)
        ? fold(words.map((w) => w.text).join(' '))
        : null,
  };
}
