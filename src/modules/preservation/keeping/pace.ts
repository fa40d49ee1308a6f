import { setTimeout as pause } from 'node:timers/promises';

/**
 * Keeps work to so many bytes a second, on the average of the last moments.
 *
 * @returns to be told after each piece how many bytes it was; fulfilled when the next may begin
 */
export function createPace(bytesPerSecond: number | null) {
  let free = performance.now();
  return async (bytes: number, signal?: AbortSignal): Promise<void> => {
    if (bytesPerSecond === null) return;
    const now = performance.now();
    // What was not used is lost, but for a second: no burst after a night of nothing to do.
    free = Math.max(free, now - 1000) + (bytes / bytesPerSecond) * 1000;
    if (free > now) await pause(free - now, undefined, { signal });
  };
}

export const megabytes = (n: number | null | undefined): number | null =>
  n === null || n === undefined ? null : n * 1_000_000;
