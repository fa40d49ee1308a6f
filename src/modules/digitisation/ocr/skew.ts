import type { Grey } from './grey.ts';
import { parting } from './grey.ts';

/** Beyond this a page is not "a little askew". */
const MAX_DEGREES = 5;

/**
 * The angle in degrees, clockwise positive, by which the lines of a page lean; turning by its negative sets them level.
 * Ink is summed along slanted rows; the angle with the sharpest rows wins. 0 when no angle stands out.
 */
export function skewOf(picture: Grey): number {
  const points = inkPoints(picture);
  if (points.length < 400) return 0;
  const score = (degrees: number) => sharpness(points, picture, degrees);
  let best = 0;
  let bestScore = score(0);
  const level = bestScore;
  const attempt = (degrees: number) => {
    const s = score(degrees);
    if (s > bestScore) {
      bestScore = s;
      best = degrees;
    }
  };
  for (let d = -MAX_DEGREES; d <= MAX_DEGREES; d += 0.5) attempt(d);
  const coarse = best;
  for (let d = coarse - 0.4; d <= coarse + 0.41; d += 0.1) attempt(d);
  return bestScore > level * 1.05 && Math.abs(best) < MAX_DEGREES ? Math.round(best * 10) / 10 : 0;
}

/** Pairs x, y of dark pixels: the lower edges of ink only, which are what lines share. */
function inkPoints(picture: Grey): Int32Array {
  const { data, width, height } = picture;
  const threshold = parting(picture).threshold;
  const points: number[] = [];
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      if (data[at]! < threshold && data[at + width]! >= threshold) points.push(x, y);
    }
  }
  return Int32Array.from(points);
}

function sharpness(points: Int32Array, { width, height }: Grey, degrees: number): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const offset = Math.ceil(Math.abs(slope) * width) + 1;
  const rows = new Float64Array(height + 2 * offset + 2);
  for (let i = 0; i < points.length; i += 2)
    rows[Math.round(points[i + 1]! - points[i]! * slope) + offset]! += 1;
  let sum = 0;
  for (let i = 1; i < rows.length; i++) sum += (rows[i]! - rows[i - 1]!) ** 2;
  return sum;
}
