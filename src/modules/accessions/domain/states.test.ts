import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCESSION_STATES, type AccessionState, VERDICTS, WAYS } from '#kernel/accessionWords';
import { ACCESSION_ACTS, type AccessionAct, MOVES, moveOf, OVER, type Standing, targetOf } from './states.ts';

const gift: Standing = {
  state: 'promised', way: 'donation', hasPrice: false, verdict: null, isPlaced: false, isOutstanding: false,
}; // biome-ignore format: a table
function walk(from: Standing, ...acts: AccessionAct[]): AccessionState {
  let { state } = from;
  for (const act of acts) {
    const standing = { ...from, state };
    const move = moveOf(standing, act);
    if (!move || move.barred?.(standing)) throw new Error(`${act} from ${state}`);
    state = targetOf(move, standing);
  }
  return state;
}

const standings: fc.Arbitrary<Standing> = fc.record({
  state: fc.constantFrom(...ACCESSION_STATES),
  way: fc.constantFrom(...WAYS),
  hasPrice: fc.boolean(),
  verdict: fc.constantFrom(...VERDICTS, null),
  isPlaced: fc.boolean(),
  isOutstanding: fc.boolean(),
});

describe('the states of an accession', () => {
  it('lead from a promise to what is closed', () => {
    expect(walk({ ...gift, isPlaced: true }, 'agree', 'arrive', 'accept', 'arrange', 'close')).toBe('closed');
    expect(walk(gift, 'arrive', 'accept', 'arrive')).toBe('received');
    expect(walk(gift, 'withdraw')).toBe('withdrawn');
  });

  it('what is refused is decided by another, and goes back', () => {
    const refused = { ...gift, verdict: 'none' as const };
    expect(walk(refused, 'arrive', 'propose', 'approve', 'giveBack')).toBe('returned');
    expect(walk({ ...gift, verdict: 'part' as const }, 'arrive', 'propose', 'approve', 'giveBack')).toBe(
      'accepted',
    );
    expect(() => walk(gift, 'arrive', 'accept', 'giveBack')).toThrow('giveBack from accepted');
    expect(walk(refused, 'arrive', 'propose', 'decline')).toBe('received');
  });

  it('nothing is bought by one person, or without a price', () => {
    const bought: Standing = { ...gift, way: 'purchase', state: 'received', verdict: 'whole' };
    expect(moveOf(bought, 'accept')?.barred?.(bought)).toBe('accession.needsDecision');
    expect(moveOf(bought, 'propose')?.barred?.(bought)).toBe('accession.needsPrice');
    expect(walk({ ...bought, hasPrice: true }, 'propose', 'approve')).toBe('accepted');
  });

  it('a deposit goes back to its owner by another hand than who registered it', () => {
    const lent: Standing = { ...gift, way: 'deposit', state: 'closed' };
    expect(moveOf(lent, 'giveBack', true)).toMatchObject({
      who: 'accessions.decide',
      byAnother: true,
      to: 'returned',
    });
    expect(moveOf(lent, 'giveBack')).toBeUndefined();
    expect(moveOf({ ...lent, way: 'donation' }, 'giveBack', true)).toBeUndefined();
  });

  it('whatever is done, what is over stays over, and money or a refusal never stands without a second person', () => {
    fc.assert(
      fc.property(standings, fc.constantFrom(...ACCESSION_ACTS), fc.boolean(), (s, act, whole) => {
        const move = moveOf(s, act, whole);
        if (!move || move.barred?.(s)) return;
        expect(OVER.has(s.state)).toBe(false);
        const to = targetOf(move, s);
        if (to === 'refused') expect(move.byAnother).toBe(true);
        if (s.state === 'received' && to === 'accepted') expect(s.hasPrice).toBe(false);
        if (s.way === 'transfer') expect(['arrive', 'giveBack']).not.toContain(act);
      }),
    );
  });

  it('every state is reached from a promise, and every act is in the table', () => {
    const reached = new Set<AccessionState>(['promised']);
    for (let n = 0; n < ACCESSION_STATES.length; n++)
      for (const m of MOVES)
        for (const from of m.from)
          if (reached.has(from))
            for (const verdict of VERDICTS) reached.add(targetOf(m, { ...gift, state: from, verdict }));
    expect([...reached].sort()).toEqual([...ACCESSION_STATES].sort());
    expect(new Set(MOVES.map((m) => m.act))).toEqual(new Set(ACCESSION_ACTS));
  });
});
