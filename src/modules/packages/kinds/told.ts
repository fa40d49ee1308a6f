import type { ConsignedUnit } from '../consignment.ts';
import type { Beside, Told } from './kind.ts';

/** Counts what a kind's standard has no place for. */
export function createTold(): { all: Told; add(what: Beside, count?: number): void } {
  const all = new Map<Beside, number>();
  return {
    all,
    add(what, count = 1) {
      if (count > 0) all.set(what, (all.get(what) ?? 0) + count);
    },
  };
}

/** What of an entry no record of a single item can say. @param hasRecord `later`: whether it is said at all is told when all below it was seen */
export function tellEntry(
  told: ReturnType<typeof createTold>,
  { row, formerCodes }: ConsignedUnit,
  hasRecord: boolean | 'later',
): void {
  if (hasRecord === false) told.add('entries');
  else if (hasRecord === true && row.level !== 'item') told.add('levels');
  if ((row.access_status ?? 'unreviewed') !== 'unreviewed' || row.embargo_until) told.add('rights');
  if (formerCodes.length > 0) told.add('formerCodes');
}
