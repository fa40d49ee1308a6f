import { type Actor, auditActor, demand, scopeOf } from '#kernel/actor';
import type { AuditActor } from '#kernel/audit';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { HoldingsDeps } from '../deps.ts';
import { applyFonds, type FondsFields, type FondsWriting } from '../domain/fondsInput.ts';
import { type Fonds, fondsById, insertFonds, isAgencyOf, updateFonds } from '../store/fonds.ts';
import { schemesInForce } from '../store/schemes.ts';

export interface FondsInput extends FondsWriting {
  agencyId?: string | null;
}

const changed = (current: Fonds) =>
  new Refusal('fonds.changed', 'Somebody else changed this fonds meanwhile.', { current });
const NO_FONDS = () => new Refusal('fonds.notFound', 'There is no such fonds.');

/** Adds a fonds. Its number is never given again (standards 1.3 [S:WEN]). @throws Refusal fonds.* */
export function addFonds(
  deps: HoldingsDeps,
  actor: Actor,
  input: FondsInput & { archiveId: string; number: string; name: string },
): Promise<Fonds> {
  demand(
    actor,
    'holdings.write',
    input.archiveId,
    new Refusal('archive.notFound', 'There is no such archive.'),
    'whole',
  );
  return deps.db.as(scopeOf(actor), (tx) => enterFonds(deps, tx, auditActor(actor), deps.newId(), input));
}

/** Enters a fonds, in the caller's transaction. @throws Refusal fonds.* */
export async function enterFonds(
  deps: Pick<HoldingsDeps, 'audit' | 'index'>,
  tx: Tx,
  actor: AuditActor,
  id: string,
  input: FondsInput & { archiveId: string; number: string; name: string },
): Promise<Fonds> {
  const number = input.number.trim();
  if (!/^[A-Z0-9]{1,20}$/.test(number)) {
    throw new Refusal(
      'fonds.number',
      'A fonds number has capitals and digits, usually a letter and three digits such as J019.',
    );
  }
  if (input.agencyId) await demandAgency(tx, input.archiveId, input.agencyId);
  const empty = {
    id,
    archiveId: input.archiveId,
    agencyId: input.agencyId ?? null,
    number,
    name: '',
    dates: null,
    history: null,
    custody: null,
    scope: null,
    description: {},
    gaps: 0,
  };
  const fonds = applyFonds<typeof empty & FondsFields>(
    empty,
    input,
    await schemesInForce(tx, input.archiveId),
    true,
  );
  if (!(await insertFonds(tx, fonds))) {
    throw new Refusal('fonds.duplicate', `The archive already has a fonds ${number}.`, { number });
  }
  await deps.audit.append(tx, {
    actor,
    archiveId: input.archiveId,
    act: 'fonds.added',
    target: { type: 'fonds', id: fonds.id },
    detail: { number, name: fonds.name },
  });
  await deps.index.fondsChanged(tx, [fonds]);
  return { ...fonds, childCount: 0, version: 1, partOf: null, closedAt: null };
}

/**
 * Corrects a fonds' description. The agency it is of is corrected so where nobody reaches other records by it; else it is a
 * change of rights.
 *
 * @throws Refusal fonds.notFound, fonds.changed, fonds.agency, fonds.reach
 */
export async function correctFonds(
  deps: HoldingsDeps,
  actor: Actor,
  id: string,
  version: number,
  input: FondsInput,
): Promise<Fonds> {
  const read = async (tx: Tx) => {
    const before = await fondsById(tx, id);
    if (!before) throw NO_FONDS();
    demand(actor, 'holdings.write', before.archiveId, NO_FONDS(), 'whole');
    return before;
  };
  const looked = await deps.db.as(scopeOf(actor), read);
  if (input.agencyId !== undefined && input.agencyId !== looked.agencyId) {
    // The version ties the writing to what was looked at.
    if (looked.version !== version) throw changed(looked);
    const people = await deps.reachBetween(looked.archiveId, looked.agencyId, input.agencyId);
    if (people > 0 && actor.kind !== 'system') {
      throw new Refusal(
        'fonds.reach',
        'People’s posts in agencies reach other records by this. The security administrator asks for it as a change of rights, and another person decides.',
        { people },
      );
    }
  }
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = await read(tx);
    if (input.agencyId) await demandAgency(tx, before.archiveId, input.agencyId);
    const { agencyId = before.agencyId } = input;
    const described = applyFonds(before, input, await schemesInForce(tx, before.archiveId), false);
    const after = { ...described, agencyId, version };
    if (!(await updateFonds(tx, after))) throw changed(before);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: before.archiveId,
      act: 'fonds.corrected',
      target: { type: 'fonds', id },
      detail: { before: pick(before, input), after: input },
    });
    await deps.index.fondsChanged(tx, [after]);
    return { ...after, version: version + 1 };
  });
}

/** A fonds is of an agency of its own archive. @throws Refusal fonds.agency */
async function demandAgency(tx: Tx, archiveId: string, agencyId: string): Promise<void> {
  if (!(await isAgencyOf(tx, archiveId, agencyId)))
    throw new Refusal('fonds.agency', 'There is no such agency in this archive.');
}

/** What an approved change of rights does to a fonds; the trail is told by who approves. */
export const fondsOfRights = {
  read: (tx: Tx, id: string): Promise<Fonds | undefined> => fondsById(tx, id),
  /** @throws Refusal fonds.notFound, fonds.changed, fonds.agency */
  async setAgency(tx: Tx, f: { id: string; version: number; agencyId: string | null }): Promise<void> {
    const before = await fondsById(tx, f.id);
    if (!before) throw NO_FONDS();
    if (f.agencyId) await demandAgency(tx, before.archiveId, f.agencyId);
    if (!(await updateFonds(tx, { ...before, ...f }))) throw changed(before);
  },
};

function pick(before: Fonds, input: FondsInput): Record<string, unknown> {
  return Object.fromEntries(Object.keys(input).map((k) => [k, before[k as keyof FondsInput] ?? null]));
}
