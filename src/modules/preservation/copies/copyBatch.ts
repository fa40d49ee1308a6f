import { isPassing } from '#formats/ocfl';
import { isRefusal, messageOf } from '#kernel/errors';
import { isWhole } from '../domain/verdict.ts';
import { SYSTEM_NAME, tellOfStore, untellOfCopies } from '../fixity/alarming.ts';
import { checkCopies, isTold, StoreAway } from '../fixity/checkCopies.ts';
import { earlierOf } from '../fixity/replaceCopy.ts';
import type { KeepingDeps } from '../keeping/deps.ts';
import { solveAlarms } from '../store/alarms.ts';
import { type CopyFound, type CopyTask, copiesOf, enterFound } from '../store/copies.ts';
import { insertEvents, type PreservationEvent } from '../store/events.ts';
import { allStores, type StoreRow } from '../store/stores.ts';
import type { OpenStore } from '../stores/openStore.ts';
import { type CopyOutcome, copyNew, copyVersions } from './copyObject.ts';
import { readSource, type SourceObject } from './readSource.ts';

export interface CopiedBatch {
  copied: number;
  failed: number;
  /** Another writer was at them: to be tried again, and no failure. */
  heldUp: number;
  bytes: number;
  /** The store takes no more for now. */
  full: boolean;
}

interface Found {
  source: SourceObject;
  /** The copy it is read from, and its store. */
  copy: CopyTask;
  row: StoreRow;
}

interface Done {
  task: CopyTask;
  found?: Found;
  outcome: CopyOutcome & { how?: 'copied' | 'found' | 'versions' };
}

/** Whether a store takes no more. */
export const isFull = (e: unknown) =>
  (e instanceof Error && 'code' in e && (e.code === 'ENOSPC' || e.code === 'EDQUOT')) ||
  (isRefusal(e) && e.code === 'store.full');

/**
 * Copies objects to a store that lacks them or has an earlier version. Small ones share one flush. Only what was read back
 * from the store counts as held there. Killed anywhere, a copy is whole or not there, and a second run goes on.
 *
 * @throws StoreAway, and whatever else stops the store as a whole
 */
export async function copyBatch(
  deps: KeepingDeps,
  row: StoreRow,
  target: OpenStore,
  tasks: readonly CopyTask[],
  signal?: AbortSignal,
): Promise<CopiedBatch> {
  const rows = (await allStores(deps.db.owner)).filter((s) => s.state === 'active' || s.state === 'draining');
  const done: Done[] = [];
  const fresh: { task: CopyTask; found: Found }[] = [];
  for (const task of tasks) {
    signal?.throwIfAborted();
    try {
      const found = await sourceOf(deps, rows, task);
      const state = await stateIn(target, task, found.source);
      if (state === 'absent') fresh.push({ task, found });
      else {
        const outcome = await bringOn(deps, target, task, found.source, state).catch((error: unknown) => ({
          error,
        }));
        done.push({ task, found, outcome });
      }
    } catch (error) {
      done.push({ task, outcome: { error } });
    }
  }
  const outcomes = await copyNew(
    target,
    fresh.map((f) => f.found.source),
  );
  for (const [i, f] of fresh.entries()) {
    const outcome = outcomes[i]!;
    done.push({ ...f, outcome: 'error' in outcome ? outcome : { ...outcome, how: 'copied' } });
  }
  for (const { found, outcome } of done)
    if (
      found &&
      'error' in outcome &&
      isRefusal(outcome.error) &&
      outcome.error.code === 'copy.sourceDamaged'
    )
      // What it was read from is not as it was said to be: it is looked at from end to end, and told of.
      await checkCopies(deps, found.row, found.source.open, [found.copy], { bytesPerSecond: null });
  const busy = done.filter(({ outcome }) => 'error' in outcome && isPassing(outcome.error));
  deps.heldUp.add(
    row.id,
    busy.map((d) => d.task.objectId),
  );
  const entered = await enterCopied(
    deps,
    row,
    done.filter((d) => !busy.includes(d)),
  );
  return { ...entered, heldUp: busy.length };
}

/** Where to copy from: the storage root, or where that is not sound another store. */
async function sourceOf(deps: KeepingDeps, rows: readonly StoreRow[], task: CopyTask): Promise<Found> {
  let copies = await copiesOf(deps.db.owner, task.objectId);
  const main = copies.find((c) => rows.some((r) => r.isMain && r.id === c.storeId));
  const mainRow = rows.find((r) => r.isMain);
  if (main && mainRow && main.objectDigest === null) {
    // Entered before anybody asked the root: now somebody does.
    await checkCopies(deps, mainRow, await deps.stores.open(mainRow), [main], { bytesPerSecond: null });
    copies = await copiesOf(deps.db.owner, task.objectId);
  }
  let trouble: unknown = new Error('no copy is sound');
  for (const copy of copies) {
    const row = rows.find((r) => r.id === copy.storeId);
    if (!row || copy.storeId === task.storeId || copy.condition !== 'sound' || row.reach === 'unreachable')
      continue;
    try {
      const open = await deps.stores.open(row);
      return { source: await readSource(open, task.objectId, copy.objectDigest), copy, row };
    } catch (e) {
      trouble = e;
      // Not as it was said to be: it is looked at from end to end.
      if (isRefusal(e))
        await checkCopies(deps, row, await deps.stores.open(row), [copy], { bytesPerSecond: null });
    }
  }
  throw trouble;
}

