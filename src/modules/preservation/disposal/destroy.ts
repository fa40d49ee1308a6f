import { setTimeout as pause } from 'node:timers/promises';
import { auditActor } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { messageOf } from '#kernel/errors';
import type { JobKind, JobRun } from '#kernel/jobs';
import { insertEvents } from '../store/events.ts';
import { judgeUnits } from './candidates.ts';
import { DISPOSAL_JOB } from './commands/decide.ts';
import type { ContentStore, DisposalDeps } from './deps.ts';
import { cachedFiles, clearContent, dropObjectRow, forgetCached } from './store/clearing.ts';
import { type Disposal, disposalById, setDisposalState } from './store/disposals.ts';
import {
  goneEverywhere,
  goneFrom,
  insertEndedStores,
  insertMediaRemovals,
  insertStoreRemovals,
  markGone,
  markTrouble,
  waitingIn,
  waitingPlaces,
} from './store/removals.ts';
import {
  condemn,
  listedCounts,
  listedPage,
  setListedState,
  spareUnits,
  stillWritten,
} from './store/units.ts';
import { enterTombstone, MACHINE, writeCertificate, writeOrder } from './tombstone.ts';

const TOGETHER = 200;
/** Objects a store may fail at, one after the other, before it counts as out of reach for this time. */
const MOST_FAILURES = 3;
const WAIT_FOR_WRITERS_MS = 60_000;

/**
 * Carries a list out that two persons agreed to. Every step leaves a mark and may be done again, so a killed job goes on
 * where it was: condemned, listed and signed in the root, cleared from catalogue and search, taken out of every store,
 * certified. A store out of reach is left for the next time.
 */
export function disposalJob(deps: DisposalDeps): JobKind<{ id: string }> {
  return {
    name: DISPOSAL_JOB,
    async run(job) {
      let d = await disposalById(deps.db.owner, job.data.id);
      if (d?.state === 'agreed') d = await condemnList(deps, d);
      if (d?.state === 'condemned') d = await order(deps, d, job);
      if (d?.state !== 'destroying') return { state: d?.state ?? null };
      await clear(deps, d, job);
      await clearCaches(deps, d, job);
      await empty(deps, d, job);
      const left = await finish(deps, d, job);
      return { state: left === 0 ? 'done' : 'destroying', waiting: left };
    },
  };
}

const again = async (deps: DisposalDeps, id: string) => disposalById(deps.db.owner, id);

/** From now on these objects are nobody's to write. What has come to be needed meanwhile is spared. */
async function condemnList(deps: DisposalDeps, d: Disposal): Promise<Disposal | undefined> {
  await deps.db.system(async (tx) => {
    const now = await disposalById(tx, d.id, true);
    if (now?.state !== 'agreed') return;
    const ids: string[] = [];
    for (let after = 0; ; ) {
      const page = await listedPage(tx, d.id, { after, state: 'listed', limit: 5_000 });
      if (page.length === 0) break;
      ids.push(...page.map((u) => u.unitId));
      after = page.at(-1)!.seq;
    }
    const at = deps.clock.now();
    const judged = await judgeUnits(
      deps,
      tx,
      { archiveId: d.archiveId, ids },
      { today: dayIn(at, deps.timeZone), approval: d.approval !== null, except: d.id },
    );
    const still = new Set(judged.filter((j) => !j.obstacle).map((j) => j.unit.id));
    const why = new Map(judged.map((j) => [j.unit.id, j.obstacle]));
    const spared = ids
      .filter((id) => !still.has(id))
      .map((unitId) => ({ unitId, why: why.get(unitId) ?? ('noContent' as const) }));
    await spareUnits(tx, d.id, spared);
    if (still.size === 0) {
      await setDisposalState(tx, d.id, 'withdrawn', { closedReason: 'nothing is left to destroy' });
      await deps.audit.append(tx, {
        actor: auditActor(MACHINE),
        archiveId: d.archiveId,
        act: 'disposal.withdrawn',
        target: { type: 'disposal', id: d.id },
        detail: { number: d.number, reason: 'nothing is left to destroy' },
      });
      return;
    }
    await condemn(tx, d.id, at);
    await setDisposalState(tx, d.id, 'condemned');
  });
  return again(deps, d.id);
}

