import { type Actor, can, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { namesOf, unitById } from '../store/units.ts';
import { withPlaces } from './places.ts';
import {
  type ChangeKind,
  type Changeset,
  changesetById,
  changesetPage,
  changesOf,
  type UnitChange,
  type UnitVersion,
  versionsOf,
} from './store/changesets.ts';
import { type LeftChange, leftOf } from './store/undoing.ts';

interface Page<T> {
  items: T[];
  next: string | null;
}

/** A row more than was asked for says that there is another page. */
function pageOf<T extends { id: string }>(rows: readonly T[], limit: number): Page<T> {
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? encodeCursor([items.at(-1)!.id]) : null };
}

const placeIn = (cursor: string | undefined) =>
  cursor ? { before: String(decodeCursor(cursor, ['string'])[0]) } : {};

/** Changes of descriptions in an archive, the newest first. */
export function listChangesets(
  deps: HoldingsDeps,
  actor: Actor,
  o: { archiveId: string; kinds?: readonly ChangeKind[]; mine?: boolean; cursor?: string; limit: number },
): Promise<Page<Changeset>> {
  const { archiveId, kinds, limit } = o;
  return deps.db.as(scopeOf(actor), async (tx) =>
    pageOf(
      await changesetPage(tx, {
        archiveId,
        ...(kinds ? { kinds } : {}),
        ...(o.mine && actor.id ? { actorId: actor.id } : {}),
        ...placeIn(o.cursor),
        limit: limit + 1,
      }),
      limit,
    ),
  );
}

/** A change of an entry, with what the entry is called now; null where it is not there or not to be seen. */
export type NamedChange = UnitChange & { referenceCode: string | null; title: string | null };

/** A changeset with a page of what it changed, the last change first, and the first of what it left. @throws Refusal change.notFound */
export function readChangeset(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  o: { cursor?: string; limit: number },
): Promise<{ changeset: Changeset; changes: Page<NamedChange>; left: LeftChange[] }> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const changeset = await changesetById(tx, id);
    if (!changeset || !can(actor, 'holdings.read', changeset.archiveId))
      throw new Refusal('change.notFound', 'There is no such change.');
    const { items, next } = pageOf(
      await changesOf(tx, id, { ...placeIn(o.cursor), limit: o.limit + 1 }),
      o.limit,
    );
    const names = await namesOf(
      tx,
      items.map((c) => c.unitId),
    );
    const named = (await withPlaces(tx, items)).map((c) => ({
      ...c,
      referenceCode: names.get(c.unitId)?.referenceCode ?? null,
      title: names.get(c.unitId)?.title ?? null,
    }));
    return { changeset, changes: { items: named, next }, left: await leftOf(tx, id, { limit: o.limit }) };
  });
}

/** The changes of an entry, the newest first. @throws Refusal unit.notFound */
export function listVersions(
  deps: HoldingsDeps,
  actor: Actor,
  unitId: string,
  o: { cursor?: string; limit: number },
): Promise<Page<UnitVersion>> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await unitById(tx, unitId);
    if (!unit || !can(actor, 'holdings.read', unit.archiveId, unit))
      throw new Refusal('unit.notFound', 'There is no such entry.');
    const page = pageOf(await versionsOf(tx, unitId, { ...placeIn(o.cursor), limit: o.limit + 1 }), o.limit);
    return { ...page, items: await withPlaces(tx, page.items) };
  });
}
