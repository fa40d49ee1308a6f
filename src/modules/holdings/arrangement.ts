import { type Actor, can, demand, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Sql } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import {
  beginArranging,
  decideArranging,
  demandOne,
  previewArranging,
  resumeArranging,
  runArranging,
  takeBackArranging,
} from './arranging/commands.ts';
import type { Plan } from './arranging/plan.ts';
import {
  type Rearrangement,
  rearrangementPage,
  rearrangementsWaiting,
} from './arranging/store/rearrangements.ts';
import { codesListed } from './arranging/store/worklist.ts';
import type { HoldingsDeps } from './deps.ts';
import { treeJump, treePath, treeWindow } from './queries/tree.ts';
import { fondsNamed, type NamedFonds } from './store/fonds.ts';

/** The order of the holdings: its tree, and what is done to it. */
export type Arrangement = ReturnType<typeof createArrangement>;

export function createArrangement(deps: HoldingsDeps) {
  return {
    window: (actor: Actor, placeId: string, o: Parameters<typeof treeWindow>[3]) =>
      treeWindow(deps, actor, placeId, o),
    path: (actor: Actor, unitId: string) => treePath(deps, actor, unitId),
    jump: (actor: Actor, placeId: string, o: Parameters<typeof treeJump>[3]) =>
      treeJump(deps, actor, placeId, o),
    /** What a plan would come to. */
    preview: (actor: Actor, plan: Parameters<typeof previewArranging>[2]) =>
      previewArranging(deps, actor, plan),
    begin: (actor: Actor, plan: Parameters<typeof beginArranging>[2], reason?: string | null) =>
      beginArranging(deps, actor, plan, reason),
    decide: (actor: Actor, id: string, decision: 'approved' | 'declined', note: string | null) =>
      decideArranging(deps, actor, id, decision, note),
    takeBack: (actor: Actor, id: string, reason: string) => takeBackArranging(deps, actor, id, reason),
    resume: (actor: Actor, id: string) => resumeArranging(deps, actor, id),
    /** Does what was begun to its end; the job does so too. */
    run: (id: string, o?: Parameters<typeof runArranging>[2]) => runArranging(deps, id, o),
    /** @throws Refusal arrange.notFound */
    async one(actor: Actor, id: string) {
      const r = await demandOne(deps, actor, id);
      return (await deps.db.as(scopeOf(actor), (tx) => withFonds(tx, [r])))[0]!;
    },
    /** A page of what codes were and are, for whoever reads the whole archive. @throws Refusal arrange.notFound */
    async codes(actor: Actor, id: string, o: { cursor?: string; limit: number }) {
      const r = await demandOne(deps, actor, id);
      demand(
        actor,
        'holdings.read',
        r.archiveId,
        new Refusal('arrange.notFound', 'There is no such rearrangement.'),
        'whole',
      );
      const after = o.cursor ? Number(decodeCursor(o.cursor, ['string'])[0]) : 0;
      const rows = await codesListed(deps.db.owner, id, { after, limit: o.limit + 1 });
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([String(items.at(-1)!.seq)]) : null };
    },
    /** What waits for another person, the oldest first, where the actor asked for it or may decide. */
    waiting: (actor: Actor, limit: number) =>
      deps.db.as(scopeOf(actor), async (tx) =>
        (await rearrangementsWaiting(tx, limit)).map((r) => ({
          ...r,
          mayDecide: r.proposedBy !== actor.id && can(actor, 'rights.approve', r.archiveId),
        })),
      ),
    /** Of an archive, the newest first; `open`: what waits, runs or was stopped alone. */
    list: (actor: Actor, o: { archiveId: string; open: boolean; cursor?: string; limit: number }) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        if (!can(actor, 'holdings.read', o.archiveId)) return { items: [], next: null };
        const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
        const rows = await rearrangementPage(tx, {
          archiveId: o.archiveId,
          open: o.open,
          limit: o.limit + 1,
          ...(before ? { before } : {}),
        });
        const items = await withFonds(tx, rows.slice(0, o.limit));
        return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
      }),
    newId: deps.newId,
  };
}

/** A rearrangement with the fonds it is about. */
export type ToldRearrangement = Rearrangement & {
  /** The fonds joined to another, or divided. */
  from: NamedFonds | null;
  /** Where entries come. */
  to: NamedFonds | null;
};

const fromOf = (plan: Plan) => (plan.kind === 'merge' || plan.kind === 'split' ? plan.fondsId : '');
const toOf = (plan: Plan) => ('to' in plan ? plan.to.fondsId : '');

async function withFonds(on: Sql, list: readonly Rearrangement[]): Promise<ToldRearrangement[]> {
  const ids = list.flatMap((r) => [fromOf(r.plan), toOf(r.plan)]).filter(Boolean);
  const fonds = await fondsNamed(on, ids);
  return list.map((r) => ({
    ...r,
    from: fonds.get(fromOf(r.plan)) ?? null,
    // A part becomes a fonds once it is divided: till then it is as it was asked for.
    to: fonds.get(toOf(r.plan)) ?? (r.plan.kind === 'split' ? { id: '', ...r.plan.fonds } : null),
  }));
}
