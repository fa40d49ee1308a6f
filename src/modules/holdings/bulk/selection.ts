import type { Static } from 'typebox';
import { Refusal } from '#kernel/errors';
import { filterOf } from '../httpFilter.ts';
import type { UnitFilterSchema } from '../schemas.ts';
import type { UnitFilter } from '../store/unitList.ts';
import { readSorting, type Sorting } from '../table/sorting.ts';

/** Which entries: some by id, or all that fit a filter; numbered in an order. */
export interface Selection {
  ids?: string[] | undefined;
  filter?: Static<typeof UnitFilterSchema> | undefined;
  sort?: string | undefined;
}

/** More are chosen by what they have in common. */
export const MOST_IDS = 5_000;

/** @throws Refusal bulk.none, filter.invalid, table.sort */
export function readSelection(archiveId: string, s: Selection): { filter: UnitFilter; sorting: Sorting } {
  if ((s.ids === undefined) === (s.filter === undefined) || s.ids?.length === 0)
    throw new Refusal('bulk.nobody', 'Choose entries: some, or all that fit a filter.');
  const filter: UnitFilter = s.filter ? filterOf(archiveId, s.filter) : { archiveId, ids: s.ids ?? [] };
  return { filter, sorting: readSorting(s.sort ?? (filter.parent ? 'position' : 'code')) };
}
