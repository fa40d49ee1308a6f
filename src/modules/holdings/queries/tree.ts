import { normaliseReferenceCode, sortKey } from '#formats/reference-codes';
import { type Actor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { noUnit } from '../commands/units.ts';
import type { HoldingsDeps } from '../deps.ts';
import {
  atOrBehindCode,
  type Branch,
  countBelow,
  indexBelow,
  type SiblingPlace,
  siblingPlace,
  siblingsFrom,
  titleBegins,
} from '../store/siblings.ts';
import { ancestorsOf, unitById } from '../store/units.ts';

/** A window of what stands under a fonds or an entry. */
export interface TreeWindow {
  /** Of the first item among all siblings, from 0. */
  at: number;
  /** Siblings that exist for the asker. */
  total: number;
  items: Branch[];
}

/**
 * A window of the tree, by number or around an entry. Its cost does not depend on how many siblings there are, for whom all of
 * them exist.
 *
 * @throws Refusal place.notFound, unit.notFound for an anchor that does not stand there
 */
export function treeWindow(
  deps: HoldingsDeps,
  actor: Actor,
  placeId: string,
  o: { at?: number; around?: string; limit: number },
): Promise<TreeWindow> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const place = await demandPlace(tx, placeId);
    const total = await countBelow(tx, place);
    let at = o.at ?? 0;
    if (o.around) {
      const anchor = await unitById(tx, o.around);
      if (!anchor || (anchor.parentId ?? anchor.fondsId) !== place.id) throw noUnit();
      at = Math.max(0, (await indexBelow(tx, anchor.id)) - Math.floor(o.limit / 2));
    }
    return { at, total, items: await siblingsFrom(tx, place, at, o.limit) };
  });
}

/** One step of the way from a fonds down to an entry. */
export interface TreeStep {
  id: string;
  /** Among its siblings, from 0. */
  index: number;
}

/** The way from the fonds down to an entry, so that a link opens the tree there. @throws Refusal unit.notFound */
export function treePath(
  deps: HoldingsDeps,
  actor: Actor,
  unitId: string,
): Promise<{ fondsId: string; steps: TreeStep[] }> {
  return deps.db.as(scopeOf(actor), (tx) => pathTo(tx, unitId));
}

async function pathTo(tx: Tx, unitId: string): Promise<{ fondsId: string; steps: TreeStep[] }> {
  const unit = await unitById(tx, unitId);
  if (!unit) throw noUnit();
  const steps: TreeStep[] = [];
  for (const { id } of [...(await ancestorsOf(tx, unitId)), { id: unitId }])
    steps.push({ id, index: await indexBelow(tx, id) });
  return { fondsId: unit.fondsId, steps };
}

/** Titles looked at in one go: some tens of milliseconds. The asker goes on from there. */
const LOOKED_AT = 50_000;

/** What a jump came to. */
export interface TreeJump {
  /** Null: nothing found so far. */
  found: { fondsId: string; steps: TreeStep[] } | null;
  /** Where to go on looking for a title; null: all were looked at. */
  next: number | null;
}

/**
 * Where in a row of siblings a code or a title begins: by code the first at or behind it, by title the first from the nth
 * sibling on. A title is looked for in stretches, so that no call takes long.
 *
 * @throws Refusal place.notFound
 */
export function treeJump(
  deps: HoldingsDeps,
  actor: Actor,
  placeId: string,
  o: { code?: string; title?: string; from?: number },
): Promise<TreeJump> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const place = await demandPlace(tx, placeId);
    if (o.code) {
      const unit = await atOrBehindCode(tx, place, sortKey(normaliseReferenceCode(o.code)));
      return { found: unit ? await pathTo(tx, unit.id) : null, next: null };
    }
    const nth = o.from ?? 0;
    const text = o.title?.trim() ?? '';
    if (text === '') return { found: null, next: null };
    const unit = await titleBegins(tx, place, { text, nth, looked: LOOKED_AT });
    const behind = nth + LOOKED_AT;
    const more = !unit && behind < (await countBelow(tx, place));
    return { found: unit ? await pathTo(tx, unit.id) : null, next: more ? behind : null };
  });
}

async function demandPlace(tx: Tx, id: string): Promise<SiblingPlace> {
  const place = await siblingPlace(tx, id);
  if (!place) throw new Refusal('place.notFound', 'There is no such place in the tree.');
  return place;
}
