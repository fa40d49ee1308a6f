import { normaliseReferenceCode } from '#formats/reference-codes';
import { type Actor, can, demand, scopeOf, viewerOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import { decide } from '#kernel/visibility';
import { noUnit } from '../commands/units.ts';
import type { HoldingsDeps } from '../deps.ts';
import { type EmbargoGround, embargoGround } from '../store/accessChanges.ts';
import { type Archive, allArchives } from '../store/archives.ts';
import { type Fonds, fondsById } from '../store/fonds.ts';
import { countUnits, type UnitFilter, type UnitSort, unitPage } from '../store/unitList.ts';
import {
  type Ancestor,
  aliasesOf,
  ancestorsOf,
  type UnitRecord,
  type UnitRow,
  unitById,
  unitIdByCode,
} from '../store/units.ts';
import { today } from '../store/visibility.ts';

const COUNT_CAP = 10_000;

export interface UnitPage {
  items: UnitRow[];
  next: string | null;
  total: number;
  totalIsExact: boolean;
}

/** A page of a table of units, with the count of what the actor may see (exact up to 10,000). */
export function listUnits(
  deps: HoldingsDeps,
  actor: Actor,
  filter: UnitFilter,
  o: { sort: UnitSort; cursor?: string; limit: number },
): Promise<UnitPage> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const after = o.cursor ? (decodeCursor(o.cursor, ['string', 'string']) as [string, string]) : undefined;
    const rows = await unitPage(tx, filter, { sort: o.sort, after, limit: o.limit + 1 });
    const items = rows.slice(0, o.limit);
    const last = items.at(-1);
    const more = rows.length > o.limit && last;
    const counted = await countUnits(tx, filter, COUNT_CAP);
    return {
      items,
      next: more ? encodeCursor([o.sort === 'position' ? last.position : last.sortKey, last.id]) : null,
      total: Math.min(counted, COUNT_CAP),
      totalIsExact: counted <= COUNT_CAP,
    };
  });
}

/** All units of a table, in batches, for exports. */
export async function* everyUnit(
  deps: HoldingsDeps,
  actor: Actor,
  filter: UnitFilter,
  sort: UnitSort,
): AsyncGenerator<UnitRow[]> {
  let after: [string, string] | undefined;
  for (;;) {
    const rows = await deps.db.as(scopeOf(actor), (tx) =>
      unitPage(tx, filter, { sort, after, limit: 1_000 }),
    );
    if (rows.length === 0) return;
    yield rows;
    const last = rows.at(-1)!;
    after = [sort === 'position' ? last.position : last.sortKey, last.id];
  }
}

/** Rows of a table that may be taken out, and how many of the table were left out. */
export interface ExportedUnits {
  rows: UnitRow[];
  leftOut: number;
}

/**
 * What of a table the actor may take out, by the rule of visibility for each entry, in batches.
 *
 * @throws Refusal archive.notFound, actor.forbidden for those who take nothing out of this archive
 */
export async function* exportUnits(
  deps: HoldingsDeps,
  actor: Actor,
  filter: UnitFilter,
  sort: UnitSort,
): AsyncGenerator<ExportedUnits> {
  const none = new Refusal('archive.notFound', 'There is no such archive.');
  demand(actor, 'content.export', filter.archiveId, none);
  const viewer = viewerOf(actor);
  const day = await deps.db.as(scopeOf(actor), today);
  for await (const units of everyUnit(deps, actor, filter, sort)) {
    const rows = units.filter((u) => decide(viewer, u, 'export', day).allowed);
    yield { rows, leftOut: units.length - rows.length };
  }
}

export interface UnitView {
  unit: UnitRecord;
  archive: Archive;
  fonds: Fonds;
  ancestors: Ancestor[];
  aliases: string[];
  embargo: EmbargoGround | null;
  allowed: { write: boolean; proposeAccess: boolean; requestCertificate: boolean };
}

/** One entry with its place in the tree. @throws Refusal unit.notFound, also when it may not be seen */
export function readUnit(deps: HoldingsDeps, actor: Actor, id: string): Promise<UnitView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await unitById(tx, id);
    if (!unit) throw noUnit();
    const fonds = await fondsById(tx, unit.fondsId);
    const archive = (await allArchives(tx)).find((a) => a.id === unit.archiveId);
    if (!fonds || !archive) throw noUnit();
    return {
      unit,
      archive,
      fonds,
      ancestors: await ancestorsOf(tx, id),
      aliases: await aliasesOf(tx, id),
      embargo: (unit.embargoUntil && (await embargoGround(tx, id))) || null,
      allowed: {
        write: can(actor, 'holdings.write', unit.archiveId, unit),
        proposeAccess: can(actor, 'access.propose', unit.archiveId, unit),
        requestCertificate: can(actor, 'certificate.request', unit.archiveId, unit),
      },
    };
  });
}

/** The unit of a reference code, separators as people type them. @throws Refusal unit.notFound */
export function findByCode(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  code: string,
): Promise<string> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const normal = normaliseReferenceCode(code);
    const variants = [...new Set([code.trim(), normal, normal.toUpperCase()])];
    const id = await unitIdByCode(tx, archiveId, variants);
    if (!id)
      throw new Refusal('unit.notFound', `There is no entry with the reference code ${code}.`, { code });
    return id;
  });
}
