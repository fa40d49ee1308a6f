import { isRefusal, Refusal } from '#kernel/errors';
import { bringContents } from './contents.ts';
import type { RebuildDeps, RebuildOrder } from './deps.ts';
import { judge } from './judge.ts';
import { bringRows } from './rows.ts';
import { textsDueNow } from './store/contents.ts';
import { emptyTables } from './store/emptying.ts';
import {
  beginState,
  type Counts,
  endState,
  fromTheRoot,
  lockRebuild,
  NO_COUNTS,
  noteTrouble,
  type Phase,
  type RebuildState,
  saveState,
  stateNow,
  type Trouble,
  troubles,
  unlockRebuild,
} from './store/state.ts';
import { enterStreams, enterSurveyed, unitsWithoutObject } from './store/survey.ts';
import { survey } from './survey.ts';
import { readTombstones } from './tombstones.ts';

export type { RebuildDeps, RebuildOrder } from './deps.ts';

export interface Rebuilt {
  /** Whether it went on where an earlier one was killed. */
  resumed: boolean;
  counts: Counts;
  /** What could not be read or brought back: how much in all, and the first of it. */
  troubles: { count: number; first: Trouble[] };
}

const TROUBLES_TOLD = 1_000;

/**
 * Makes the catalogue again from the storage root alone: archives, fonds, entries, numbers, rights and events out of the
 * segments, content, pages and texts out of the objects, and the index from both. What a person did not do to the root stays:
 * accounts, the audit trail and work in progress are not touched.
 *
 * Killed anywhere, the next call goes on where it was.
 *
 * @throws Refusal rebuild.loss, rebuild.running, rebuild.nothing; nothing was changed then
 */
export async function rebuild(deps: RebuildDeps, order: RebuildOrder): Promise<Rebuilt> {
  const client = await deps.db.connect();
  try {
    if (!(await lockRebuild(client)))
      throw new Refusal('rebuild.running', 'Another rebuild of this installation is running.');
    try {
      return await run(deps, order);
    } finally {
      await unlockRebuild(client);
    }
  } finally {
    client.release();
  }
}

async function run(deps: RebuildDeps, order: RebuildOrder): Promise<Rebuilt> {
  const before = await stateNow(deps.db.owner);
  const state: RebuildState = before ?? {
    id: deps.newId(),
    phase: 'survey',
    place: {},
    acceptLoss: order.acceptLoss,
    counts: NO_COUNTS,
    actorName: order.actor.name,
  };
  if (!before) {
    await saveWhatWaits(deps, order.signal);
    await deps.db.system((tx) => beginState(tx, state));
  }
  const next = async (phase: Phase) => {
    Object.assign(state, { phase, place: {} });
    await deps.db.system((tx) => saveState(tx, state));
  };
  if (state.phase === 'survey') {
    await survey(deps, order, state);
    await next('judge');
  }
  if (state.phase === 'judge') {
    try {
      await judge(deps, order, state);
      if (state.counts.segments === 0)
        throw new Refusal(
          'rebuild.nothing',
          'This storage root holds no segments of a catalogue. Nothing was changed.',
        );
    } catch (e) {
      // The root will be another one when it is asked again.
      if (isRefusal(e)) await deps.db.system(endState);
      throw e;
    }
    await deps.db.system(async (tx) => {
      await emptyTables(tx, deps);
      await deps.emptyIndex(tx);
      Object.assign(state, { phase: 'rows', place: {} });
      await saveState(tx, state);
    });
  }
  if (state.phase === 'rows') {
    await bringRows(deps, order, state);
    await next('contents');
  }
  if (state.phase === 'contents') {
    await readTombstones(deps, order);
    await bringContents(deps, order, state);
    await next('finish');
  }
  return finish(deps, order, state, before !== undefined);
}

/** What the database has and the root has not yet, as far as they follow each other; the rest is judged later. */
async function saveWhatWaits(deps: RebuildDeps, signal?: AbortSignal): Promise<void> {
  try {
    await textsDueNow(deps.db.owner);
    await deps.saveTexts(signal);
    await deps.segments.flush();
  } catch (e) {
    if (!isRefusal(e)) throw e;
  }
}

async function finish(
  deps: RebuildDeps,
  order: RebuildOrder,
  state: RebuildState,
  resumed: boolean,
): Promise<Rebuilt> {
  await deps.renewIndex({
    ...(order.signal ? { signal: order.signal } : {}),
    progress: (done) => order.progress?.({ step: 'index', done }),
  });
  return deps.db.system(async (tx) => {
    await deps.recount(tx);
    await fromTheRoot(tx, state.id);
    await enterStreams(tx);
    await enterSurveyed(tx);
    await noteTrouble(tx, await unitsWithoutObject(tx));
    const result = { resumed, counts: state.counts, troubles: await troubles(tx, TROUBLES_TOLD) };
    await deps.audit.append(tx, {
      actor: order.actor,
      archiveId: null,
      act: 'catalogue.rebuilt',
      target: { type: 'installation', id: state.id },
      detail: { ...state.counts, troubles: result.troubles.count, acceptedLoss: state.acceptLoss },
    });
    await endState(tx);
    return result;
  });
}
