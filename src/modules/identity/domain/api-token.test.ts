import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CAPABILITIES, type Capability } from '#kernel/actor';
import { narrowed, newTokenScope } from './api-token.ts';

const now = new Date('2026-03-01T02:00:00Z');
const rights = new Map<string, Set<Capability>>([
  ['a', new Set(['holdings.read', 'import.run', 'people.manage'])],
  ['b', new Set(['holdings.read'])],
]);
const wanted = { capabilities: ['holdings.read'], archives: ['a'], days: 90 };

describe('the scope of an API token', () => {
  it('is what was asked for, with an end', () => {
    expect(newTokenScope(rights, wanted, now)).toEqual({
      capabilities: ['holdings.read'],
      archives: ['a'],
      expiresAt: new Date('2026-05-30T02:00:00Z'),
    });
  });

  it.each([
    [{ capabilities: ['access.decide'] }, 'token.scope'],
    [{ capabilities: ['people.manage'] }, 'token.scope'],
    [{ capabilities: ['import.run'], archives: ['b'] }, 'token.scope'],
    [{ archives: ['a', 'elsewhere'] }, 'token.scope'],
    [{ capabilities: [] }, 'token.scope'],
    [{ capabilities: ['__proto__'] }, 'token.scope'],
    [{ days: 0 }, 'token.days'],
    [{ days: 367 }, 'token.days'],
    [{ days: Number.NaN }, 'token.days'],
  ])('%j is refused', (change, code) => {
    expect(() => newTokenScope(rights, { ...wanted, ...change }, now)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it('never gives more than the owner has at the time it is used', () => {
    const capability = fc.constantFrom(...CAPABILITIES);
    const world = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.uniqueArray(capability));
    const scope = fc.record({
      capabilities: fc.array(fc.oneof(capability, fc.string())),
      archives: fc.option(fc.array(fc.constantFrom<string>('a', 'b', 'c', 'd'))),
    });
    fc.assert(
      fc.property(world, scope, (held, s) => {
        const owner = new Map(Object.entries(held).map(([a, c]) => [a, new Set(c)]));
        for (const [archive, capabilities] of narrowed(owner, s)) {
          expect(s.archives === null || s.archives.some((a) => a === archive)).toBe(true);
          for (const c of capabilities) {
            expect(owner.get(archive)?.has(c)).toBe(true);
            expect(s.capabilities).toContain(c);
          }
        }
      }),
    );
  });
});
