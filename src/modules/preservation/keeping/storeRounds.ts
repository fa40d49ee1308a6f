import { copyBatch, isFull } from '../copies/copyBatch.ts';
import { tellOfStore } from '../fixity/alarming.ts';
import { checkCopies } from '../fixity/checkCopies.ts';
import { type MendOutcome, mendCopy } from '../fixity/mendCopy.ts';
import { solveAlarms, standingAbout } from '../store/alarms.ts';
import { doubtSince, oldestChecked, unsoundCopies } from '../store/copies.ts';
import {
  foldTallies,
  forgetCopies,
  noteMark,
  noteSeen,
  planObjects,
  type StoreRow,
  storeById,
} from '../store/stores.ts';
import { writeNote } from '../stores/openStore.ts';
import { closeWhatIsOver } from './closing.ts';
import type { KeepingDeps } from './deps.ts';
import { lookAgain } from './lookingAgain.ts';
import { createPace, megabytes } from './pace.ts';

/** What was tried in vain rests so long. */
const REST_MS = 10 * 60_000;
const PLAN = 5_000;
const FORGET = 5_000;
const COPIES_AT_ONCE = 64;
const COPY_BYTES = 256 * 1024 * 1024;
const CHECKS_AT_ONCE = 500;
const CHECK_BYTES = 1024 * 1024 * 1024;
const MENDS_AT_ONCE = 50;
const AWAY_ALARM_MS = 60_000;
const SLOW_ALARM_MS = 10 * 60_000;

export interface Round {
  /** Something was done, and there may be more. */
  busy: boolean;
}

/** As many of a list as their bytes allow, one at least. */
export function within<T extends { bytes: number }>(list: readonly T[], most: number): T[] {
  let bytes = 0;
  return list.filter((one, i) => {
    bytes += one.bytes;
    return i === 0 || bytes <= most;
  });
}

/**
 * Looks at a store and notes how it is; one that came back older than it was has its newest copies doubted.
 *
 * @returns the store when it can be worked with
 */
export async function meet(deps: KeepingDeps, row: StoreRow): Promise<StoreRow | null> {
  const at = deps.clock.now();
  const seen = await deps.stores.probe(row);
  await noteSeen(deps.db.owner, row.id, { ...seen, at });
  const fresh = (await storeById(deps.db.owner, row.id)) ?? row;
  if (seen.reach === 'unreachable' || seen.reach === 'foreign') {
    deps.stores.forget(row.id);
    const since = fresh.unreachableSince ?? at;
    // A moment of a network's weakness is no alarm.
    if (seen.reach === 'foreign' || at.getTime() - since.getTime() >= AWAY_ALARM_MS)
      await deps.db.system((tx) =>
        tellOfStore(deps, tx, row, seen.reach === 'foreign' ? 'foreign' : 'unreachable', {
          since,
          why: seen.trouble,
        }),
      );
    return null;
  }
  if (row.reach !== 'reachable' || row.unreachableSince !== null)
    await deps.db.system((tx) =>
      solveAlarms(
        tx,
        {
          storeId: row.id,
          objectIds: null,
          codes: ['unreachable', 'foreign'],
          by: 'lantai',
          note: 'it is there again',
        },
        at,
      ),
    );
  await tellOfSlowness(deps, row, fresh, at);
  await doubtWhatIsOlder(deps, fresh, seen.note?.storeId === row.id ? new Date(seen.note.at) : null);
  return fresh;
}

/** A store that answers, and goes on being slow, is worth a person's look: copying and verifying there take for ever. */
async function tellOfSlowness(deps: KeepingDeps, before: StoreRow, now: StoreRow, at: Date): Promise<void> {
  const { slowSince } = now;
  if (slowSince !== null && at.getTime() - slowSince.getTime() >= SLOW_ALARM_MS)
    await deps.db.system((tx) => tellOfStore(deps, tx, now, 'slow', { since: slowSince, why: now.trouble }));
  else if (slowSince === null && before.slowSince !== null)
    await deps.db.system((tx) =>
      solveAlarms(
        tx,
        { storeId: now.id, objectIds: null, codes: ['slow'], by: 'lantai', note: 'it answers quickly again' },
        at,
      ),
    );
}

/** A store whose own note is older than the one written last was put back from an older state. */
async function doubtWhatIsOlder(deps: KeepingDeps, row: StoreRow, note: Date | null): Promise<void> {
  // Without a note nothing can be said; verifying finds what is older.
  if (row.markedAt === null || note === null || note.getTime() >= row.markedAt.getTime()) return;
  let copies = 0;
  for (;;) {
    const n = await deps.db.system((tx) => doubtSince(tx, row.id, note, 5_000));
    copies += n;
    if (n === 0) break;
  }
  await deps.db.system((tx) =>
    tellOfStore(deps, tx, row, 'cameBackOld', { note, expected: row.markedAt, copies }),
  );
  await mark(deps, row);
}

/**
 * Writes the store's note, before anything is put into it, then says so here.
 *
 * @returns false when there is not even room for that, which is told of
 */
