import type { Sql } from '#kernel/db';
import { foldWithMap } from '../folding/fold.ts';
import { isWordUnit } from '../folding/terms.ts';
import { type SeenTitle, titlesWith } from '../store/titles.ts';
import { asked } from './terms.ts';
import { readWord } from './word.ts';

/** How what is being typed may go on. */
export interface Completion {
  /** The whole query with its last word completed, or the title of one record. */
  text: string;
  /** Words of several titles, or one title. */
  kind: 'words' | 'title';
  /** The record, where it is one. */
  unitId: string | null;
}

const TITLES = 200;
const MOST = 8;
const LONGEST = 12;
const MOST_TYPED = 60;

/**
 * How the last word typed goes on in titles the asker may see: the commonest ways first, single titles where there are none.
 *
 * @param tx its scope is the asker
 * @param typed up to sixty characters are read, of more nothing is made
 */
export async function completionsOf(tx: Sql, typed: string): Promise<Completion[]> {
  const before = /^.*\s/su.exec(typed)?.[0] ?? '';
  const last = typed.slice(before.length);
  const word = last.length > MOST_TYPED ? null : readWord(last);
  const form = word?.forms[0];
  if (!word || !form || form.wild || /^["“「『]|[:：]/u.test(last)) return [];
  const terms = asked('title', { kind: 'word', word: { ...word, forms: [form] }, field: null });
  if (terms === null) return [];
  const titles = await titlesWith(tx, terms, TITLES);
  const words = endings(titles, form.folded).map((ending) => `${before}${last}${ending}`);
  const completions = words.slice(0, MOST).map((text): Completion => ({ text, kind: 'words', unitId: null }));
  if (before !== '') return completions;
  for (const { unitId, title } of titles.slice(0, MOST)) {
    if (completions.length >= MOST) break;
    if (!completions.some((c) => c.text === title)) completions.push({ text: title, kind: 'title', unitId });
  }
  return completions;
}

/** What follows the word in several titles, the commonest first: as far as titles agree, or to where a word of theirs ends. */
export function endings(titles: readonly SeenTitle[], form: string): string[] {
  const following = titles.map((t) => whatFollows(t.title, form)).filter((f) => f !== '');
  const counts = new Map<string, number>();
  for (const text of following) {
    const characters = [...text];
    for (let n = 1; n <= characters.length; n++) {
      const beginning = characters.slice(0, n).join('');
      counts.set(beginning, (counts.get(beginning) ?? 0) + 1);
    }
  }
  const wholes = new Map<string, number>();
  for (const text of following) wholes.set(text, (wholes.get(text) ?? 0) + 1);
  const longer = new Map<string, number>();
  for (const [beginning, n] of counts) {
    const shorter = [...beginning].slice(0, -1).join('');
    if (shorter !== '') longer.set(shorter, Math.max(longer.get(shorter) ?? 0, n));
  }
  // An ending is where most go different ways, or stop.
  const ends = [...counts].filter(
    ([text, n]) => n > 1 && ((longer.get(text) ?? 0) < 0.7 * n || (wholes.get(text) ?? 0) > 0.3 * n),
  );
  return ends
    .filter(([text]) => [...text].length > 1 || (wholes.get(text) ?? 0) > 1)
    .sort(([a, m], [b, n]) => n * Math.sqrt(b.length) - m * Math.sqrt(a.length))
    .map(([text]) => text);
}

/** What stands in a title behind the word, as it is written there: to the next stop, twelve characters at most. */
function whatFollows(title: string, form: string): string {
  const { folded, end } = foldWithMap(title);
  let at = folded.indexOf(form);
  while (at > 0 && isWordUnit(form.charCodeAt(0)) && isWordUnit(folded.charCodeAt(at - 1)))
    at = folded.indexOf(form, at + 1);
  if (at < 0) return '';
  const rest = title.slice(end[at + form.length - 1]!);
  const stop = rest.search(/[\s，。、；：！？,.;:!?（）()〔〕[\]《》“”"]/u);
  return [...(stop < 0 ? rest : rest.slice(0, stop))].slice(0, LONGEST).join('');
}
