import { type Actor, can, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import type { Level } from '../domain/unit.ts';
import { type Fonds, fondsById } from '../store/fonds.ts';
import { livingLeaveOf } from '../store/grants.ts';
import { type UnitRecord, unitById } from '../store/units.ts';
import type { Plan, Selection, Target } from './plan.ts';
import { mayStandUnder } from './rules.ts';
import { aboveAmong, type Chosen, chosenUnits } from './store/worklist.ts';

/** What is found about a plan before anything is done. */
export interface Judged {
  archiveId: string;
  /** Chosen entries. */
  units: number;
  /** Whether entries leave their fonds: their codes are asked about. */
  otherFonds: boolean;
  /** People whose posts reach other records by it. */
  people: number;
  /** Leave for the whole of a fonds that closes by it: it stays with that fonds and gives nothing in the other. */
  leave: number;
  /** Why it may not be done; empty where it may. */
  refusals: Refusal[];
}

const noFonds = () => new Refusal('fonds.notFound', 'There is no such fonds.');

/** What a plan is judged by. */
interface Case {
  deps: HoldingsDeps;
  actor: Actor;
  archiveId: string;
  chosen: Chosen;
  refusals: Refusal[];
}

/**
 * Judges a plan by the rules of the order and by the rights of who asks. @throws Refusal fonds.notFound, unit.notFound where who asks
 * does not see what it is about
 */
export function judge(
  deps: HoldingsDeps,
  actor: Actor,
  plan: Exclude<Plan, { kind: 'back' }>,
): Promise<Judged> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const refusals: Refusal[] = [];
    const home = await homeOf(tx, plan);
    const { archiveId } = home;
    demand(actor, 'holdings.write', archiveId, noFonds());
    const selection = selectionOf(plan);
    const chosen = await chosenUnits(tx, archiveId, selection);
    if (chosen.missing > 0) throw new Refusal('unit.notFound', 'There is no such entry.');
    const c: Case = { deps, actor, archiveId, chosen, refusals };
    if (chosen.units === 0 && plan.kind !== 'merge')
      refusals.push(new Refusal('arrange.nothing', 'Nothing is chosen.'));
    const mayWrite = chosen.kinds.every((k) => can(actor, 'holdings.write', archiveId, k));
    if (!mayWrite)
      refusals.push(new Refusal('actor.forbidden', 'Your roles in this archive do not include this.'));
    if (plan.kind === 'renumber')
      return { archiveId, units: chosen.units, otherFonds: false, people: 0, leave: 0, refusals };
    const parent = plan.to.parentId ? await unitById(tx, plan.to.parentId) : undefined;
    judgePlace(c, plan.to, parent);
    if (plan.to.parentId && (await aboveAmong(tx, archiveId, selection, plan.to.parentId)).length > 0)
      refusals.push(new Refusal('unit.circle', 'An entry can not be moved below itself.'));
    const sources = plan.kind === 'move' ? chosen.fonds : [plan.fondsId];
    const leaving = sources.filter((id) => id !== plan.to.fondsId);
    const from = await Promise.all(leaving.map((id) => fondsById(tx, id)));
    const to = plan.kind === 'split' ? { agencyId: plan.fonds.agencyId, closedAt: null } : home;
    const people = await judgeLeaving(
      c,
      from.filter((f) => f !== undefined),
      to,
    );
    // Whoever brings fonds together need not see who has leave for what: they are told how much.
    const leave = plan.kind === 'merge' ? await livingLeaveOf(deps.db.owner, plan.fondsId) : 0;
    return { archiveId, units: chosen.units, otherFonds: leaving.length > 0, people, leave, refusals };
  });
}

/** What a plan is about. */
export function selectionOf(plan: Exclude<Plan, { kind: 'back' }>): Selection {
  return plan.kind === 'merge' ? { under: plan.fondsId } : plan.selection;
}

/** The fonds that says which archive a plan is of: where entries come, or where the chosen stand. */
async function homeOf(
  tx: Parameters<typeof fondsById>[0],
  plan: Exclude<Plan, { kind: 'back' }>,
): Promise<Fonds> {
  let id = plan.kind === 'move' || plan.kind === 'merge' ? plan.to.fondsId : undefined;
  if (plan.kind === 'split') id = plan.fondsId;
  if (plan.kind === 'renumber') {
    const { ids, ranges, under } = plan.selection;
    const one = ids?.[0] ?? ranges?.[0]?.from ?? under;
    if (!one) throw new Refusal('arrange.nothing', 'Nothing is chosen.');
    id = (await unitById(tx, one))?.fondsId ?? one;
  }
  const fonds = id === undefined ? undefined : await fondsById(tx, id);
  if (!fonds) throw noFonds();
  return fonds;
}

function judgePlace({ chosen, refusals }: Case, to: Target, parent: UnitRecord | undefined): void {
  if (to.parentId && (!parent || parent.fondsId !== to.fondsId)) {
    refusals.push(new Refusal('unit.parent', 'The entry above is not in this fonds.'));
    return;
  }
  if (!parent) return;
  const wrong = chosen.levels.filter((level: Level) => !mayStandUnder(level, parent.level));
  if (wrong.length > 0)
    refusals.push(
      new Refusal(
        'arrange.level',
        'An entry stands below one of a higher level, and nothing below an item.',
        {
          levels: wrong,
          parent: parent.level,
        },
      ),
    );
}

type Into = Pick<Fonds, 'agencyId'> & { closedAt: Date | null };

/** @returns how many people's posts reach other records by it */
async function judgeLeaving(c: Case, from: readonly Fonds[], to: Into): Promise<number> {
  const { deps, actor, archiveId, refusals } = c;
  if (to.closedAt)
    refusals.push(new Refusal('fonds.closed', 'This fonds is closed: it is part of another now.'));
  if (from.length === 0) return 0;
  if (!can(actor, 'holdings.write', archiveId, 'whole'))
    refusals.push(new Refusal('actor.forbidden', 'Your roles in this archive do not include this.'));
  if (from.some((f) => f.archiveId !== archiveId))
    refusals.push(new Refusal('arrange.archive', 'Entries do not go to another archive in this way.'));
  const held = new Set(await deps.fondsOnHold(archiveId));
  if (from.some((f) => held.has(f.id)))
    refusals.push(
      new Refusal('arrange.onHold', 'Nothing leaves a fonds that is held back from destruction as a whole.'),
    );
  let people = 0;
  for (const agency of new Set(from.map((f) => f.agencyId)))
    if (agency !== to.agencyId) people += await deps.reachBetween(archiveId, agency, to.agencyId);
  return people;
}
