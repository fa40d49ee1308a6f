import { type Actor, auditActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { checkPassword, hashPassword } from '../domain/password.ts';
import { foldUsername } from '../domain/username.ts';
import { personByName, setPassword } from '../store/people.ts';

export function passwordCommands({ db, audit }: IdentityDeps) {
  return {
    /** Sets a new password and ends the person's sessions. @throws Refusal person.notFound */
    async resetPassword(actor: Actor, username: string, password: string): Promise<void> {
      const name = foldUsername(username);
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
  };
}
