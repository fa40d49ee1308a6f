/** What the form for those who prefer one asks. */
export interface Asked {
  all: string;
  phrase: string;
  any: string;
  none: string;
  title: string;
  docNo: string;
  creator: string;
  text: string;
}

export const NOTHING_ASKED: Asked = {
  all: '',
  phrase: '',
  any: '',
  none: '',
  title: '',
  docNo: '',
  creator: '',
  text: '',
};

/** How fields are called in the one box, in the language of the person. */
export type FieldNames = Record<'title' | 'docNo' | 'creator' | 'text', string>;

const words = (text: string): string[] => text.trim().split(/\s+/).filter(Boolean);
const quoted = (text: string): string => `"${text.replace(/["“”]/g, ' ').trim()}"`;
/** A word that the box would take for a sign. */
const SIGN = /^(?:AND|OR|NOT|&&|\|\|?|｜|且|或|非)$|^[-－(（]/;
const plain = (word: string): string => (SIGN.test(word) ? quoted(word) : word);

/** The same as one line for the box: what the form asks can be seen, learnt and changed there. */
export function composed(asked: Asked, names: FieldNames): string {
  const parts = [asked.all.trim()];
  if (asked.phrase.trim()) parts.push(quoted(asked.phrase));
  const any = words(asked.any).map(plain);
  if (any.length > 0) parts.push(any.length === 1 ? any[0]! : `(${any.join(' OR ')})`);
  for (const field of ['title', 'docNo', 'creator', 'text'] as const) {
    const found = words(asked[field]).map(plain);
    if (found.length > 0)
      parts.push(`${names[field]}:${found.length === 1 ? found[0] : `(${found.join(' ')})`}`);
  }
  for (const word of words(asked.none)) parts.push(`-${plain(word)}`);
  return parts.filter(Boolean).join(' ');
}

/** A query narrowed by further words: what was found is looked through again. */
export function within(q: string, more: string): string {
  const added = more.trim();
  if (added === '') return q;
  if (q.trim() === '') return added;
  const first = /(?:^|\s)(?:OR|\|\|?|｜|或)(?:\s|$)/.test(q) ? `(${q.trim()})` : q.trim();
  return `${first} ${/(?:^|\s)(?:OR|\|\|?|｜|或)(?:\s|$)/.test(added) ? `(${added})` : added}`;
}
