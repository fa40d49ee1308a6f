import { type Actor, auditActor, type Capability, type Language, systemActor } from '#kernel/actor';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Database, Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { NewId } from '#kernel/ids';
import { checkPassword, hashPassword, passwordFits } from './domain/password.ts';
import { capabilitiesOf, isRole, type Role } from './domain/roles.ts';
import { digestOf, newToken } from './domain/token.ts';
import {
  addMembership,
  anybody,
  insertPerson,
  type MembershipRow,
  membershipsOf,
  personByName,
  setLanguage,
  setPassword,
} from './store/people.ts';
import {
  addFailures,
  clearFailures,
  countFailures,
  deleteSession,
  insertSession,
  insertSetupLink,
  personOfToken,
  takeSetupLink,
  touchSession,
} from './store/sessions.ts';

const MINUTE = 60_000;
const SESSION_MS = 12 * 60 * MINUTE;
const IDLE_MS = 2 * 60 * MINUTE;
const SETUP_MS = 24 * 60 * MINUTE;
const FAILURE_WINDOW_MS = 15 * MINUTE;
const FAILURES_ALLOWED = 10;

/** An archive as identity needs it: to write out who may work below which. */
export interface ArchiveNode {
  id: string;
  /** The archive and all above it, nearest last. */
  path: readonly string[];
}

export interface IdentityDeps {
  db: Database;
  clock: Clock;
  newId: NewId;
  audit: AuditTrail;
  archives(): Promise<readonly ArchiveNode[]>;
  /** Founds the first archive at set-up. Returns its id. */
  foundArchive(tx: Tx, actor: Actor, archive: { code: string; name: string; level: string }): Promise<string>;
}

export interface NewPerson {
  username: string;
  displayName: string;
  password: string;
  language?: Language;
  memberships: readonly MembershipRow[];
}

export interface SignedIn {
  token: string;
  expiresAt: Date;
  actor: Actor;
}

export type Identity = ReturnType<typeof createIdentity>;

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u;

