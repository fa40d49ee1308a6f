import { lacking, slotsOfCode } from '#formats/metadata-schemes';
import { normaliseReferenceCode } from '#formats/reference-codes';
import { type Actor, can, demand, scopeOf, viewerOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { CAPABILITY_FOR, decide } from '#kernel/visibility';
import { noUnit } from '../commands/units.ts';
import type { HoldingsDeps } from '../deps.ts';
import { type InheritedValue, inheritedBy, uppersOf } from '../describing/inherited.ts';
import { recordOf } from '../domain/schemes.ts';
import { mayDraft } from '../drafts/may.ts';
import { type EmbargoGround, embargoGround } from '../store/accessChanges.ts';
import { type Archive, allArchives } from '../store/archives.ts';
import { type Fonds, fondsById } from '../store/fonds.ts';
import { schemesInForce } from '../store/schemes.ts';
import { type PageWanted, recordPage, type UnitFilter, type UnitSort, unitPage } from '../store/unitList.ts';
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

/** All units of a table, in batches, for exports. */
export async function* everyUnit(
  deps: HoldingsDeps,
  actor: Actor,
  filter: UnitFilter,
  sort: UnitSort,
): AsyncGenerator<UnitRow[]> {
  yield* everyPage(deps, actor, sort, (tx, o) => unitPage(tx, filter, o));
}

const AT_ONCE = 1_000;

async function* everyPage<R extends UnitRow>(
  deps: HoldingsDeps,
  actor: Actor,
  sort: UnitSort,
  read: (tx: Tx, o: PageWanted) => Promise<R[]>,
): AsyncGenerator<R[]> {
  let after: [string, string] | undefined;
  for (;;) {
    const rows = await deps.db.as(scopeOf(actor), (tx) => read(tx, { sort, after, limit: AT_ONCE }));
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    if (rows.length < AT_ONCE) return;
    after = [sort === 'position' ? last.position : last.sortKey, last.id];
  }
}

/** Rows of a table a sight is allowed of, and how many of the table were left out. */
export interface ExportedUnits<R extends UnitRow = UnitRow> {
  rows: R[];
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
  const all = everyUnit(deps, actor, filter, sort);
  yield* permitted(deps, actor, { archiveId: filter.archiveId, sight: 'export' }, all);
}

/** How far entries go: read as on the screen, or taken out of the house in bulk. */
export type RecordSight = 'description' | 'export';

/**
 * What of a table the actor may read, or take out, with all that is described of each entry, in batches.
 *
 * @throws Refusal archive.notFound, actor.forbidden for those who may not in this archive
 */
export async function* recordsSeen(
  deps: HoldingsDeps,
  actor: Actor,
  filter: UnitFilter,
  { sort, sight }: { sort: UnitSort; sight: RecordSight },
): AsyncGenerator<ExportedUnits<UnitRecord>> {
  const all = everyPage(deps, actor, sort, (tx, o) => recordPage(tx, filter, o));
  yield* permitted(deps, actor, { archiveId: filter.archiveId, sight }, all);
}

async function* permitted<R extends UnitRow>(
  deps: HoldingsDeps,
  actor: Actor,
  { archiveId, sight }: { archiveId: string; sight: RecordSight },
  all: AsyncGenerator<R[]>,
): AsyncGenerator<ExportedUnits<R>> {
  const none = new Refusal('archive.notFound', 'There is no such archive.');
  demand(actor, CAPABILITY_FOR[sight], archiveId, none);
  const viewer = viewerOf(actor);
  const day = await deps.db.as(scopeOf(actor), today);
  for await (const units of all) {
    const rows = units.filter((u) => decide(viewer, u, sight, day).allowed);
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
  /** What stands above says for it. */
  inherited: Record<string, InheritedValue>;
  /** Keys of the required elements it lacks. */
  lacking: string[];
  allowed: { write: boolean; draft: boolean; proposeAccess: boolean; requestCertificate: boolean };
}

/** One entry with its place in the tree. @throws Refusal unit.notFound, also when it may not be seen */
export function readUnit(deps: HoldingsDeps, actor: Actor, id: string): Promise<UnitView> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await unitById(tx, id);
    if (!unit) throw noUnit();
    const fonds = await fondsById(tx, unit.fondsId);
    const archive = (await allArchives(tx)).find((a) => a.id === unit.archiveId);
    if (!fonds || !archive) throw noUnit();
    const parent = unit.parentId ? ((await unitById(tx, unit.parentId)) ?? null) : null;
    const scheme = (await schemesInForce(tx, unit.archiveId)).of(unit.category, unit.level);
    const record = recordOf(unit);
    const slots = slotsOfCode({ referenceCode: unit.referenceCode });
    return {
      unit,
      archive,
      fonds,
      inherited: inheritedBy(scheme, record, await uppersOf(tx, parent, fonds)),
      lacking: lacking(record, scheme, slots, unit.parentId !== null).map((f) => f.key),
      ancestors: await ancestorsOf(tx, id),
      aliases: await aliasesOf(tx, id),
      embargo: (unit.embargoUntil && (await embargoGround(tx, id))) || null,
      allowed: {
        write: can(actor, 'holdings.write', unit.archiveId, unit),
        draft: mayDraft(actor, unit.archiveId, unit),
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
