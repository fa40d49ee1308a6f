import { type Actor, auditActor, type Language } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { checkPassword, hashPassword } from '../domain/password.ts';
import { isRole } from '../domain/roles.ts';
import { newUsername } from '../domain/username.ts';
import { addMembership, insertPerson, type MembershipRow, setLanguage } from '../store/people.ts';

export interface NewPerson {
  username: string;
  displayName: string;
  password: string;
  language?: Language;
  memberships: readonly MembershipRow[];
}

/** Adds an account in a transaction that is under way. Returns its id. */
export async function addPersonIn(
  { newId, audit }: IdentityDeps,
  tx: Tx,
  actor: Actor,
  person: NewPerson,
): Promise<string> {
  const username = newUsername(person.username);
  checkPassword(person.password, username);
  for (const m of person.memberships) {
    if (!isRole(m.role)) throw new Refusal('person.role', `There is no role "${m.role}".`, { role: m.role });
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

export function peopleCommands(deps: IdentityDeps) {
  const { db } = deps;
  return {
    /** Adds an account with its roles. @throws Refusal person.* password.* */
    addPerson: (actor: Actor, person: NewPerson) => db.system((tx) => addPersonIn(deps, tx, actor, person)),

    setLanguage: (actor: Actor, language: Language) =>
      db.system(async (tx) => {
        if (actor.id) await setLanguage(tx, actor.id, language);
      }),
  };
}
