import { createHash } from 'node:crypto';
import { type Actor, auditActor, can, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { Progress } from '#kernel/jobs';
import { countGapsAnew } from '../commands/surroundings.ts';
import type { HoldingsDeps } from '../deps.ts';
import { lockTree } from '../store/units.ts';
import { beginChange } from './begin.ts';
import {
  type ChangeKind,
  type Changeset,
  changesetById,
  enterChangeset,
  lockChangeset,
  noteUndone,
  type UnitChange,
} from './store/changesets.ts';
import {
  bearersOf,
  impossiblePlaces,
  insertAliases,
  type LeftChange,
  lastChangesOf,
  letGoOfCodes,
  lockUnits,
  noteLeft,
  restoreCodes,
  type Standing,
  writeColumns,
} from './store/undoing.ts';
import { net, undo } from './undoing.ts';

/** Changes looked at in one transaction. */
const CHUNK = 1_000;

/** What is done in another way, or can not be: destroyed content does not come back. */
const NOT_THIS_WAY: readonly ChangeKind[] = ['disposal', 'takeBack', 'merge', 'split'];

const noChangeset = () => new Refusal('change.notFound', 'There is no such change.');

/** What taking back needs: an import that is taken back has no more. */
export type UndoDeps = Pick<HoldingsDeps, 'db' | 'clock' | 'newId' | 'audit'> & {
  index: Pick<HoldingsDeps['index'], 'changed'>;
};

/** What came of taking back, so far. */
export interface UndoResult {
  /** The changeset that takes back. */
  id: string;
  undone: number;
  /** Changes that were left, in whole or in part. */
  left: number;
}

/**
 * Begins to take a changeset back; {@link undoSteps} does it. To take back what took back is to do it again.
 *
 * @returns the changeset that takes back, and how many changes there are
 * @throws Refusal change.notFound, change.undone, change.notUndoable, actor.forbidden
 */
export async function beginUndo(
  deps: UndoDeps,
  tx: Tx,
  actor: Actor,
  of: string,
  reason?: string | null,
): Promise<{ id: string; of: Changeset }> {
  const found = await changesetById(tx, of);
  if (!found) throw noChangeset();
  demand(actor, 'holdings.write', found.archiveId, noChangeset());
  if (NOT_THIS_WAY.includes(found.kind))
    throw new Refusal('change.notUndoable', 'A change of this kind can not be taken back.', {
      kind: found.kind,
    });
  if (found.undoneBy || (found.undoes && !found.finishedAt))
    throw new Refusal('change.undone', 'This change was taken back already, or is being taken back.');
  const id = await beginChange(deps, tx, actor, {
    archiveId: found.archiveId,
    kind: 'undo',
    undoes: found.id,
    ...(reason ? { reason } : {}),
  });
  return { id, of: found };
}

/**
 * Takes a changeset back, a thousand changes at a time, the last first: what still is as the change left it becomes what it was.
 * Killed anywhere, it goes on where it was. May be called when all is done.
 */
export async function undoSteps(
  deps: UndoDeps,
  actor: Actor,
  id: string,
  o: { signal?: AbortSignal; progress?(p: Progress): void } = {},
): Promise<UndoResult> {
  for (;;) {
    o.signal?.throwIfAborted();
    const step = await deps.db.as(scopeOf(actor), (tx) => undoStep(deps, tx, actor, id));
    o.progress?.({ step: 'undoing', done: step.undone, total: step.total });
    if (step.finished) return { id, undone: step.undone, left: step.left };
  }
}

interface Step {
  finished: boolean;
  undone: number;
  left: number;
  total: number;
}

/** One chunk, in the caller's transaction. */
export async function undoStep(deps: UndoDeps, tx: Tx, actor: Actor, id: string): Promise<Step> {
  const mine = await lockChangeset(tx, id);
  if (!mine?.undoes) throw noChangeset();
  const { archiveId } = mine;
  const of = await changesetById(tx, mine.undoes);
  const total = of?.changes ?? 0;
  if (mine.finishedAt) return { finished: true, undone: mine.changes, left: mine.leftCount, total };
  await enterChangeset(tx, id);
  const found = await lastChangesOf(tx, mine.undoes, { before: mine.place, limit: CHUNK });
  const changes = found.map(({ id, unitId, all }) => ({ id, unitId, ...net(all) }));
  const left: LeftChange[] = [];
  const done = await undoChanges(deps, tx, actor, { archiveId, changes, left, basis: of?.reason ?? '' });
  await noteLeft(tx, { changesetId: id, archiveId }, left);
  const finished = changes.length === 0;
  const place = changes.at(-1)?.id ?? null;
  await noteUndone(tx, id, { place, left: left.length, finishedAt: finished ? deps.clock.now() : null });
  if (changes.length > 0)
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'change.undone',
      target: { type: 'changeset', id: mine.undoes },
      detail: { by: id, units: done.length, left: left.length, digest: digestOf(done) },
    });
  return { finished, undone: mine.changes + done.length, left: mine.leftCount + left.length, total };
}

/** What a changeset did to one entry, all in all. */
type NetChange = Pick<UnitChange, 'id' | 'unitId' | 'before' | 'after'>;

