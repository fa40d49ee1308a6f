import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { beginChange } from '../changes/index.ts';
import type { HoldingsDeps } from '../deps.ts';
import { positionBetween } from '../domain/position.ts';
import type { Schemes } from '../domain/schemes.ts';
import { applyInput, EMPTY_FIELDS, type UnitFields, type UnitInput } from '../domain/unitInput.ts';
import { fondsById } from '../store/fonds.ts';
import { schemesInForce } from '../store/schemes.ts';
import {
  ancestorsOf,
  insertUnit,
  lockTree,
  neighbours,
  placeUnit,
  type UnitRecord,
  unitById,
  updateUnit,
} from '../store/units.ts';
import { aboveOf } from './above.ts';
import { allocateCode, type CodeRequest } from './referenceCodes.ts';
import { demandFreeCode, renumber } from './renumber.ts';

export const noUnit = () => new Refusal('unit.notFound', 'There is no such entry.');

export interface Place {
  after?: string;
  before?: string;
}

export interface NewUnitInput extends UnitInput {
  fondsId: string;
  parentId?: string | null;
  /** Instead of a reference code: have the next number given. */
  code?: CodeRequest;
  place?: Place;
}

/** Adds an entry. @throws Refusal unit.*, fonds.notFound */
export const createUnit = (deps: HoldingsDeps, actor: Actor, input: NewUnitInput): Promise<string> =>
  deps.db.as(scopeOf(actor), (tx) => createUnitIn(deps, tx, actor, input));

/** The same in a transaction. */
export async function createUnitIn(
  deps: HoldingsDeps,
  tx: Tx,
  actor: Actor,
  input: NewUnitInput,
): Promise<string> {
  const fonds = await fondsById(tx, input.fondsId);
  const missing = new Refusal('fonds.notFound', 'There is no such fonds.');
  if (!fonds) throw missing;
  demand(actor, 'holdings.write', fonds.archiveId, missing);
  if (fonds.closedAt)
    throw new Refusal('fonds.closed', 'This fonds is closed: it is part of another now.', {
      partOf: fonds.partOf,
    });
  const parentId = input.parentId ?? null;
  const parent = parentId ? await demandParent(tx, parentId, fonds.id) : null;
  const schemes = (await schemesInForce(tx, fonds.archiveId)).below(aboveOf(parent, fonds));
  const level = input.level ?? EMPTY_FIELDS.level;
  const place = {
    level: level === 'file' || level === 'series' ? level : 'item',
    above: parent?.referenceCode ?? null,
  } as const;
  const code = !input.referenceCode && input.code && (await allocateCode(tx, fonds, input.code, place));
  const fields = applyInput(EMPTY_FIELDS, code ? { ...input, referenceCode: code } : input, schemes);
  demand(actor, 'holdings.write', fonds.archiveId, undefined, { ...fields, fondsId: fonds.id });
  await demandFreeCode(tx, fonds.archiveId, fields.referenceCode);
  const id = deps.newId();
  const { left, right } = await neighbours(tx, parentId ?? fonds.id, input.place ?? {});
  await insertUnit(tx, {
    id,
    archiveId: fonds.archiveId,
    fondsId: fonds.id,
    parentId,
    position: positionBetween(left, right),
    accessStatus: 'unreviewed',
    ...fields,
  });
  await deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId: fonds.archiveId,
    act: 'unit.created',
    target: { type: 'unit', id },
    detail: { referenceCode: fields.referenceCode, title: fields.title },
  });
  await deps.index.changed(tx, [id]);
  return id;
}

export interface Reasons {
  /** Why the entry is corrected; kept with its history. */
  reason?: string | null;
  /** Why the reference code is changed; needed where there was one. */
  codeReason?: string | null;
}

/** Corrects an entry. @throws Refusal unit.notFound, unit.changed (somebody else was quicker), unit.* */
export const correctUnit = (
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  version: number,
  input: UnitInput & Reasons,
): Promise<void> =>
  deps.db.as(scopeOf(actor), (tx) => correctUnitIn(deps, tx, actor, { id, version }, input));

/**
 * The same in a transaction.
 *
 * @param changeset where the correction is part of a change begun before
 */
