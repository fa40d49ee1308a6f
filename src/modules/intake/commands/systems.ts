import { type Actor, type AgencyOf, auditActor, canFor, demandFor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import { sideOf } from '#modules/filing';
import type { Arrival } from '#modules/identity';
import type { IntakeDeps } from '../deps.ts';
import { readSettings, type SettingsInput, type SystemSettings } from '../domain/settings.ts';
import { noSystem, systemChanged, systemState } from '../refusals.ts';
import { insertSystem, type SenderSystem, systemById, writeSystem } from '../store/systems.ts';

const noAgency = () => new Refusal('agency.notFound', 'There is no such agency.');

/** Who answers for filing in the agency's own name: by a post there. */
export const mayRegister = (actor: Actor, of: AgencyOf): boolean =>
  canFor(actor, 'filing.approve', of) && (actor.kind === 'system' || sideOf(actor, of) === 'agency');

/** Who agrees to rights in the archive. */
export const mayAgree = (actor: Actor, of: AgencyOf): boolean =>
  canFor(actor, 'rights.approve', of) && sideOf(actor, of) === 'archive';

function demandRegister(actor: Actor, of: AgencyOf, hidden: Refusal): void {
  demandFor(actor, 'filing.approve', of, hidden);
  if (!mayRegister(actor, of))
    throw new Refusal('actor.forbidden', 'Only the agency itself does this.', {
      capability: 'filing.approve',
    });
}

/** What stands in the trail of a system's settings. */
const told = (s: SystemSettings) => ({ ...s });

async function note(
  deps: IntakeDeps,
  tx: Tx,
  actor: Actor,
  s: Pick<SenderSystem, 'id' | 'archiveId' | 'agencyId'> & { settings: SystemSettings },
  act: string,
  detail: Record<string, unknown> = {},
): Promise<void> {
  await deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId: s.archiveId,
    act: `intake.${act}`,
    target: { type: 'senderSystem', id: s.id },
    detail: { name: s.settings.name, agency: s.agencyId, ...detail },
  });
}

/**
 * Registers a system of an agency. It may send once somebody of the archive has agreed.
 *
 * @returns its id
 * @throws Refusal agency.notFound, actor.forbidden, intake.setting, token.address
 */
export async function registerSystem(
  deps: IntakeDeps,
  actor: Actor,
  of: AgencyOf,
  input: SettingsInput,
): Promise<string> {
  const agency = (await deps.agencies(of.archiveId)).find((a) => a.id === of.agencyId);
  if (!agency) throw noAgency();
  demandRegister(actor, of, noAgency());
  const settings = readSettings(input, deps.identity.readNetworks);
  const id = deps.newId();
  const { archiveId, agencyId } = of;
  await deps.db.system(async (tx) => {
    await deps.identity.addSender(tx, { id, archiveId, displayName: settings.name });
    await insertSystem(tx, {
      id,
      archiveId,
      agencyId,
      settings,
      proposedBy: actor.id ?? id,
      proposedByName: actor.name,
      proposedAt: deps.clock.now(),
    });
    await note(deps, tx, actor, { id, archiveId, agencyId, settings }, 'registered', told(settings));
  });
  return id;
}

/** A system the actor sees, locked, for a change. Whether it is there is the database's word. @throws Refusal intake.notFound */
async function change(
  deps: IntakeDeps,
  actor: Actor,
  id: string,
  fn: (tx: Tx, system: SenderSystem) => Promise<SenderSystem>,
): Promise<void> {
  const day = deps.today();
  const seen = await deps.db.as(scopeOf(actor), (tx) => systemById(tx, id, { day }));
  if (!seen) throw noSystem();
  await deps.db.system(async (tx) => {
    const system = await systemById(tx, id, { day, lock: true });
    if (!system) throw noSystem();
    if (!(await writeSystem(tx, await fn(tx, system)))) throw systemChanged(system.version);
  });
}

/**
 * Asks for other settings. They hold once somebody of the archive has agreed; until then the old ones do.
 *
 * @throws Refusal intake.notFound, intake.changed, intake.wrongState, intake.setting, token.address, actor.forbidden
 */
