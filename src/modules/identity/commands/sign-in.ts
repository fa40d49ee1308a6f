import type { Actor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { passwordFits } from '../domain/password.ts';
import { digestOf, newToken } from '../domain/token.ts';
import { foldUsername } from '../domain/username.ts';
import { personByName } from '../store/people.ts';
import {
  addFailures,
  clearFailures,
  countFailures,
  deleteSession,
  insertSession,
  personOfToken,
  touchSession,
} from '../store/sessions.ts';
import { actorFrom } from './actor.ts';

const MINUTE = 60_000;
const SESSION_MS = 12 * 60 * MINUTE;
const IDLE_MS = 2 * 60 * MINUTE;
const FAILURE_WINDOW_MS = 15 * MINUTE;
const FAILURES_ALLOWED = 10;

export interface SignedIn {
  token: string;
  expiresAt: Date;
  actor: Actor;
}

export function signInCommands(deps: IdentityDeps) {
  const { db, clock, audit } = deps;

  async function openSession(tx: Tx, personId: string) {
    const { token, digest } = newToken();
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    await insertSession(tx, { digest, personId, now, expiresAt });
    return { token, expiresAt };
  }

  return {
    /**
     * Signs in.
     *
     * @param address of the asker; guessing is slowed down per account and per address
     * @throws Refusal session.wrong, session.tooMany
     */
    async signIn(username: string, password: string, address: string): Promise<SignedIn> {
      const name = foldUsername(username);
      const who = [`account:${name}`, `address:${address}`];
      const now = clock.now();
      if (
        (await countFailures(db.owner, who, new Date(now.getTime() - FAILURE_WINDOW_MS))) >= FAILURES_ALLOWED
      ) {
        throw new Refusal(
          'session.tooMany',
          'Too many failed sign-ins. Wait a quarter of an hour, or ask your administrator.',
        );
      }
      const p = await personByName(db.owner, name);
      const fits = await passwordFits(p?.passwordHash, password);
      if (!p || !fits || p.disabledAt) {
        await addFailures(db.owner, who, now);
        throw new Refusal('session.wrong', 'The user name or the password is wrong.');
      }
      const opened = await db.system(async (tx) => {
        await clearFailures(tx, `account:${name}`);
        await audit.append(tx, {
          actor: { id: p.id, name: p.displayName },
          archiveId: null,
          act: 'session.opened',
          target: { type: 'person', id: p.id },
        });
        return openSession(tx, p.id);
      });
      return { ...opened, actor: await actorFrom(deps, p) };
    },

    /** The person behind a session or API token, or undefined. */
    async actorOf(token: string): Promise<Actor | undefined> {
      const now = clock.now();
      const digest = digestOf(token);
      const p = await personOfToken(db.owner, digest, now, new Date(now.getTime() - IDLE_MS));
      if (!p) return undefined;
      await touchSession(db.owner, digest, now);
      return actorFrom(deps, p);
    },

    /** An account by name, for `--as USER` at the command line. */
    async actorNamed(username: string): Promise<Actor> {
      const p = await personByName(db.owner, foldUsername(username));
      if (!p || p.disabledAt) throw new Refusal('person.notFound', `There is no account named ${username}.`);
      return actorFrom(deps, p);
    },

    signOut: (token: string) => db.system((tx) => deleteSession(tx, digestOf(token))),
  };
}
