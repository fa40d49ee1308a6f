import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { GRANTABLE, type Grantable } from '#kernel/visibility';
import type { HoldingsDeps } from '../deps.ts';
import { fondsById } from '../store/fonds.ts';
import { unitById } from '../store/units.ts';
import { endGrant, insertGrant, placeOfGrant } from '../store/visibility.ts';
import { noUnit } from './units.ts';

/** The longest leave, in days: what is needed longer is asked for again. */
const LONGEST = 366;

export interface GrantInput {
  unitId?: string;
  fondsId?: string;
  person: { id: string; name: string };
  gives: readonly string[];
  /** What for, and on what ground: a letter of introduction, a court's order, kinship with proof (standards 7.3 [M]). */
  reason: string;
  basis: string;
  /** First and last day, `YYYY-MM-DD`. */
  from: string;
  until: string;
}

/**
 * Gives one person leave in one case: an item, a file with its items, or a fonds. Nobody gives leave to himself.
 *
 * @returns the id of the grant
 * @throws Refusal grant.*, unit.notFound, fonds.notFound, actor.forbidden
 */
export async function giveLeave(deps: HoldingsDeps, actor: Actor, input: GrantInput): Promise<string> {
  const gives = GRANTABLE.filter((g) => input.gives.includes(g));
  const reason = input.reason.trim();
  const basis = input.basis.trim();
  if (gives.length === 0 || input.gives.some((g) => !GRANTABLE.includes(g as Grantable)))
    throw new Refusal('grant.gives', 'Say what the leave gives.');
  if (reason === '' || basis === '')
    throw new Refusal('grant.reason', 'Say what the leave is for, and on what ground.');
  const days = (Date.parse(input.until) - Date.parse(input.from)) / 86_400_000;
  if (!(days >= 0 && days < LONGEST))
    throw new Refusal('grant.days', `Leave has a first and a last day, at most ${LONGEST} days.`, {
      most: LONGEST,
    });
  if (actor.id !== null && actor.id === input.person.id)
    throw new Refusal('grant.self', 'Nobody gives leave to himself; ask a colleague.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const thing = await (input.unitId
      ? unitById(tx, input.unitId)
      : input.fondsId
        ? fondsById(tx, input.fondsId)
        : undefined);
    if (!thing || (input.unitId && input.fondsId)) throw noUnit();
    if ('level' in thing && thing.level === 'series')
      throw new Refusal('grant.level', 'Leave is given for an item, a file or a fonds.');
    const on = 'level' in thing ? thing : { category: null, fondsId: thing.id };
    demand(actor, 'grants.manage', thing.archiveId, noUnit());
    demand(actor, 'grants.manage', thing.archiveId, undefined, on);
    const id = deps.newId();
    await insertGrant(tx, {
      id, archiveId: thing.archiveId, personId: input.person.id, personName: input.person.name,
      unitId: input.unitId ?? null, fondsId: input.fondsId ?? null, gives, reason, basis, from: input.from, until: input.until,
      givenBy: actor.id, givenByName: actor.name, givenAt: deps.clock.now(),
    }); // biome-ignore format: a row of columns
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: thing.archiveId,
      act: 'grant.given',
      target: { type: input.unitId ? 'unit' : 'fonds', id: thing.id },
      purpose: reason,
      detail: { grant: id, person: input.person, gives, basis, from: input.from, until: input.until },
    });
    return id;
  });
}

/** Ends leave at once. @throws Refusal grant.notFound, grant.reason, actor.forbidden */
export async function endLeave(deps: HoldingsDeps, actor: Actor, id: string, reason: string): Promise<void> {
  const none = () => new Refusal('grant.notFound', 'There is no such leave in force.');
  if (reason.trim() === '') throw new Refusal('grant.reason', 'Say why the leave ends.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const grant = await placeOfGrant(tx, id);
    if (!grant) throw none();
    const { archiveId } = grant;
    demand(actor, 'grants.manage', archiveId, none(), grant);
    const ended = await endGrant(tx, id, { name: actor.name, at: deps.clock.now() });
    if (!ended) throw none();
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'grant.ended',
      target: { type: 'grant', id },
      purpose: reason.trim(),
      detail: { person: { id: ended.personId, name: ended.personName } },
    });
  });
}
