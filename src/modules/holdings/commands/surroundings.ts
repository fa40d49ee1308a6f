import { gapsOf, slotsOfCode } from '#formats/metadata-schemes';
import type { Tx } from '#kernel/db';
import { recordOf, type Schemes } from '../domain/schemes.ts';
import { type Fonds, fondsById } from '../store/fonds.ts';
import { updateGaps } from '../store/gaps.ts';
import { schemesInForce } from '../store/schemes.ts';
import { type UnitRecord, unitsByIds } from '../store/units.ts';
import { aboveOf } from './above.ts';

/** What stands above entries, and by which schemes they are described: asked for once each. */
export async function surroundings(
  tx: Tx,
  archiveId: string,
  units: Iterable<UnitRecord>,
): Promise<(u: UnitRecord) => Schemes> {
  const list = [...units];
  const schemes = await schemesInForce(tx, archiveId);
  const parents = await unitsByIds(tx, [...new Set(list.flatMap((u) => u.parentId ?? []))]);
  const fonds = new Map<string, Fonds>();
  for (const id of new Set(list.map((u) => u.fondsId))) {
    const found = await fondsById(tx, id);
    if (found) fonds.set(id, found);
  }
  const below = new Map<string, Schemes>();
  for (const [id, f] of fonds) below.set(id, schemes.below(aboveOf(null, f)));
  for (const p of parents) {
    const f = fonds.get(p.fondsId);
    if (f) below.set(p.id, schemes.below(aboveOf(p, f)));
  }
  return (u) => below.get(u.parentId ?? u.fondsId) ?? schemes;
}

/** Counts what entries lack anew, where something was written past the road of values: as taking back does. */
export async function countGapsAnew(tx: Tx, archiveId: string, ids: readonly string[]): Promise<void> {
  const units = await unitsByIds(tx, ids);
  const schemesOf = await surroundings(tx, archiveId, units);
  const counted = units.map((u) => {
    const scheme = schemesOf(u).of(u.category, u.level);
    const { own, top } = gapsOf(recordOf(u), scheme, slotsOfCode({ referenceCode: u.referenceCode }));
    return { id: u.id, own, top };
  });
  await updateGaps(tx, counted);
}
