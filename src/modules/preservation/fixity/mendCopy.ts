import { isPassing } from '#formats/ocfl';
import { messageOf } from '#kernel/errors';
import { readSource } from '../copies/readSource.ts';
import { agreedDigest, isWhole, verdictOn } from '../domain/verdict.ts';
import type { KeepingDeps } from '../keeping/deps.ts';
import { type CopyTask, copiesOf, enterFound } from '../store/copies.ts';
import { insertEvents } from '../store/events.ts';
import { adoptState } from '../store/objects.ts';
import { allStores, type StoreRow } from '../store/stores.ts';
import type { OpenStore } from '../stores/openStore.ts';
import { SYSTEM_NAME, tellOfCopies, untellOfCopies } from './alarming.ts';
import { type CheckOptions, examinedOf } from './checkCopies.ts';
import type { Examined } from './examine.ts';
import { type Replaced, replaceCopy } from './replaceCopy.ts';

/** A copy as it is at this moment. */
interface Look {
  row: StoreRow;
  task: CopyTask;
  open: OpenStore;
  examined: Examined;
}

export type MendOutcome =
  | { outcome: 'mended'; from: string; replaced: Replaced }
  /** It was sound when looked at. */
  | { outcome: 'sound' }
  /** No copy is proved good, or the copies contradict each other: a person decides. */
  | { outcome: 'undecided' }
  /** Somebody is writing it: it is looked at another time. */
  | { outcome: 'busy' }
  /** Could not be done now; tried again later. */
  | { outcome: 'failed'; why: string };

/** Reads every copy of an object that can be reached. */
async function lookAround(
  deps: KeepingDeps,
  tasks: readonly CopyTask[],
  rows: readonly StoreRow[],
  target: string,
  o: CheckOptions,
): Promise<Look[]> {
  const looks: Look[] = [];
  for (const task of tasks) {
    const row = rows.find((r) => r.id === task.storeId);
    if (!row || task.condition === 'wanted' || row.reach === 'unreachable' || row.reach === 'foreign')
      continue;
    try {
      // Met just now or not: one that went away, or hangs, keeps nobody from being mended.
      if (row.id !== target && (await deps.stores.probe(row)).reach === 'unreachable') continue;
      const open = await deps.stores.open(row);
      const [outcome] = await deps.examiner.examine(open, [task], o);
      if (outcome) looks.push({ row, task, open, examined: examinedOf(outcome) });
    } catch (e) {
      o.signal?.throwIfAborted();
      deps.log.warn({ store: row.name, err: messageOf(e) }, 'a copy could not be looked at');
    }
  }
  return looks;
}

/** The good state of an object, and a copy that is proved to be in it at this moment. */
function goodOne(task: CopyTask, looks: readonly Look[]): { digest: string; source: Look | null } | null {
  const known = task.objectDigest;
  const expected = { objectId: task.objectId, head: task.objectHead, digest: known };
  const sound = (l: Look) => known !== null && verdictOn(l.examined, expected).why === 'sound';
  const others = looks.filter((l) => l.task.storeId !== task.storeId);
  const source = others.find(sound) ?? null;
  if (known !== null && (source || looks.some(sound))) return { digest: known, source };
  const whole = looks.filter((l) => isWhole(l.examined, task.objectId));
  const digest = agreedDigest(
    whole.map((l) => l.examined),
    known,
  );
  if (digest === null) return null;
  return {
    digest,
    source: others.find((l) => whole.includes(l) && l.examined.inventoryDigest === digest) ?? null,
  };
}

/**
 * Mends one copy from another that was read to its last byte just before and found good. What is replaced is kept in
 * quarantine; a copy that is sound is left alone; where it is not clear which copy is right nothing is touched.
 */
