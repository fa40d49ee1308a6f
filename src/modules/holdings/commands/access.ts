import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import type { HoldingsDeps } from '../deps.ts';
import { afterSetting, proposedActs, settingOf, unitActs, type Wanted } from '../domain/accessSetting.ts';
import {
  type AccessChange,
  accessChange,
  applyAccessChange,
  type ChangedUnit,
  closeAccessChange,
  insertAccessChange,
  kindsOfChange,
} from '../store/accessChanges.ts';
import { countUnits, type UnitFilter, unitPage } from '../store/unitList.ts';
import { today } from '../store/visibility.ts';

/** Most entries in one proposal: a person must be able to look through them. */
const MOST = 20_000;

export interface AccessProposal extends Wanted {
  archiveId: string;
  unitIds?: readonly string[];
  filter?: Omit<UnitFilter, 'archiveId'>;
}

/**
 * Proposes for entries a status, with the day it takes effect, an embargo until a day or its end; a second person decides.
 *
 * @throws Refusal access.*
 */
export function proposeAccess(deps: HoldingsDeps, actor: Actor, p: AccessProposal): Promise<string> {
  demand(actor, 'access.propose', p.archiveId, new Refusal('archive.notFound', 'There is no such archive.'));
  const personId = actor.id;
  if (!personId) throw new Refusal('access.person', 'A proposal is made by a person with an account.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const setting = settingOf(p, await today(tx));
    const filter: UnitFilter = p.unitIds
      ? { archiveId: p.archiveId, ids: p.unitIds }
      : { ...p.filter, archiveId: p.archiveId };
    if ((await countUnits(tx, filter, MOST)) > MOST) {
      throw new Refusal('access.tooMany', `One proposal covers at most ${MOST} entries. Narrow the list.`, {
        most: MOST,
      });
    }
    const units = await unitPage(tx, filter, { sort: 'code', limit: MOST });
    for (const u of kindsOf(units)) demand(actor, 'access.propose', p.archiveId, undefined, u);
    const internal = units.filter((u) => u.classification !== 'public').length;
    if (setting.status === 'open' && internal > 0) {
      throw new Refusal(
        'access.internal',
        `${internal} of these entries are for internal use and can not be opened.`,
        { internal },
      );
    }
    const id = deps.newId();
    const reason = p.reason.trim();
    const change = {
      id,
      archiveId: p.archiveId,
      ...setting,
      reason,
      basis: p.basis?.trim() || null,
      proposedBy: personId,
      proposedByName: actor.name,
      proposedAt: deps.clock.now(),
    };
    const count = await insertAccessChange(
      tx,
      change,
      units.map((u) => u.id),
    );
    if (count === 0) throw new Refusal('access.none', 'No entry was chosen.');
    for (const { act, detail } of proposedActs(setting))
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId: p.archiveId,
        act,
        target: { type: 'accessChange', id },
        detail: { ...detail, reason, units: count },
      });
    return id;
  });
}

/** Decides a proposal: by somebody else than who made it. @throws Refusal access.samePerson, access.wrongState */
export function decideAccess(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  decision: 'approved' | 'rejected',
  note: string | null,
): Promise<AccessChange> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const missing = new Refusal('access.notFound', 'There is no such proposal.');
    const change = await accessChange(tx, id, true);
    if (!change) throw missing;
    demand(actor, 'access.decide', change.archiveId, missing);
    if (change.state !== 'proposed')
      throw new Refusal('access.wrongState', 'This proposal was decided already.');
    for (const u of kindsOf(await kindsOfChange(tx, id)))
      demand(actor, 'access.decide', change.archiveId, undefined, u);
    demandOther(actor, change.proposedBy, 'access', change.archiveId);
    const at = deps.clock.now();
    await closeAccessChange(tx, { id, state: decision, by: actor.id, byName: actor.name, at, note });
    const units = decision === 'approved' ? await applyAccessChange(tx, change) : [];
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: change.archiveId,
      act: decision === 'approved' ? 'access.approved' : 'access.rejected',
      target: { type: 'accessChange', id },
      detail: {
        status: change.status,
        opensOn: change.opensOn,
        embargo: change.embargo,
        embargoUntil: change.embargoUntil,
        units: units.length,
        note,
      },
    });
    await auditUnits(deps, actor, change, units, tx);
    await deps.index.accessChanged(
      tx,
      units.map((u) => u.id),
      change,
    );
    return {
      ...change,
      state: decision,
      decidedBy: actor.id,
      decidedByName: actor.name,
      decidedAt: at,
      note,
    };
  });
}

type Kind = { category: string | null; fondsId: string };

/** Entries by what posts are limited to, each kind once. */
function kindsOf(units: readonly Kind[]): Kind[] {
  return [...new Map(units.map((u) => [`${u.fondsId}/${u.category}`, u])).values()];
}

/** Entries of the trail per unit, so that each unit's history is whole. */
async function auditUnits(
  deps: HoldingsDeps,
  actor: Actor,
  change: AccessChange,
  units: readonly ChangedUnit[],
  tx: Parameters<HoldingsDeps['audit']['append']>[0],
): Promise<void> {
  for (const { id, ...before } of units)
    for (const { act, detail } of unitActs(before, afterSetting(before, change)))
      await deps.audit.append(tx, {
        actor: auditActor(actor),
        archiveId: change.archiveId,
        act,
        target: { type: 'unit', id },
        detail: { ...detail, change: change.id, reason: change.reason },
      });
}
