import { blank, cut, type Grey, parting, paste, scaled } from './grey.ts';
import type { LineBox, RawSymbol } from './reading.ts';

/**
 * Lines of writing cut out of a page and laid level under each other on a clean sheet.
 *
 * Vertical columns are cut into characters which are then laid side by side, because the data of the reader know
 * horizontal writing only.
 */
export interface Sheet {
  picture: Grey;
  /** The place on the page from which a symbol of the sheet came, and the number of its line; undefined outside. */
  origin(symbol: RawSymbol): { line: number; box: LineBox } | undefined;
}

interface Cell {
  /** On the sheet, and on the page. */
  x0: number;
  x1: number;
  source: LineBox;
}

interface Row {
  y0: number;
  y1: number;
  cells: Cell[];
}

export function isUpright({ x0, y0, x1, y1 }: LineBox): boolean {
  return y1 - y0 > 2.2 * (x1 - x0);
}

/** The thickness of a line of writing: the height of a level one, the width of an upright column. */
export function thickness(box: LineBox): number {
  return isUpright(box) ? box.x1 - box.x0 : box.y1 - box.y0;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

/** @param size height in pixels that the writing is given on the sheet */
export async function layOut(page: Grey, lines: readonly LineBox[], size: number): Promise<Sheet> {
  const gap = Math.round(size * 0.9);
  const parts: { cells: { picture: Grey; source: LineBox }[] }[] = [];
  for (const line of lines) {
    const sources = isUpright(line) ? charactersOf(page, line) : [line];
    const factor = size / Math.max(1, thickness(line));
    const cells = await Promise.all(
      sources.map(async (source) => {
        const pad = isUpright(line) ? 0 : thickness(line) * 0.1;
        const part = cut(
          page,
          source.x0 - pad,
          source.y0 - pad,
          source.x1 - source.x0 + 2 * pad,
          source.y1 - source.y0 + 2 * pad,
        );
        return { picture: await scaled(part, factor), source };
      }),
    );
    parts.push({ cells });
  }
  const between = Math.round(size * 0.08);
  const widths = parts.map(({ cells }) => cells.reduce((sum, c) => sum + c.picture.width + between, 0));
  const heights = parts.map(({ cells }) => Math.max(1, ...cells.map((c) => c.picture.height)));
  const width = Math.max(1, ...widths) + 2 * gap;
  const height = heights.reduce((sum, h) => sum + h + gap, gap);
  const sheet = blank(width, height);
  const rows: Row[] = [];
  let y = gap;
  parts.forEach(({ cells }, i) => {
    const row: Row = { y0: y, y1: y + heights[i]!, cells: [] };
    let x = gap;
    for (const { picture, source } of cells) {
      paste(sheet, picture, x, y + ((heights[i]! - picture.height) >> 1));
      row.cells.push({ x0: x, x1: x + picture.width, source });
      x += picture.width + between;
    }
    rows.push(row);
    y += heights[i]! + gap;
  });
  return { picture: sheet, origin: (symbol) => originOf(rows, gap, symbol) };
}

function originOf(rows: readonly Row[], gap: number, symbol: RawSymbol) {
  const middle = (symbol.y0 + symbol.y1) / 2;
  const line = rows.findIndex((r) => middle >= r.y0 - gap / 2 && middle < r.y1 + gap / 2);
  const row = rows[line];
  if (!row) return undefined;
  const x = (symbol.x0 + symbol.x1) / 2;
  const cell = row.cells.find((c) => x < c.x1) ?? row.cells.at(-1);
  if (!cell) return undefined;
  if (row.cells.length > 1) return { line, box: cell.source };
  const { source } = cell;
  const across = (source.x1 - source.x0) / Math.max(1, cell.x1 - cell.x0);
  const x0 = source.x0 + (symbol.x0 - cell.x0) * across;
  const x1 = source.x0 + (symbol.x1 - cell.x0) * across;
  return { line, box: { x0, x1, y0: source.y0, y1: source.y1 } };
}

/** The characters of an upright column: runs of ink, joined or split until they are about as tall as they are wide. */
export function charactersOf(page: Grey, column: LineBox): LineBox[] {
  const part = cut(page, column.x0, column.y0, column.x1 - column.x0, column.y1 - column.y0);
  const threshold = parting(part).threshold;
  const side = part.width;
  const runs: { from: number; to: number }[] = [];
  for (let y = 0; y < part.height; y++) {
    let dark = 0;
    for (let x = 0; x < side; x++) if (part.data[y * side + x]! < threshold) dark += 1;
    if (dark === 0) continue;
    const last = runs.at(-1);
    if (last && last.to === y) last.to = y + 1;
    else runs.push({ from: y, to: y + 1 });
  }
  const joined: { from: number; to: number }[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && run.to - last.from <= side * 1.12) last.to = run.to;
    else joined.push({ ...run });
  }
  const left = Math.floor(column.x0);
  const top = Math.floor(column.y0);
  return joined.flatMap(({ from, to }) => {
    const pieces = Math.max(1, Math.round((to - from) / (side * 1.05)));
    const each = (to - from) / pieces;
    return Array.from({ length: pieces }, (_, i) => ({
      x0: left,
      x1: left + side,
      y0: top + from + i * each,
      y1: top + from + (i + 1) * each,
    }));
  });
}
