import type { SheetRow } from '#formats/sheets';
import { guessHeading } from './recognise.ts';

/** Rows of a sheet looked at for its heading. */
export const HEADING_DEPTH = 40;

/** Where a sheet's heading stands and what its columns are called. */
export interface Heading {
  /** Number of the last row of the heading; 0 when the data begin at once. */
  headerRow: number;
  headings: string[];
}

const SURE = 0.8;

interface Score {
  /** Cells that are surely names of fields. */
  known: number;
  filled: number;
  words: number;
}

function scoreOf(cells: readonly string[]): Score {
  let known = 0;
  let filled = 0;
  let words = 0;
  const seen = new Set<string>();
  for (const c of cells) {
    const t = c.trim();
    if (t === '') continue;
    filled++;
    if (t.length <= 60 && /\p{L}/u.test(t) && !/^[\d\W]*\d{3,}/.test(t)) words++;
    const guess = guessHeading(t)[0];
    if (!guess || guess.confidence < 0.6 || seen.has(guess.field)) continue;
    seen.add(guess.field);
    known += guess.confidence >= SURE ? 1 : 0.6;
  }
  return { known, filled, words };
}

/** A cell's outline: what kinds of characters follow one another. */
function shapeOf(cell: string): string {
  return cell
    .trim()
    .replace(/\p{Nd}+/gu, '9')
    .replace(/\p{Script=Han}+/gu, '字')
    .replace(/\p{L}+/gu, 'a');
}

/** Whether the first row looks like those under it: figures or numbered names where a heading would have words. */
function looksLikeData(rows: readonly SheetRow[]): boolean {
  const [first, ...rest] = rows;
  if (!first) return false;
  return first.cells.some((cell, i) => {
    const shape = shapeOf(cell);
    if (!shape.includes('9')) return false;
    const like = rest.filter((r) => shapeOf(r.cells[i] ?? '') === shape).length;
    return rest.length > 0 && like >= Math.max(1, rest.length * 0.6);
  });
}

function width(rows: readonly SheetRow[]): number {
  return Math.max(0, ...rows.map((r) => r.cells.length));
}

/**
 * Finds the heading of a sheet in its first rows: below titles, over one or several rows, with groups spread over
 * columns (`日期` above `起` and `止`); the code row and the label row of ArchivesSpace's templates. A sheet whose
 * first row is data has none, and its columns are called by their letters.
 */
export function findHeading(rows: readonly SheetRow[]): Heading {
  const top = rows.slice(0, HEADING_DEPTH);
  const scores = top.map((r) => scoreOf(r.cells));
  let best = -1;
  scores.forEach((s, i) => {
    if (s.known < 1 || s.words < s.filled * 0.6) return;
    if (s.filled === 1 && (top[i + 1]?.cells.length ?? 0) > 1) return;
    if (best < 0 || s.known > scores[best]!.known * 1.25) best = i;
  });
  if (best < 0) return unknownHeading(top);
  let last = best;
  while (last + 1 < top.length && continues(top, scores, best, last + 1)) last++;
  const first = best > 0 && groups(top[best - 1]!, top[best]!) ? best - 1 : best;
  return {
    headerRow: top[last]!.number,
    headings: join(top.slice(first, last + 1), best - first, width(top)),
  };
}

/** Whether a row under the heading belongs to it: labels of the same columns, or the lower half of grouped names. */
function continues(rows: readonly SheetRow[], scores: readonly Score[], best: number, at: number): boolean {
  const score = scores[at]!;
  const head = scores[best]!;
  const cells = rows[at]!.cells;
  if (/^field name\b/i.test(cells[0]?.trim() ?? '')) return true;
  if (score.filled > 0 && score.words < score.filled) return false;
  if (score.known >= Math.max(2, head.known * 0.5)) return true;
  // 起 and 止 under 日期: every word of the row stands where the row above has a gap or begins a group.
  const lower = cells.map((c, i) => (c.trim() === '' ? -1 : i)).filter((i) => i >= 0);
  const upper = rows[at - 1]!.cells;
  const grouped = lower.some((i) => (upper[i] ?? '').trim() === '');
  const short = lower.every((i) => cells[i]!.trim().length <= 8);
  return grouped && short && lower.length > 1 && lower.length < head.filled && score.known >= 0.5;
}

/** Whether a row is the upper half of the one below: it names only groups over gaps of that row, or fills its gaps. */
function groups(upper: SheetRow, lower: SheetRow): boolean {
  const filled = upper.cells.map((c, i) => (c.trim() === '' ? -1 : i)).filter((i) => i >= 0);
  if (filled.length < 2) return false;
  return filled.some((i) => (lower.cells[i] ?? '').trim() === '' && i < width([lower]) + 1);
}

/** One name per column out of several rows. The row at `main` names the columns; others fill gaps and prefix groups. */
function join(rows: readonly SheetRow[], main: number, columns: number): string[] {
  const names: string[] = [];
  let group = '';
  for (let i = 0; i < columns; i++) {
    const cells = rows.map((r) => (r.cells[i] ?? '').trim());
    const own = cells[main]!;
    const above = cells.slice(0, main).findLast((c) => c !== '') ?? '';
    const below = cells.slice(main + 1).find((c) => c !== '') ?? '';
    if (above !== '') group = above;
    else if (own !== '' && main === 0) group = own;
    if (own !== '') {
      const known = (guessHeading(own)[0]?.confidence ?? 0) >= SURE;
      const named =
        below !== '' && below.length <= 4 && (guessHeading(own + below)[0]?.confidence ?? 0) >= SURE;
      names.push(named ? own + below : known || main === 0 || group === '' ? own : group + own);
    } else if (below !== '')
      names.push(main === 0 && below.length <= 8 && group !== '' ? group + below : below);
    else names.push(above);
  }
  return names;
}

function unknownHeading(top: readonly SheetRow[]): Heading {
  const columns = width(top);
  const first = top.findIndex((r) => r.cells.filter((c) => c.trim() !== '').length >= Math.min(2, columns));
  const head = top[first];
  if (
    !head ||
    top.length === 1 ||
    looksLikeData(top.slice(first, first + 12)) ||
    !head.cells.some((c) => /\p{L}/u.test(c))
  ) {
    return { headerRow: 0, headings: Array.from({ length: columns }, () => '') };
  }
  return { headerRow: head.number, headings: join([head], 0, columns) };
}

/** The heading when a person says which row it is (0: none). */
export function headingAt(rows: readonly SheetRow[], headerRow: number): Heading {
  const row = rows.find((r) => r.number === headerRow);
  const columns = width(rows);
  if (!row)
    return {
      headerRow: headerRow === 0 ? 0 : headerRow,
      headings: Array.from({ length: columns }, () => ''),
    };
  return { headerRow, headings: join([row], 0, columns) };
}
