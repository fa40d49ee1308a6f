import type { Box, Range } from '../../api/shapes.ts';

interface Size {
  width: number;
  height: number;
}

/** Wide characters take two cells, others one: good enough to place a mark inside a line. */
function cells(text: string): number {
  let sum = 0;
  for (const char of text)
    sum += /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u.test(char) ? 2 : 1;
  return sum;
}

/**
 * The place of found characters inside a line, in pixels of the page image.
 * @param line box of the line in pixels of the recognised image (`recognised`); vertical when clearly higher than wide.
 */
export function hitBox(
  line: Box,
  text: string,
  [start = 0, end = 0]: Range,
  recognised: Size,
  page: Size,
): Box {
  const all = Math.max(1, cells(text));
  const from = cells(text.slice(0, start)) / all;
  const part = cells(text.slice(start, end)) / all;
  const sx = recognised.width > 0 ? page.width / recognised.width : 1;
  const sy = recognised.height > 0 ? page.height / recognised.height : 1;
  const [x = 0, y = 0, w = 0, h = 0] = line;
  const vertical = h > w * 1.5 && text.length > 1;
  return vertical
    ? [x * sx, (y + h * from) * sy, w * sx, h * part * sy]
    : [(x + w * from) * sx, y * sy, w * part * sx, h * sy];
}