export function createIdentity(deps: IdentityDeps) {
  const { db, clock, newId, audit } = deps;

  async function actorFrom(p: { id: string; displayName: string; language: Language }): Promise<Actor> {
    const memberships = await membershipsOf(db.owner, p.id);
    return {
      kind: 'person',
      id: p.id,
      name: p.displayName,
      language: p.language,
      rights: rightsOf(memberships, await deps.archives()),
    };
  }

  async function addPersonIn(tx: Tx, actor: Actor, person: NewPerson): Promise<string> {
    const username = person.username.normalize('NFKC').trim().toLowerCase();
    if (!NAME.test(username)) {
      throw new Refusal(
        'person.name',
        'A user name has 2 to 64 letters, digits or . _ @ - and starts with a letter or digit.',
      );
    }
    checkPassword(person.password, username);
    for (const m of person.memberships) {
      if (!isRole(m.role))
        throw new Refusal('person.role', `There is no role "${m.role}".`, { role: m.role });
    }
    const id = newId();
    const added = await insertPerson(tx, {
      id,
      username,
      displayName: person.displayName.trim() || username,
      passwordHash: await hashPassword(person.password),
      language: person.language ?? 'zh-CN',
    });
    if (!added)
      throw new Refusal('person.duplicate', `There is already an account named ${username}.`, { username });
    for (const m of person.memberships) await addMembership(tx, id, m);
    await audit.append(tx, {
      actor: auditActor(actor),
      archiveId: person.memberships[0]?.archiveId ?? null,
      act: 'person.added',
      target: { type: 'person', id },
      detail: { username, roles: person.memberships.map((m) => ({ ...m })) },
    });
    return id;
  }

  async function openSession(tx: Tx, personId: string) {
    const { token, digest } = newToken();
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + SESSION_MS);
    await insertSession(tx, { digest, personId, now, expiresAt });
    return { token, expiresAt };
  }

  return {
    /** Adds an account with its roles. @throws Refusal person.* password.* */
    addPerson: (actor: Actor, person: NewPerson) => db.system((tx) => addPersonIn(tx, actor, person)),

    /** Sets a new password and ends the person's sessions. @throws Refusal person.notFound */
    async resetPassword(actor: Actor, username: string, password: string): Promise<void> {
      const name = username.normalize('NFKC').trim().toLowerCase();
      checkPassword(password, name);
      const passwordHash = await hashPassword(password);
      await db.system(async (tx) => {
        const p = await personByName(tx, name);
        if (!p) throw new Refusal('person.notFound', `There is no account named ${name}.`);
        await setPassword(tx, p.id, passwordHash);
        await audit.append(tx, {
          actor: auditActor(actor),
          archiveId: null,
          act: 'person.passwordReset',
          target: { type: 'person', id: p.id },
        });
      });
    },

    /**
     * Signs in.
     *
     * @param address of the asker; guessing is slowed down per account and per address
     * @throws Refusal session.wrong, session.tooMany
     */
    async signIn(username: string, password: string, address: string): Promise<SignedIn> {
      const name = username.normalize('NFKC').trim().toLowerCase();
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
      return { ...opened, actor: await actorFrom(p) };
    },

    /** The person behind a session or API token, or undefined. */
    async actorOf(token: string): Promise<Actor | undefined> {
      const now = clock.now();
      const digest = digestOf(token);
      const p = await personOfToken(db.owner, digest, now, new Date(now.getTime() - IDLE_MS));
      if (!p) return undefined;
      await touchSession(db.owner, digest, now);
      return actorFrom(p);
    },

    /** An account by name, for `--as USER` at the command line. */
    async actorNamed(username: string): Promise<Actor> {
      const p = await personByName(db.owner, username.normalize('NFKC').trim().toLowerCase());
      if (!p || p.disabledAt) throw new Refusal('person.notFound', `There is no account named ${username}.`);
      return actorFrom(p);
    },

    signOut: (token: string) => db.system((tx) => deleteSession(tx, digestOf(token))),

    setLanguage: (actor: Actor, language: Language) =>
      db.system(async (tx) => {
        if (actor.id) await setLanguage(tx, actor.id, language);
      }),

    /** Whether the install has no account yet. */
    setupNeeded: async () => !(await anybody(db.owner)),

    /** A one-time link's secret for an empty install; an older link stops working. */
    async newSetupToken(): Promise<string> {
      const { token, digest } = newToken();
      await db.system((tx) => insertSetupLink(tx, digest, new Date(clock.now().getTime() + SETUP_MS)));
      return token;
    },

    /** The first account and archive. @throws Refusal setup.done, setup.link */
    async setUp(
      token: string,
      person: Omit<NewPerson, 'memberships'>,
      archive: { code: string; name: string; level: string },
    ): Promise<void> {
      await db.system(async (tx) => {
        if (await anybody(tx)) throw new Refusal('setup.done', 'This install has accounts already; sign in.');
        if (!(await takeSetupLink(tx, digestOf(token), clock.now()))) {
          throw new Refusal(
            'setup.link',
            'This set-up link is not valid any more. Restart the server for a new one.',
          );
        }
        const system = systemActor('set-up');
        const archiveId = await deps.foundArchive(tx, system, archive);
        const roles: Role[] = ['archivist', 'administrator', 'auditor'];
        await addPersonIn(tx, system, {
          ...person,
          memberships: roles.map((role) => ({ archiveId, role, subtree: true })),
        });
      });
    },
  };
}

/** Writes memberships out to capabilities per archive. */
export function rightsOf(
  memberships: readonly MembershipRow[],
  archives: readonly ArchiveNode[],
): Map<string, Set<Capability>> {
  const rights = new Map<string, Set<Capability>>();
  for (const a of archives) {
    const roles = memberships
      .filter((m) => m.archiveId === a.id || (m.subtree && a.path.includes(m.archiveId)))
      .map((m) => m.role);
    if (roles.length > 0) rights.set(a.id, capabilitiesOf(roles));
  }
  return rights;
}
