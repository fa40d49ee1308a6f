import { type Actor, auditActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { type AccountRow, accountById } from '../store/accounts.ts';
import type { Factors } from '../store/sessions.ts';
import { noteAtAccount } from './account-entry.ts';
import { type Arrival, attempt, forgive } from './attempts.ts';
import { noteFailure } from './failures.ts';
import { type FactorAnswer, judgeFactor, judgePassword } from './judge.ts';
import { type Opened, ownSession, raiseSession } from './open-session.ts';
import { factorWrong } from './sign-in.ts';

/** A proof for a grave act. Recovery codes are for getting in, not for this. */
export type Proof = { password: string } | Exclude<FactorAnswer, { recoveryCode: string }>;

export function proveCommands(deps: IdentityDeps) {
  const { db } = deps;
  return {
    /**
     * Shows once more that it is the person who sits there. The session goes on under a new token.
     *
     * @throws Refusal session.proof, factor.wrong, session.tooMany
     */
    async prove(actor: Actor, proof: Proof, from: Arrival): Promise<Opened> {
      const { personId } = ownSession(actor);
      const account = await accountById(db.owner, personId);
      if (!account) throw new Refusal('session.none', 'Sign in first.');
      const keys = [{ kind: 'factor' as const, of: `${personId}|prove` }];
      await attempt(deps, keys);
      const how = await judgeProof(deps, account, proof);
      if ('wrong' in how) {
        await noteFailure(deps, { act: 'session.proofFailed', account, reason: how.wrong, from });
        throw 'password' in proof
          ? new Refusal('session.proof', 'The password does not fit.', { field: 'password' })
          : factorWrong();
      }
      await forgive(deps, keys);
      return raiseWith(
        deps,
        actor,
        how.with,
        how.with === 'password' ? (actor.factors ?? 'password') : 'two',
        from,
      );
    },
  };
}

async function judgeProof(
  deps: IdentityDeps,
  account: AccountRow,
  proof: Proof,
): Promise<{ with: string } | { wrong: string }> {
  if (!('password' in proof)) return judgeFactor(deps, account, proof);
  const judged = await judgePassword(deps, account.username, proof.password, account);
  return judged?.account.id === account.id ? { with: 'password' } : { wrong: 'password' };
}

/** The proof was right: the session is fresh from now. */
export function raiseWith(
  deps: IdentityDeps,
  actor: Actor,
  proved: string,
  factors: Factors,
  from: Arrival,
): Promise<Opened> {
  return deps.db.system(async (tx) => {
    const opened = await raiseSession(deps, tx, actor, factors);
    await noteAtAccount(deps, tx, {
      actor: auditActor(actor),
      personId: opened.session.personId,
      act: 'session.proved',
      from,
      detail: { session: opened.session.id, with: proved },
    });
    return opened;
  });
}
