import { type Actor, can, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import { creatorsOfFonds, type LinkOfUnit, linksOfUnit } from '../store/links.ts';
import {
  relationsOfUnit,
  type UnitRelation,
  type UnitRelationType,
  unitInverse,
} from '../store/unitRelations.ts';

export interface LinksOfUnit {
  authorities: LinkOfUnit[];
  related: (Omit<UnitRelation, 'turned'> & { type: UnitRelationType })[];
  allowed: { write: boolean };
}

/** Authorities of an entry and entries that belong to it, as far as the asker sees them. @throws Refusal unit.notFound */
export function linksOf(deps: AuthoritiesDeps, actor: Actor, unitId: string): Promise<LinksOfUnit> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await deps.holdings.unitIn(tx, unitId);
    if (!unit) throw new Refusal('unit.notFound', 'There is no such entry.');
    const related = await relationsOfUnit(tx, unitId);
    return {
      authorities: await linksOfUnit(tx, unitId),
      related: related.map(({ turned, type, ...r }) => ({ ...r, type: turned ? unitInverse(type) : type })),
      allowed: { write: can(actor, 'holdings.write', unit.archiveId, unit) },
    };
  });
}

/** Who formed a fonds. @throws Refusal fonds.notFound */
export async function creatorsOf(deps: AuthoritiesDeps, actor: Actor, fondsId: string) {
  const fonds = await deps.holdings.fonds(actor, fondsId);
  const creators = await deps.db.as(scopeOf(actor), (tx) => creatorsOfFonds(tx, fondsId));
  return { creators, allowed: { write: can(actor, 'holdings.write', fonds.archiveId, 'whole') } };
}
