import { type Actor, auditActor, demand, demandFresh } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { newTokenScope, TOKEN_MARK, type TokenScope } from '../domain/api-token.ts';
import { digestOf, newToken } from '../domain/token.ts';
import { newUsername } from '../domain/username.ts';
import { type AccountRow, accountById, insertServiceAccount, serviceAccountsOf } from '../store/accounts.ts';
import { insertToken, revokeToken, type TokenRow, tokensOf } from '../store/tokens.ts';
import { noteAtAccount } from './account-entry.ts';
import { actorFrom } from './actor.ts';
import type { Arrival } from './attempts.ts';
import { factorName } from './factors.ts';
import { ownSession } from './open-session.ts';

export interface WantedToken extends TokenScope {
  name: string;
  days: number;
}

/** A new token: its secret is shown once and kept nowhere. */
export interface NewApiToken {
  id: string;
  secret: string;
  expiresAt: Date;
}

/** API tokens of persons, and accounts of other systems with theirs. */
export function tokenCommands(deps: IdentityDeps) {
  const { db, clock, newId, audit } = deps;

  async function create(actor: Actor, owner: Actor & { id: string }, wanted: WantedToken, from: Arrival) {
    const now = clock.now();
    const name = factorName(wanted.name);
    const scope = newTokenScope(owner.rights, wanted, now);
    const secret = TOKEN_MARK + newToken().token;
    const id = newId();
    const { capabilities, archives, expiresAt } = scope;
    await db.system(async (tx) => {
      await insertToken(tx, digestOf(secret), {
        id,
        personId: owner.id,
        name,
        capabilities: [...capabilities],
        archives: archives && [...archives],
        createdAt: now,
        createdBy: actor.id ?? owner.id,
        expiresAt,
      });
      await noteAtAccount(deps, tx, {
        actor: auditActor(actor),
        personId: owner.id,
        act: 'token.created',
        from,
        detail: { token: id, name, capabilities, archives, expiresAt: expiresAt.toISOString() },
      });
    });
    return { id, secret, expiresAt };
  }

  async function revoke(actor: Actor, personId: string, id: string, from: Arrival): Promise<void> {
    await db.system(async (tx) => {
      const revoked = await revokeToken(tx, personId, id, clock.now());
      if (!revoked) throw new Refusal('token.notFound', 'There is no such token, or it was revoked already.');
      await noteAtAccount(deps, tx, {
        actor: auditActor(actor),
        personId,
        act: 'token.revoked',
        from,
        detail: { token: id, name: revoked.name },
      });
    });
  }

  /** Another system's account that the actor looks after. */
  async function serviceOf(actor: Actor, id: string): Promise<AccountRow> {
    ownSession(actor);
    const none = new Refusal('person.notFound', 'There is no such account of another system.');
    const account = await accountById(db.owner, id);
    if (account?.kind !== 'service' || account.archiveId === null) throw none;
    demand(actor, 'people.manage', account.archiveId, none);
    return account;
  }

  return {
    /** Tokens of one's own, those that are over last. */
    myTokens: (actor: Actor): Promise<TokenRow[]> =>
      tokensOf(db.owner, ownSession(actor).personId, clock.now()),

    /** @throws Refusal token.scope, token.days, factor.name, session.stale */
    async createMyToken(actor: Actor, wanted: WantedToken, from: Arrival): Promise<NewApiToken> {
      demandFresh(actor, clock);
      const { personId } = ownSession(actor);
      return create(actor, { ...actor, id: personId }, wanted, from);
    },

    /** @throws Refusal token.notFound */
    revokeMyToken: (actor: Actor, id: string, from: Arrival): Promise<void> =>
      revoke(actor, ownSession(actor).personId, id, from),

    /** Accounts of other systems in the archives the actor looks after. */
    async serviceAccounts(actor: Actor): Promise<(AccountRow & { tokens: TokenRow[] })[]> {
      const archives = [...actor.rights].filter(([, c]) => c.has('people.manage')).map(([id]) => id);
      const accounts = await serviceAccountsOf(db.owner, archives);
      return Promise.all(
        accounts.map(async (a) => ({ ...a, tokens: await tokensOf(db.owner, a.id, clock.now()) })),
      );
    },

    /**
     * Adds an account for another system. It never signs in, and has no rights until the security administrator gives it
     * some.
     *
     * @throws Refusal person.name, person.duplicate, factor.name, session.stale
     */
    async addServiceAccount(
      actor: Actor,
      o: { archiveId: string; username: string; displayName: string },
      from: Arrival,
    ): Promise<string> {
      demandFresh(actor, clock);
      demand(
        actor,
        'people.manage',
        o.archiveId,
        new Refusal('archive.notFound', 'There is no such archive.'),
      );
      const username = newUsername(o.username);
      const displayName = factorName(o.displayName);
      const id = newId();
      await db.system(async (tx) => {
        if (!(await insertServiceAccount(tx, { id, username, displayName, archiveId: o.archiveId })))
          throw new Refusal('person.duplicate', `There is already an account named ${username}.`, {
            username,
          });
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: o.archiveId,
          act: 'service.added',
          target: { type: 'person', id },
          address: from.address,
          detail: { username, name: displayName },
        });
      });
      return id;
    },

    /** @throws Refusal person.notFound, token.scope, token.days, session.stale */
    async createServiceToken(
      actor: Actor,
      accountId: string,
      wanted: WantedToken,
      from: Arrival,
    ): Promise<NewApiToken> {
      demandFresh(actor, clock);
      const account = await serviceOf(actor, accountId);
      const owner = await actorFrom(deps, account);
      return create(actor, { ...owner, id: account.id }, wanted, from);
    },

    /** @throws Refusal person.notFound, token.notFound */
    async revokeServiceToken(actor: Actor, accountId: string, id: string, from: Arrival): Promise<void> {
      await revoke(actor, (await serviceOf(actor, accountId)).id, id, from);
    },
  };
}
