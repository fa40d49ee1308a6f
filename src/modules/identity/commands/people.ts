import { type Actor, auditActor, type Language } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { hashPassword } from '../domain/password.ts';
import { newToken } from '../domain/token.ts';
import { newUsername } from '../domain/username.ts';
import { insertPasswordLink } from '../store/links.ts';
import type { NewMembership } from '../store/memberships.ts';
import { insertPerson, setLanguage } from '../store/people.ts';
import { giveRoles } from './give.ts';
import { checkNewPassword } from './passwords.ts';

const LINK_MS = 7 * 24 * 60 * 60_000;

export interface NewPerson {
  username: string;
  displayName: string;
  /** Without one the person sets it by a one-time link. */
  password?: string;
  language?: Language;
  /** The archive that looks after the account, where no membership says so. */
  archiveId?: string;
  memberships: readonly NewMembership[];
}

/** An account made, and the one-time link's secret where the person is to set the password: shown once, never kept. */
export interface AddedPerson {
  id: string;
  link: string | null;
}

/** Adds an account with its roles in a transaction that is under way. */
export async function addPersonIn(
  deps: IdentityDeps,
  tx: Tx,
  actor: Actor,
  person: NewPerson,
): Promise<AddedPerson> {
  const { newId, audit } = deps;
  const username = newUsername(person.username);
  const { password, memberships } = person;
  if (password !== undefined) await checkNewPassword(deps, password, username);
  const id = newId();
  const archiveId = memberships[0]?.archiveId ?? person.archiveId ?? null;
  const added = await insertPerson(tx, {
    id,
    username,
    displayName: displayNameOf(person.displayName, username),
    passwordHash: password === undefined ? null : await hashPassword(password),
    language: person.language ?? 'zh-CN',
    archiveId,
  });
  if (!added)
    throw new Refusal('person.duplicate', `There is already an account named ${username}.`, { username });
  await giveRoles(deps, tx, id, memberships);
  const link = password === undefined ? await newLink(deps, tx, id) : null;
  await audit.append(tx, {
    actor: auditActor(actor),
    archiveId,
    act: 'person.added',
    target: { type: 'person', id },
    detail: { username, roles: memberships.map((m) => ({ ...m })) },
  });
  return { id, link };
}

/** A one-time link's secret by which a person sets a password within a week. */
async function newLink({ clock }: IdentityDeps, tx: Tx, personId: string): Promise<string> {
  const { token, digest } = newToken();
  const expiresAt = new Date(clock.now().getTime() + LINK_MS);
  await insertPasswordLink(tx, digest, { personId, clearsFactors: false, expiresAt });
  return token;
}

/** Names in any script, and of any length a name has: what is longer, or holds control characters, is none. */
function displayNameOf(given: string, username: string): string {
  const name = given.normalize('NFC').replaceAll(/\s+/gu, ' ').trim() || username;
  if ([...name].length > 100 || /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u.test(name)) {
    throw new Refusal(
      'person.displayName',
      'The name shown has at most 100 characters, all of them visible.',
      {
        most: 100,
      },
    );
  }
  return name;
}

export function peopleCommands(deps: IdentityDeps) {
  const { db } = deps;
  return {
    /**
     * Adds an account with its roles, for the command line and the sample. People at a screen make an account
     * (`openAccount`), and its roles take a second person (`proposeRights`).
     *
     * @throws Refusal person.* password.* rights.twoSides, actor.forbidden
     */
    addPerson(actor: Actor, person: NewPerson): Promise<AddedPerson> {
      if (actor.kind !== 'system') {
        throw new Refusal(
          'actor.forbidden',
          'Roles are asked for by one person and approved by another. Leave out --as to act as who runs this machine.',
        );
      }
      return db.system((tx) => addPersonIn(deps, tx, actor, person));
    },

    setLanguage: (actor: Actor, language: Language) =>
      db.system(async (tx) => {
        if (actor.id) await setLanguage(tx, actor.id, language);
      }),
  };
}
