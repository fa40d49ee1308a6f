import { type Actor, can, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import { noDisposal } from './commands/decide.ts';
import type { DisposalDeps } from './deps.ts';
import {
  certificateOf,
  type Disposal,
  disposalById,
  disposalPage,
  type Voice,
  voicesOf,
  waitingDisposals,
} from './store/disposals.ts';
import { type LegalHold, legalHoldPage, legalHoldsByIds, livingHolds } from './store/legalHolds.ts';
import { removalPage, waitingPlaces } from './store/removals.ts';
import {
  destructionOf,
  type ListedState,
  type ListedUnit,
  listedCounts,
  listedPage,
  openListOf,
} from './store/units.ts';

export interface DisposalView {
  disposal: Disposal;
  voices: Voice[];
  counts: Record<ListedState, number>;
  /** Copies that are still to go. */
  waiting: number;
  mayDecide: boolean;
  mayWithdraw: boolean;
}

const page = <T>(rows: T[], limit: number, cursorOf: (last: T) => (string | number)[]) => {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? encodeCursor(cursorOf(items.at(-1)!)) : null };
};

/** Whether the actor may still have a say: neither proposed it, nor spoke, nor stands in for one of those. */
function mayDecide(actor: Actor, d: Disposal, voices: readonly Voice[]): boolean {
  const { id } = actor;
  if (!id || d.state !== 'proposed' || !can(actor, 'disposal.decide', d.archiveId, 'whole')) return false;
  const mine = new Set([id, ...(actor.delegatedBy?.get(d.archiveId) ?? []).map((x) => x.id)]);
  return [
    [d.proposedBy, ...d.proposedFor.filter((x) => x === id)],
    ...voices.map((v) => [v.personId, ...v.stoodFor.filter((x) => x === id)]),
  ].every((taken) => !taken.some((x) => mine.has(x)));
}

function viewOf(
  actor: Actor,
  disposal: Disposal,
  voices: Voice[],
  counts: DisposalView['counts'],
  waiting: number,
): DisposalView {
  return {
    disposal,
    voices,
    counts,
    waiting,
    mayDecide: mayDecide(actor, disposal, voices),
    mayWithdraw: disposal.state === 'proposed' && can(actor, 'disposal.propose', disposal.archiveId, 'whole'),
  };
}

/** One list. @throws Refusal disposal.notFound */
export function readDisposal(deps: DisposalDeps, actor: Actor, id: string): Promise<DisposalView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const d = await disposalById(tx, id);
    if (!d) throw noDisposal();
    const waiting = (await waitingPlaces(tx, id)).reduce((n, p) => n + p.objects, 0);
    return viewOf(actor, d, (await voicesOf(tx, [id])).get(id) ?? [], await listedCounts(tx, id), waiting);
  });
}

export function listDisposals(
  deps: DisposalDeps,
  actor: Actor,
  o: {
    archiveId?: string | undefined;
    state?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
) {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = o.cursor ? { before: String(decodeCursor(o.cursor, ['string'])[0]) } : {};
    const rows = await disposalPage(tx, {
      archiveId: o.archiveId,
      state: o.state,
      ...before,
      limit: o.limit + 1,
    });
    const found = page(rows, o.limit, (d) => [d.id]);
    const voices = await voicesOf(
      tx,
      found.items.map((d) => d.id),
    );
    const items: DisposalView[] = [];
    for (const d of found.items) {
      const waiting = (await waitingPlaces(tx, d.id)).reduce((n, p) => n + p.objects, 0);
      items.push(viewOf(actor, d, voices.get(d.id) ?? [], await listedCounts(tx, d.id), waiting));
    }
    return { items, next: found.next };
  });
}

/** Lists that wait for a decision in the actor's archives, and whether theirs is one of the voices wanted. */
export function disposalsWaiting(
  deps: DisposalDeps,
  actor: Actor,
  limit: number,
): Promise<(Disposal & { mayDecide: boolean })[]> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const rows = await waitingDisposals(tx, [...actor.rights.keys()], limit);
    const voices = await voicesOf(
      tx,
      rows.map((d) => d.id),
    );
    return rows.map((d) => ({ ...d, mayDecide: mayDecide(actor, d, voices.get(d.id) ?? []) }));
  });
}

