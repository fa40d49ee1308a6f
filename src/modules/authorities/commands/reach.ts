import { type Actor, auditActor, can, demand } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import type { Authority } from '../domain/authority.ts';
import { authorityById } from '../store/authorities.ts';

export const noAuthority = () => new Refusal('authority.notFound', 'There is no such authority.');
export const changedMeanwhile = (current: Authority) =>
  new Refusal('authority.changed', 'Somebody else changed this authority meanwhile.', {
    version: current.version,
  });

/** The tree of archives one belongs to: its topmost archive. @throws Refusal archive.notFound */
export async function networkOf(deps: Pick<AuthoritiesDeps, 'archives'>, archiveId: string): Promise<string> {
  const archive = (await deps.archives()).find((a) => a.id === archiveId);
  const top = archive?.path[0];
  if (top === undefined) throw new Refusal('archive.notFound', 'There is no such archive.');
  return top;
}

/** Demands to describe in an archive as a whole; new authorities are that archive's. @throws Refusal archive.notFound, actor.forbidden */
export async function demandNew(deps: AuthoritiesDeps, actor: Actor, archiveId: string): Promise<string> {
  demand(
    actor,
    'holdings.write',
    archiveId,
    new Refusal('archive.notFound', 'There is no such archive.'),
    'whole',
  );
  return networkOf(deps, archiveId);
}

/** Whether somebody keeps the authorities of a tree: who describes in one of its archives as a whole. */
export async function mayKeep(deps: AuthoritiesDeps, actor: Actor, networkId: string): Promise<boolean> {
  return (await deps.archives()).some(
    (a) => a.path[0] === networkId && can(actor, 'holdings.write', a.id, 'whole'),
  );
}

/** An authority of a tree whose authorities the asker keeps. @throws Refusal authority.notFound, also where it may not be seen; actor.forbidden */
export async function demandKept(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<Authority> {
  const found = await authorityById(tx, id);
  if (!found) throw noAuthority();
  if (!(await mayKeep(deps, actor, found.networkId)))
    throw new Refusal('actor.forbidden', 'Your roles in this archive do not include this.', {
      capability: 'holdings.write',
    });
  return found;
}

/**
 * The same, to be changed as it stands in the transaction.
 *
 * @throws Refusal as `demandKept`; authority.merged
 */
export async function toChange(deps: AuthoritiesDeps, tx: Tx, actor: Actor, id: string): Promise<Authority> {
  const found = await demandKept(deps, tx, actor, id);
  if (found.mergedInto)
    throw new Refusal('authority.merged', 'This authority was merged into another.', {
      into: found.mergedInto,
    });
  return found;
}

/** Tells the trail of an act on an authority, in the archive that answers for it. */
export function tell(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  about: { archiveId: string; id: string; act: string; detail: Record<string, unknown> },
): Promise<unknown> {
  return deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId: about.archiveId,
    act: about.act,
    target: { type: 'authority', id: about.id },
    detail: about.detail,
  });
}
