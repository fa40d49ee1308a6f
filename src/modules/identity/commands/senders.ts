import { type Actor, auditActor, demandFresh } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { LONGEST_TOKEN_DAYS, TOKEN_MARK } from '../domain/api-token.ts';
import { readNetworks } from '../domain/networks.ts';
import { SENDER_ROLE } from '../domain/shipped-roles.ts';
import { digestOf, newToken } from '../domain/token.ts';
import { insertServiceAccount } from '../store/accounts.ts';
import { endMembership, membershipsOfPeople } from '../store/memberships.ts';
import {
  insertToken,
  limitTokens,
  revokeToken,
  revokeTokens,
  type TokenRow,
  tokensOf,
} from '../store/tokens.ts';
import { noteAtAccount } from './account-entry.ts';
import type { Arrival } from './attempts.ts';
import { factorName } from './factors.ts';
import { giveRoles } from './give.ts';
import type { NewApiToken } from './tokens.ts';

const DAY = 86_400_000;

/**
 * Accounts of systems that agencies' records come from. Who may register one, agree to it and have its tokens, the caller has
 * decided: these are the steps, in the caller's transaction where they go with others.
 */
export function senderCommands(deps: IdentityDeps) {
  const { db, clock, newId } = deps;
  return {
    /** An account without any right yet. */
    async addSender(tx: Tx, o: { id: string; displayName: string; archiveId: string }): Promise<void> {
      const account = { ...o, displayName: factorName(o.displayName), username: `sender-${o.id}` };
      if (!(await insertServiceAccount(tx, { ...account, kind: 'sender' })))
        throw new Error(`there is already an account ${account.username}`);
    },

    /** It may send from now on, until the moment named. */
    admitSender: (tx: Tx, o: { id: string; archiveId: string; until: Date | null }): Promise<void> =>
      giveRoles(deps, tx, o.id, [
        { archiveId: o.archiveId, role: SENDER_ROLE, subtree: false, until: o.until },
      ]),

    /** It may send no more: its role and its tokens end. */
    async endSender(tx: Tx, id: string): Promise<void> {
      const now = clock.now();
      for (const held of await membershipsOfPeople(tx, [id])) await endMembership(tx, held.id, now);
      await revokeTokens(tx, id, now);
    },

    /** Where its tokens may be used from. */
    limitSender: (tx: Tx, id: string, addresses: readonly string[] | null): Promise<void> =>
      limitTokens(tx, id, addresses),

    /** Networks as people write them. @throws Refusal token.address */
    readNetworks,

    senderTokens: (id: string): Promise<TokenRow[]> => tokensOf(db.owner, id, clock.now()),

    /** @throws Refusal token.days, factor.name, session.stale */
    async createSenderToken(
      actor: Actor,
      o: { id: string; archiveId: string; name: string; days: number; addresses: readonly string[] | null },
      from: Arrival,
    ): Promise<NewApiToken> {
      demandFresh(actor, clock);
      const now = clock.now();
      if (!Number.isInteger(o.days) || o.days < 1 || o.days > LONGEST_TOKEN_DAYS)
        throw new Refusal('token.days', `A token is valid for 1 to ${LONGEST_TOKEN_DAYS} days.`, {
          max: LONGEST_TOKEN_DAYS,
        });
      const name = factorName(o.name);
      const expiresAt = new Date(now.getTime() + o.days * DAY);
      const secret = TOKEN_MARK + newToken().token;
      const id = newId();
      await db.system(async (tx) => {
        await insertToken(tx, digestOf(secret), {
          id,
          personId: o.id,
          name,
          capabilities: ['intake.send'],
          archives: [o.archiveId],
          createdAt: now,
          createdBy: actor.id ?? o.id,
          expiresAt,
          addresses: o.addresses,
        });
        await noteAtAccount(deps, tx, {
          actor: auditActor(actor),
          personId: o.id,
          act: 'token.created',
          from,
          detail: { token: id, name, expiresAt: expiresAt.toISOString() },
        });
      });
      return { id, secret, expiresAt };
    },

    /** @throws Refusal token.notFound */
    async revokeSenderToken(actor: Actor, o: { id: string; tokenId: string }, from: Arrival): Promise<void> {
      await db.system(async (tx) => {
        const revoked = await revokeToken(tx, o.id, o.tokenId, clock.now());
        if (!revoked)
          throw new Refusal('token.notFound', 'There is no such token, or it was revoked already.');
        await noteAtAccount(deps, tx, {
          actor: auditActor(actor),
          personId: o.id,
          act: 'token.revoked',
          from,
          detail: { token: o.tokenId, name: revoked.name },
        });
      });
    },
  };
}
