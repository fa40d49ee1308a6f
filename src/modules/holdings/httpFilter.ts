import type { Static } from 'typebox';
import type { UnitFilterSchema } from './schemas.ts';
import type { UnitFilter } from './store/unitList.ts';
import { parseConditions } from './table/conditions.ts';

/** The query of a units table as a filter. */
export function filterOf(archiveId: string, q: Static<typeof UnitFilterSchema>): UnitFilter {
  const { import: importId, held, incomplete, where, ...rest } = q;
  return {
    ...rest,
    archiveId,
    importId,
    held: held as UnitFilter['held'],
    ...(incomplete && { incomplete: 'yes' }),
    where: where ? parseConditions(where) : undefined,
  };
}
