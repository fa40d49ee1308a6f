import type { Database, Tx } from '#kernel/db';
import type { UnitEntry } from '../entry.ts';
import { unitsWithPages } from '../store/entries.ts';
import { foldPagesAnew } from '../store/pages.ts';
import { lockedState, removeStrangers, saveState, versionOf } from '../store/state.ts';
import { indexUnits } from './write.ts';

/** The rule by which entries become terms. To be raised with every change of it, which renews the index of every install. */
export const INDEX_VERSION = 4;

/** Units written in one transaction: searches and other writers wait for none longer than that. */
const STEP = 1_000;

/** Where descriptions come from: those behind a unit, in the order of ids. */
export type UnitsAfter = (tx: Tx, after: string | null, limit: number) => Promise<UnitEntry[]>;

/** Whether the index was made by the present rule. An empty one was. */
export async function indexIsCurrent(db: Database): Promise<boolean> {
  const { version, empty } = await versionOf(db.owner);
  if (version < INDEX_VERSION && empty) {
    await db.system((tx) => saveState(tx, { version: INDEX_VERSION, renewedTo: null }));
    return true;
  }
  return version >= INDEX_VERSION;
}

/**
 * Writes the index anew from the catalogue, step by step, while searches go on; what belongs to no unit any more goes.
 * May be stopped at any point and goes on where it was. Page text stays as it is and gets its terms anew.
 *
 * @param o.whole also where the index was made by the present rule
 * @returns how many units were written
 */
export async function renewIndex(
  db: Database,
  unitsAfter: UnitsAfter,
  o: { whole?: boolean; signal?: AbortSignal; progress?(done: number): void } = {},
): Promise<number> {
  let done = 0;
  if (o.whole) await db.system((tx) => saveState(tx, { version: 0, renewedTo: null }));
  for (;;) {
    o.signal?.throwIfAborted();
    const n = await db.system((tx) => step(tx, unitsAfter));
    if (n === null) return done;
    done += n;
    o.progress?.(done);
  }
}

/** @returns units written; null when the index is current */
async function step(tx: Tx, unitsAfter: UnitsAfter): Promise<number | null> {
  const { version, renewedTo } = await lockedState(tx);
  if (version >= INDEX_VERSION) return null;
  const units = await unitsAfter(tx, renewedTo, STEP);
  const last = units.length === STEP ? units.at(-1)!.unitId : null;
  await removeStrangers(
    tx,
    renewedTo,
    last,
    units.map((u) => u.unitId),
  );
  const ids = units.map((u) => u.unitId);
  for (const unitId of await unitsWithPages(tx, ids)) await foldPagesAnew(tx, unitId);
  await indexUnits(tx, units);
  await saveState(tx, last ? { version, renewedTo: last } : { version: INDEX_VERSION, renewedTo: null });
  return units.length;
}
