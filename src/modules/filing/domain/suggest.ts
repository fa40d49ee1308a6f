import type { ScheduleLine } from './scheduleLine.ts';

/** What is known of a record when it is registered. */
export interface ToBeFiled {
  title: string;
  /** Kind of document 文种: 请示, 通知 … */
  genre?: string | null | undefined;
  category?: string | null | undefined;
  /** Class it stands in already. */
  classCode?: string | null | undefined;
  creator?: string | null | undefined;
}

/** Why a line was suggested, as codes with the words it was seen by. */
export interface SuggestionReason {
  code: 'words' | 'keywords' | 'genre' | 'category' | 'class';
  words: string[];
}

export interface Suggestion {
  line: ScheduleLine;
  retention: string;
  classCode: string;
  /** From 0 to 1: how much of what tells such a record is there, beside the next line. */
  sure: number;
  reasons: SuggestionReason[];
}

const MOST = 3;
/** Words that stand in every second line or title and tell nothing. */
const EMPTY = new Set(
  '机关 本机关 本单位 上级 下级 有关 关于 工作 文件 材料 情况 重要 一般 以及 其他 方面 形成 制发 来文 主要 需要 执行 普发 单位 同级 直属'.split(
    ' ',
  ),
);
const SHORTEST = 2;
const LONGEST = 12;

/**
 * The lines of a schedule a record most likely falls under, the likeliest first, each with why. A word counts the more the
 * longer it is and the fewer lines have it. Nothing is suggested where no word of any line is in the title.
 */
export function suggestLines(record: ToBeFiled, lines: readonly ScheduleLine[]): Suggestion[] {
  const title = plain(`${record.title} ${record.genre ?? ''}`);
  if (title.trim() === '') return [];
  const fitting = lines.filter((l) => !record.category || l.category === record.category);
  const words = fitting.map((l) => ({
    line: l,
    own: wordsOf(l.matter),
    keys: l.keywords.map(plain).filter(Boolean),
  }));
  const spread = new Map<string, number>();
  for (const { own, keys } of words)
    for (const w of new Set([...own, ...keys])) spread.set(w, (spread.get(w) ?? 0) + 1);
  const weight = (w: string) => ([...w].length * Math.log(1 + fitting.length / (spread.get(w) ?? 1))) / 2;

  const scored = words.flatMap(({ line, own, keys }) => {
    const found = outermost([...new Set(own)].filter((w) => title.includes(w)));
    const named = outermost([...new Set(keys)].filter((w) => title.includes(w)));
    const onlyOwn = found.filter((w) => !named.includes(w));
    let score = sum(named.map((w) => 1.5 * weight(w))) + sum(onlyOwn.map(weight));
    if (score === 0) return [];
    const reasons: SuggestionReason[] = [];
    if (named.length > 0) reasons.push({ code: 'keywords', words: named });
    if (onlyOwn.length > 0) reasons.push({ code: 'words', words: onlyOwn });
    if (record.genre && plain(line.matter).includes(plain(record.genre))) {
      score *= 1.2;
      reasons.push({ code: 'genre', words: [record.genre] });
    }
    if (record.classCode && record.classCode === line.classCode) {
      score *= 1.5;
      reasons.push({ code: 'class', words: [line.className || line.classCode] });
    }
    if (record.category) reasons.push({ code: 'category', words: [record.category] });
    return [{ line, score, reasons }];
  });
  scored.sort((a, b) => b.score - a.score);
  const best = scored.slice(0, MOST);
  const all = sum(best.map((s) => s.score));
  return best.map(({ line, score, reasons }) => ({
    line,
    retention: line.retention,
    classCode: line.classCode,
    sure: Math.round((score / all) * Math.min(1, score / 4) * 100) / 100,
    reasons,
  }));
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** What a line speaks of: its phrases, and the parts of them that titles use. */
export function wordsOf(matter: string): string[] {
  const words: string[] = [];
  for (const phrase of plain(matter).split(/[\s、，,；;。：:（）()《》“”"/的和与及等]+/u)) {
    const letters = [...phrase];
    if (/^[\p{ASCII}]+$/u.test(phrase)) {
      if (phrase.length >= 3) words.push(phrase);
      continue;
    }
    if (letters.length <= LONGEST && isTelling(phrase)) words.push(phrase);
    // Chinese words have mostly two to four characters; where they end is not written.
    for (let n = SHORTEST; n <= 4; n++)
      for (let i = 0; i + n <= letters.length; i++) {
        const part = letters.slice(i, i + n).join('');
        if (isTelling(part)) words.push(part);
      }
  }
  return [...new Set(words)];
}

const isTelling = (word: string): boolean => [...word].length >= SHORTEST && !EMPTY.has(word);

/** Words that are not part of another that was found as well. */
function outermost(words: readonly string[]): string[] {
  return words.filter((w) => !words.some((other) => other !== w && other.includes(w)));
}
