import { type BatchState, UNDER_WAY } from './states.ts';

/** A step that has failed for so long is stuck. */
const STUCK_MINUTES = 30;
/** No step takes so long: a hundred thousand files go through each in a part of it. */
const LONGEST_MINUTES = 6 * 60;

/** Whether a batch of which the next move is the system's waits for people: it failed for too long, or nothing is heard of it. */
export function isStuck(
  b: { state: BatchState; movedAt: Date; failingSince: Date | null },
  now: Date,
): boolean {
  if (!UNDER_WAY.has(b.state)) return false;
  const minutes = (since: Date) => (now.getTime() - since.getTime()) / 60_000;
  return b.failingSince === null
    ? minutes(b.movedAt) > LONGEST_MINUTES
    : minutes(b.failingSince) > STUCK_MINUTES;
}
