import { type Actor, auditActor, demandFresh } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { digestOf, newToken } from '../domain/token.ts';
import type { OidcFlow, OidcHouse } from '../outside/oidc.ts';
import { accountById } from '../store/accounts.ts';
import { factorsOf } from '../store/factors.ts';
import {
  deleteLinks,
  insertLink,
  type OutsideIdentity,
  type Provider,
  personLinkedTo,
} from '../store/linked.ts';
import { insertStep, takeStep } from '../store/steps.ts';
import { noteAtAccount } from './account-entry.ts';
import { type Arrival, attempt } from './attempts.ts';
import { noteFailure } from './failures.ts';
import { type Opened, ownSession } from './open-session.ts';
import { raiseWith } from './prove.ts';
import { afterFirstFactor, type SecondDue, type SignedIn } from './sign-in.ts';

const FLOW_MS = 10 * 60_000;

/** Why somebody leaves for the other house: to come in, to link the account there, or to show again that it is them. */
export type OutsidePurpose = 'in' | 'link' | 'prove';

interface Kept {
  flow: OidcFlow;
  purpose: OutsidePurpose;
  personId: string | null;
  next: string;
}

export type CameBack =
  | { purpose: 'in'; next: string; result: SignedIn | SecondDue }
  | { purpose: 'link'; next: string }
  | { purpose: 'prove'; next: string; opened: Opened };

