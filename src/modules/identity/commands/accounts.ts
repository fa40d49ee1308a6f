import { type Actor, auditActor, can, demand, type Language } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { type MembershipView, membershipsOfPeople } from '../store/memberships.ts';
import { type Account, accountById, accountPage, setDisabled } from '../store/people.ts';
import { keepAdministrators } from './last-administrator.ts';
import { type AddedPerson, addPersonIn } from './people.ts';

/** An account with the roles it holds, held and will hold. */
export interface AccountView extends Account {
  memberships: MembershipView[];
}

const noPerson = () => new Refusal('person.notFound', 'There is no such account here.');

/** Archives in which the actor may do this. */
export function archivesWith(actor: Actor, capability: Parameters<typeof can>[1]): string[] {
  return [...actor.rights].flatMap(([id, c]) => (c.has(capability) ? [id] : []));
}

/** What system administrators do, and what all three administrators look at. */
export function accountCommands(deps: IdentityDeps) {
  const { db, clock, audit } = deps;

  async function withRoles(accounts: readonly Account[]): Promise<AccountView[]> {
    const all = await membershipsOfPeople(
      db.owner,
      accounts.map((a) => a.id),
    );
    return accounts.map((a) => ({ ...a, memberships: all.filter((m) => m.personId === a.id) }));
  }

  /** The account, for who looks after its archive. Others learn nothing. */
  async function mine(actor: Actor, account: Account | undefined): Promise<Account> {
    if (!account) throw noPerson();
    if (actor.kind === 'system') return account;
    if (!account.archiveId || !can(actor, 'people.manage', account.archiveId)) throw noPerson();
    return account;
  }

  const change = (actor: Actor, id: string, act: 'disabled' | 'enabled', reason: string): Promise<void> =>
    db.system(async (tx) => {
      const account = await mine(actor, await accountById(tx, id, true));
      if (actor.id === id) throw new Refusal('person.self', 'Nobody closes or opens their own account.');
      if ((act === 'disabled') === (account.disabledAt !== null)) return;
      if (act === 'disabled') await keepAdministrators(deps, tx, id, await membershipsOfPeople(tx, [id]));
      await setDisabled(tx, id, act === 'disabled' ? clock.now() : null);
      await audit.append(tx, {
        actor: auditActor(actor),
        archiveId: account.archiveId,
        act: `person.${act}`,
        target: { type: 'person', id },
        purpose: reason,
      });
    });

  return {
    /** Accounts of the archives one may look at, by user name. */
    async people(
      actor: Actor,
      o: {
        archiveId?: string | undefined;
        q?: string | undefined;
        cursor?: string | undefined;
        limit: number;
      },
    ): Promise<{ items: AccountView[]; next: string | null }> {
      const archives = archivesWith(actor, 'people.read').filter((id) => !o.archiveId || id === o.archiveId);
      const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await accountPage(db.owner, { archives, q: o.q, after, limit: o.limit + 1 });
      const items = rows.slice(0, o.limit);
      const next = rows.length > o.limit ? encodeCursor([items.at(-1)!.username]) : null;
      return { items: await withRoles(items), next };
    },

    /** @throws Refusal person.notFound */
    async person(actor: Actor, id: string): Promise<AccountView> {
      const account = await accountById(db.owner, id);
      if (!account) throw noPerson();
      const [view] = await withRoles([account]);
      const places = [account.archiveId, ...view!.memberships.map((m) => m.archiveId)];
      if (!places.some((a) => a !== null && can(actor, 'people.read', a))) throw noPerson();
      return view!;
    },

    /** Opens an account without any role. The one-time link is for the person alone. @throws Refusal person.* */
    openAccount(
      actor: Actor,
      a: { archiveId: string; username: string; displayName: string; language?: Language },
    ): Promise<AddedPerson> {
      demand(actor, 'people.manage', a.archiveId);
      return db.system((tx) => addPersonIn(deps, tx, actor, { ...a, memberships: [] }));
    },

    /** Closes an account; its sessions end at once. @throws Refusal person.notFound, person.self, person.lastAdministrator */
    disablePerson: (actor: Actor, id: string, reason: string) => change(actor, id, 'disabled', reason),
    enablePerson: (actor: Actor, id: string, reason: string) => change(actor, id, 'enabled', reason),
  };
}