/** Waits for writers who began before, writes the order into the root, and notes every place to be emptied. */
async function order(
  deps: DisposalDeps,
  d: Disposal,
  job: JobRun<{ id: string }>,
): Promise<Disposal | undefined> {
  for (const begun = Date.now(); ; ) {
    const writers = await stillWritten(deps.db.owner, d.id);
    if (writers.length === 0) break;
    // Left by a killed one, perhaps.
    await deps.writing.settle();
    if (Date.now() - begun > WAIT_FOR_WRITERS_MS)
      throw new Error(`somebody still writes ${writers[0]} and ${writers.length - 1} others`);
    await pause(500, undefined, { signal: job.signal });
  }
  const put = await writeOrder(deps, d, job.signal);
  const stores = await deps.stores();
  await deps.db.system(async (tx) => {
    const at = deps.clock.now();
    await enterTombstone(deps, tx, d, put);
    for (const s of stores) await insertStoreRemovals(tx, d.id, { place: 'store', id: s.id, name: s.name });
    await insertEndedStores(tx, d.id);
    for (let after = 0; ; ) {
      const page = await listedPage(tx, d.id, { after, state: 'listed', limit: 2_000 });
      if (page.length === 0) break;
      after = page.at(-1)!.seq;
      const objects = page.map((u) => u.objectId);
      await insertMediaRemovals(tx, d.id, await deps.mediaOf(tx, objects));
    }
    await setDisposalState(tx, d.id, 'destroying', { orderedAt: at });
    await deps.audit.append(tx, {
      actor: auditActor(MACHINE),
      archiveId: d.archiveId,
      act: 'disposal.ordered',
      target: { type: 'disposal', id: d.id },
      detail: { number: d.number, units: (await listedCounts(tx, d.id)).listed, object: put.objectId },
    });
  });
  return again(deps, d.id);
}

/** Out of catalogue, search and the list of objects, so that nothing finds, shows or mends it any more. */
async function clear(deps: DisposalDeps, d: Disposal, job: JobRun<{ id: string }>): Promise<void> {
  const day = dayIn(deps.clock.now(), deps.timeZone);
  const total = d.unitCount;
  let done = 0;
  for (;;) {
    const units = await listedPage(deps.db.owner, d.id, { state: 'listed', limit: TOGETHER });
    if (units.length === 0) return;
    for (const u of units) {
      job.signal.throwIfAborted();
      await deps.db.system(async (tx) => {
        await deps.forgetText(tx, u.unitId);
        await clearContent(tx, d.id, u.unitId);
        await dropObjectRow(tx, u.objectId);
        await deps.holdings.contentDestroyed(tx, MACHINE, {
          unitId: u.unitId,
          archiveId: d.archiveId,
          disposalId: d.id,
          words: `${d.number} ${day}`,
        });
        await setListedState(tx, d.id, u.unitId, 'cleared');
        await deps.audit.append(tx, {
          actor: auditActor(MACHINE),
          archiveId: d.archiveId,
          act: 'unit.contentDestroyed',
          target: { type: 'unit', id: u.unitId },
          detail: { disposal: d.id, number: d.number, files: u.files, bytes: u.bytes, reason: d.reason },
        });
      });
      job.progress({ step: 'clearing', done: ++done, total });
    }
  }
}

async function clearCaches(deps: DisposalDeps, d: Disposal, job: JobRun<{ id: string }>): Promise<void> {
  for (;;) {
    const files = await cachedFiles(deps.db.owner, d.id, TOGETHER);
    if (files.length === 0) return;
    job.signal.throwIfAborted();
    for (const f of files) await deps.forgetCaches(f);
    await forgetCached(deps.db.owner, d.id, files);
  }
}

/** Takes the objects out of every store that can be reached. */
async function empty(deps: DisposalDeps, d: Disposal, job: JobRun<{ id: string }>): Promise<void> {
  const stores = new Map((await deps.stores()).map((s) => [s.id, s]));
  for (const place of await waitingPlaces(deps.db.owner, d.id)) {
    const store = place.place === 'store' ? stores.get(place.id) : undefined;
    if (!store) continue;
    await emptyStore(deps, d, store, place.objects, job);
  }
}