export function changeSystem(
  deps: IntakeDeps,
  actor: Actor,
  id: string,
  o: { version: number; settings: SettingsInput },
): Promise<void> {
  return change(deps, actor, id, async (tx, system) => {
    demandRegister(actor, system, noSystem());
    if (system.version !== o.version) throw systemChanged(system.version);
    if (system.state === 'ended') throw systemState(system.state);
    const settings = readSettings(o.settings, deps.identity.readNetworks);
    await note(deps, tx, actor, { ...system, settings }, 'changeAsked', told(settings));
    const asked = {
      ...system,
      proposedBy: actor.id ?? system.id,
      proposedByName: actor.name,
      proposedAt: deps.clock.now(),
    };
    return system.state === 'admitted'
      ? { ...asked, wanted: settings }
      : { ...asked, settings, state: 'proposed' };
  });
}

/**
 * Agrees to what a system is to be allowed, or does not: by somebody of the archive, who did not ask for it.
 *
 * @throws Refusal intake.notFound, intake.changed, intake.wrongState, intake.samePerson, intake.note, actor.forbidden
 */
export function decideSystem(
  deps: IntakeDeps,
  actor: Actor,
  id: string,
  o: { agreed: boolean; note: string; version: number },
): Promise<void> {
  return change(deps, actor, id, async (tx, system) => {
    demandFor(actor, 'rights.approve', system, noSystem());
    if (!mayAgree(actor, system))
      throw new Refusal('actor.forbidden', 'Only the archive does this.', { capability: 'rights.approve' });
    if (system.version !== o.version) throw systemChanged(system.version);
    const first = system.state === 'proposed';
    if (!first && !(system.state === 'admitted' && system.wanted)) throw systemState(system.state);
    demandOther(actor, system.proposedBy, 'intake', system.archiveId);
    const why = o.note.trim();
    if (!o.agreed && why === '') throw new Refusal('intake.note', 'Say why.', { field: 'note' });
    const settings = o.agreed ? (system.wanted ?? system.settings) : system.settings;
    if (o.agreed && first)
      await deps.identity.admitSender(tx, { id, archiveId: system.archiveId, until: null });
    if (o.agreed) await deps.identity.limitSender(tx, id, settings.addresses);
    await note(deps, tx, actor, { ...system, settings }, o.agreed ? 'agreed' : 'notAgreed', {
      ...told(settings),
      ...(why && { reason: why }),
    });
    return {
      ...system,
      settings,
      wanted: null,
      state: first ? (o.agreed ? 'admitted' : 'refused') : system.state,
      decidedByName: actor.name,
      decidedAt: deps.clock.now(),
      note: why || null,
    };
  });
}

/** Ends a system at once: its tokens open nothing any more. By its agency or by the archive. @throws as `decideSystem` */
export function endSystem(deps: IntakeDeps, actor: Actor, id: string, reason: string): Promise<void> {
  return change(deps, actor, id, async (tx, system) => {
    if (!mayRegister(actor, system) && !mayAgree(actor, system)) demandRegister(actor, system, noSystem());
    if (system.state === 'ended') throw systemState(system.state);
    const why = reason.trim();
    if (why === '') throw new Refusal('intake.note', 'Say why.', { field: 'reason' });
    await deps.identity.endSender(tx, id);
    await note(deps, tx, actor, system, 'ended', { reason: why });
    return {
      ...system,
      wanted: null,
      state: 'ended',
      decidedByName: actor.name,
      decidedAt: deps.clock.now(),
      note: why,
    };
  });
}

async function ownSystem(deps: IntakeDeps, actor: Actor, id: string): Promise<SenderSystem> {
  const system = await deps.db.as(scopeOf(actor), (tx) => systemById(tx, id, { day: deps.today() }));
  if (!system) throw noSystem();
  demandRegister(actor, system, noSystem());
  return system;
}

/** A token, shown once. @throws Refusal intake.notFound, intake.wrongState, token.days, factor.name, session.stale */
export async function createToken(
  deps: IntakeDeps,
  actor: Actor,
  id: string,
  o: { name: string; days: number },
  from: Arrival,
) {
  const system = await ownSystem(deps, actor, id);
  if (system.state !== 'admitted') throw systemState(system.state);
  const { archiveId, settings } = system;
  return deps.identity.createSenderToken(
    actor,
    { id, archiveId, name: o.name, days: o.days, addresses: settings.addresses },
    from,
  );
}

/** @throws Refusal intake.notFound, token.notFound, actor.forbidden */
export async function revokeToken(
  deps: IntakeDeps,
  actor: Actor,
  o: { id: string; tokenId: string },
  from: Arrival,
): Promise<void> {
  const { id } = await ownSystem(deps, actor, o.id);
  await deps.identity.revokeSenderToken(actor, { id, tokenId: o.tokenId }, from);
}
