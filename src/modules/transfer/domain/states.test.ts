import { describe, expect, it } from 'vitest';
import { BATCH_ACTS, BATCH_STATES, type BatchState, MOVES, moveOf, UNDER_WAY } from './states.ts';

const ENDS: readonly BatchState[] = ['accepted', 'withdrawn', 'removed'];

/** All states that moves lead to from here. */
function reached(from: BatchState): Set<BatchState> {
  const seen = new Set<BatchState>([from]);
  for (const state of seen) for (const m of MOVES) if (m.from.includes(state)) seen.add(m.to);
  return seen;
}

describe('the states of a batch', () => {
  it('are all reached from the first, and an end is reached from each', () => {
    expect([...reached('preparing')].sort()).toEqual([...BATCH_STATES].sort());
    for (const state of BATCH_STATES)
      expect(
        ENDS.some((end) => reached(state).has(end)),
        state,
      ).toBe(true);
  });

  it('have no move out of an end, and no act without a move', () => {
    for (const end of ENDS) expect(MOVES.filter((m) => m.from.includes(end))).toEqual([]);
    for (const act of BATCH_ACTS)
      expect(
        MOVES.some((m) => m.act === act),
        act,
      ).toBe(true);
  });

  it('never leave it open which move an act makes', () => {
    for (const state of BATCH_STATES)
      for (const act of BATCH_ACTS)
        expect(
          MOVES.filter((m) => m.act === act && m.from.includes(state)).length,
          `${state} ${act}`,
        ).toBeLessThanOrEqual(1);
  });

  it('are moved either by people or by the system, never by both', () => {
    for (const state of UNDER_WAY)
      expect(MOVES.filter((m) => m.from.includes(state) && m.who !== 'system').map((m) => m.act)).toEqual([]);
  });

  it('let nobody accept, return or send what they prepared themselves, on either side', () => {
    for (const act of ['accept', 'return', 'send', 'dispatch'] as const)
      expect(MOVES.find((m) => m.act === act)?.notBy).toContain('prepared');
    expect(moveOf('proposed', 'accept')?.notBy).toEqual(['prepared', 'registered', 'proposed']);
  });

  it('take nothing in that was not proposed by one person of the archive and decided by another', () => {
    const before = MOVES.filter((m) => m.to === 'accepting');
    expect(before.map((m) => m.from)).toEqual([['proposed']]);
  });
});