async function emptyStore(
  deps: DisposalDeps,
  d: Disposal,
  store: ContentStore,
  total: number,
  job: JobRun<{ id: string }>,
): Promise<void> {
  const place = { place: 'store' as const, id: store.id };
  let [failures, done, after] = [0, 0, ''];
  for (;;) {
    const waiting = await waitingIn(deps.db.owner, d.id, place, after, TOGETHER);
    if (waiting.length === 0) return;
    for (const { objectId } of waiting) {
      job.signal.throwIfAborted();
      after = objectId;
      try {
        await store.remove(objectId);
      } catch (e) {
        deps.log.warn(
          { err: messageOf(e), store: store.name, disposal: d.number },
          'a copy could not be destroyed',
        );
        await markTrouble(deps.db.owner, d.id, objectId, place, deps.clock.now(), messageOf(e));
        if (++failures >= MOST_FAILURES) return;
        continue;
      }
      failures = 0;
      const at = deps.clock.now();
      await deps.db.system(async (tx) => {
        await markGone(tx, d.id, objectId, place, at);
        // A rebuild that found the object half way may have entered it again.
        if (store.isMain) await dropObjectRow(tx, objectId);
        await insertEvents(tx, [
          {
            id: deps.newId(),
            objectId,
            archiveId: d.archiveId,
            type: 'deletion',
            at,
            storeId: store.isMain ? null : store.id,
            outcome: 'success',
            detail: { disposal: d.id, number: d.number, store: store.name },
            actorId: null,
            actorName: MACHINE.name,
          },
        ]);
      });
      job.progress({ step: 'destroying', done: ++done, total });
    }
  }
}

/** Looks once more, marks what is gone everywhere, and certifies when nothing waits. Returns how many places wait. */
async function finish(deps: DisposalDeps, d: Disposal, job: JobRun<{ id: string }>): Promise<number> {
  for (const store of await deps.stores()) await lookOnceMore(deps, d, store, job);
  for (;;) {
    const units = await goneEverywhere(deps.db.owner, d.id, TOGETHER);
    if (units.length === 0) break;
    const at = deps.clock.now();
    await deps.db.system(async (tx) => {
      for (const unitId of units) {
        // A reader of text that was at work meanwhile may have left some.
        await deps.forgetText(tx, unitId);
        await setListedState(tx, d.id, unitId, 'destroyed', at);
      }
    });
  }
  const left = (await waitingPlaces(deps.db.owner, d.id)).reduce((n, p) => n + p.objects, 0);
  if (left > 0) return left;
  const { put, certificate } = await writeCertificate(deps, d);
  await deps.db.system(async (tx) => {
    const now = await disposalById(tx, d.id, true);
    await enterTombstone(deps, tx, d, put);
    if (now?.state !== 'destroying') return;
    await setDisposalState(tx, d.id, 'done', { doneAt: deps.clock.now(), certificate });
    await deps.audit.append(tx, {
      actor: auditActor(MACHINE),
      archiveId: d.archiveId,
      act: 'disposal.done',
      target: { type: 'disposal', id: d.id },
      detail: { number: d.number, units: (await listedCounts(tx, d.id)).destroyed, object: put.objectId },
    });
  });
  return 0;
}

/** A copier at work while its source went may have written after us: what is there again goes again. */
async function lookOnceMore(
  deps: DisposalDeps,
  d: Disposal,
  store: ContentStore,
  job: JobRun<{ id: string }>,
): Promise<void> {
  const place = { place: 'store' as const, id: store.id };
  for (let after = ''; ; ) {
    const gone = await goneFrom(deps.db.owner, d.id, place, after, TOGETHER);
    if (gone.length === 0) return;
    after = gone.at(-1)!;
    for (const objectId of gone) {
      job.signal.throwIfAborted();
      try {
        if (await store.holds(objectId)) await store.remove(objectId);
      } catch (e) {
        await markTrouble(deps.db.owner, d.id, objectId, place, deps.clock.now(), messageOf(e));
        return;
      }
    }
  }
}