export async function mendCopy(
  deps: KeepingDeps,
  objectId: string,
  storeId: string,
  o: CheckOptions,
): Promise<MendOutcome> {
  const rows = (await allStores(deps.db.owner)).filter((s) => s.state === 'active' || s.state === 'draining');
  const tasks = await copiesOf(deps.db.owner, objectId);
  const task = tasks.find((t) => t.storeId === storeId);
  const row = rows.find((r) => r.id === storeId);
  if (!task || !row) return { outcome: 'failed', why: 'there is no such copy' };
  const looks = await lookAround(deps, tasks, rows, storeId, o);
  const target = looks.find((l) => l.task.storeId === storeId);
  if (!target) return failed(deps, row, task, 'the store can not be read');
  const good = goodOne(task, looks);
  if (!good) return undecided(deps, row, task, looks);
  if (isWhole(target.examined, objectId) && target.examined.inventoryDigest === good.digest) {
    await enterMended(deps, target, good.digest, null);
    return { outcome: 'sound' };
  }
  // A copy that has this state and more after it knows something nobody else does.
  const more =
    isWhole(target.examined, objectId) && Object.values(target.examined.earlier).includes(good.digest);
  if (!good.source || more) return undecided(deps, row, task, looks);
  try {
    const source = await readSource(good.source.open, objectId, good.digest);
    const replaced = await replaceCopy(
      { pool: deps.digests, clock: deps.clock },
      target.open,
      source,
      target.examined,
    );
    const [after] = await deps.examiner.examine(target.open, [task], o);
    if (!after || !('examined' in after) || !isWhole(after.examined, objectId))
      return failed(deps, row, task, 'the store did not keep what was put right');
    if (after.examined.inventoryDigest !== good.digest)
      return failed(deps, row, task, 'the object changed meanwhile');
    const mended = { ...target, examined: after.examined };
    await enterMended(deps, mended, good.digest, { from: good.source.row, replaced });
    return { outcome: 'mended', from: good.source.row.name, replaced };
  } catch (e) {
    o.signal?.throwIfAborted();
    if (isPassing(e)) return { outcome: 'busy' };
    return failed(deps, row, task, messageOf(e));
  }
}

async function enterMended(
  deps: KeepingDeps,
  { row, task, examined }: Look,
  digest: string,
  how: { from: StoreRow; replaced: Replaced } | null,
): Promise<void> {
  const at = deps.clock.now();
  await deps.db.system(async (tx) => {
    if (task.objectDigest !== digest)
      await adoptState(
        tx,
        task.objectId,
        {
          head: examined.head ?? '',
          inventoryDigest: digest,
          files: examined.files,
          bytes: examined.bytes,
        },
        at,
      );
    await enterFound(
      tx,
      [
        {
          objectId: task.objectId,
          storeId: row.id,
          condition: 'sound',
          head: examined.head,
          inventoryDigest: digest,
          bytes: examined.bytes,
          verified: true,
          copied: how !== null,
          tried: false,
          trouble: null,
        },
      ],
      at,
    );
    if (how)
      await insertEvents(tx, [
        {
          id: deps.newId(),
          objectId: task.objectId,
          archiveId: task.archiveId,
          storeId: row.id,
          type: 'repair',
          at,
          outcome: 'success',
          actorId: null,
          actorName: SYSTEM_NAME,
          detail: { from: how.from.name, fromStore: how.from.id, ...how.replaced },
        },
      ]);
    const note = how ? `mended from ${how.from.name}` : 'found sound';
    await untellOfCopies(deps, tx, row.id, [task.objectId], note);
  });
  if (how)
    deps.log.warn(
      { store: row.name, object: task.objectId, from: how.from.name, files: how.replaced.files },
      'a copy was mended',
    );
}

async function enterTried(deps: KeepingDeps, row: StoreRow, task: CopyTask, why: string): Promise<void> {
  await deps.db.system((tx) =>
    enterFound(
      tx,
      [
        {
          objectId: task.objectId,
          storeId: row.id,
          condition: task.condition,
          head: null,
          inventoryDigest: null,
          bytes: null,
          verified: false,
          copied: false,
          tried: true,
          trouble: (task.condition === 'sound' ? null : why)?.slice(0, 500) ?? null,
        },
      ],
      deps.clock.now(),
    ),
  );
}

async function failed(deps: KeepingDeps, row: StoreRow, task: CopyTask, why: string): Promise<MendOutcome> {
  await enterTried(deps, row, task, why);
  deps.log.warn({ store: row.name, object: task.objectId, why }, 'a copy could not be mended');
  return { outcome: 'failed', why };
}

async function undecided(
  deps: KeepingDeps,
  row: StoreRow,
  task: CopyTask,
  looks: readonly Look[],
): Promise<MendOutcome> {
  const copies = looks.map((l) => ({
    store: l.row.name,
    head: l.examined.head,
    whole: isWhole(l.examined, task.objectId),
    digest: l.examined.inventoryDigest,
  }));
  await enterTried(deps, row, task, 'no copy is proved good');
  await deps.db.system((tx) =>
    tellOfCopies(deps, tx, row, [
      {
        objectId: task.objectId,
        archiveId: task.archiveId,
        code: 'undecided',
        detail: { known: task.objectDigest, copies },
      },
    ]),
  );
  return { outcome: 'undecided' };
}
