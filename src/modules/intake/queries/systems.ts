import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { mayAgree, mayRegister } from '../commands/systems.ts';
import type { IntakeDeps } from '../deps.ts';
import { noSystem } from '../refusals.ts';
import { type SenderSystem, systemById, systemPage, systemsWaiting } from '../store/systems.ts';

export type SystemAct = 'change' | 'decide' | 'end' | 'token';

/** Systems in the actor's reach. */
export async function listSystems(
  deps: IntakeDeps,
  actor: Actor,
  o: {
    archiveId: string | undefined;
    agencyId: string | undefined;
    cursor: string | undefined;
    limit: number;
  },
): Promise<{ items: SenderSystem[]; next: string | null }> {
  const after = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
  const rows = await deps.db.as(scopeOf(actor), (tx) =>
    systemPage(tx, { ...o, day: deps.today(), after, limit: o.limit + 1 }),
  );
  const items = rows.slice(0, o.limit);
  return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
}

/** Systems that wait for the archive to agree, with whether this person may; none for who has no part in it. */
export async function waitingSystems(
  deps: IntakeDeps,
  actor: Actor,
  limit: number,
): Promise<{ system: SenderSystem; mayDecide: boolean }[]> {
  const rows = await deps.db.as(scopeOf(actor), (tx) => systemsWaiting(tx, deps.today(), limit));
  return rows.map((system) => ({ system, mayDecide: actsFor(actor, system).includes('decide') }));
}

/** A system with its tokens and what the actor may do with it now. @throws Refusal intake.notFound */
export async function readSystem(deps: IntakeDeps, actor: Actor, id: string) {
  const system = await deps.db.as(scopeOf(actor), (tx) => systemById(tx, id, { day: deps.today() }));
  if (!system) throw noSystem();
  return { system, tokens: await deps.identity.senderTokens(id), acts: actsFor(actor, system) };
}

export type Token = Awaited<ReturnType<IntakeDeps['identity']['senderTokens']>>[number];

function actsFor(actor: Actor, s: SenderSystem): SystemAct[] {
  if (s.state === 'ended') return [];
  const own = mayRegister(actor, s);
  const acts: SystemAct[] = own ? ['change'] : [];
  const waits = s.state === 'proposed' || s.wanted !== null;
  const standsIn = actor.delegatedBy?.get(s.archiveId)?.some((d) => d.id === s.proposedBy) ?? false;
  if (waits && mayAgree(actor, s) && actor.id !== s.proposedBy && !standsIn) acts.push('decide');
  if (own || mayAgree(actor, s)) acts.push('end');
  if (own && s.state === 'admitted') acts.push('token');
  return acts;
}