/** A page of a list. @throws Refusal disposal.notFound */
export function listedUnits(
  deps: DisposalDeps,
  actor: Actor,
  id: string,
  o: { state?: string | undefined; cursor?: string | undefined; limit: number },
) {
  return deps.db.as(scopeOf(actor), async (tx) => {
    if (!(await disposalById(tx, id))) throw noDisposal();
    const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : undefined;
    return page(await listedPage(tx, id, { after, state: o.state, limit: o.limit + 1 }), o.limit, (u) => [
      u.seq,
    ]);
  });
}

/** All of a list, in batches, for the register. @throws Refusal disposal.notFound */
export async function* everyListed(
  deps: DisposalDeps,
  actor: Actor,
  id: string,
): AsyncGenerator<ListedUnit[]> {
  for (let after = 0; ; ) {
    const rows = await deps.db.as(scopeOf(actor), (tx) => listedPage(tx, id, { after, limit: 1_000 }));
    if (rows.length === 0) return;
    after = rows.at(-1)!.seq;
    yield rows;
  }
}

/** Places that hold something of a list, or held it. @throws Refusal disposal.notFound */
export function listedPlaces(
  deps: DisposalDeps,
  actor: Actor,
  id: string,
  o: { state?: string | undefined; cursor?: string | undefined; limit: number },
) {
  return deps.db.as(scopeOf(actor), async (tx) => {
    if (!(await disposalById(tx, id))) throw noDisposal();
    const after = o.cursor
      ? (decodeCursor(o.cursor, ['string', 'string', 'string']) as [string, string, string])
      : undefined;
    return page(await removalPage(tx, id, { after, state: o.state, limit: o.limit + 1 }), o.limit, (r) => [
      r.place,
      r.placeId,
      r.objectId,
    ]);
  });
}

/** The signed certificate of destruction; null while something is left. @throws Refusal disposal.notFound */
export function destructionCertificate(
  deps: DisposalDeps,
  actor: Actor,
  id: string,
): Promise<{ number: string; certificate: string | null }> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const d = await disposalById(tx, id);
    if (!d) throw noDisposal();
    return { number: d.number, certificate: await certificateOf(tx, id) };
  });
}

/** What a mark is on, for those who may know it. */
export interface NamedHold extends LegalHold {
  on: { referenceCode: string | null; title: string } | null;
}

async function withNames(deps: DisposalDeps, tx: Tx, holds: readonly LegalHold[]): Promise<NamedHold[]> {
  const units = await deps.holdings.names(
    tx,
    holds.flatMap((h) => h.unitId ?? []),
  );
  const fonds = await deps.holdings.fondsNames(
    tx,
    holds.flatMap((h) => h.fondsId ?? []),
  );
  return holds.map((h) => ({
    ...h,
    on: units.get(h.unitId ?? '') ?? fonds.get(h.fondsId ?? '') ?? null,
  }));
}

/** What became of a unit's content, and what keeps it from being destroyed; undefined where the actor may not see it. */
export function unitDisposal(deps: DisposalDeps, actor: Actor, unitId: string) {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await deps.holdings.unitIn(tx, unitId);
    if (!unit) return undefined;
    const holds = await livingHolds(tx, unit.archiveId);
    const on: string[] = [];
    for (const h of holds)
      if (
        h.fondsId === unit.fondsId ||
        (h.unitId && (await deps.holdings.within(tx, [unitId], [h.unitId])).size > 0)
      )
        on.push(h.id);
    return {
      destroyed: (await destructionOf(tx, unitId)) ?? null,
      listed: (await openListOf(tx, unitId)) ?? null,
      legalHolds: on.length > 0 ? await withNames(deps, tx, await legalHoldsByIds(tx, on)) : [],
    };
  });
}

export function listLegalHolds(
  deps: DisposalDeps,
  actor: Actor,
  o: { archiveId?: string | undefined; ended: boolean; cursor?: string | undefined; limit: number },
) {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = o.cursor ? { before: String(decodeCursor(o.cursor, ['string'])[0]) } : {};
    const rows = await legalHoldPage(tx, {
      archiveId: o.archiveId,
      ended: o.ended,
      ...before,
      limit: o.limit + 1,
    });
    const found = page(rows, o.limit, (h) => [h.id]);
    return { ...found, items: await withNames(deps, tx, found.items) };
  });
}