type State = 'absent' | 'same' | { version: string };

/** What a store has of an object. @throws Error for what is neither it nor an earlier version */
async function stateIn(target: OpenStore, task: CopyTask, source: SourceObject): Promise<State> {
  const path = target.repository.pathOf(task.objectId);
  const there = (await target.store.digest(`${path}/inventory.json`, ['sha512']))?.digests.sha512;
  if (there === undefined) {
    const entries = await target.store.list(path);
    if (entries === null || entries.length === 0) return 'absent';
    throw new NotOurs('what lies in the place of the object has no inventory');
  }
  if (there === source.inventoryDigest) return 'same';
  const version = Object.entries(await earlierOf(source)).find(([, digest]) => digest === there)?.[0];
  if (version === undefined)
    throw new NotOurs('what lies there is neither the object nor an earlier version of it');
  return { version };
}

/** What lies in an object's place is no state of it: mended, not copied over. */
class NotOurs extends Error {
  override readonly name = 'NotOurs';
}

async function bringOn(
  deps: KeepingDeps,
  target: OpenStore,
  task: CopyTask,
  source: SourceObject,
  state: Exclude<State, 'absent'>,
): Promise<Done['outcome']> {
  const cycle = deps.settings.cycleDays * 86_400_000;
  const proved = task.checkedAt !== null && deps.clock.now().getTime() - task.checkedAt.getTime() < cycle;
  const bytes = state === 'same' ? 0 : (await copyVersions(target, source, state.version)).bytes;
  if (state === 'same' || !proved) {
    const [looked] = await deps.examiner.examine(target, [task], { bytesPerSecond: null });
    if (!looked || !('examined' in looked)) throw new Error('the copy could not be read back');
    if (!isWhole(looked.examined, task.objectId)) throw new NotOurs('what lies there is damaged');
  }
  return { bytes, how: state === 'same' ? 'found' : 'versions' };
}

async function enterCopied(
  deps: KeepingDeps,
  row: StoreRow,
  done: readonly Done[],
): Promise<Omit<CopiedBatch, 'heldUp'>> {
  const errors = done.flatMap(({ outcome }) => ('error' in outcome ? [outcome.error] : []));
  if (errors.length > 0 && (await deps.stores.probe(row)).reach === 'unreachable')
    throw new StoreAway(row.name);
  const at = deps.clock.now();
  const full = errors.some(isFull);
  const lost = errors.filter(
    (e) => isRefusal(e) && (e.code === 'copy.notKept' || e.code === 'ocfl.notWritten'),
  );
  const good = done.filter(({ outcome }) => !('error' in outcome));
  await deps.db.system(async (tx) => {
    await enterFound(
      tx,
      done.map((d) => foundOf(row, d)),
      at,
    );
    await insertEvents(
      tx,
      good.filter((d) => isTold(d.task, true)).map((d) => eventOf(deps, row, d, at)),
    );
    const ids = good.map((d) => d.task.objectId);
    await untellOfCopies(deps, tx, row.id, ids, 'copied anew');
    if (full) await tellOfStore(deps, tx, row, 'full', {});
    else if (good.length > 0)
      await solveAlarms(
        tx,
        { storeId: row.id, objectIds: null, codes: ['full'], by: SYSTEM_NAME, note: 'there is room again' },
        at,
      );
    if (lost.length > 0)
      await tellOfStore(deps, tx, row, 'notKeeping', { copies: lost.length, why: messageOf(lost[0]) });
  });
  for (const error of errors)
    deps.log.warn({ store: row.name, err: messageOf(error) }, 'a copy was not made');
  return {
    copied: good.length,
    failed: errors.length,
    full,
    bytes: good.reduce((sum, d) => sum + ('bytes' in d.outcome ? d.outcome.bytes : 0), 0),
  };
}

function foundOf(row: StoreRow, { task, outcome, found }: Done): CopyFound {
  const place = { objectId: task.objectId, storeId: row.id };
  if ('error' in outcome)
    return {
      ...place,
      condition: outcome.error instanceof NotOurs ? 'damaged' : task.condition,
      head: null,
      inventoryDigest: null,
      bytes: null,
      verified: false,
      copied: false,
      // What was found damaged is mended at once; what could not be done now waits its turn.
      tried: !(outcome.error instanceof NotOurs),
      trouble: messageOf(outcome.error).slice(0, 500),
    };
  return {
    ...place,
    ...{
      condition: 'sound',
      head: found?.source.inventory.head ?? null,
      inventoryDigest: found?.source.inventoryDigest ?? null,
    },
    bytes: task.bytes,
    verified: outcome.how !== 'versions' || task.checkedAt === null,
    copied: outcome.how !== 'found',
    tried: false,
    trouble: null,
  };
}

function eventOf(deps: KeepingDeps, row: StoreRow, d: Done, at: Date): PreservationEvent {
  const how = 'how' in d.outcome ? d.outcome.how : 'copied';
  return {
    id: deps.newId(),
    objectId: d.task.objectId,
    archiveId: d.task.archiveId,
    storeId: row.id,
    type: how === 'found' ? 'fixity check' : 'replication',
    at,
    outcome: 'success',
    detail: { version: d.found?.source.inventory.head ?? null, ...(how === 'copied' ? {} : { how }) },
    actorId: null,
    actorName: SYSTEM_NAME,
  };
}
