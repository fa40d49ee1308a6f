import { recordOfFonds } from '../domain/fondsInput.ts';
import { type Above, recordOf } from '../domain/schemes.ts';
import type { Fonds } from '../store/fonds.ts';
import type { UnitRecord } from '../store/units.ts';

/** What stands above an entry: the entry it is below, or the fonds. */
export const aboveOf = (parent: UnitRecord | null, fonds: Fonds): Above =>
  parent ? { record: recordOf(parent), isEntry: true } : { record: recordOfFonds(fonds), isEntry: false };
