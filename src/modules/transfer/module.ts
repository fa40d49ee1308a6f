import { type Actor, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal, type Severity } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { type ActOrder, actOn } from './commands/act.ts';
import { blockedBatches, lookAtBlocked, removeBlocked } from './commands/classified.ts';
import { actsFor, carryOn, noBatch } from './commands/moving.ts';
import { cancelPlan, makePlan, type PlanOrder } from './commands/plans.ts';
import {
  type BatchDescription,
  beginBatch,
  describeBatch,
  giveContent,
  type NewBatchOrder,
} from './commands/prepare.ts';
import type { TransferDeps } from './deps.ts';
import { UNDER_WAY, WITH_AGENCY } from './domain/states.ts';
import {
  type Batch,
  type BatchFilter,
  batchById,
  batchesOpen,
  batchesUnderWay,
  batchPage,
  blockedAmong,
  endedAmong,
  type Paper,
  paperOf,
  setJob,
} from './store/batches.ts';
import { findingPage, type Side } from './store/findings.ts';
import { movesOf, movesOfEach } from './store/moves.ts';
import { planPage } from './store/plans.ts';
import { transferJob } from './working/carryOn.ts';
import { foldersThere, removeContent, setApart } from './working/folders.ts';

export type Transfers = ReturnType<typeof createTransfers>;

/** A step that has not come to its end for so long is stuck. */
const STUCK_MINUTES = 30;
const AT_ONCE = 200;

/** Handover of records from agencies to archives: planned, prepared, checked, sent, received, decided, taken in, receipted. */
export function createTransfers(deps: TransferDeps) {
  const seen = async (actor: Actor, id: string): Promise<Batch> => {
    const batch = await deps.db.as(scopeOf(actor), (tx) => batchById(tx, id));
    if (!batch) throw noBatch();
    return batch;
  };
  /** Waiting too long for the system, or told why it can not go on. */
  const isStuck = (b: Batch): boolean =>
    b.failure !== null &&
    deps.clock.now().getTime() - (b.failingSince ?? b.movedAt).getTime() > STUCK_MINUTES * 60_000;

  return {
    jobs: [transferJob(deps)],
    plan: (actor: Actor, order: PlanOrder) => makePlan(deps, actor, order),
    cancelPlan: (actor: Actor, id: string, reason: string) => cancelPlan(deps, actor, id, reason),
    /** Those due first. */
    async plans(
      actor: Actor,
      o: Omit<Parameters<typeof planPage>[1], 'after'> & { cursor: string | undefined },
    ) {
      const [dueOn, id] = o.cursor ? decodeCursor(o.cursor, ['string', 'string']) : [];
      const after = id === undefined ? undefined : { dueOn: String(dueOn), id: String(id) };
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        planPage(tx, { ...o, after, limit: o.limit + 1 }),
      );
      const items = rows.slice(0, o.limit);
      const last = items.at(-1);
      return { items, next: rows.length > o.limit && last ? encodeCursor([last.dueOn, last.id]) : null };
    },
    begin: (actor: Actor, order: NewBatchOrder) => beginBatch(deps, actor, order),
    describe: (actor: Actor, id: string, d: BatchDescription & { version: number }) =>
      describeBatch(deps, actor, id, d),
    give: (actor: Actor, id: string, uploadIds: readonly string[]) => giveContent(deps, actor, id, uploadIds),
    act: (actor: Actor, id: string, order: ActOrder) => actOn(deps, actor, id, order),
    one: seen,
    /** A batch with its way so far, and what this person could do next. */
    async read(actor: Actor, id: string) {
      const batch = await seen(actor, id);
      const moves = await deps.db.as(scopeOf(actor), (tx) => movesOf(tx, id));
      return { batch, moves, acts: actsFor(actor, batch, moves), stuck: isStuck(batch) };
    },
    async list(actor: Actor, o: Omit<BatchFilter, 'before'> & { cursor: string | undefined }) {
      const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        batchPage(tx, { ...o, before, limit: o.limit + 1 }),
      );
      const items = rows.slice(0, o.limit);
      return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
    },
    /** What waits for this person's hand, the oldest first. */
    async waiting(actor: Actor, limit: number) {
      if (![...actor.rights.values()].some((capabilities) => capabilities.has('filing.read'))) return [];
      return deps.db.as(scopeOf(actor), async (tx) => {
        const rows = await batchesOpen(tx, AT_ONCE);
        const moves = await movesOfEach(
          tx,
          rows.map((b) => b.id),
        );
        return rows
          .map((batch) => {
            const acts = actsFor(actor, batch, moves.get(batch.id) ?? []);
            return { batch, mayAct: acts.some((a) => a !== 'withdraw' && a !== 'revise') };
          })
          .filter((w) => w.mayAct || w.batch.preparedBy === actor.id)
          .slice(0, limit);
      });
    },
    async findings(
      actor: Actor,
      o: {
        id: string;
        side: Side;
        severity: Severity | undefined;
        cursor: string | undefined;
        limit: number;
      },
    ) {
      const batch = await seen(actor, o.id);
      const after = o.cursor ? Number(decodeCursor(o.cursor, ['number'])[0]) : -1;
      const { side, severity, limit } = o;
      const rows = await deps.db.as(scopeOf(actor), (tx) =>
        findingPage(tx, { batchId: batch.id, round: batch.round, side, severity, after, limit: limit + 1 }),
      );
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? encodeCursor([items.at(-1)!.seq]) : null };
    },
    /** A signed statement, byte for byte. @throws Refusal transfer.notFound, transfer.noPaper */
    async paper(actor: Actor, id: string, paper: Paper): Promise<{ batch: Batch; text: string }> {
      const batch = await seen(actor, id);
      const text = WITH_AGENCY.has(batch.state)
        ? null
        : await deps.db.as(scopeOf(actor), (tx) => paperOf(tx, id, paper));
      if (text === null) throw new Refusal('transfer.noPaper', 'It is not signed yet.');
      return { batch, text };
    },
    blocked: (actor: Actor) => blockedBatches(deps, actor),
    lookAtBlocked: (actor: Actor, id: string) => lookAtBlocked(deps, actor, id),
    removeBlocked: (actor: Actor, id: string, reason: string) => removeBlocked(deps, actor, id, reason),
    /** Batches that wait for the system get their job again: after a kill, and every hour. */
    async resume(): Promise<number> {
      await clearUp(deps);
      let resumed = 0;
      for (const { id } of await batchesUnderWay(deps.db.owner, AT_ONCE))
        await deps.db.system(async (tx) => {
          const batch = await batchById(tx, id, true);
          if (!batch || !UNDER_WAY.has(batch.state)) return;
          const job = batch.jobId ? await deps.jobs.find(tx, batch.jobId) : undefined;
          if (job?.state === 'queued' || job?.state === 'running') return;
          await setJob(tx, id, await carryOn(deps, tx, batch, null));
          resumed++;
        });
      return resumed;
    },
  };
}

/** Folders of batches that are at an end or blocked, whose removal or setting apart was broken off. */
async function clearUp(deps: TransferDeps): Promise<void> {
  const there = (await foldersThere(deps.folder)).filter(isId);
  for (let i = 0; i < there.length; i += AT_ONCE) {
    const some = there.slice(i, i + AT_ONCE);
    for (const id of await endedAmong(deps.db.owner, some)) await removeContent(deps.folder, { id });
    for (const id of await blockedAmong(deps.db.owner, some)) await setApart(deps.folder, { id });
  }
}
