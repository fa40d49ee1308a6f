import type { Sql } from '#kernel/db';
import { fondsNamed } from '../store/fonds.ts';
import { namesOf } from '../store/units.ts';
import type { Columns } from './store/changesets.ts';

interface Change {
  before: Columns;
  after: Columns;
}

/** What is not there any more, or not to be seen by who asks. */
const UNKNOWN = '…';

/** Changes in which fonds and entries above are told by their numbers and names instead of their ids. */
export async function withPlaces<T extends Change>(on: Sql, changes: readonly T[]): Promise<T[]> {
  const idsOf = (column: string) => [
    ...new Set(
      changes.flatMap((c) => [c.before[column], c.after[column]].filter((id) => typeof id === 'string')),
    ),
  ];
  const fonds = await fondsNamed(on, idsOf('fonds_id'));
  const units = await namesOf(on, idsOf('parent_id'));
  const told = (columns: Columns): Columns => {
    const next = { ...columns };
    const { fonds_id: fondsId, parent_id: parentId } = columns;
    if (typeof fondsId === 'string') {
      const f = fonds.get(fondsId);
      next.fonds_id = f ? `${f.number} ${f.name}` : UNKNOWN;
    }
    if (typeof parentId === 'string') {
      const u = units.get(parentId);
      next.parent_id = u ? [u.referenceCode, u.title].filter(Boolean).join(' ') : UNKNOWN;
    }
    return next;
  };
  return changes.map((c) => ({ ...c, before: told(c.before), after: told(c.after) }));
}
