import { setTimeout as pause } from 'node:timers/promises';

/** Holds up whoever goes faster than so many bytes a second, counted from the first. */
export function throttle(bytesPerSecond: number | undefined): (bytes: number) => Promise<void> {
  if (!bytesPerSecond) return async () => {};
  let free = Date.now();
  return async (bytes) => {
    const now = Date.now();
    // Time not used is not saved up for more than a second.
    free = Math.max(free, now - 1000) + (bytes / bytesPerSecond) * 1000;
    if (free - now > 5) await pause(free - now);
  };
}
