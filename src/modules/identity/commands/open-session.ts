import type { Actor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { deviceName } from '../domain/device.ts';
import { digestOf, newToken } from '../domain/token.ts';
import { type AccountRow, keepDevice } from '../store/accounts.ts';
import {
  endSessionOfToken,
  type Factors,
  insertSession,
  renewSession,
  type SessionRow,
  type SignInMethod,
} from '../store/sessions.ts';
import { noteAtAccount } from './account-entry.ts';
import type { Arrival } from './attempts.ts';

/** A session's token, to be handed to the browser once. */
export interface Opened {
  token: string;
  expiresAt: Date;
  session: SessionRow;
}

/** Opens a session under a new token; the one the browser came with ends, and the device is known from now on. */
export async function openSession(
  deps: IdentityDeps,
  tx: Tx,
  account: AccountRow,
  how: { method: SignInMethod; factors: Factors; with?: string },
  from: Arrival,
): Promise<Opened & { device: string }> {
  const { clock, newId, signIn } = deps;
  const now = clock.now();
  if (from.session) await endSessionOfToken(tx, digestOf(from.session), now);
  const { token, digest } = newToken();
  const session: SessionRow = {
    id: newId(),
    personId: account.id,
    address: from.address.slice(0, 100),
    device: deviceName(from.userAgent),
    method: how.method,
    factors: how.factors,
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + signIn.longestHours * 3_600_000),
    authenticatedAt: now,
  };
  await insertSession(tx, digest, session);
  const device = from.device ?? newToken().token;
  await keepDevice(tx, digestOf(device), account.id, now);
  await noteAtAccount(deps, tx, {
    actor: { id: account.id, name: account.displayName },
    personId: account.id,
    act: 'session.opened',
    from,
    detail: {
      session: session.id,
      method: how.method,
      factors: how.factors,
      ...(how.with ? { with: how.with } : {}),
      device: session.device,
    },
  });
  return { token, expiresAt: session.expiresAt, session, device };
}

/** The session the actor came with. @throws Refusal account.forbidden for an API token and for the system */
export function ownSession(actor: Actor): { personId: string; sessionId: string } {
  if (actor.kind === 'person' && actor.id && actor.via?.kind === 'session')
    return { personId: actor.id, sessionId: actor.via.id };
  throw new Refusal(
    'account.forbidden',
    'An account is looked after by its person, signed in with a browser; not with an API token.',
  );
}

/** The session goes on under a new token, with what was proved now. @throws Refusal session.none when it is over */
export async function raiseSession(
  { clock }: IdentityDeps,
  tx: Tx,
  actor: Actor,
  factors: Factors,
): Promise<Opened> {
  const { token, digest } = newToken();
  const session = await renewSession(tx, ownSession(actor).sessionId, digest, {
    factors,
    authenticatedAt: clock.now(),
  });
  if (!session) throw new Refusal('session.none', 'Your session has ended. Sign in again.');
  return { token, expiresAt: session.expiresAt, session };
}
