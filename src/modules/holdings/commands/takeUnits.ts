import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { positionBetween } from '../domain/position.ts';
import type { FormerCode, TakenFields } from '../domain/takenUnit.ts';
import {
  codesOfOthers,
  insertFormerCodes,
  insertTaken,
  type TakenRow,
  thereAlready,
} from '../store/takenUnits.ts';
import { lockTree, neighbours } from '../store/units.ts';

/** An entry of a package with its place here. */
export interface TakenUnit {
  id: string;
  fondsId: string;
  parentId: string | null;
  fields: TakenFields;
  formerCodes: readonly FormerCode[];
}

/** Demanded of who takes packages in: new entries anywhere in the archive. @throws Refusal archive.notFound, actor.forbidden */
export function demandTakingIn(actor: Actor, archiveId: string): void {
  const none = new Refusal('archive.notFound', 'There is no such archive.');
  demand(actor, 'holdings.write', archiveId, none, 'whole');
  demand(actor, 'import.run', archiveId, none, 'whole');
}

/**
 * Enters the entries of a package as they are described, under their own ids, parents before what is below them. What is
 * there already under its id stays as it is.
 *
 * One person opens nothing alone: for whoever is not the system itself, what is said to be open comes in not reviewed.
 *
 * @throws Refusal unit.idTaken, unit.duplicateCode; nothing of the batch is entered then
 */
export function takeUnits(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  from: string,
  units: readonly TakenUnit[],
): Promise<{ created: number; known: number }> {
  demandTakingIn(actor, archiveId);
  return deps.db.as(scopeOf(actor), async (tx) => {
    for (const fondsId of [...new Set(units.map((u) => u.fondsId))].sort()) await lockTree(tx, fondsId);
    const coded = units.flatMap((u) =>
      u.fields.referenceCode === null ? [] : [{ id: u.id, code: u.fields.referenceCode }],
    );
    const [taken] = await codesOfOthers(tx, archiveId, coded);
    if (taken)
      throw new Refusal('unit.duplicateCode', `Another entry of the archive bears the code ${taken.code}.`, {
        code: taken.code,
      });
    const made = await insertTaken(tx, await placed(tx, archiveId, actor, units));
    await demandSame(tx, archiveId, units);
    const fresh = units.filter((u) => made.has(u.id));
    await insertFormerCodes(
      tx,
      archiveId,
      fresh.flatMap((u) => u.formerCodes.map((c) => ({ ...c, unitId: u.id }))),
    );
    if (fresh.length > 0) {
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId,
        act: 'package.entriesAdded',
        target: { type: 'archive', id: archiveId },
        detail: { count: fresh.length, package: from },
      });
      await deps.index.added(tx, [...made]);
    }
    return { created: fresh.length, known: units.length - fresh.length };
  });
}

/** Those of a package's entries that could not be entered, because another entry has their code or id. */
export async function takenBy(
  deps: HoldingsDeps,
  actor: Actor,
  archiveId: string,
  units: readonly { id: string; code: string | null; former?: boolean }[],
): Promise<{ id: string; code: string | null }[]> {
  demandTakingIn(actor, archiveId);
  const coded = units.flatMap(({ id, code }) => (code === null ? [] : [{ id, code }]));
  const codes = await deps.db.as(scopeOf(actor), (tx) => codesOfOthers(tx, archiveId, coded));
  const ids = units.map((u) => u.id);
  // Of entries of other archives as well, which do not exist for the actor: an id is given once.
  const there = await deps.db.system((tx) => thereAlready(tx, ids));
  const found = new Map(there.map((u) => [u.id, u]));
  return units.filter(({ id, code, former }) => {
    const other = former ? undefined : found.get(id);
    const isOther = other && (other.archiveId !== archiveId || other.referenceCode !== code);
    return isOther || codes.some((c) => c.code === code);
  });
}

async function placed(
  tx: Tx,
  archiveId: string,
  actor: Actor,
  units: readonly TakenUnit[],
): Promise<TakenRow[]> {
  const rows: TakenRow[] = [];
  const last = new Map<string, string | null>();
  for (const { id, fondsId, parentId, fields } of units) {
    const under = parentId ?? fondsId;
    let { position } = fields;
    if (position === null) {
      const left = last.has(under) ? (last.get(under) ?? null) : (await neighbours(tx, under, {})).left;
      position = positionBetween(left, null);
      last.set(under, position);
    }
    rows.push({ ...fields, ...accessBy(actor, fields), id, archiveId, fondsId, parentId, position });
  }
  return rows;
}

function accessBy(actor: Actor, fields: TakenFields): Partial<TakenFields> {
  if (actor.kind === 'system' || fields.accessStatus === 'restricted') return {};
  return { accessStatus: 'unreviewed', opensOn: null };
}

/** What has an id of the package is the entry the package means. */
async function demandSame(tx: Tx, archiveId: string, units: readonly TakenUnit[]): Promise<void> {
  const there = new Map(
    (
      await thereAlready(
        tx,
        units.map((u) => u.id),
      )
    ).map((u) => [u.id, u]),
  );
  for (const { id, fondsId, fields } of units) {
    const found = there.get(id);
    if (
      found?.archiveId === archiveId &&
      found.fondsId === fondsId &&
      found.referenceCode === fields.referenceCode
    )
      continue;
    throw new Refusal('unit.idTaken', 'Another entry has the id of an entry of the package.', { id });
  }
}
