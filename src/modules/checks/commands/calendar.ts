import { systemActor } from '#kernel/actor';
import { isRefusal } from '#kernel/errors';
import type { ChecksDeps } from '../deps.ts';
import { lastOfCalendar } from '../store/runs.ts';
import { CALENDAR, startHeld } from './held.ts';

const DAY_MS = 86_400_000;

/** How often what is held is checked, and how much of it. */
export interface CheckCalendar {
  /** Days within which all that an archive holds is checked once; 0: by nobody's calendar. */
  days: number;
  /** All of it; else the shares the scheme sets. */
  whole: boolean;
}

/**
 * For the clock of the house: begins the check of each archive whose last is so many days ago, or that has held something for so
 * long and was never checked. @returns how many were begun
 */
export async function keepCalendar(
  deps: ChecksDeps,
  { days, whole }: CheckCalendar,
  archives: readonly { id: string; code: string; heldSince: Date | null }[],
): Promise<number> {
  if (days === 0) return 0;
  const before = deps.clock.now().getTime() - days * DAY_MS;
  let begun = 0;
  for (const { id, code, heldSince } of archives) {
    if (!heldSince) continue;
    const last = (await lastOfCalendar(deps.db.owner, id)) ?? heldSince;
    if (last.getTime() > before) continue;
    try {
      await startHeld(deps, systemActor('lantai'), { id: code, stage: 'BC', about: CALENDAR, whole });
      begun++;
    } catch (e) {
      if (!isRefusal(e)) throw e;
      deps.log.warn({ archive: code, code: e.code }, 'what is held could not be checked');
    }
  }
  return begun;
}
