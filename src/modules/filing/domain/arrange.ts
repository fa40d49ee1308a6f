/** What a document is within an item 件, in the order they lie in it (DA/T 22-2015; standards reference 1.8). */
export const PARTS = [
  // 正本 before 定稿, 正文 before 附件, 原件 before 复制件, 转发文 before 被转发文, 复文 before 来文.
  'main',
  'final',
  'annex',
  'forwarded',
  'copy',
  'incoming',
  'other',
] as const;
export type Part = (typeof PARTS)[number];

export interface Arranged {
  part: Part;
  /** First day, `YYYY-MM-DD`; unknown days come last. */
  dateFrom: string | null;
  title: string;
}

/** The documents of an item in the order of the rule; of one kind by day, then by title. */
export function orderWithinItem<T extends Arranged>(documents: readonly T[]): T[] {
  return [...documents].sort(
    (a, b) =>
      PARTS.indexOf(a.part) - PARTS.indexOf(b.part) ||
      compareText(a.dateFrom ?? '9', b.dateFrom ?? '9') ||
      compareText(a.title, b.title),
  );
}

const WORDS: readonly (readonly [Part, RegExp])[] = [
  ['annex', /附件|附表|附图|附錄|附录/u],
  ['final', /定稿|签发稿|簽發稿|发文稿|發文稿|审批单|處理單|处理单|拟稿/u],
  ['forwarded', /被转发|被轉發|原转|原轉/u],
  ['copy', /复制件|复印件|影印|副本|複製/u],
  ['incoming', /来文|來文|来函|來函|请示|請示/u],
];

/** What a document most likely is within an item, by its title or file name, beside the main one. */
export function partOf(title: string): Part {
  return WORDS.find(([, word]) => word.test(title))?.[0] ?? 'other';
}

/** How the records of a class are put in order before they are numbered. */
export const ORDERS = ['date', 'docNo', 'title', 'entered'] as const;
export type Order = (typeof ORDERS)[number];

export interface Sortable {
  id: string;
  dateFrom: string | null;
  docNo: string | null;
  title: string;
}

/** Records of one class in the order to be numbered in (5.3.1: by time, combined with the subject). */
export function inOrder<T extends Sortable>(records: readonly T[], order: Order): T[] {
  const day = (r: T) => r.dateFrom ?? '9';
  const no = (r: T) => r.docNo ?? '\uffff';
  return [...records].sort((a, b) => {
    const first =
      order === 'date'
        ? compareText(day(a), day(b)) || compareNatural(no(a), no(b))
        : order === 'docNo'
          ? compareNatural(no(a), no(b)) || compareText(day(a), day(b))
          : order === 'title'
            ? compareNatural(a.title, b.title)
            : 0;
    return first || (order === 'entered' ? 0 : compareText(a.title, b.title)) || compareText(a.id, b.id);
  });
}

const collator = new Intl.Collator('zh-CN', { numeric: true });
const compareNatural = (a: string, b: string): number => collator.compare(a, b);
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Numbers that are missing from 1 to the highest, as runs `[first, last]`. @param numbers ascending, without repeats */
export function gapsIn(numbers: readonly number[]): [number, number][] {
  const gaps: [number, number][] = [];
  let next = 1;
  for (const n of numbers) {
    if (n > next) gaps.push([next, n - 1]);
    next = Math.max(next, n + 1);
  }
  return gaps;
}
