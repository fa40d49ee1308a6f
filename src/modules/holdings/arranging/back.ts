import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { noteUndone } from '../changes/index.ts';
import type { HoldingsDeps } from '../deps.ts';
import { actorOf } from './actor.ts';
import { type Carried, demandFonds, type Stretch, writeGiven } from './carrying.ts';
import { type GivenCode, keyOfCode } from './codes.ts';
import { type DoneTo, doneTo, listAgain, noteTakenBack } from './store/back.ts';
import { type Rearrangement, rearrangementById } from './store/rearrangements.ts';
import type { Listed } from './store/worklist.ts';
import { bearersOf, type NewPlace, onList, setPartOf } from './store/writing.ts';

/** Opens again what was closed, and lists what is to go back. @returns how many */
export async function listBack(deps: HoldingsDeps, tx: Tx, id: string, of: string): Promise<number> {
  const { plan } = await demandOf(tx, of);
  if (plan.kind === 'merge') await setPartOf(tx, plan.fondsId, null, deps.clock.now());
  return listAgain(tx, id, of);
}

/**
 * Puts entries back to where they stood, with the codes they had: each as far as it still stands as it was put. What somebody
 * moved or renumbered since stays; what stands below goes where that goes.
 */
export async function backStretch(
  deps: HoldingsDeps,
  tx: Tx,
  work: Stretch,
  of: string,
  units: readonly Listed[],
): Promise<Carried> {
  const done = await doneTo(
    tx,
    of,
    units.map((u) => u.id),
  );
  const wanted = units.flatMap((u) => done.get(u.id)?.before.reference_code ?? []);
  const bearers = await bearersOf(tx, work.archiveId, wanted);
  // Whoever goes back too lets go of what it has.
  const letGo = await onList(tx, work.id, [...new Set(bearers.map((b) => b.unitId))]);
  const places: NewPlace[] = [];
  const given: GivenCode[] = [];
  const fondsNow = new Map<string, string>();
  for (const unit of units) {
    const place = placeBefore(unit, done.get(unit.id), fondsNow);
    const code = codeBefore(unit, done.get(unit.id));
    const taken = bearers.some((b) => b.code === code && b.unitId !== unit.id && !letGo.has(b.unitId));
    const kept = taken && code !== unit.referenceCode;
    const is = kept ? unit.referenceCode : code;
    fondsNow.set(unit.id, place.fondsId);
    given.push({ unit, code: is, kept });
    places.push({
      ...place,
      id: unit.id,
      code: is,
      sortKey: is === unit.referenceCode ? unit.sortKey : keyOfCode(is),
    });
  }
  const fonds = await demandFonds(tx, units[0]!.fondsId);
  return writeGiven(deps, tx, work, fonds, given, places);
}

type Place = Pick<NewPlace, 'fondsId' | 'parentId' | 'position'>;

/** Where an entry stood before; where it stands, if somebody moved it since. */
function placeBefore(unit: Listed, d: DoneTo | undefined, fondsNow: ReadonlyMap<string, string>): Place {
  const parentFonds = unit.parentId ? (fondsNow.get(unit.parentId) ?? unit.parentFonds) : null;
  const here = { fondsId: parentFonds ?? unit.fondsId, parentId: unit.parentId, position: unit.position };
  if (!d) return here;
  const movedSince =
    ('parent_id' in d.after && (d.after.parent_id ?? null) !== unit.parentId) ||
    ('position' in d.after && d.after.position !== unit.position) ||
    ('fonds_id' in d.after && d.after.fonds_id !== unit.fondsId);
  if (movedSince) return here;
  const parentId = 'parent_id' in d.before ? (d.before.parent_id ?? null) : unit.parentId;
  const fondsId = d.before.fonds_id ?? unit.fondsId;
  // Below what stayed it stays too.
  if (parentId === unit.parentId && parentFonds !== null && parentFonds !== fondsId) return here;
  return { fondsId, parentId, position: d.before.position ?? unit.position };
}

function codeBefore(unit: Listed, d: DoneTo | undefined): string | null {
  if (!d || !('reference_code' in d.after)) return unit.referenceCode;
  if ((d.after.reference_code ?? null) !== unit.referenceCode) return unit.referenceCode;
  return d.before.reference_code ?? null;
}

/** Closes what a division made, and says in the trail what went back. */
export async function finishBack(deps: HoldingsDeps, tx: Tx, r: Rearrangement, of: string): Promise<void> {
  const { plan } = await demandOf(tx, of);
  await noteTakenBack(tx, of, r.id);
  await noteUndone(tx, r.id, { place: null, left: r.kept, finishedAt: deps.clock.now() });
  if (plan.kind !== 'merge' && plan.kind !== 'split') return;
  const [from, to] = [await demandFonds(tx, plan.fondsId), await demandFonds(tx, plan.to.fondsId)];
  if (plan.kind === 'split' && to.childCount === 0) await setPartOf(tx, to.id, from.id, deps.clock.now());
  await deps.audit.append(tx, {
    actor: actorOf(r),
    archiveId: r.archiveId,
    act: 'fonds.rearrangementTakenBack',
    target: { type: 'fonds', id: from.id },
    detail: {
      number: from.number,
      other: to.number,
      units: r.done,
      kept: r.kept,
      reason: r.reason,
      changeset: r.id,
      of,
    },
  });
  await deps.index.fondsChanged(tx, [from, to]);
}

async function demandOf(tx: Tx, id: string): Promise<Rearrangement> {
  const r = await rearrangementById(tx, id);
  if (!r) throw new Refusal('arrange.notFound', 'There is no such rearrangement.');
  return r;
}
