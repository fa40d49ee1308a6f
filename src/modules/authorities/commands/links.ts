import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AuthoritiesDeps } from '../deps.ts';
import { classOf, type Kind } from '../domain/authority.ts';
import { clean } from '../domain/input.ts';
import { authorityById } from '../store/authorities.ts';
import {
  insertFondsLink,
  insertUnitLink,
  type Role,
  removeFondsLink,
  removeUnitLink,
} from '../store/links.ts';
import {
  insertUnitRelation,
  removeUnitRelation,
  type UnitRelationType,
  unitCanonical,
} from '../store/unitRelations.ts';
import { noAuthority } from './reach.ts';

const noUnit = () => new Refusal('unit.notFound', 'There is no such entry.');

/** Roles an authority of a kind can have for an entry. */
export function rolesOf(kind: Kind): readonly Role[] {
  const of = classOf(kind);
  if (of === 'agent') return ['creator', 'recipient', 'mentioned', 'subject'];
  return of === 'place' ? ['place', 'subject'] : of === 'function' ? ['function', 'subject'] : ['subject'];
}

async function writableUnit(deps: AuthoritiesDeps, tx: Tx, actor: Actor, unitId: string) {
  const unit = await deps.holdings.unitIn(tx, unitId);
  if (!unit) throw noUnit();
  demand(actor, 'holdings.write', unit.archiveId, noUnit(), unit);
  return unit;
}

async function seenAuthority(tx: Tx, id: string) {
  const found = await authorityById(tx, id);
  if (!found || found.mergedInto) throw noAuthority();
  return found;
}

/**
 * Links an entry to an authority.
 *
 * @throws Refusal unit.notFound, authority.notFound, link.role, link.duplicate, actor.forbidden
 */
export function linkUnit(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: { unitId: string; authorityId: string; role: Role },
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await writableUnit(deps, tx, actor, o.unitId);
    const authority = await seenAuthority(tx, o.authorityId);
    if (!rolesOf(authority.kind).includes(o.role))
      throw new Refusal('link.role', 'An authority of this kind has no such part in a record.', {
        field: 'role',
        role: o.role,
      });
    const at = deps.clock.now();
    if (!(await insertUnitLink(tx, { ...o, archiveId: unit.archiveId, byName: actor.name, at })))
      throw new Refusal('link.duplicate', 'The entry is linked to it so already.', { field: 'authorityId' });
    await tellUnit(deps, tx, actor, unit, 'unit.authorityLinked', { authority: o.authorityId, role: o.role });
  });
}

/** @throws Refusal unit.notFound, link.notFound, actor.forbidden */
export function unlinkUnit(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: { unitId: string; authorityId: string; role: Role },
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await writableUnit(deps, tx, actor, o.unitId);
    if (!(await removeUnitLink(tx, o))) throw new Refusal('link.notFound', 'There is no such link.');
    await tellUnit(deps, tx, actor, unit, 'unit.authorityUnlinked', {
      authority: o.authorityId,
      role: o.role,
    });
  });
}

/**
 * Says that two entries belong together, from the side of the first. Whoever may correct the first may say so; the other they see.
 *
 * @returns the id of the relation
 * @throws Refusal unit.notFound, link.duplicate, actor.forbidden
 */
export function relateUnits(
  deps: AuthoritiesDeps,
  actor: Actor,
  unitId: string,
  o: { otherId: string; type: UnitRelationType; note?: string | null },
): Promise<string> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await writableUnit(deps, tx, actor, unitId);
    const other = await deps.holdings.unitIn(tx, o.otherId);
    if (!other) throw noUnit();
    if (unitId === o.otherId)
      throw new Refusal('link.itself', 'An entry is not related to itself.', { field: 'otherId' });
    const [one, type, two] = unitCanonical(unitId, o.type, o.otherId);
    const id = deps.newId();
    const row = {
      id,
      archiveId: unit.archiveId,
      unitId: one,
      otherId: two,
      type,
      note: clean(o.note),
      byName: actor.name,
      at: deps.clock.now(),
    };
    if (!(await insertUnitRelation(tx, row)))
      throw new Refusal('link.duplicate', 'These entries are related so already.', { field: 'otherId' });
    await tellUnit(deps, tx, actor, unit, 'unit.related', { other: o.otherId, type: o.type });
    return id;
  });
}

/** @throws Refusal unit.notFound, link.notFound, actor.forbidden */
export function unrelateUnits(
  deps: AuthoritiesDeps,
  actor: Actor,
  unitId: string,
  relationId: string,
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const unit = await writableUnit(deps, tx, actor, unitId);
    if (!(await removeUnitRelation(tx, { id: relationId, unitId })))
      throw new Refusal('link.notFound', 'There is no such link.');
    await tellUnit(deps, tx, actor, unit, 'unit.unrelated', { relation: relationId });
  });
}

/**
 * Names who formed a fonds.
 *
 * @throws Refusal fonds.notFound, authority.notFound, link.role, link.duplicate, actor.forbidden
 */
export async function nameCreator(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: { fondsId: string; authorityId: string },
): Promise<void> {
  const fonds = await writableFonds(deps, actor, o.fondsId);
  await deps.db.as(scopeOf(actor), async (tx) => {
    const authority = await seenAuthority(tx, o.authorityId);
    if (classOf(authority.kind) !== 'agent')
      throw new Refusal('link.role', 'A fonds is formed by a body, a person or a family.', {
        field: 'authorityId',
      });
    const at = deps.clock.now();
    if (!(await insertFondsLink(tx, { ...o, archiveId: fonds.archiveId, byName: actor.name, at })))
      throw new Refusal('link.duplicate', 'The fonds names it already.', { field: 'authorityId' });
    await tellFonds(deps, tx, actor, fonds, 'fonds.creatorNamed', o.authorityId);
  });
}

/** @throws Refusal fonds.notFound, link.notFound, actor.forbidden */
export async function removeCreator(
  deps: AuthoritiesDeps,
  actor: Actor,
  o: { fondsId: string; authorityId: string },
): Promise<void> {
  const fonds = await writableFonds(deps, actor, o.fondsId);
  await deps.db.as(scopeOf(actor), async (tx) => {
    if (!(await removeFondsLink(tx, o))) throw new Refusal('link.notFound', 'There is no such link.');
    await tellFonds(deps, tx, actor, fonds, 'fonds.creatorRemoved', o.authorityId);
  });
}

async function writableFonds(deps: AuthoritiesDeps, actor: Actor, id: string) {
  const fonds = await deps.holdings.fonds(actor, id);
  const none = new Refusal('fonds.notFound', 'There is no such fonds.');
  demand(actor, 'holdings.write', fonds.archiveId, none, 'whole');
  return fonds;
}

function tellUnit(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  unit: { id: string; archiveId: string },
  act: string,
  detail: Record<string, unknown>,
): Promise<unknown> {
  const target = { type: 'unit', id: unit.id };
  return deps.audit.append(tx, { actor: auditActor(actor), archiveId: unit.archiveId, act, target, detail });
}

function tellFonds(
  deps: AuthoritiesDeps,
  tx: Tx,
  actor: Actor,
  fonds: { id: string; archiveId: string },
  act: string,
  authority: string,
): Promise<unknown> {
  const target = { type: 'fonds', id: fonds.id };
  const detail = { authority };
  return deps.audit.append(tx, { actor: auditActor(actor), archiveId: fonds.archiveId, act, target, detail });
}
