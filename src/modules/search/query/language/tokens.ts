import { isFieldName } from './fields.ts';

export type Token =
  | { kind: 'word' | 'field'; text: string }
  | { kind: 'and' | 'or' | 'not' | 'open' | 'close' };

const QUOTES: Record<string, string> = { '"': '"', '“': '”', '「': '」', '『': '』', '＂': '＂' };
/** Signs between words: in capitals, as everybody types "and" in titles; Chinese ones where they stand alone. */
const SIGNS: Record<string, 'and' | 'or' | 'not'> = {
  AND: 'and',
  '&&': 'and',
  且: 'and',
  OR: 'or',
  '|': 'or',
  '||': 'or',
  '｜': 'or',
  或: 'or',
  NOT: 'not',
  非: 'not',
};
const FIELD = /^([\p{L}]{2,12})[:：](?=\S)/u;
const ENDS_WORD = /^(?:$|\s|[)）])/u;

/**
 * Parts a query at blanks. A phrase in quotes stays whole where the quotes stand at the ends of a word; a bracket groups where it stands
 * at the beginning of a word and is closed at the end of one, and is part of the word else, as in 民婚(2003)12号.
 */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  let rest = query.trim();
  let depth = 0;
  while (rest !== '') {
    const first = rest[0]!;
    const close = QUOTES[first];
    const end = close ? rest.indexOf(close, 1) : -1;
    if (end > 0 && ENDS_WORD.test(rest.slice(end + 1, end + 2))) {
      tokens.push({ kind: 'word', text: rest.slice(1, end) });
      rest = rest.slice(end + 1).trimStart();
      continue;
    }
    if ((first === '(' || first === '（') && closesAtEnd(rest)) {
      tokens.push({ kind: 'open' });
      depth++;
      rest = rest.slice(1).trimStart();
      continue;
    }
    if ((first === ')' || first === '）') && depth > 0) {
      tokens.push({ kind: 'close' });
      depth--;
      rest = rest.slice(1).trimStart();
      continue;
    }
    const field = FIELD.exec(rest);
    if (field && isFieldName(field[1]!)) {
      tokens.push({ kind: 'field', text: field[1]! });
      rest = rest.slice(field[0].length);
      continue;
    }
    if ((first === '-' || first === '－') && /^[-－][^\s\-－]/u.test(rest)) {
      tokens.push({ kind: 'not' });
      rest = rest.slice(1);
      continue;
    }
    const length = wordLength(rest, depth > 0);
    const text = rest.slice(0, length);
    const sign = Object.hasOwn(SIGNS, text) ? SIGNS[text] : undefined;
    tokens.push(sign ? { kind: sign } : { kind: 'word', text });
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

/** Up to the next blank, or to the bracket that closes a group. */
function wordLength(rest: string, inGroup: boolean): number {
  let opened = 0;
  for (let i = 0; i < rest.length; i++) {
    const c = rest[i]!;
    if (/\s/.test(c)) return i;
    if (c === '(' || c === '（') opened++;
    else if (c === ')' || c === '）') {
      if (opened === 0 && inGroup && i > 0) return i;
      opened--;
    }
  }
  return rest.length;
}

/** Whether the bracket a text begins with is closed where a word ends. */
function closesAtEnd(rest: string): boolean {
  let depth = 0;
  for (let i = 0; i < rest.length; i++) {
    const c = rest[i]!;
    if (c === '(' || c === '（') depth++;
    else if ((c === ')' || c === '）') && --depth === 0) return ENDS_WORD.test(rest.slice(i + 1, i + 2));
  }
  return false;
}