export async function correctUnitIn(
  deps: HoldingsDeps,
  tx: Tx,
  actor: Actor,
  { id, version, changeset }: { id: string; version: number; changeset?: string },
  input: UnitInput & Reasons,
): Promise<void> {
  const before = await demandUnit(tx, actor, id);
  if (before.version !== version) throw changed(before);
  const fields = applyInput(before, input, await schemesAround(tx, before));
  demand(actor, 'holdings.write', before.archiveId, undefined, { ...fields, fondsId: before.fondsId });
  const renumbered = fields.referenceCode !== before.referenceCode;
  const reason = input.reason ?? (renumbered ? input.codeReason : null);
  if (!changeset) await beginChange(deps, tx, actor, { archiveId: before.archiveId, kind: 'edit', reason });
  if (renumbered) await renumber(deps, tx, actor, before, fields.referenceCode, input.codeReason);
  if (!(await updateUnit(tx, { ...before, ...fields }))) throw changed(before);
  // The change of a code has an entry of its own.
  const told = renumbered && before.referenceCode ? pickCode(fields) : {};
  const { before: was, after: is } = differences({ ...before, ...told }, fields);
  if (!before.referenceCode || !renumbered || Object.keys(is).length > 0)
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: before.archiveId,
      act: 'unit.corrected',
      target: { type: 'unit', id },
      detail: { before: was, after: is },
    });
  await deps.index.changed(tx, [id]);
}

/** Moves an entry, with all below it, to another place of its fonds. @throws Refusal unit.notFound, unit.changed, unit.circle */
export function moveUnit(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  to: Place & { parentId: string | null; version: number },
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await demandUnit(tx, actor, id);
    await lockTree(tx, unit.fondsId);
    if (to.parentId) {
      await demandParent(tx, to.parentId, unit.fondsId);
      const above = await ancestorsOf(tx, to.parentId);
      if (to.parentId === id || above.some((a) => a.id === id)) {
        throw new Refusal('unit.circle', 'An entry can not be moved below itself.');
      }
    }
    const { left, right } = await neighbours(tx, to.parentId ?? unit.fondsId, to);
    const position = positionBetween(left, right);
    await beginChange(deps, tx, actor, { archiveId: unit.archiveId, kind: 'move' });
    if (!(await placeUnit(tx, { id, parentId: to.parentId, position, version: to.version })))
      throw changed(unit);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: unit.archiveId,
      act: 'unit.moved',
      target: { type: 'unit', id },
      detail: { from: unit.parentId ?? unit.fondsId, to: to.parentId ?? unit.fondsId },
    });
  });
}

/** The archive's schemes, with what stands above an entry. */
export async function schemesAround(
  tx: Tx,
  u: Pick<UnitRecord, 'archiveId' | 'fondsId' | 'parentId'>,
): Promise<Schemes> {
  const schemes = await schemesInForce(tx, u.archiveId);
  const parent = u.parentId ? await unitById(tx, u.parentId) : undefined;
  const fonds = await fondsById(tx, u.fondsId);
  return fonds ? schemes.below(aboveOf(parent ?? null, fonds)) : schemes;
}

/** The unit, if the actor may write it; "may not see" answers like "does not exist". */
async function demandUnit(tx: Tx, actor: Actor, id: string): Promise<UnitRecord> {
  const unit = await unitById(tx, id);
  if (!unit) throw noUnit();
  demand(actor, 'holdings.write', unit.archiveId, unit.accessStatus === 'open' ? undefined : noUnit(), unit);
  return unit;
}

async function demandParent(tx: Tx, parentId: string, fondsId: string): Promise<UnitRecord> {
  const parent = await unitById(tx, parentId);
  if (!parent || parent.fondsId !== fondsId) {
    throw new Refusal('unit.parent', 'The entry above is not in this fonds.');
  }
  if (parent.level === 'item') throw new Refusal('unit.parent', 'Nothing stands below an item.');
  return parent;
}

function changed(current: UnitRecord): Refusal {
  return new Refusal('unit.changed', 'Somebody else changed this entry meanwhile.', { current });
}

const pickCode = ({ referenceCode, sortKey }: UnitFields) => ({ referenceCode, sortKey });

/** The fields that differ, before and after, for the trail. */
function differences(before: UnitFields, after: UnitFields) {
  const was: Record<string, unknown> = {};
  const is: Record<string, unknown> = {};
  for (const key of Object.keys(EMPTY_FIELDS) as (keyof UnitFields)[]) {
    // What it lacks follows from the rest.
    if (key === 'gapsOwn' || key === 'gapsTop') continue;
    if (JSON.stringify(before[key]) === JSON.stringify(after[key])) continue;
    was[key] = before[key];
    is[key] = after[key];
  }
  return { before: was, after: is };
}
