import type { Grey } from './grey.ts';
import { parting } from './grey.ts';

export interface RulesTaken {
  picture: Grey;
  /** How many ruled lines were taken out, across and down. */
  across: number;
  down: number;
}

/**
 * Takes the ruled lines of forms and tables out of a page, since the reader takes them for strokes.
 *
 * A line is ink that runs on for `minLength` pixels and is at most `maxThickness` thick there; where a stroke of
 * writing crosses it, the ink is thicker and stays.
 */
export function takeOutRules(picture: Grey, minLength: number, maxThickness: number): RulesTaken {
  const { width, height } = picture;
  const threshold = parting(picture).threshold;
  const ink = new Uint8Array(width * height);
  for (let i = 0; i < ink.length; i++) ink[i] = picture.data[i]! < threshold ? 1 : 0;
  const data = Uint8Array.from(picture.data);
  const across = sweep(ink, data, height, width, width, 1, minLength, maxThickness);
  const down = sweep(ink, data, width, height, 1, width, minLength, maxThickness);
  return { picture: { data, width, height }, across, down };
}

/** Lanes lie `laneStep` apart in memory, pixels of a lane `step`; the count is of lanes' first runs of each line. */
function sweep(
  ink: Uint8Array,
  data: Uint8Array,
  lanes: number,
  length: number,
  laneStep: number,
  step: number,
  minLength: number,
  maxThickness: number,
): number {
  let lines = 0;
  let lastLane = -10;
  for (let lane = 0; lane < lanes; lane++) {
    let start = -1;
    let gap = 0;
    let found = false;
    for (let i = 0; i <= length; i++) {
      const dark = i < length && ink[lane * laneStep + i * step] === 1;
      if (dark) {
        if (start < 0) start = i;
        gap = 0;
        continue;
      }
      if (start < 0) continue;
      gap += 1;
      // A speck of paper in a scanned line does not end it.
      if (gap <= 2 && i < length) continue;
      const end = i - gap + 1;
      if (end - start >= minLength && isThin(ink, lane, lanes, laneStep, step, start, end, maxThickness)) {
        wipe(ink, data, lane, lanes, laneStep, step, start, end, maxThickness);
        found = true;
      }
      start = -1;
      gap = 0;
    }
    if (found) {
      if (lane - lastLane > maxThickness) lines += 1;
      lastLane = lane;
    }
  }
  return lines;
}

function thicknessAt(
  ink: Uint8Array,
  lane: number,
  lanes: number,
  laneStep: number,
  at: number,
  limit: number,
): number {
  let n = 0;
  for (let l = lane; l >= 0 && ink[l * laneStep + at] === 1 && n <= limit; l--) n += 1;
  for (let l = lane + 1; l < lanes && ink[l * laneStep + at] === 1 && n <= limit; l++) n += 1;
  return n;
}

/** Thin along most of its length: a black picture or a bold heading bar is not a line. */
function isThin(
  ink: Uint8Array,
  lane: number,
  lanes: number,
  laneStep: number,
  step: number,
  start: number,
  end: number,
  limit: number,
): boolean {
  let thin = 0;
  let seen = 0;
  for (let i = start; i < end; i += 3) {
    seen += 1;
    if (thicknessAt(ink, lane, lanes, laneStep, i * step, limit) <= limit) thin += 1;
  }
  return thin * 10 >= seen * 7;
}

function wipe(
  ink: Uint8Array,
  data: Uint8Array,
  lane: number,
  lanes: number,
  laneStep: number,
  step: number,
  start: number,
  end: number,
  limit: number,
): void {
  for (let i = start; i < end; i++) {
    const at = i * step;
    if (thicknessAt(ink, lane, lanes, laneStep, at, limit) > limit) continue;
    // The blurred rim of the line goes with it.
    for (let l = Math.max(0, lane - limit); l <= Math.min(lanes - 1, lane + limit); l++) {
      const near = l * laneStep + at;
      if (ink[near] === 1 ? isJoined(ink, l, lane, laneStep, at) : touchesLine(ink, l, lane, laneStep, at))
        data[near] = 255;
    }
  }
}

function isJoined(ink: Uint8Array, from: number, to: number, laneStep: number, at: number): boolean {
  const step = from < to ? 1 : -1;
  for (let l = from; l !== to; l += step) if (ink[l * laneStep + at] !== 1) return false;
  return true;
}

function touchesLine(ink: Uint8Array, from: number, to: number, laneStep: number, at: number): boolean {
  const step = from < to ? 1 : -1;
  return ink[(from + step) * laneStep + at] === 1 && isJoined(ink, from + step, to, laneStep, at);
}
