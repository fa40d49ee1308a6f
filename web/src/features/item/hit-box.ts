import type { Box, Range } from '../../api/shapes.ts';

interface Size {
  width: number | null;
  height: number | null;
}

/** Wide characters take two cells, others one: good enough to place a mark inside a line. */
function cells(text: string): number {
  let sum = 0;
  for (const char of text)
    sum += /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u.test(char) ? 2 : 1;
  return sum;
}

/** The part of a line's box that some of its characters take; downwards where the line is clearly higher than wide. */
function partOf([x = 0, y = 0, w = 0, h = 0]: Box, text: string, [start = 0, end = 0]: Range): Box {
  const all = Math.max(1, cells(text));
  const from = cells(text.slice(0, start)) / all;
  const part = cells(text.slice(start, end)) / all;
  const vertical = h > w * 1.5 && text.length > 1;
  return vertical ? [x, y + h * from, w, h * part] : [x + w * from, y, w * part, h];
}

/**
 * Where a box of the upright picture lies on the picture as stored.
 * @param rotation clockwise degrees that turned the stored picture upright.
 */
function asStored(
  [x = 0, y = 0, w = 0, h = 0]: Box,
  rotation: number,
  upright: { width: number; height: number },
): Box {
  if (rotation === 90) return [y, upright.width - x - w, h, w];
  if (rotation === 180) return [upright.width - x - w, upright.height - y - h, w, h];
  if (rotation === 270) return [upright.height - y - h, x, h, w];
  return [x, y, w, h];
}

/**
 * The place of found characters on the page image, in its pixels; null when sizes are unknown.
 * @param line box of the line in pixels of the upright picture that was read (`read`).
 * @param page the stored page image.
 */
export function hitBox(
  line: Box,
  text: string,
  range: Range,
  read: Size & { rotation: number },
  page: Size,
): Box | null {
  if (!read.width || !read.height || !page.width || !page.height || line.length < 4) return null;
  const upright = { width: read.width, height: read.height };
  const [x = 0, y = 0, w = 0, h = 0] = asStored(partOf(line, text, range), read.rotation, upright);
  const sideways = read.rotation % 180 !== 0;
  const sx = page.width / (sideways ? read.height : read.width);
  const sy = page.height / (sideways ? read.width : read.height);
  return [x * sx, y * sy, w * sx, h * sy];
}
