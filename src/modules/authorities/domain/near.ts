/** How far two names may be apart to be the same with one slip: characters they differ by at most. */
const MOST = 1;
/** Shorter names are not compared: with one character changed two of two are another name. */
export const SHORTEST = 3;

/**
 * Whether a name is another with one character wrong, too many or too few, or two neighbours changed over. Names that differ in a
 * number are not: the second and the third school are two schools.
 */
export function isNear(a: string, b: string): boolean {
  const [x, y] = [[...a], [...b]];
  if (a === b || Math.abs(x.length - y.length) > MOST || Math.min(x.length, y.length) < SHORTEST)
    return false;
  let front = 0;
  while (front < x.length && front < y.length && x[front] === y[front]) front++;
  let back = 0;
  while (back < x.length - front && back < y.length - front && x.at(-1 - back) === y.at(-1 - back)) back++;
  const [inA, inB] = [x.slice(front, x.length - back), y.slice(front, y.length - back)];
  // One of these for another of them, or one of them more, is meant.
  const differing = [...inA, ...inB];
  if (differing.length > 0 && differing.every((c) => COUNTS.test(c))) return false;
  if (inA.length <= 1 && inB.length <= 1) return true;
  return inA.length === 2 && inB.length === 2 && inA[0] === inB[1] && inA[1] === inB[0];
}

/** What numbers, sides and sizes are written with: a difference in these is meant. */
const COUNTS =
  /[\d〇零一二三四五六七八九十百两兩东東南西北上下左右中大小新老旧舊前后後甲乙丙丁戊己省市县縣区區乡鄉镇鎮村]/u;

/** How a name begins and how it ends. */
export interface Ends {
  start: string;
  end: string;
}

/**
 * Beginnings and ends of a folded name in four cuts: a slip lies in one of its quarters, and one of the cuts leaves that quarter out.
 * Two neighbours changed over may lie in two quarters; then they are found where a cut leaves out both.
 */
export function endsOf(key: string): Ends[] {
  const letters = [...key];
  const n = letters.length;
  const at = (from: number, to?: number) => letters.slice(from, to).join('');
  const [first, middle, last] = [Math.floor(n / 4), Math.floor(n / 2), Math.floor((3 * n) / 4)];
  return [
    { start: '', end: at(Math.max(first, 1)) },
    { start: at(0, first), end: at(middle) },
    { start: at(0, middle), end: at(last) },
    { start: at(0, Math.min(last, n - 1)), end: '' },
  ];
}

/** Whether a stretch of time, its ends as years, months or days, holds a day; an end that is not told holds all. */
export function holds(span: { from: string | null; to: string | null }, day: string): boolean {
  const { from, to } = span;
  return (
    (from === null || day.slice(0, from.length) >= from) && (to === null || day.slice(0, to.length) <= to)
  );
}
