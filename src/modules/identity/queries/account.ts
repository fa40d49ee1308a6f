import type { Actor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { ownSession } from '../commands/open-session.ts';
import type { IdentityDeps } from '../deps.ts';
import { accountById } from '../store/accounts.ts';
import { factorsOf, recoveryCodesLeft } from '../store/factors.ts';
import { linksOf } from '../store/linked.ts';

/** What a person sees of their own account. */
export function accountQueries({ db, signIn }: IdentityDeps) {
  return {
    async myAccount(actor: Actor) {
      const { personId } = ownSession(actor);
      const account = await accountById(db.owner, personId);
      if (!account) throw new Refusal('session.none', 'Sign in first.');
      const factors = await factorsOf(db.owner, personId);
      const links = await linksOf(db.owner, personId);
      return {
        id: account.id,
        username: account.username,
        displayName: account.displayName,
        hasPassword: account.passwordHash !== null,
        passwordChangedAt: account.passwordChangedAt,
        factors: factors.map(({ id, kind, name, createdAt, usedAt }) => ({
          id,
          kind,
          name,
          createdAt,
          usedAt,
        })),
        recoveryCodesLeft: await recoveryCodesLeft(db.owner, personId),
        links: links.map(({ provider, issuer, subject, linkedAt }) => ({
          provider,
          issuer,
          subject,
          linkedAt,
        })),
        /** Security keys work under these addresses alone; none: not here. */
        keyOrigins: [...(signIn.relyingParty?.origins ?? [])],
        withheld: actor.withheld ?? false,
      };
    },
  };
}