/** Sign-in through other houses. An account is linked by who looks after it, and never made or given rights by a sign-in. */
export function outsideCommands(deps: IdentityDeps) {
  const { db, clock, vault, signIn } = deps;

  async function link(actor: Actor, identity: OutsideIdentity, from: Arrival): Promise<void> {
    const { personId } = ownSession(actor);
    await db.system(async (tx) => {
      if (!(await insertLink(tx, identity, personId, clock.now())))
        throw new Refusal('identity.duplicate', 'This account of the other house is linked already.');
      await noteAtAccount(deps, tx, {
        actor: auditActor(actor),
        personId,
        act: 'identity.linked',
        from,
        detail: { ...identity },
      });
    });
  }

  return {
    /** Which other houses people can sign in through here. */
    doors: () => ({ oidc: signIn.oidc ? { name: signIn.oidc.name } : null, ldap: signIn.ldap !== undefined }),

    /**
     * Leaves for the OpenID Connect provider.
     *
     * @returns the address, and a token to be kept in the browser that came: nobody else can finish
     * @throws Refusal oidc.notFound, oidc.unreachable, session.stale (to link)
     */
    async leaveForOidc(
      actor: Actor,
      o: { purpose: OutsidePurpose; redirectUri: string; next: string },
    ): Promise<{ url: string; kept: string; expiresAt: Date }> {
      const house = oidcOf(deps);
      if (o.purpose === 'link') demandFresh(actor, clock);
      const personId = o.purpose === 'in' ? null : ownSession(actor).personId;
      const { url, flow } = await house.begin(o.redirectUri, o.purpose === 'prove');
      const { token, digest } = newToken();
      const kept: Kept = { flow, purpose: o.purpose, personId, next: o.next };
      const sealed = vault.seal(Buffer.from(JSON.stringify(kept)), place(token));
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + FLOW_MS);
      await db.system((tx) => insertStep(tx, digest, { kind: 'oidc', personId, sealed, now, expiresAt }));
      return { url, kept: token, expiresAt };
    },

    /**
     * Comes back from the provider. What was kept is used up, so that an answer works once.
     *
     * @param query the part of the address after the path, with its `?`
     * @throws Refusal oidc.wrong, oidc.unreachable, session.unlinked, identity.duplicate
     */
    async comeBackFromOidc(actor: Actor, kept: string, query: string, from: Arrival): Promise<CameBack> {
      const house = oidcOf(deps);
      const row = await takeStep(db.owner, 'oidc', digestOf(kept), clock.now());
      if (!row) throw tooLate();
      const { flow, purpose, personId, next } = JSON.parse(
        vault.open(row.sealed, place(kept)).toString('utf8'),
      ) as Kept;
      if (purpose !== 'in' && ownSession(actor).personId !== personId) throw tooLate();
      const { twoFactors, ...who } = await house.finish(query, flow);
      const identity: OutsideIdentity = { provider: 'oidc', ...who };
      if (purpose === 'link') {
        await link(actor, identity, from);
        return { purpose, next };
      }
      const account = await personLinkedTo(db.owner, identity);
      const known = account && !account.disabledAt && account.kind === 'person' ? account : undefined;
      if (!known || (purpose === 'prove' && known.id !== personId)) {
        await noteFailure(deps, {
          act: purpose === 'prove' ? 'session.proofFailed' : 'session.failed',
          account,
          reason: account ? 'disabled' : 'unlinked',
          from,
        });
        throw new Refusal(
          'session.unlinked',
          'This account of the other house belongs to nobody here. Sign in with your password and link it in “My account”, or ask your administrator.',
        );
      }
      if (purpose === 'prove') {
        const factors = twoFactors ? 'two' : (actor.factors ?? 'password');
        return { purpose, next, opened: await raiseWith(deps, actor, 'oidc', factors, from) };
      }
      return { purpose, next, result: await afterFirstFactor(deps, known, 'oidc', twoFactors, from) };
    },

    /** Links the directory's entry of the person, who shows its password. @throws Refusal session.wrong, ldap.notFound */
    async linkLdap(actor: Actor, username: string, password: string, from: Arrival): Promise<void> {
      demandFresh(actor, clock);
      const { personId } = ownSession(actor);
      const house = signIn.ldap;
      if (!house) throw new Refusal('ldap.notFound', 'There is no directory here.');
      await attempt(deps, [{ kind: 'factor', of: `${personId}|prove` }]);
      const subject = await house.subjectOf(username, password);
      if (subject === undefined)
        throw new Refusal('session.wrong', 'The user name or the password is wrong.');
      await link(actor, { provider: 'ldap', issuer: house.issuer, subject }, from);
    },

    /** Ends the links to one kind of house. @throws Refusal identity.last when no other way in would be left */
    async unlink(actor: Actor, provider: Provider, from: Arrival): Promise<void> {
      demandFresh(actor, clock);
      const { personId } = ownSession(actor);
      await db.system(async (tx) => {
        const account = await accountById(tx, personId);
        if (!account?.passwordHash)
          throw new Refusal('identity.last', 'Set a password first: without it there would be no way in.');
        for (const identity of await deleteLinks(tx, personId, provider))
          await noteAtAccount(deps, tx, {
            actor: auditActor(actor),
            personId,
            act: 'identity.unlinked',
            from,
            detail: { ...identity },
          });
      });
    },

    /** How the person can prove who they are for a grave act. */
    async proofWays(
      actor: Actor,
    ): Promise<{ password: boolean; totp: boolean; webauthn: boolean; oidc: boolean }> {
      const { personId } = ownSession(actor);
      const account = await accountById(db.owner, personId);
      const kinds = (await factorsOf(db.owner, personId)).map((f) => f.kind);
      return {
        password: account?.passwordHash != null || signIn.ldap !== undefined,
        totp: kinds.includes('totp'),
        webauthn: kinds.includes('webauthn') && signIn.relyingParty !== undefined,
        oidc: signIn.oidc !== undefined,
      };
    },
  };
}

const place = (kept: string) => `identity.step:${digestOf(kept).toString('hex')}`;

const tooLate = () =>
  new Refusal('oidc.wrong', 'This sign-in was begun elsewhere, took too long, or is used up. Begin again.');

function oidcOf({ signIn }: IdentityDeps): OidcHouse {
  if (signIn.oidc) return signIn.oidc;
  throw new Refusal('oidc.notFound', 'No other house signs people in here.');
}
