import type { Actor } from '#kernel/actor';
import type { Sql, Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { IdentityDeps } from '../deps.ts';
import { peopleBetween, peopleMoved } from '../domain/reach.ts';
import type { Placed, Wanted } from '../domain/rights-change.ts';
import {
  lockOrganisations,
  type Organisation,
  organisationById,
  writeOrganisation,
} from '../store/organisations.ts';
import { reachOfPlaces, takingBack } from '../store/reach.ts';

export type UnitInput = Omit<Organisation, 'id' | 'version'> & { id?: string; version?: number };
export type ReachChange = Extract<Wanted, { kind: 'organisation' | 'fonds' }>;

export const noOrganisation = () => new Refusal('organisation.notFound', 'There is no such unit here.');

/** Does something to an archive's organisation, one at a time. @returns its outcome, and whose posts reach other records by it */
export async function watchingReach<T>(
  { clock }: Pick<IdentityDeps, 'clock'>,
  tx: Tx,
  archiveId: string,
  change: () => Promise<T>,
): Promise<{ outcome: T; people: string[] }> {
  await lockOrganisations(tx);
  const before = await reachOfPlaces(tx, archiveId, clock.now());
  const outcome = await change();
  return { outcome, people: peopleMoved(before, await reachOfPlaces(tx, archiveId, clock.now())) };
}

/**
 * Writes a unit of an organisation as it is to be.
 *
 * @returns the unit before (null: a new one) and after, and the people whose posts reach other records by it
 * @throws Refusal organisation.notFound, organisation.changed, organisation.circle, organisation.tooDeep, organisation.parent
 */
export async function writeUnit(
  deps: Pick<IdentityDeps, 'clock' | 'newId'>,
  tx: Tx,
  o: UnitInput,
): Promise<{ before: Organisation | null; after: Organisation; people: string[] }> {
  const { outcome, people } = await watchingReach(deps, tx, o.archiveId, async () => {
    const before = o.id ? ((await organisationById(tx, o.id, true)) ?? null) : null;
    if (o.id && before?.archiveId !== o.archiveId) throw noOrganisation();
    if (before && before.version !== o.version) {
      throw new Refusal('organisation.changed', 'Somebody else changed this unit meanwhile.', {
        current: { name: before.name, parentId: before.parentId, version: before.version },
      });
    }
    if (o.parentId && (await organisationById(tx, o.parentId))?.archiveId !== o.archiveId)
      throw new Refusal('organisation.parent', 'There is no such unit above it.');
    const id = before?.id ?? deps.newId();
    const { archiveId, parentId, name, agencyId } = o;
    const kind = before?.kind ?? o.kind;
    await writeOrganisation(tx, { id, archiveId, parentId, kind, name: name.trim(), agencyId });
    return { before, after: (await organisationById(tx, id))! };
  });
  return { ...outcome, people };
}

/** Refused to one person alone. */
export function takesTwo(people: readonly string[]): Refusal {
  return new Refusal(
    'organisation.reach',
    'People’s posts reach other records by this. Ask for it as a change of rights; another person decides.',
    { people: people.length },
  );
}

/** The people who would reach a fonds' records by one of two agencies and not by the other. */
export async function peopleOfFonds(
  { clock }: Pick<IdentityDeps, 'clock'>,
  db: Sql,
  archiveId: string,
  one: string | null,
  other: string | null,
): Promise<string[]> {
  return peopleBetween(await reachOfPlaces(db, archiveId, clock.now()), one, other);
}

const self = () => new Refusal('rights.self', 'Nobody asks for, or approves, rights of their own.');

/** What a change of reach came to, for the request and the trail. */
export interface Reached {
  /** null: it is new. */
  before: Placed | null;
  after: Placed;
  target: { type: 'organisation' | 'fonds'; id: string };
  /** Whose posts reach other records by it. */
  people: string[];
}

/**
 * Does a change of reach, judged as things stand now.
 *
 * @throws Refusal organisation.*, fonds.notFound, fonds.changed, rights.self where the actor's own reach is among it
 */
export async function doReach(
  deps: IdentityDeps,
  tx: Tx,
  actor: Actor,
  archiveId: string,
  wanted: ReachChange,
): Promise<Reached> {
  const reached =
    wanted.kind === 'organisation'
      ? await placeUnit(deps, tx, archiveId, wanted)
      : await placeFonds(deps, tx, archiveId, wanted);
  if (actor.id && reached.people.includes(actor.id)) throw self();
  return reached;
}

/** What it would come to, with nothing done. @throws Refusal as `doReach` */
export function tryReach(...of: Parameters<typeof doReach>): Promise<Reached> {
  return takingBack(of[1], () => doReach(...of));
}

async function placeUnit(
  deps: IdentityDeps,
  tx: Tx,
  archiveId: string,
  w: Extract<Wanted, { kind: 'organisation' }>,
): Promise<Reached> {
  const { parentId, agencyId, name } = w;
  const unit = { archiveId, parentId, agencyId, name, kind: w.unitKind };
  const known = w.unitId ? { id: w.unitId, version: w.version ?? 0 } : {};
  const { before, after, people } = await writeUnit(deps, tx, { ...unit, ...known });
  return {
    before: before && stateOf(before),
    after: stateOf(after),
    target: { type: 'organisation', id: after.id },
    people,
  };
}

async function placeFonds(
  deps: IdentityDeps,
  tx: Tx,
  archiveId: string,
  w: Extract<Wanted, { kind: 'fonds' }>,
): Promise<Reached> {
  await lockOrganisations(tx);
  const fonds = await deps.fonds.read(tx, w.fondsId);
  if (fonds?.archiveId !== archiveId) throw new Refusal('fonds.notFound', 'There is no such fonds.');
  const people = await peopleOfFonds(deps, tx, archiveId, fonds.agencyId, w.agencyId);
  await deps.fonds.setAgency(tx, { id: fonds.id, version: w.version, agencyId: w.agencyId });
  const before = { name: `${fonds.number} ${fonds.name}`, parentId: null, agencyId: fonds.agencyId };
  return {
    before,
    after: { ...before, agencyId: w.agencyId },
    target: { type: 'fonds', id: fonds.id },
    people,
  };
}

const stateOf = (o: Organisation): Placed => ({ name: o.name, parentId: o.parentId, agencyId: o.agencyId });
