import { spelledYear } from './numerals.ts';

/** A title of an entry that is like the one being written. */
export interface Candidate {
  title: string;
  year: number | null;
  /** Where it stands: beside the new one, among what was changed last, in its fonds, elsewhere in the archive. */
  near: 'siblings' | 'recent' | 'fonds' | 'archive';
  category: string | null;
  creator: string | null;
  fondsId: string;
}

/** The entry that is being written, as far as it is. */
export interface Writing {
  title: string;
  year: number | null;
  category: string | null;
  creator: string | null;
  fondsId: string | null;
  /** What sort of paper 文种 it is. */
  genre: string | null;
}

export interface Completion {
  value: string;
  /** `adapted`: the year or a number in it was changed to fit; `ending`: only what such titles end with. */
  how: 'same' | 'adapted' | 'ending';
  near: Candidate['near'];
  confidence: 'high' | 'fair' | 'low';
}

/** Fewer characters than these are completed by nothing. */
export const LEAST_TYPED = 2;
const MOST = 5;
const WEIGHT: Readonly<Record<Candidate['near'], number>> = { siblings: 5, recent: 4, fonds: 2, archive: 1 };
const YEARS_BACK = 2;

/**
 * What titles may begin with that go on as the one being written does: it itself, and where it names the entry's year, the same with
 * the years before. 关于1991年防 is gone on with by what 关于1990年防汛… says.
 */
export function beginnings(typed: string, year: number | null): { prefix: string; year: number | null }[] {
  const found: { prefix: string; year: number | null }[] = [{ prefix: typed, year: null }];
  const named = yearIn(typed, year);
  if (named !== null)
    for (let y = named - 1; y >= named - YEARS_BACK; y--)
      found.push({ prefix: withYear(typed, named, y), year: y });
  return found;
}

/** The year a beginning names: the entry's where it is there, else one written out. */
function yearIn(typed: string, year: number | null): number | null {
  if (year !== null && (typed.includes(String(year)) || typed.includes(spelledYear(year)))) return year;
  const m = /(?<!\d)((?:19|20)\d{2})(?=年|度|$)/.exec(typed);
  return m ? Number(m[1]) : null;
}

const withYear = (text: string, from: number, to: number): string =>
  text
    .replace(new RegExp(`(?<!\\d)${from}(?!\\d)`, 'g'), String(to))
    .replaceAll(spelledYear(from), spelledYear(to));

/** The likeliest ways to go on, best first; none of them is what stands there already. */
export function completions(w: Writing, candidates: readonly Candidate[]): Completion[] {
  const typed = w.title.trimStart();
  if ([...typed].length < LEAST_TYPED) return [];
  const named = yearIn(typed, w.year);
  const target = w.year ?? named;
  const found = new Map<string, Completion & { score: number }>();
  for (const c of candidates) {
    const value = fitted(c, target, named);
    if (!value.startsWith(typed) || value === typed) continue;
    const likeness =
      WEIGHT[c.near] +
      (c.fondsId === w.fondsId ? 2 : 0) +
      (w.category !== null && c.category === w.category ? 1 : 0) +
      (w.creator !== null && c.creator === w.creator ? 2 : 0);
    const before = found.get(value);
    if (before) before.score += likeness / 2;
    else
      found.set(value, {
        value,
        how: value === c.title ? 'same' : 'adapted',
        near: c.near,
        confidence: 'low',
        score: likeness,
      });
  }
  for (const next of counted(candidates, typed))
    found.set(next, { value: next, how: 'adapted', near: 'siblings', confidence: 'low', score: 20 });
  const best = [...found.values()].sort((a, b) => b.score - a.score || a.value.length - b.value.length);
  // Where titles there are go on so, they end as they end.
  const ending = best.length === 0 || w.genre ? endingOf(w, candidates, typed) : null;
  const all = ending && !found.has(ending.value) ? [...best.slice(0, MOST - 1), ending] : best.slice(0, MOST);
  return all.map(({ value, how, near, ...rest }) => ({
    value,
    how,
    near,
    confidence: confidenceOf('score' in rest ? rest.score : 0),
  }));
}

const confidenceOf = (score: number): Completion['confidence'] =>
  score >= 12 ? 'high' : score >= 6 ? 'fair' : 'low';

/** A title of another year in the words of this one: only where it names the very year its own entry is of. */
function fitted(c: Candidate, target: number | null, named: number | null): string {
  if (target === null) return c.title;
  const own =
    c.year !== null && (c.title.includes(String(c.year)) || c.title.includes(spelledYear(c.year)))
      ? c.year
      : null;
  const from = own ?? (named === null ? null : yearIn(c.title, null));
  return from === null || from === target ? c.title : withYear(c.title, from, target);
}

const COUNTED = /第([0-9]{1,4})([次号期届批卷册])/u;

/** 第4次, where entries beside it have 第1次 to 第3次 in otherwise the same words. */
function counted(candidates: readonly Candidate[], typed: string): string[] {
  const rows = new Map<string, Set<number>>();
  for (const { title, near } of candidates) {
    const m = near === 'siblings' ? COUNTED.exec(title) : null;
    if (!m || !title.startsWith(typed)) continue;
    const shape = `${title.slice(0, m.index)}第\0${m[2]}${title.slice(m.index + m[0].length)}`;
    rows.set(shape, (rows.get(shape) ?? new Set()).add(Number(m[1])));
  }
  return [...rows]
    .filter(([, numbers]) => numbers.size >= 2)
    .map(([shape, numbers]) => shape.replace('\0', String(Math.max(...numbers) + 1)));
}

const ABOUT = /(?:关于|關於|转发|轉發|印发|印發).{2,}$/u;
const GENRES =
  '通知|请示|請示|批复|批覆|报告|報告|决定|決定|意见|意見|函|通报|通報|公告|通告|命令|议案|議案|纪要|紀要|总结|總結|计划|計劃|规定|規定|办法|辦法|方案|汇报|彙報|简报|簡報|材料|讲话|講話|调查|調查';
const ENDS = new RegExp(`的(${GENRES})$`, 'u');
const ENDED = new RegExp(`(?:${GENRES})(?:[（(].*[)）])?$`, 'u');

/** 的通知, 的请示: what titles 关于… end with here, the element of the sort of paper before all. */
function endingOf(
  w: Writing,
  candidates: readonly Candidate[],
  typed: string,
): (Completion & { score: number }) | null {
  const stem = typed.replace(/的$/u, '');
  if (!ABOUT.test(stem) || ENDED.test(stem) || [...stem].length < 8) return null;
  const said = new Map<string, number>();
  for (const c of candidates) {
    const genre = ENDS.exec(c.title)?.[1];
    if (genre) said.set(genre, (said.get(genre) ?? 0) + WEIGHT[c.near]);
  }
  const usual = [...said].sort((a, b) => b[1] - a[1])[0]?.[0];
  const genre = w.genre?.trim() || usual;
  if (!genre) return null;
  return {
    value: `${stem}的${genre}`,
    how: 'ending',
    near: 'fonds',
    confidence: w.genre ? 'fair' : 'low',
    score: w.genre ? 6 : 3,
  };
}
