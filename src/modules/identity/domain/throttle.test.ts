import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Attempts, nextAttempt, pauseAfter, THROTTLE, type ThrottleKind } from './throttle.ts';

const KINDS = Object.keys(THROTTLE) as ThrottleKind[];
const start = new Date('2026-03-01T02:00:00Z');
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000);

/** Tries whenever it may, for so long. Returns how many attempts were judged. */
function guesses(kind: ThrottleKind, seconds: number): number {
  let known: Attempts | undefined;
  let n = 0;
  for (let at = start; at < later(seconds); ) {
    const next = nextAttempt(kind, known, at);
    if ('waitUntil' in next) at = next.waitUntil;
    else {
      known = { attempts: next.attempts, lastAt: at };
      n++;
    }
  }
  return n;
}

describe('slowing down guessers', () => {
  it('costs nothing at first, then pauses that grow and have an end', () => {
    for (const kind of KINDS) {
      const pauses = Array.from({ length: 200 }, (_, n) => pauseAfter(kind, n));
      expect(pauses.slice(0, THROTTLE[kind].free + 1).every((p) => p === 0)).toBe(true);
      expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
      expect(Math.max(...pauses)).toBe(THROTTLE[kind].longestSeconds);
    }
  });

  it('leaves a guesser who never sleeps fewer than 100 guesses an hour at an account', () => {
    expect(guesses('account', 3600)).toBeLessThan(100);
    expect(guesses('pair', 3600)).toBeLessThan(20);
    expect(guesses('factor', 3600)).toBeLessThan(30);
    expect(guesses('account', 86_400)).toBeLessThan(1_500);
  });

  it('never makes anybody wait longer than the longest pause, however many attempts there were', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.nat(1e9), fc.nat(1e6), (kind, attempts, seconds) => {
        const next = nextAttempt(kind, { attempts, lastAt: start }, later(seconds));
        if ('waitUntil' in next)
          expect(next.waitUntil.getTime()).toBeLessThanOrEqual(
            start.getTime() + THROTTLE[kind].longestSeconds * 1000,
          );
      }),
    );
  });

  it('stops nobody who came a moment earlier than another who was counted first', () => {
    for (const kind of KINDS)
      expect(nextAttempt(kind, { attempts: 1, lastAt: later(0.02) }, start)).toEqual({ attempts: 2 });
  });
  it('forgets', () => {
    const known = { attempts: 500, lastAt: start };
    expect(nextAttempt('pair', known, later(60))).toHaveProperty('waitUntil');
    expect(nextAttempt('pair', known, later(13 * 3600))).toEqual({ attempts: 1 });
  });
});
