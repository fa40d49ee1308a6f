import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Actor, publicActor } from './actor.ts';
import { demandOther } from './four-eyes.ts';

const who = (id: string | null, standsInFor: string[] = []): Actor => ({
  ...publicActor(),
  kind: 'person',
  id,
  delegatedBy: new Map([['archive', standsInFor.map((d) => ({ id: d, name: d }))]]),
});
const passes = (actor: Actor, proposer: string | null, archive = 'archive') => {
  try {
    demandOther(actor, proposer, 'rights', archive);
    return true;
  } catch {
    return false;
  }
};

describe('four eyes', () => {
  it('pass exactly those who are somebody, not the proposer, and do not stand in for the proposer', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    fc.assert(
      fc.property(fc.option(id), id, fc.array(id), (actor, proposer, standsInFor) => {
        expect(passes(who(actor, standsInFor), proposer)).toBe(
          actor !== null && actor !== proposer && !standsInFor.includes(proposer),
        );
      }),
    );
  });

  it('do not mind for whom somebody stands in elsewhere', () => {
    expect(passes(who('b', ['a']), 'a', 'another archive')).toBe(true);
  });
});
