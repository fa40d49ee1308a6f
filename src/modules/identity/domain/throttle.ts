/**
 * Slowing down those who guess, without locking out those who know. Each attempt is counted under several keys before it is
 * judged, and taken back when it was right; the pause of each key grows and has an end.
 *
 * - `pair`: one account from one address; the guesser at one desk.
 * - `account`: one account from anywhere; its pause stays short, so that its owner comes in from a new device too.
 * - `address`: one address whatever the account; many work behind one address, so it begins late.
 * - `device`: one account on a device it has signed in on; in place of the three above, so that nobody else's guessing
 *   stops the owner.
 * - `factor`: the second step of one account, with the password known.
 */
export type ThrottleKind = 'pair' | 'account' | 'address' | 'device' | 'factor';

interface Rule {
  /** Wrong attempts that cost nothing. */
  free: number;
  longestSeconds: number;
  /** Without an attempt for so long, the count begins again. */
  forgetSeconds: number;
}

const HOUR = 3_600;
export const THROTTLE: Readonly<Record<ThrottleKind, Rule>> = {
  pair: { free: 5, longestSeconds: 900, forgetSeconds: 12 * HOUR },
  account: { free: 20, longestSeconds: 60, forgetSeconds: 12 * HOUR },
  address: { free: 60, longestSeconds: 300, forgetSeconds: HOUR },
  device: { free: 10, longestSeconds: 300, forgetSeconds: 12 * HOUR },
  factor: { free: 5, longestSeconds: 300, forgetSeconds: 12 * HOUR },
};

/** Seconds to wait after so many attempts: 1, 2, 4 … after the free ones. */
export function pauseAfter(kind: ThrottleKind, attempts: number): number {
  const { free, longestSeconds } = THROTTLE[kind];
  return attempts <= free ? 0 : Math.min(longestSeconds, 2 ** Math.min(30, attempts - free - 1));
}

/** What is known of a key. */
export interface Attempts {
  attempts: number;
  lastAt: Date;
}

/**
 * Judges one more attempt.
 *
 * @returns the count with it, or the moment it may be made again; an attempt that has to wait is not counted
 */
export function nextAttempt(
  kind: ThrottleKind,
  known: Attempts | undefined,
  now: Date,
): { attempts: number } | { waitUntil: Date } {
  const { forgetSeconds } = THROTTLE[kind];
  if (!known || now.getTime() - known.lastAt.getTime() > forgetSeconds * 1000) return { attempts: 1 };
  const pause = pauseAfter(kind, known.attempts);
  const waitUntil = new Date(known.lastAt.getTime() + pause * 1000);
  // Without a pause nobody waits, also who came earlier and was counted after another: many sign in behind one address at once.
  return pause > 0 && waitUntil > now ? { waitUntil } : { attempts: known.attempts + 1 };
}
