import pg from 'pg';
import { type Actor, can, scopeOf } from '#kernel/actor';
import type { Scope, Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import type { UnitFilter } from '../store/unitList.ts';
import { tableField } from './fields.ts';
import { type Place, readPlace, readSorting, writePlace } from './sorting.ts';
import { type Met, type TablePage, tablePage } from './store/page.ts';
import { type TableRow, tableRows } from './store/rows.ts';
import { type Group, groupsOf, MOST_GROUPS, type Totals, totalsOf } from './store/sums.ts';

type Deps = Pick<HoldingsDeps, 'db'>;

export interface ListedUnits {
  items: TableRow[];
  next: string | null;
  before: string | null;
  /** How many fit; at least so many where it is not exact. */
  total: number;
  totalIsExact: boolean;
  /** The page is not full because looking on would have taken too long: `next` goes on from there. */
  stopped: boolean;
}

export interface ListWish {
  sort: string;
  cursor?: string | undefined;
  limit: number;
  /** Elements of the description that are shown, for who works in the archive. */
  elements?: readonly string[] | undefined;
}

/** A page of a table of units, either way from a place. @throws Refusal table.*, cursor.invalid */
export async function listUnits(
  deps: Deps,
  actor: Actor,
  filter: UnitFilter,
  o: ListWish,
): Promise<ListedUnits> {
  const sorting = readSorting(o.sort);
  const place = o.cursor ? readPlace(o.cursor) : undefined;
  const elements = can(actor, 'holdings.read', filter.archiveId) ? elementsOf(o.elements ?? []) : [];
  return deps.db.as(scopeOf(actor), async (tx) => {
    const page = await tablePage(tx, filter, { sorting, place, limit: o.limit });
    const rows = await tableRows(
      tx,
      page.met.map((m) => m.id),
      elements,
    );
    const items = page.met.flatMap((m) => rows.get(m.id) ?? []);
    const backwards = place?.towards === 'before';
    const { next, before } = placesAround(page, place);
    const shown = items.length + (page.more ? 1 : 0);
    return {
      items: backwards ? items.reverse() : items,
      next,
      before,
      total: page.total ?? shown,
      totalIsExact: page.total !== undefined,
      stopped: page.stopped !== undefined,
    };
  });
}

/** Cursors for the pages on both sides. */
function placesAround({ met, more, stopped }: TablePage, place: Place | undefined) {
  const backwards = place?.towards === 'before';
  const cursor = (at: Met | undefined, towards: Place['towards']) =>
    at ? writePlace({ towards, ...at }) : null;
  const ahead = more ? (stopped ?? met.at(-1)) : undefined;
  const behind = place ? met[0] : undefined;
  return backwards
    ? { next: cursor(behind, 'next'), before: cursor(ahead, 'before') }
    : { next: cursor(ahead, 'next'), before: cursor(behind, 'before') };
}

function elementsOf(names: readonly string[]): string[] {
  return names.filter((name) => {
    const field = tableField(name);
    return field !== undefined && field.in !== 'column';
  });
}

/** How many entries a table has, with their pages. @throws Refusal table.tooSlow */
export function totalsOfTable(deps: Deps, actor: Actor, filter: UnitFilter): Promise<Totals> {
  const scope = scopeOf(actor);
  return patiently(deps, scope, (tx) => totalsOf(tx, filter, countsTellAll(scope, filter.archiveId)));
}

export interface GroupedTable {
  groups: Group[];
  /** There are more groups than are told. */
  more: boolean;
}

/** A table by groups, the largest first. @throws Refusal table.sort, table.tooSlow */
export async function groupsOfTable(
  deps: Deps,
  actor: Actor,
  filter: UnitFilter,
  by: string,
): Promise<GroupedTable> {
  const field = by === 'fonds' ? by : tableField(by);
  if (!field) throw new Refusal('table.sort', `Tables are not grouped by ${by}.`, { field: by });
  const scope = scopeOf(actor);
  return patiently(deps, scope, async (tx) => {
    const groups = await groupsOf(tx, filter, field, countsTellAll(scope, filter.archiveId));
    return { groups: groups.slice(0, MOST_GROUPS), more: groups.length > MOST_GROUPS };
  });
}

/** Whether all entries of the archive exist for the asker: then what is counted with every change is what he would count. */
const countsTellAll = (scope: Scope, archiveId: string): boolean =>
  scope.all === true || scope.exists.archives.includes(archiveId);

const CANCELLED = '57014';

async function patiently<T>(deps: Deps, scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await deps.db.as(scope, work);
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError) || cause.code !== CANCELLED) throw cause;
    throw new Refusal(
      'table.tooSlow',
      'Counting this took too long and was stopped. Narrow the list.',
      {},
      { cause },
    );
  }
}
