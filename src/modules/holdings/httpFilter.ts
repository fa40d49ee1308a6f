import type { Static } from 'typebox';
import type { UnitFilterSchema } from './schemas.ts';
import type { UnitFilter } from './store/unitList.ts';

/** The query of a units table as a filter. */
export function filterOf(archiveId: string, q: Static<typeof UnitFilterSchema>): UnitFilter {
  const { import: importId, held, ...rest } = q;
  return { ...rest, archiveId, importId, held: held as UnitFilter['held'] };
}
