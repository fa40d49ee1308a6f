import type { Actor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { narrowed, TOKEN_MARK } from '../domain/api-token.ts';
import { meets } from '../domain/factor-demand.ts';
import { digestOf, newToken } from '../domain/token.ts';
import { foldUsername } from '../domain/username.ts';
import type { KeyAnswer } from '../outside/webauthn.ts';
import { type AccountRow, accountById, accountByName } from '../store/accounts.ts';
import { factorDemands } from '../store/demands.ts';
import { factorsOf, recoveryCodesLeft } from '../store/factors.ts';
import {
  endSessionOfToken,
  type SessionPerson,
  type SignInMethod,
  sessionOf,
  touchSession,
} from '../store/sessions.ts';
import { insertStep, readStep, takeStep } from '../store/steps.ts';
import { tokenOf, touchToken } from '../store/tokens.ts';
import { noteAtAccount } from './account-entry.ts';
import { actorFrom } from './actor.ts';
import { type Arrival, attempt, attemptKeys, forgive } from './attempts.ts';
import { noteFailure } from './failures.ts';
import { type FactorAnswer, judgeFactor, judgePassword } from './judge.ts';
import { keyChallenge } from './keys.ts';
import { type Opened, openSession } from './open-session.ts';

const STEP_MS = 5 * 60_000;

export interface SignedIn {
  token: string;
  expiresAt: Date;
  /** For the cookie that marks this device. */
  device: string;
  actor: Actor;
}

export type SecondWay = 'totp' | 'webauthn' | 'recovery';

/** The first factor fits; the second is due. */
export interface SecondDue {
  step: string;
  expiresAt: Date;
  ways: readonly SecondWay[];
}

export function signInCommands(deps: IdentityDeps) {
  const { db, clock, signIn: rules } = deps;
  const idleSince = () => new Date(clock.now().getTime() - rules.idleMinutes * 60_000);

  return {
    /**
     * Signs in with a name and a password.
     *
     * @returns a session, or the second step where the account has a second factor
     * @throws Refusal session.wrong, session.tooMany, ldap.unreachable
     */
    async signIn(username: string, password: string, from: Arrival): Promise<SignedIn | SecondDue> {
      const name = foldUsername(username);
      const account = await accountByName(db.owner, name);
      const keys = await attemptKeys(deps, { name, account, from });
      await attempt(deps, keys);
      const judged = await judgePassword(deps, name, password, account);
      if (!judged || !mayEnter(judged.account)) {
        const reason = judged ? 'disabled' : account ? 'password' : 'unknown';
        await noteFailure(deps, { act: 'session.failed', account, reason, from });
        throw new Refusal('session.wrong', 'The user name or the password is wrong.');
      }
      await forgive(deps, keys);
      return afterFirstFactor(deps, judged.account, judged.method, false, from);
    },

    /** What the browser asks a security key at the second step. @throws Refusal step.none, factor.missing */
    async secondStepChallenge(step: string): Promise<object> {
      const account = await accountOfStep(deps, step);
      return keyChallenge(deps, account.id);
    },

    /** Answers the second step. @throws Refusal step.none, factor.wrong, session.tooMany */
    async answerSecondStep(step: string, answer: FactorAnswer, from: Arrival): Promise<SignedIn> {
      const account = await accountOfStep(deps, step);
      const keys = await attemptKeys(deps, { name: account.id, account, from, second: true });
      await attempt(deps, keys);
      const judged = await judgeFactor(deps, account, answer);
      if ('wrong' in judged) {
        await noteFailure(deps, { act: 'session.failed', account, reason: judged.wrong, from });
        throw factorWrong();
      }
      await forgive(deps, keys);
      const opened = await db.system(async (tx) => {
        const taken = await takeStep(tx, 'second', digestOf(step), clock.now());
        if (!taken) throw stepOver();
        const { method } = stepOf(deps, step, taken.sealed);
        return openSession(deps, tx, account, { method, factors: 'two', with: judged.with }, from);
      });
      return signedIn(deps, account, opened);
    },

    /** The person behind a session or API token, or undefined. */
    async actorOf(token: string, address = ''): Promise<Actor | undefined> {
      const now = clock.now();
      const digest = digestOf(token);
      const t = token.startsWith(TOKEN_MARK) ? await tokenOf(db.owner, digest, { now, address }) : undefined;
      if (!t) {
        const session = await sessionOf(db.owner, digest, now, idleSince());
        if (!session) return undefined;
        await touchSession(db.owner, digest, now);
        return actorOfSession(deps, session);
      }
      await touchToken(db.owner, t, address.slice(0, 100), now);
      const owner = await actorFrom(deps, {
        id: t.personId,
        displayName: t.displayName,
        language: t.language,
      });
      return {
        ...owner,
        rights: narrowed(owner.rights, t),
        posts: (owner.posts ?? []).flatMap((post) => {
          const left = narrowed(new Map([[post.archiveId, post.capabilities]]), t).get(post.archiveId);
          return left ? [{ ...post, capabilities: left }] : [];
        }),
        // Leave in a single case was given to the person, not to a program.
        grants: [],
        authenticatedAt: null,
        via: { kind: 'token', id: t.id },
      };
    },

    /** An account by name, for `--as USER` at the command line. */
    async actorNamed(username: string): Promise<Actor> {
      const p = await accountByName(db.owner, foldUsername(username));
      if (!p || p.disabledAt) throw new Refusal('person.notFound', `There is no account named ${username}.`);
      return actorFrom(deps, p);
    },

    /** A person as of now, for work that somebody asked for; undefined where the account was closed. */
    async actorById(id: string): Promise<Actor | undefined> {
      const p = await accountById(db.owner, id);
      return p && !p.disabledAt ? actorFrom(deps, p) : undefined;
    },

    signOut: (token: string, from: Arrival) =>
      db.system(async (tx) => {
        const ended = await endSessionOfToken(tx, digestOf(token), clock.now());
        if (!ended) return;
        await noteAtAccount(deps, tx, {
          actor: { id: ended.personId, name: ended.displayName },
          personId: ended.personId,
          act: 'session.ended',
          from,
          detail: { session: ended.id },
        });
      }),
  };
}

const mayEnter = (account: AccountRow) => !account.disabledAt && account.kind === 'person';

/** After the first factor: in, or on to the second. `twoFactors`: whoever vouches for the first has asked for two. */
export async function afterFirstFactor(
  deps: IdentityDeps,
  account: AccountRow,
  method: SignInMethod,
  twoFactors: boolean,
  from: Arrival,
): Promise<SignedIn | SecondDue> {
  const { db, clock, vault } = deps;
  const own = await factorsOf(db.owner, account.id);
  if (own.length === 0 || twoFactors) {
    const factors = twoFactors ? 'two' : 'password';
    const opened = await db.system((tx) => openSession(deps, tx, account, { method, factors }, from));
    return signedIn(deps, account, opened);
  }
  const { token: step, digest } = newToken();
  const expiresAt = new Date(clock.now().getTime() + STEP_MS);
  const sealed = vault.seal(Buffer.from(JSON.stringify({ method })), stepPlace(step));
  await db.system((tx) =>
    insertStep(tx, digest, { kind: 'second', personId: account.id, sealed, now: clock.now(), expiresAt }),
  );
  const ways: SecondWay[] = [...new Set(own.map((f) => f.kind))];
  if ((await recoveryCodesLeft(db.owner, account.id)) > 0) ways.push('recovery');
  return { step, expiresAt, ways };
}

const stepPlace = (step: string) => `identity.step:${digestOf(step).toString('hex')}`;

function stepOf({ vault }: IdentityDeps, step: string, sealed: string): { method: SignInMethod } {
  return JSON.parse(vault.open(sealed, stepPlace(step)).toString('utf8')) as { method: SignInMethod };
}

async function accountOfStep({ db, clock }: IdentityDeps, step: string): Promise<AccountRow> {
  const row = await readStep(db.owner, 'second', digestOf(step), clock.now());
  const account = row?.personId ? await accountById(db.owner, row.personId) : undefined;
  if (!account || !mayEnter(account)) throw stepOver();
  return account;
}

const stepOver = () =>
  new Refusal('step.none', 'This sign-in took too long or was answered already. Begin again.');
export const factorWrong = () => new Refusal('factor.wrong', 'The second factor does not fit.');

async function signedIn(
  deps: IdentityDeps,
  account: AccountRow,
  o: Opened & { device: string },
): Promise<SignedIn> {
  const { displayName, language } = account;
  const actor = await actorOfSession(deps, { ...o.session, displayName, language });
  return { token: o.token, expiresAt: o.expiresAt, device: o.device, actor };
}

/** The actor of a session. Roles for which a second factor is demanded count only where there was one. */
export async function actorOfSession(deps: IdentityDeps, s: SessionPerson): Promise<Actor> {
  const person = { id: s.personId, displayName: s.displayName, language: s.language };
  const about = {
    factors: s.factors,
    authenticatedAt: s.authenticatedAt,
    via: { kind: 'session' as const, id: s.id },
  };
  if (s.factors === 'two') return { ...(await actorFrom(deps, person)), ...about };
  const demands = await factorDemands(deps.db.owner);
  if (demands.length === 0) return { ...(await actorFrom(deps, person)), ...about };
  const archives = await deps.archives();
  let withheld = false;
  const actor = await actorFrom(deps, person, (m) => {
    const counts = !demands.some((d) => meets(d, m, archives));
    withheld ||= !counts;
    return counts;
  });
  return { ...actor, ...about, withheld };
}

export type { KeyAnswer };
