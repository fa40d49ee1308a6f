import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { digestOf } from '../domain/token.ts';
import { type AccountRow, deviceIsKnown } from '../store/accounts.ts';
import { type AttemptKey, countAttempt, forgiveAttempt } from '../store/attempts.ts';

/** Where somebody comes from who wants in. */
export interface Arrival {
  address: string;
  /** As the browser says of itself. */
  userAgent?: string | undefined;
  /** The token of the cookie that marks a device somebody signed in on. */
  device?: string | undefined;
  /** The session it comes with, which ends when another begins. */
  session?: string | undefined;
}

/** What an attempt at an account is counted under. On a device the account has signed in on nobody else's guesses count. */
export async function attemptKeys(
  { db, clock }: IdentityDeps,
  o: { name: string; account: AccountRow | undefined; from: Arrival; second?: boolean },
): Promise<AttemptKey[]> {
  const { account, from } = o;
  if (account && from.device) {
    const digest = digestOf(from.device);
    if (await deviceIsKnown(db.owner, digest, account.id, clock.now())) {
      const of = `${account.id}|${digest.toString('hex')}`;
      return [{ kind: 'device', of: o.second ? `${of}|second` : of }];
    }
  }
  if (o.second) return [{ kind: 'factor', of: o.name }];
  return [
    { kind: 'pair', of: `${o.name}\0${from.address}` },
    { kind: 'account', of: o.name },
    { kind: 'address', of: from.address },
  ];
}

/** Counts an attempt. @throws Refusal session.tooMany with the seconds to wait */
export async function attempt({ db, clock }: IdentityDeps, keys: readonly AttemptKey[]): Promise<void> {
  const now = clock.now();
  const until = await db.system((tx) => countAttempt(tx, keys, now));
  if (!until) return;
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  throw new Refusal(
    'session.tooMany',
    `Too many failed attempts. Try again in ${seconds} seconds, or ask your administrator for a new password.`,
    { seconds },
  );
}

export const forgive = ({ db }: IdentityDeps, keys: readonly AttemptKey[]): Promise<void> =>
  db.system((tx) => forgiveAttempt(tx, keys));
