import { type Actor, auditActor, demand, demandFresh } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { checkPassword, hashPassword } from '../domain/password.ts';
import { digestOf, newToken } from '../domain/token.ts';
import { foldUsername } from '../domain/username.ts';
import { type AccountRow, accountById, accountByName, replacePassword } from '../store/accounts.ts';
import { forgiveAttempt } from '../store/attempts.ts';
import { deleteFactors } from '../store/factors.ts';
import { insertPasswordLink, takePasswordLink } from '../store/links.ts';
import { endSessions } from '../store/sessions.ts';
import { noteAtAccount } from './account-entry.ts';
import { type Arrival, attempt } from './attempts.ts';
import { judgePassword } from './judge.ts';
import { type Opened, ownSession, raiseSession } from './open-session.ts';

const LINK_MS = 24 * 60 * 60_000;

/**
 * Judges a new password by our rules and, where a file of breached ones is set, by that.
 *
 * @throws Refusal password.length, password.guessable, password.breached, password.listUnreadable
 */
export async function checkNewPassword(
  { signIn }: Pick<IdentityDeps, 'signIn'>,
  password: string,
  username: string,
): Promise<void> {
  checkPassword(password, username);
  if (await signIn.breached?.has(password)) {
    throw new Refusal(
      'password.breached',
      'This password has become known elsewhere and is tried by those who guess. Take another.',
      { field: 'password' },
    );
  }
}

export function passwordCommands(deps: IdentityDeps) {
  const { db, clock, audit } = deps;

  return {
    /** Sets a new password and ends the person's sessions. @throws Refusal person.notFound password.* */
    async resetPassword(actor: Actor, username: string, password: string): Promise<void> {
      const name = foldUsername(username);
      await checkNewPassword(deps, password, name);
      const passwordHash = await hashPassword(password);
      await db.system(async (tx) => {
        const p = await accountByName(tx, name);
        if (p?.kind !== 'person') throw new Refusal('person.notFound', `There is no account named ${name}.`);
        await replacePassword(tx, p.id, passwordHash, clock.now());
        await endSessions(tx, p.id);
        await forgiveAttempt(tx, [{ kind: 'account', of: name }]);
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: p.archiveId,
          act: 'person.passwordReset',
          target: { type: 'person', id: p.id },
        });
      });
    },

    /** Takes second factors and recovery codes away from somebody who lost them; at the command line. */
    async clearFactors(actor: Actor, username: string): Promise<number> {
      return db.system(async (tx) => {
        const p = await accountByName(tx, foldUsername(username));
        if (!p) throw new Refusal('person.notFound', `There is no account named ${username}.`);
        const number = await deleteFactors(tx, p.id);
        await endSessions(tx, p.id);
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: p.archiveId,
          act: 'factor.cleared',
          target: { type: 'person', id: p.id },
          detail: { number },
        });
        return number;
      });
    },

    /**
     * The person changes their own password. Other sessions end, this one goes on under a new token.
     *
     * @param current the password until now; left out only where there is none
     * @throws Refusal session.proof, session.tooMany, session.stale, password.*
     */
    async changePassword(
      actor: Actor,
      current: string | undefined,
      next: string,
      from: Arrival,
    ): Promise<Opened> {
      const { personId, sessionId } = ownSession(actor);
      const account = await accountById(db.owner, personId);
      if (!account) throw new Refusal('session.none', 'Sign in first.');
      if (account.passwordHash === null) demandFresh(actor, clock);
      else await demandCurrent(deps, account, current ?? '');
      await checkNewPassword(deps, next, account.username);
      const passwordHash = await hashPassword(next);
      return db.system(async (tx) => {
        await replacePassword(tx, personId, passwordHash, clock.now());
        await forgiveAttempt(tx, [{ kind: 'factor', of: `${personId}|prove` }]);
        const ended = await endSessions(tx, personId, sessionId);
        await noteAtAccount(deps, tx, {
          actor: auditActor(actor),
          personId,
          act: 'password.changed',
          from,
          detail: { sessionsEnded: ended },
        });
        return raiseSession(deps, tx, actor, actor.factors ?? 'password');
      });
    },

    /**
     * A one-time link for somebody who forgot their password; an older link stops working. The administrator hands it over
     * and learns no password.
     *
     * @param clearsFactors the second factor is lost as well: whoever uses the link signs in without it
     * @throws Refusal person.notFound, person.self, actor.forbidden, session.stale
     */
    async makePasswordLink(
      actor: Actor,
      personId: string,
      o: { clearsFactors: boolean; reason: string },
      from: Arrival,
    ): Promise<{ token: string; expiresAt: Date }> {
      demandFresh(actor, clock);
      const account = await accountById(db.owner, personId);
      const none = new Refusal('person.notFound', 'There is no such account.');
      if (account?.kind !== 'person' || account.archiveId === null) throw none;
      demand(actor, 'people.manage', account.archiveId, none);
      if (account.id === actor.id)
        throw new Refusal('person.self', 'For your own account change the password in “My account”.');
      const { token, digest } = newToken();
      const expiresAt = new Date(clock.now().getTime() + LINK_MS);
      await db.system(async (tx) => {
        await insertPasswordLink(tx, digest, { personId, clearsFactors: o.clearsFactors, expiresAt });
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: account.archiveId,
          act: 'person.passwordLink',
          target: { type: 'person', id: personId },
          address: from.address,
          purpose: o.reason,
          detail: { clearsFactors: o.clearsFactors, name: account.displayName },
        });
      });
      return { token, expiresAt };
    },

    /**
     * Sets a password by a one-time link. The person signs in with it afterwards.
     *
     * @throws Refusal link.notFound, password.* (the link stays good then)
     */
    async setPasswordByLink(token: string, password: string, from: Arrival): Promise<void> {
      await db.system(async (tx) => {
        const link = await takePasswordLink(tx, digestOf(token), clock.now());
        const account = link && (await accountById(tx, link.personId));
        if (!link || !account || account.disabledAt)
          throw new Refusal(
            'link.notFound',
            'This link has been used or has run out. Ask your administrator for a new one.',
          );
        await checkNewPassword(deps, password, account.username);
        await replacePassword(tx, account.id, await hashPassword(password), clock.now());
        const factorsCleared = link.clearsFactors ? await deleteFactors(tx, account.id) : 0;
        await endSessions(tx, account.id);
        await forgiveAttempt(tx, [{ kind: 'account', of: account.username }]);
        await audit.append(tx, {
          actor: { id: account.id, name: account.displayName },
          archiveId: account.archiveId,
          act: 'password.setByLink',
          target: { type: 'person', id: account.id },
          address: from.address,
          detail: { factorsCleared },
        });
      });
    },
  };
}

async function demandCurrent(deps: IdentityDeps, account: AccountRow, current: string): Promise<void> {
  await attempt(deps, [{ kind: 'factor', of: `${account.id}|prove` }]);
  if (await judgePassword(deps, account.username, current, account)) return;
  throw new Refusal('session.proof', 'The password you have now does not fit.', { field: 'current' });
}
