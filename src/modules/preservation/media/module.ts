import { type Actor, can, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import type { Tx } from '#kernel/db';
import {
  endMedium,
  estimateMedia,
  giveUpPlan,
  makePlan,
  migrateMedium,
  moveMedium,
  type NewPlan,
  noMedium,
  noPlan,
  testMedium,
  writeMedium,
} from './commands.ts';
import type { MediaDeps } from './deps.ts';
import { dueTests } from './domain/due.ts';
import { planJob } from './plan.ts';
import {
  changeMedium,
  lossesOf,
  mediaFigures,
  mediaHolding,
  mediumById,
  mediumPage,
  movesOf,
  testedMedia,
  testsOf,
} from './store/media.ts';
import { mediaOfPlan, planById, plannedPage, planPage } from './store/plans.ts';
import { testJob } from './testMedium.ts';
import { writeJob } from './write.ts';

export type MediaSets = ReturnType<typeof createMediaSets>;

interface Asked {
  cursor?: string | undefined;
  limit: number;
}

/** Copies kept off-line: planned, written, registered, tested, migrated. */
export function createMediaSets(deps: MediaDeps) {
  const cursorOf = (o: Asked) => (o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined);
  const page = <T>(rows: T[], limit: number, key: (last: T) => string) => {
    const items = rows.slice(0, limit);
    return { items, next: rows.length > limit ? encodeCursor([key(items.at(-1)!)]) : null };
  };

  return {
    jobs: [planJob(deps), writeJob(deps), testJob(deps)],
    rules: deps.rules,
    folders: deps.folders,
    archives: deps.holdings.archives,
    timeZone: deps.timeZone,
    estimate: (actor: Actor, p: Omit<NewPlan, 'title'>) => estimateMedia(deps, actor, p),
    makePlan: (actor: Actor, p: NewPlan) => makePlan(deps, actor, p),
    giveUp: (actor: Actor, id: string, reason: string) => giveUpPlan(deps, actor, id, reason),
    write: (actor: Actor, id: string, folder: string) => writeMedium(deps, actor, id, folder),
    move: (actor: Actor, id: string, to: Parameters<typeof moveMedium>[3]) => moveMedium(deps, actor, id, to),
    test: (actor: Actor, id: string, o: Parameters<typeof testMedium>[3]) => testMedium(deps, actor, id, o),
    migrate: (actor: Actor, id: string, kind: string) => migrateMedium(deps, actor, id, kind),
    end: (actor: Actor, id: string, o: Parameters<typeof endMedium>[3]) => endMedium(deps, actor, id, o),
    /** For disposal, in its transaction: a medium was destroyed by hand because of what it held. */
    destroyedByHand: (tx: Tx, id: string, reason: string) =>
      changeMedium(tx, id, { state: 'destroyed', endedReason: reason }),
    /** Media that hold some objects, whatever their version. */
    holding: mediaHolding,
    plans: (actor: Actor, o: Asked & { archiveId?: string | undefined }) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const before = cursorOf(o);
        const rows = await planPage(tx, {
          archiveId: o.archiveId,
          ...(before ? { before } : {}),
          limit: o.limit + 1,
        });
        return page(rows, o.limit, (p) => p.id);
      }),
    /** A plan and what each medium of it holds. @throws Refusal mediaPlan.notFound */
    plan: (actor: Actor, id: string) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const plan = await planById(tx, id);
        if (!plan) throw noPlan();
        return { plan, media: await mediaOfPlan(tx, id) };
      }),
    /** Objects of a plan, of one medium of it, or those too large for one. @throws Refusal mediaPlan.notFound */
    objects: (actor: Actor, planId: string, o: Asked & { medium?: number | 'tooLarge' | undefined }) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        if (!(await planById(tx, planId))) throw noPlan();
        const rows = await plannedPage(tx, planId, {
          medium: o.medium,
          after: cursorOf(o),
          limit: o.limit + 1,
        });
        const found = page(rows, o.limit, (x) => x.objectId);
        const names = await deps.holdings.names(
          tx,
          found.items.flatMap((x) => x.unitId ?? []),
        );
        return {
          ...found,
          items: found.items.map((x) => ({ ...x, unit: names.get(x.unitId ?? '') ?? null })),
        };
      }),
    media: (
      actor: Actor,
      o: Asked & {
        archiveId?: string | undefined;
        planId?: string | undefined;
        state?: string | undefined;
        purpose?: string | undefined;
      },
    ) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const { cursor: _, limit, ...filter } = o;
        const after = cursorOf(o);
        const rows = await mediumPage(tx, { ...filter, ...(after ? { after } : {}), limit: limit + 1 });
        return page(rows, limit, (m) => m.number);
      }),
    /** A medium, its movements and its tests. @throws Refusal medium.notFound */
    medium: (actor: Actor, id: string) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const medium = await mediumById(tx, id);
        if (!medium) throw noMedium();
        const plan = await planById(tx, medium.planId);
        if (!plan) throw noPlan();
        return { medium, plan, moves: await movesOf(tx, id), tests: await testsOf(tx, id) };
      }),
    /** Objects a medium was found to have lost. @throws Refusal medium.notFound */
    losses: (actor: Actor, id: string, o: Asked) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        if (!(await mediumById(tx, id))) throw noMedium();
        return page(await lossesOf(tx, id, cursorOf(o) ?? '', o.limit + 1), o.limit, (x) => x);
      }),
    /** Tests that are due in an archive, and figures of its media. */
    due: (actor: Actor, archiveId: string) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const media = can(actor, 'preservation.read', archiveId) ? await testedMedia(tx, archiveId) : [];
        return {
          due: dueTests(media, deps.rules, deps.clock.now()),
          figures: await mediaFigures(tx, archiveId),
        };
      }),
    /** Off-line copies of an object that count: whole, of its newest version, and in their place or about to be. */
    ofObject: (actor: Actor, objectId: string) =>
      deps.db.as(scopeOf(actor), async (tx) => {
        const media = await mediaHolding(tx, [objectId]);
        return {
          counted: media.filter((m) => m.current && ['written', 'inPlace', 'replaced'].includes(m.state))
            .length,
          media,
        };
      }),
  };
}
