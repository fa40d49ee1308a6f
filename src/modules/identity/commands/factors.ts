import { type Actor, auditActor, demandFresh } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { foldRecoveryCode, newRecoveryCodes } from '../domain/recovery-code.ts';
import { base32, newTotpSecret, otpauthUri, stepOfCode } from '../domain/totp.ts';
import { accountById } from '../store/accounts.ts';
import { forgiveAttempt } from '../store/attempts.ts';
import {
  begunFactor,
  deleteFactor,
  factorsOf,
  insertTotp,
  recoveryCodesLeft,
  replaceRecoveryCodes,
  takeTotpStep,
} from '../store/factors.ts';
import { endSessions } from '../store/sessions.ts';
import { noteAtAccount } from './account-entry.ts';
import { type Arrival, attempt } from './attempts.ts';
import { recoveryText, totpPlace } from './judge.ts';
import { type Opened, ownSession, raiseSession } from './open-session.ts';

const ISSUER = 'Lantai 蘭台';

/** A factor was added: the session goes on under a new token; with the first factor come recovery codes, shown once. */
export interface Added extends Opened {
  recoveryCodes: string[] | null;
}

export function factorCommands(deps: IdentityDeps) {
  const { db, clock, newId, vault } = deps;

  const note = (tx: Tx, actor: Actor, from: Arrival, act: string, detail: Record<string, unknown>) =>
    noteAtAccount(deps, tx, {
      actor: auditActor(actor),
      personId: ownSession(actor).personId,
      act,
      from,
      detail,
    });

  return {
    /**
     * Begins an authenticator app: a secret for it, which counts only after a first code.
     *
     * @returns the secret as text to type and as the address for a QR code; shown once
     * @throws Refusal session.stale, factor.name
     */
    async beginTotp(actor: Actor, name: string): Promise<{ id: string; secret: string; uri: string }> {
      demandFresh(actor, clock);
      const { personId } = ownSession(actor);
      const called = factorName(name);
      const account = await accountById(db.owner, personId);
      if (!account) throw new Refusal('session.none', 'Sign in first.');
      const secret = newTotpSecret();
      const id = newId();
      const sealedSecret = vault.seal(secret, totpPlace(id));
      await db.system((tx) => insertTotp(tx, { id, personId, name: called, sealedSecret, now: clock.now() }));
      return {
        id,
        secret: base32(secret),
        uri: otpauthUri({ secret, issuer: ISSUER, account: account.username }),
      };
    },

    /** Confirms the app by its first code. @throws Refusal factor.notFound, factor.wrong, session.stale */
    async confirmTotp(actor: Actor, id: string, code: string, from: Arrival): Promise<Added> {
      demandFresh(actor, clock);
      const { personId } = ownSession(actor);
      const keys = [{ kind: 'factor' as const, of: `${personId}|confirm` }];
      await attempt(deps, keys);
      return db.system(async (tx) => {
        const f = await begunFactor(tx, personId, id);
        if (!f?.sealedSecret)
          throw new Refusal(
            'factor.notFound',
            'This app was not begun here, or is confirmed already. Begin again.',
          );
        const step = stepOfCode(vault.open(f.sealedSecret, totpPlace(id)), code, clock.now(), null);
        if (step === undefined || !(await takeTotpStep(tx, id, step, clock.now())))
          throw new Refusal('factor.wrong', 'This code does not fit. Look at the time of your telephone.');
        await forgiveAttempt(tx, keys);
        await note(tx, actor, from, 'factor.added', { kind: 'totp', name: f.name, factor: id });
        return afterAdding(deps, tx, actor);
      });
    },

    /** Takes a factor away; other sessions end. @throws Refusal factor.notFound, session.stale */
    async removeFactor(actor: Actor, id: string, from: Arrival): Promise<void> {
      demandFresh(actor, clock);
      const { personId, sessionId } = ownSession(actor);
      await db.system(async (tx) => {
        const f = await deleteFactor(tx, personId, id);
        if (!f) throw new Refusal('factor.notFound', 'There is no such second factor.');
        if ((await factorsOf(tx, personId)).length === 0) await replaceRecoveryCodes(tx, personId, []);
        await endSessions(tx, personId, sessionId);
        await note(tx, actor, from, 'factor.removed', { kind: f.kind, name: f.name, factor: id });
      });
    },

    /** A new set of recovery codes, shown once; the old set is void. @throws Refusal factor.missing, session.stale */
    async renewRecoveryCodes(actor: Actor, from: Arrival): Promise<string[]> {
      demandFresh(actor, clock);
      const { personId } = ownSession(actor);
      return db.system(async (tx) => {
        if ((await factorsOf(tx, personId)).length === 0)
          throw new Refusal('factor.missing', 'Recovery codes belong to a second factor; add one first.');
        const codes = await giveRecoveryCodes(deps, tx, personId);
        await note(tx, actor, from, 'factor.recoveryCodes', { number: codes.length });
        return codes;
      });
    },
  };
}

/** After a factor was added: the session rises, other sessions without a second factor end, a first set of codes is made. */
export async function afterAdding(deps: IdentityDeps, tx: Tx, actor: Actor): Promise<Added> {
  const { personId, sessionId } = ownSession(actor);
  const recoveryCodes =
    (await recoveryCodesLeft(tx, personId)) === 0 ? await giveRecoveryCodes(deps, tx, personId) : null;
  await endSessions(tx, personId, sessionId);
  return { ...(await raiseSession(deps, tx, actor, 'two')), recoveryCodes };
}

async function giveRecoveryCodes({ vault }: IdentityDeps, tx: Tx, personId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  const digests = codes.map((c) => vault.keyed(recoveryText(personId, foldRecoveryCode(c) ?? '')));
  await replaceRecoveryCodes(tx, personId, digests);
  return codes;
}

/** What the person calls it. @throws Refusal factor.name */
export function factorName(name: string): string {
  const called = name.normalize('NFC').trim();
  if (called === '' || [...called].length > 60 || /\p{Cc}/u.test(called))
    throw new Refusal('factor.name', 'Give it a name of 1 to 60 characters.', { field: 'name' });
  return called;
}