export async function mark(deps: KeepingDeps, row: StoreRow): Promise<boolean> {
  const at = deps.clock.now();
  try {
    await writeNote(await deps.stores.open(row), { at: at.toISOString(), storeId: row.id });
  } catch (e) {
    if (!isFull(e)) throw e;
    await deps.db.system((tx) => tellOfStore(deps, tx, row, 'full', {}));
    return false;
  }
  await noteMark(deps.db.owner, row.id, at);
  // A further store is told to have room again when a copy was made; nothing is copied into the main one.
  if (row.isMain && (await standingAbout(deps.db.owner, row.id)).some((a) => a.code === 'full'))
    await deps.db.system((tx) =>
      solveAlarms(
        tx,
        { storeId: row.id, objectIds: null, codes: ['full'], by: 'lantai', note: 'there is room again' },
        at,
      ),
    );
  return true;
}

/** One round of copying to a store: a batch, or nothing when it has all. */
export async function copyRound(deps: KeepingDeps, row: StoreRow, signal: AbortSignal): Promise<Round> {
  if (row.isMain) return { busy: false };
  const planning = row.state === 'active' && !row.planned;
  if (planning) await deps.db.system((tx) => planObjects(tx, row.id, PLAN));
  const triedBefore = new Date(deps.clock.now().getTime() - REST_MS);
  // What a draining store has is kept up; nothing new goes there.
  const conditions = row.state === 'active' ? (['behind', 'wanted'] as const) : (['behind'] as const);
  const tasks = within(
    await unsoundCopies(deps.db.owner, row.id, {
      conditions,
      triedBefore,
      limit: COPIES_AT_ONCE,
      except: deps.heldUp.in(row.id),
    }),
    COPY_BYTES,
  );
  if (tasks.length === 0) {
    if (!planning) await closeWhatIsOver(deps, row);
    return { busy: planning };
  }
  if (!(await mark(deps, row))) return { busy: false };
  const pace = createPace(megabytes(row.megabytesPerSecond ?? deps.settings.copyMegabytes));
  const done = await copyBatch(deps, row, await deps.stores.open(row), tasks, signal);
  await pace(done.bytes, signal);
  return { busy: !done.full && (done.copied + done.heldUp > 0 || planning) };
}

/** One round of verifying a store: the copies that wait longest. */
export async function fixityRound(deps: KeepingDeps, row: StoreRow, signal: AbortSignal): Promise<Round> {
  const cycle = deps.settings.cycleDays * 86_400_000;
  const before = new Date(deps.clock.now().getTime() - cycle);
  const tasks = within(
    await oldestChecked(deps.db.owner, row.id, { before, limit: CHECKS_AT_ONCE }),
    CHECK_BYTES,
  );
  const bytesPerSecond = megabytes(row.megabytesPerSecond ?? deps.settings.fixityMegabytes);
  if (tasks.length > 0) {
    const pace = createPace(bytesPerSecond);
    const checked = await checkCopies(deps, row, await deps.stores.open(row), tasks, {
      bytesPerSecond,
      signal,
    });
    await pace(
      checked.reduce((sum, c) => sum + (c.examined?.bytes ?? 0), 0),
      signal,
    );
  }
  const mended = await mendRound(deps, row, signal);
  const busy = tasks.length > 0 || mended > 0;
  if (!busy) await closeWhatIsOver(deps, row);
  return { busy };
}

/**
 * Mends what is damaged or missing in a store, some copies at a time. Where a whole store fails, that waits until somebody
 * has taken note of it: a disk that is only away would be filled again beside itself. Until then it is looked whether what
 * failed is sound again.
 *
 * @returns how many became sound, or wait for who is writing them
 */
export async function mendRound(deps: KeepingDeps, row: StoreRow, signal: AbortSignal): Promise<number> {
  const triedBefore = new Date(deps.clock.now().getTime() - REST_MS);
  const failing = (await standingAbout(deps.db.owner, row.id)).some(
    (a) => a.code === 'manyFailing' && a.state === 'open',
  );
  const tasks = await unsoundCopies(deps.db.owner, row.id, {
    conditions: row.isMain ? ['damaged', 'missing', 'behind'] : ['damaged', 'missing'],
    triedBefore,
    limit: MENDS_AT_ONCE,
    except: deps.heldUp.in(row.id),
  });
  if (failing) return lookAgain(deps, row, within(tasks, CHECK_BYTES), signal);
  if (!deps.settings.repair) return 0;
  let settled = 0;
  for (const task of tasks) {
    signal.throwIfAborted();
    const done: MendOutcome = await mendCopy(deps, task.objectId, row.id, {
      bytesPerSecond: megabytes(deps.settings.fixityMegabytes),
      signal,
    });
    if (done.outcome === 'busy') deps.heldUp.add(row.id, [task.objectId]);
    if (done.outcome !== 'failed' && done.outcome !== 'undecided') settled++;
  }
  return settled;
}

/** One round of forgetting what a lost or removed store held. */
export async function forgetRound(deps: KeepingDeps, row: StoreRow): Promise<Round> {
  const n = await deps.db.system((tx) => forgetCopies(tx, row.id, FORGET));
  return { busy: n > 0 };
}

export const tidyRound = (deps: KeepingDeps): Promise<void> => deps.db.system(foldTallies);