interface Planned {
  change: NetChange;
  unit: Standing;
  columns: Record<string, unknown>;
}

/** @returns ids of the entries that were written */
async function undoChanges(
  deps: UndoDeps,
  tx: Tx,
  actor: Actor,
  o: { archiveId: string; changes: readonly NetChange[]; left: LeftChange[]; basis: string },
): Promise<string[]> {
  const { archiveId, left } = o;
  if (o.changes.some((c) => 'parent_id' in c.after || 'fonds_id' in c.after)) {
    const fonds = o.changes
      .map((c) => c.before.fonds_id ?? c.after.fonds_id)
      .filter((f) => typeof f === 'string');
    for (const id of [...new Set(fonds)].sort()) await lockTree(tx, id);
  }
  const units = await lockUnits(
    tx,
    o.changes.map((c) => c.unitId),
  );
  const leave = (c: NetChange, why: LeftChange['why'], fields: readonly string[]) =>
    left.push({ changeId: c.id, unitId: c.unitId, why, fields });
  const planned: Planned[] = [];
  for (const change of o.changes) {
    const unit = units.get(change.unitId);
    if (!unit) leave(change, 'gone', []);
    else if (!can(actor, 'holdings.write', archiveId, unit)) leave(change, 'forbidden', []);
    else {
      const { columns, left: others } = undo(unit.columns, change);
      if (others.length > 0) leave(change, 'changed', others);
      planned.push({ change, unit, columns });
    }
  }
  await dropTakenCodes(tx, archiveId, planned, leave);
  await dropImpossiblePlaces(tx, planned, leave);
  const written = planned.filter((p) => Object.keys(p.columns).length > 0);
  await writeCodes(tx, actor, { archiveId, basis: o.basis }, written);
  await writeColumns(
    tx,
    written.map((p) => ({ id: p.unit.id, columns: p.columns })),
    deps.clock.now(),
  );
  const ids = written.map((p) => p.unit.id);
  await countGapsAnew(tx, archiveId, ids);
  if (ids.length > 0) await deps.index.changed(tx, ids);
  return ids;
}

type Leave = (c: NetChange, why: LeftChange['why'], fields: readonly string[]) => void;

const codeOf = (p: Planned): string | null =>
  typeof p.columns.reference_code === 'string' ? p.columns.reference_code : null;

async function dropTakenCodes(
  tx: Tx,
  archiveId: string,
  planned: readonly Planned[],
  leave: Leave,
): Promise<void> {
  const wanted = planned.filter((p) => codeOf(p) !== null);
  const bearers = await bearersOf(
    tx,
    archiveId,
    wanted.map((p) => codeOf(p)!),
  );
  // Who changes its own code along with these lets go of it.
  const letGo = new Set(planned.filter((p) => 'reference_code' in p.columns).map((p) => p.unit.id));
  for (const p of wanted) {
    const bearer = bearers.get(codeOf(p)!);
    if (!bearer || bearer === p.unit.id || letGo.has(bearer)) continue;
    for (const name of ['reference_code', 'sort_key', 'match_key']) delete p.columns[name];
    leave(p.change, 'codeTaken', ['reference_code']);
  }
}

async function dropImpossiblePlaces(tx: Tx, planned: readonly Planned[], leave: Leave): Promise<void> {
  const moved = planned.flatMap((p) => {
    const { parent_id: parentId, fonds_id: fondsId } = p.columns;
    if (typeof parentId !== 'string') return [];
    return [{ unitId: p.unit.id, parentId, fondsId: typeof fondsId === 'string' ? fondsId : p.unit.fondsId }];
  });
  const impossible = await impossiblePlaces(tx, moved);
  for (const p of planned) {
    if (!impossible.has(p.unit.id)) continue;
    for (const name of ['fonds_id', 'parent_id', 'position']) delete p.columns[name];
    leave(p.change, 'place', ['parent_id']);
  }
}

/** Codes that are given up stay as other names, as in any renumbering; entries may exchange theirs. */
async function writeCodes(
  tx: Tx,
  actor: Actor,
  { archiveId, basis }: { archiveId: string; basis: string },
  planned: readonly Planned[],
): Promise<void> {
  const changing = planned.filter((p) => 'reference_code' in p.columns);
  if (changing.length === 0) return;
  const given = new Set(changing.flatMap((p) => codeOf(p) ?? []));
  const former = changing.flatMap((p) =>
    p.unit.referenceCode ? [{ unitId: p.unit.id, code: p.unit.referenceCode }] : [],
  );
  const exchanged = former.filter((f) => given.has(f.code)).map((f) => f.unitId);
  if (exchanged.length > 0) await letGoOfCodes(tx, exchanged);
  await restoreCodes(
    tx,
    archiveId,
    changing.flatMap((p) => (codeOf(p) ? [{ unitId: p.unit.id, code: codeOf(p)! }] : [])),
  );
  await insertAliases(
    tx,
    { archiveId, basis, actorName: actor.name },
    former.filter((f) => !given.has(f.code)),
  );
}

const digestOf = (ids: readonly string[]): string =>
  createHash('sha256')
    .update(
      [...ids]
        .sort()
        .map((id) => `${id}\n`)
        .join(''),
    )
    .digest('hex');
