import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { AuditAct } from '#kernel/audit';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import { GRANTABLE, type Grantable } from '#kernel/visibility';
import type { HoldingsDeps } from '../deps.ts';
import { fondsById } from '../store/fonds.ts';
import { closeGrant, endGrant, type GrantRecord, grantById, insertGrant } from '../store/grants.ts';
import { unitById } from '../store/units.ts';
import { today } from '../store/visibility.ts';
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
 * Asks that one person have leave in one case: for an item, a file with its items, or a fonds. It gives nothing before
 * another person agreed. Nobody asks for himself.
 *
 * @returns the id of the grant
 * @throws Refusal grant.*, unit.notFound, actor.forbidden
 */
export async function proposeLeave(deps: HoldingsDeps, actor: Actor, input: GrantInput): Promise<string> {
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
  if (actor.id !== null && actor.id === input.person.id) throw self();
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
    if (input.until < (await today(tx))) throw over();
    const id = deps.newId();
    const grant = {
      id, archiveId: thing.archiveId, personId: input.person.id, personName: input.person.name,
      unitId: input.unitId ?? null, fondsId: input.fondsId ?? null, gives, reason, basis, from: input.from, until: input.until,
      givenBy: actor.id, givenByName: actor.name, givenAt: deps.clock.now(),
    }; // biome-ignore format: a row of columns
    await insertGrant(tx, grant);
    await deps.audit.append(tx, { ...said(actor, 'grant.proposed', grant), purpose: reason });
    return id;
  });
}

/**
 * Gives the leave somebody asked for, or declines it: by somebody else than who asked, and than who gets it.
 *
 * @throws Refusal grant.notFound, grant.wrongState, grant.samePerson, grant.self, grant.over, actor.forbidden
 */
export async function decideLeave(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  decision: 'approved' | 'rejected',
  note: string | null,
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const grant = await grantById(tx, id, true);
    if (!grant) throw none();
    demand(actor, 'grants.manage', grant.archiveId, none(), grant.on);
    if (grant.state !== 'proposed') throw new Refusal('grant.wrongState', 'This was decided already.');
    demandOther(actor, grant.givenBy, 'grant', grant.archiveId);
    if (actor.id === grant.personId) throw self();
    if (decision === 'approved' && grant.until < (await today(tx))) throw over();
    await closeGrant(tx, {
      id,
      state: decision,
      by: actor.id,
      byName: actor.name,
      at: deps.clock.now(),
      note,
    });
    const act = said(actor, decision === 'approved' ? 'grant.given' : 'grant.rejected', grant);
    const askedBy = { id: grant.givenBy, name: grant.givenByName };
    await deps.audit.append(tx, {
      ...act,
      purpose: grant.reason,
      detail: { ...act.detail, askedBy, ...(note ? { note } : {}) },
    });
  });
}

/** Ends leave at once. @throws Refusal grant.notFound, grant.reason, actor.forbidden */
export async function endLeave(deps: HoldingsDeps, actor: Actor, id: string, reason: string): Promise<void> {
  if (reason.trim() === '') throw new Refusal('grant.reason', 'Say why the leave ends.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const grant = await grantById(tx, id, true);
    if (!grant) throw none();
    demand(actor, 'grants.manage', grant.archiveId, none(), grant.on);
    if (!IN_FORCE.has(grant.state)) throw none();
    await endGrant(tx, id, { name: actor.name, at: deps.clock.now() });
    await deps.audit.append(tx, { ...said(actor, 'grant.ended', grant), purpose: reason.trim() });
  });
}

const IN_FORCE: ReadonlySet<string> = new Set(['coming', 'running', 'endsSoon']);
const none = () => new Refusal('grant.notFound', 'There is no such leave in force.');
const self = () => new Refusal('grant.self', 'Nobody gives leave to himself; ask a colleague.');
const over = () => new Refusal('grant.over', 'The last day of this leave lies in the past.');

/** What happened to leave, about the entry or fonds it is for. */
function said(
  actor: Actor,
  act: string,
  g: Pick<
    GrantRecord,
    'id' | 'archiveId' | 'unitId' | 'fondsId' | 'personId' | 'personName' | 'basis' | 'from' | 'until'
  > & {
    gives: readonly Grantable[];
  },
): AuditAct & { detail: Record<string, unknown> } {
  return {
    actor: auditActor(actor),
    archiveId: g.archiveId,
    act,
    target: g.unitId ? { type: 'unit', id: g.unitId } : { type: 'fonds', id: g.fondsId ?? '' },
    detail: {
      grant: g.id,
      person: { id: g.personId, name: g.personName },
      gives: g.gives,
      basis: g.basis,
      from: g.from,
      until: g.until,
    },
  };
}
