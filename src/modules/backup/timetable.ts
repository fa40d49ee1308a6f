import { dayIn, endOfDay } from '#kernel/calendar';

const DAY_MS = 86_400_000;

/** The moments of some times of day around now, in order. */
function momentsAround(now: Date, times: readonly string[], timeZone: string): Date[] {
  const moments: Date[] = [];
  // Half days, since a day may be an hour shorter than others.
  const shifts = [-2.5, -2, -1.5, -1, -0.5, 0, 0.5];
  const daysBefore = new Set(shifts.map((s) => dayIn(new Date(now.getTime() + s * DAY_MS), timeZone)));
  for (const dayBefore of daysBefore) {
    // The day begins where the one before ends.
    const begins = endOfDay(dayBefore, timeZone).getTime() + 1;
    for (const time of times) {
      const [hours, minutes] = time.split(':').map(Number) as [number, number];
      moments.push(new Date(begins + (hours * 60 + minutes) * 60_000));
    }
  }
  return moments.sort((a, b) => a.getTime() - b.getTime());
}

/** When a backup was due last; undefined where none is made by the clock. */
export function dueLast(now: Date, times: readonly string[], timeZone: string): Date | undefined {
  return momentsAround(now, times, timeZone).findLast((m) => m.getTime() <= now.getTime());
}

/** When the next is due. */
export function dueNext(now: Date, times: readonly string[], timeZone: string): Date | undefined {
  return momentsAround(now, times, timeZone).find((m) => m.getTime() > now.getTime());
}

/**
 * When the next drill is due: so many days after the last.
 *
 * @param last when the last one was asked for; undefined: there was none, it is due at once
 */
export function drillDue(now: Date, days: number | undefined, last: Date | undefined): Date | undefined {
  if (days === undefined) return undefined;
  return last === undefined ? now : new Date(last.getTime() + days * DAY_MS);
}
