import { type Actor, auditActor, demandFresh } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { digestOf } from '../domain/token.ts';
import {
  assertionOptions,
  type KeyAnswer,
  newKey,
  type RelyingParty,
  registrationOptions,
} from '../outside/webauthn.ts';
import { accountById } from '../store/accounts.ts';
import { type FactorRow, factorsOf, insertWebAuthn } from '../store/factors.ts';
import { insertStep } from '../store/steps.ts';
import { noteAtAccount } from './account-entry.ts';
import type { Arrival } from './attempts.ts';
import { type Added, afterAdding, factorName } from './factors.ts';
import { challengeFor, takeChallenge } from './judge.ts';
import { ownSession } from './open-session.ts';

const CHALLENGE_MS = 3 * 60_000;

/** Security keys (WebAuthn). */
export function keyCommands(deps: IdentityDeps) {
  const { db, clock, newId } = deps;
  return {
    /** What the browser asks a new key with. @throws Refusal session.stale, factor.unavailable */
    async beginKey(actor: Actor): Promise<object> {
      demandFresh(actor, clock);
      const { personId } = ownSession(actor);
      const account = await accountById(db.owner, personId);
      if (!account) throw new Refusal('session.none', 'Sign in first.');
      const { challenge, options } = await registrationOptions(
        relyingParty(deps),
        account,
        keysIn(await factorsOf(db.owner, personId)),
      );
      await keepChallenge(deps, personId, 'add', challenge);
      return options;
    },

    /** Adds the key that answered. @throws Refusal factor.wrong, factor.duplicate, session.stale */
    async addKey(actor: Actor, name: string, answer: KeyAnswer, from: Arrival): Promise<Added> {
      demandFresh(actor, clock);
      const { personId } = ownSession(actor);
      const called = factorName(name);
      const challenge = await takeChallenge(deps, personId, 'add', answer);
      if (challenge === undefined)
        throw new Refusal('factor.wrong', 'The answer of the key came too late. Begin again.');
      const key = await newKey(relyingParty(deps), challenge, answer);
      return db.system(async (tx) => {
        const id = newId();
        if (!(await insertWebAuthn(tx, { ...key, id, personId, name: called, now: clock.now() })))
          throw new Refusal('factor.duplicate', 'This security key is in use already.');
        await noteAtAccount(deps, tx, {
          actor: auditActor(actor),
          personId,
          act: 'factor.added',
          from,
          detail: { kind: 'webauthn', name: called, factor: id },
        });
        return afterAdding(deps, tx, actor);
      });
    },

    /** What the browser asks one of the person's keys with, to prove who they are. */
    proofChallenge: (actor: Actor) => keyChallenge(deps, ownSession(actor).personId),
  };
}

/** Challenges the keys of a person. @throws Refusal factor.missing, factor.unavailable */
export async function keyChallenge(deps: IdentityDeps, personId: string): Promise<object> {
  const known = keysIn(await factorsOf(deps.db.owner, personId));
  if (known.length === 0) throw new Refusal('factor.missing', 'This account has no security key.');
  const { challenge, options } = await assertionOptions(relyingParty(deps), known);
  await keepChallenge(deps, personId, 'use', challenge);
  return options;
}

async function keepChallenge(
  { db, clock, vault }: IdentityDeps,
  personId: string,
  use: 'add' | 'use',
  challenge: string,
): Promise<void> {
  const now = clock.now();
  const sealed = vault.seal(Buffer.from(challengeFor(personId, use)), `identity.challenge:${challenge}`);
  const expiresAt = new Date(now.getTime() + CHALLENGE_MS);
  await db.system((tx) =>
    insertStep(tx, digestOf(challenge), { kind: 'webauthn', personId, sealed, now, expiresAt }),
  );
}

function relyingParty({ signIn }: IdentityDeps): RelyingParty {
  if (signIn.relyingParty) return signIn.relyingParty;
  throw new Refusal(
    'factor.unavailable',
    'Security keys need an address with a name and https:// (setting LANTAI_PUBLIC_URL). Use an authenticator app here.',
  );
}

const keysIn = (factors: readonly FactorRow[]) =>
  factors.flatMap(({ credentialId, transports }) => (credentialId ? [{ credentialId, transports }] : []));
