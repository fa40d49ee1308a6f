import { createHash } from 'node:crypto';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { archiveTerm, codeTerm, lexeme, USUAL_LEVEL } from '../writing/lexemes.ts';
import { type Condition, conditionOf } from './condition.ts';
import { sizeOf } from './language/parse.ts';
import { allOf, asked, codeBeginning, formsIn, oneOf } from './terms.ts';
import { type ParsedQuery, parseQuery } from './words.ts';
import { wordTerms } from './wordTerms.ts';

export const SORTS = ['relevance', 'dateAsc', 'dateDesc', 'reference'] as const;
export type Sort = (typeof SORTS)[number];

export interface SearchRequest {
  /** What is typed, in the language of `language/parse.ts`. Empty: all that may be seen. */
  q?: string;
  /** Ids or codes of archives; those below them are meant too. */
  archives?: readonly string[];
  /** Fonds numbers, or `archiveId/number`. */
  fonds?: readonly string[];
  categories?: readonly string[];
  /** First and last year. */
  from?: number;
  to?: number;
  retentions?: readonly string[];
  access?: readonly string[];
  levels?: readonly string[];
  /** By relevance with words, by reference code without. */
  sort?: Sort;
  cursor?: string;
  /** 1 to 200, else 50. */
  limit?: number;
  /** False leaves the facets out, which is quicker. */
  facets?: boolean;
}

const MOST_CHARACTERS = 300;
const MOST_WORDS = 16;

/** What search.find is asked (see its comment). */
export interface Ask {
  title: string | null;
  catalogue: string | null;
  page: string | null;
  /** The whole query as a code, normalised; the tsquery of its term; and that of all codes that begin so. */
  code: string | null;
  code_term: string | null;
  code_prefix: string | null;
  /** What terms alone do not decide. */
  condition: Condition | null;
  /** The words in a row, folded; and the tsqueries of it in a title, and in a document number. */
  whole: string | null;
  whole_title: string | null;
  whole_number: string | null;
  /** The words one by one, as folded. */
  near: string[];
  filters: string | null;
  archives: readonly string[] | null;
  levels: readonly string[] | null;
  from: number | null;
  to: number | null;
  sort: Sort;
  after: { class: number; key: string; id: string; wide: boolean } | null;
  limit: number;
  facets: boolean;
}

export interface Prepared {
  ask: Ask;
  query: ParsedQuery;
  /** Nothing searchable was typed, signs alone: nothing is found. */
  hollow: boolean;
  /** The marker of the place after a hit. */
  cursorAfter(hit: { class: number; key: string | number; id: string }, wide: boolean): string;
}

/**
 * Reads a request into what the database is asked.
 *
 * @throws Refusal `search.queryTooLong` beyond 300 characters or 16 words, `cursor.invalid` for a marker of another list
 */
export function prepare(request: SearchRequest): Prepared {
  const q = (request.q ?? '').trim();
  const query = parseQuery(q.slice(0, MOST_CHARACTERS));
  if (q.length > MOST_CHARACTERS || sizeOf(query.node) > MOST_WORDS) {
    throw new Refusal(
      'search.queryTooLong',
      `Search for at most ${MOST_WORDS} words and ${MOST_CHARACTERS} characters.`,
      {
        words: MOST_WORDS,
        characters: MOST_CHARACTERS,
      },
    );
  }
  const { node, words, code, phrase } = query;
  const row = phrase ? [wordTerms(phrase)] : [];
  const sort = request.sort ?? (words.length > 0 ? 'relevance' : 'reference');
  const list = digest({ ...request, cursor: undefined, limit: undefined, facets: undefined, sort });
  const some = node !== null;
  return {
    query,
    hollow: q !== '' && !some,
    ask: {
      title: node && asked('title', node),
      catalogue: node && asked('catalogue', node),
      page: node && words.length > 0 ? asked('page', node) : null,
      code,
      code_term: code ? lexeme(codeTerm(code)) : null,
      code_prefix: code ? codeBeginning(code) : null,
      condition: node && conditionOf(node),
      whole: phrase,
      whole_title: phrase ? formsIn('title', null, row) : null,
      whole_number: phrase && code ? formsIn('catalogue', null, row) : null,
      near: phrase ? words.map((w) => w.forms[0]!.folded) : [],
      filters: allOf(filters(request)),
      archives: request.archives?.length ? request.archives : null,
      levels: request.levels?.length ? request.levels : null,
      from: request.from ?? null,
      to: request.to ?? null,
      sort,
      after: request.cursor ? readCursor(request.cursor, sort, list) : null,
      limit: Math.min(Math.max(Math.trunc(request.limit ?? 50), 1), 200),
      facets: request.facets ?? true,
    },
    cursorAfter: (hit, wide) => encodeCursor([list, hit.class, String(hit.key), hit.id, wide ? 1 : 0]),
  };
}

function filters(request: SearchRequest): string[] {
  const parts: string[] = [];
  if (request.fonds?.length) parts.push(`(${request.fonds.map(fondsTerm).join(' | ')})`);
  if (request.categories?.length) parts.push(oneOf('C', request.categories));
  if (request.retentions?.length) parts.push(oneOf('R', request.retentions));
  if (request.access?.length) parts.push(oneOf('S', request.access));
  if (request.levels?.length && !request.levels.includes(USUAL_LEVEL)) parts.push(oneOf('L', request.levels));
  return parts;
}

function fondsTerm(fonds: string): string {
  const [archiveId, number] = [fonds.slice(0, 36), fonds.slice(37)];
  if (!isId(archiveId) || fonds[36] !== '/') return oneOf('F', [fonds]);
  return `(${oneOf('', [archiveTerm(archiveId)])} & ${oneOf('F', [number])})`;
}

function digest(of: object): string {
  return createHash('sha256')
    .update(JSON.stringify(of, Object.keys(of).sort()))
    .digest('base64url')
    .slice(0, 11);
}

function readCursor(cursor: string, sort: Sort, list: string): Ask['after'] {
  const [of, hitClass, key, id, wide] = decodeCursor(cursor, [
    'string',
    'number',
    'string',
    'string',
    'number',
  ]);
  const number = sort === 'reference' || /^-?\d{1,9}$|^-?[12]\d{9}$/.test(String(key));
  if (of !== list || !number || !isId(String(id)) || ![0, 1, 2, 3, 4, 5, 6].includes(Number(hitClass))) {
    throw new Refusal(
      'cursor.invalid',
      'This page marker does not belong to this list. Start from the first page.',
    );
  }
  return { class: Number(hitClass), key: String(key), id: String(id), wide: wide === 1 };
}
