import { expect, it } from 'vitest';
import type { BatchState } from './states.ts';
import { isStuck } from './stuck.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const batch = (state: BatchState, moved: number, failing: number | null) => ({
  state,
  movedAt: ago(moved),
  failingSince: failing === null ? null : ago(failing),
});

it('a step of the system that fails for more than half an hour is stuck', () => {
  expect(isStuck(batch('checking', 40, 29), NOW)).toBe(false);
  expect(isStuck(batch('checking', 40, 31), NOW)).toBe(true);
});

it('one of which nothing is heard for six hours is stuck, and a long one before is not', () => {
  expect(isStuck(batch('accepting', 359, null), NOW)).toBe(false);
  expect(isStuck(batch('accepting', 361, null), NOW)).toBe(true);
});

it('a batch that waits for people is never stuck', () => {
  expect(isStuck(batch('reviewing', 10_000, 10_000), NOW)).toBe(false);
  expect(isStuck(batch('preparing', 10_000, null), NOW)).toBe(false);
});
