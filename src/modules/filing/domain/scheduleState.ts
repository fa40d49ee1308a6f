/**
 * What a schedule goes through. Whether an approved one is to come, in force or followed by a later one is no state: the day
 * says it.
 *
 * | state | meaning | who leads on |
 * |---|---|---|
 * | draft | being written; the agency's alone | agency: submits |
 * | submitted | with the archive's supervision | archive: approves or returns; agency: takes back |
 * | returned | came back with comments; to be mended | agency: submits again |
 * | approved | in force from its day, until a later one is; never changed again | nobody |
 */
export const SCHEDULE_STATES = ['draft', 'submitted', 'returned', 'approved'] as const;
export type ScheduleState = (typeof SCHEDULE_STATES)[number];

/** What leads from one state to another. */
export const SCHEDULE_MOVES = {
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  takeBack: { from: ['submitted'], to: 'draft' },
  return: { from: ['submitted'], to: 'returned' },
  approve: { from: ['submitted'], to: 'approved' },
} as const satisfies Record<string, { from: readonly ScheduleState[]; to: ScheduleState }>;
export type ScheduleMove = keyof typeof SCHEDULE_MOVES;

export function mayMove(move: ScheduleMove, from: ScheduleState): boolean {
  return (SCHEDULE_MOVES[move].from as readonly ScheduleState[]).includes(from);
}

/** Whether its lines may still be changed. */
export function isOpen(state: ScheduleState): boolean {
  return state === 'draft' || state === 'returned';
}
