import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { passwordFits } from '../domain/password.ts';
import { foldRecoveryCode } from '../domain/recovery-code.ts';
import { digestOf } from '../domain/token.ts';
import { stepOfCode } from '../domain/totp.ts';
import { assertedCount, challengeOf, type KeyAnswer } from '../outside/webauthn.ts';
import type { AccountRow } from '../store/accounts.ts';
import {
  factorsOf,
  recoveryCodesLeft,
  takeRecoveryCode,
  takeSignCount,
  takeTotpStep,
} from '../store/factors.ts';
import { personLinkedTo } from '../store/linked.ts';
import { takeStep } from '../store/steps.ts';

/** What somebody proves with, beside a password. */
export type FactorAnswer = { code: string } | { recoveryCode: string } | { key: KeyAnswer };

export const totpPlace = (factorId: string) => `identity.factor:${factorId}`;
export const recoveryText = (personId: string, folded: string) => `recovery:${personId}:${folded}`;

/**
 * Judges a name and password: by our own hash where the account has one, else by the directory, if there is one and the
 * person is linked to its entry.
 */
export async function judgePassword(
  { db, signIn }: IdentityDeps,
  name: string,
  password: string,
  account: AccountRow | undefined,
): Promise<{ account: AccountRow; method: 'password' | 'ldap' } | undefined> {
  if (account?.passwordHash || !signIn.ldap) {
    const fits = await passwordFits(account?.passwordHash ?? undefined, password);
    return fits && account ? { account, method: 'password' } : undefined;
  }
  const subject = await signIn.ldap.subjectOf(name, password);
  if (subject === undefined) return undefined;
  const linked = await personLinkedTo(db.owner, { provider: 'ldap', issuer: signIn.ldap.issuer, subject });
  // An account of this name that is somebody else's here is not opened by the directory's word.
  if (!linked || (account && account.id !== linked.id)) return undefined;
  return { account: linked, method: 'ldap' };
}

/** How a factor was judged: with what it fitted, or why not. */
export type Judged = { with: 'totp' | 'webauthn' | 'recovery'; left?: number } | { wrong: string };

/** Judges a second factor and uses it up, so that it fits once. */
export async function judgeFactor(
  deps: IdentityDeps,
  account: AccountRow,
  answer: FactorAnswer,
): Promise<Judged> {
  if ('code' in answer) return judgeCode(deps, account, answer.code);
  if ('key' in answer) return judgeKey(deps, account, answer.key);
  const { db, vault } = deps;
  const folded = foldRecoveryCode(answer.recoveryCode);
  if (!folded) return { wrong: 'recovery' };
  const taken = await takeRecoveryCode(db.owner, account.id, vault.keyed(recoveryText(account.id, folded)));
  return taken
    ? { with: 'recovery', left: await recoveryCodesLeft(db.owner, account.id) }
    : { wrong: 'recovery' };
}

async function judgeCode(
  { db, clock, vault }: IdentityDeps,
  account: AccountRow,
  code: string,
): Promise<Judged> {
  const now = clock.now();
  let wrong = 'code';
  for (const f of await factorsOf(db.owner, account.id)) {
    if (f.kind !== 'totp' || f.sealedSecret === null) continue;
    const secret = vault.open(f.sealedSecret, totpPlace(f.id));
    const step = stepOfCode(secret, code, now, f.lastStep);
    if (step !== undefined && (await takeTotpStep(db.owner, f.id, step, now))) return { with: 'totp' };
    if (stepOfCode(secret, code, now, null) !== undefined) wrong = 'replay';
  }
  return { wrong };
}

async function judgeKey(deps: IdentityDeps, account: AccountRow, answer: KeyAnswer): Promise<Judged> {
  const { db, clock, signIn } = deps;
  const rp = signIn.relyingParty;
  const challenge = await takeChallenge(deps, account.id, 'use', answer);
  if (!rp || challenge === undefined) return { wrong: 'replay' };
  const known = (await factorsOf(db.owner, account.id)).find(
    (f) => f.kind === 'webauthn' && f.credentialId === answer.id,
  );
  if (!known?.credentialId || !known.publicKey || known.signCount === null) return { wrong: 'key' };
  try {
    const { credentialId, publicKey, signCount } = known;
    const count = await assertedCount(rp, challenge, answer, { credentialId, publicKey, signCount });
    const used = await takeSignCount(db.owner, known.id, count, clock.now());
    return used ? { with: 'webauthn' } : { wrong: 'replay' };
  } catch (e) {
    if (e instanceof Refusal) return { wrong: 'key' };
    throw e;
  }
}

/** What a challenge was given out for: it is good for nothing else, for nobody else, and once. */
export const challengeFor = (personId: string, use: 'add' | 'use') => `${use}:${personId}`;

export async function takeChallenge(
  { db, clock, vault }: IdentityDeps,
  personId: string,
  use: 'add' | 'use',
  answer: KeyAnswer,
): Promise<string | undefined> {
  const challenge = challengeOf(answer);
  if (challenge === undefined) return undefined;
  const step = await takeStep(db.owner, 'webauthn', digestOf(challenge), clock.now());
  if (step?.personId !== personId) return undefined;
  return vault.open(step.sealed, `identity.challenge:${challenge}`).toString('utf8') ===
    challengeFor(personId, use)
    ? challenge
    : undefined;
}
