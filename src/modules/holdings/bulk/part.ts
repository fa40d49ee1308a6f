import { setImmediate as breathe } from 'node:timers/promises';
import type { Actor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { surroundings } from '../commands/surroundings.ts';
import { searchedParts } from '../domain/searched.ts';
import type { UnitFields } from '../domain/unitInput.ts';
import type { UnitRecord } from '../store/units.ts';
import { type Act, inputOf } from './acts.ts';
import { type Finding, type Judged, judge } from './judge.ts';
import { matchedIn, type Rewritten } from './store/units.ts';

/** Entries judged before others have their turn on this processor. */
const BREATH = 250;

export interface JudgedUnit {
  unit: UnitRecord;
  judged: Judged;
}

/**
 * What acts come to in entries that were read.
 *
 * @param place where in the choice the ith of them stands, from 0
 * @returns in the order of the ids; those that are gone are left out
 */
export async function judgeUnits(
  tx: Tx,
  actor: Actor,
  archiveId: string,
  ids: readonly string[],
  units: ReadonlyMap<string, UnitRecord>,
  acts: readonly Act[],
  place: (i: number) => number,
): Promise<JudgedUnit[]> {
  const matched = await matchedIn(tx, ids, acts);
  const schemesOf = await surroundings(tx, archiveId, units.values());
  const all: JudgedUnit[] = [];
  for (const [i, id] of ids.entries()) {
    const unit = units.get(id);
    if (unit)
      all.push({
        unit,
        judged: judge(actor, unit, inputOf(unit, acts, place(i), matched.get(id)), schemesOf(unit)),
      });
    if (i % BREATH === BREATH - 1) await breathe();
  }
  return all;
}

/** What of the changes the index has to know. */
export function searchedChange(
  before: UnitFields,
  after: UnitFields,
  names: readonly (keyof UnitFields)[],
): boolean {
  if (names.some((n) => n !== 'description' && n !== 'pages' && n !== 'gapsOwn' && n !== 'gapsTop'))
    return true;
  return (
    JSON.stringify(searchedParts(before.description)) !== JSON.stringify(searchedParts(after.description))
  );
}

export interface Sorted {
  changed: Rewritten[];
  names: Set<keyof UnitFields>;
  /** Ids the index has to know of. */
  searched: string[];
  unchanged: number;
  wrong: { unit: UnitRecord; finding: Finding }[];
}

export function sorted(all: readonly JudgedUnit[]): Sorted {
  const s: Sorted = { changed: [], names: new Set(), searched: [], unchanged: 0, wrong: [] };
  for (const { unit, judged } of all) {
    if (judged.is === 'same') s.unchanged++;
    else if (judged.is === 'wrong') s.wrong.push({ unit, finding: judged.finding });
    else {
      s.changed.push({ id: unit.id, fields: judged.fields });
      for (const name of judged.names) s.names.add(name);
      if (searchedChange(unit, judged.fields, judged.names)) s.searched.push(unit.id);
    }
  }
  return s;
}
