import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Actor, auditActor, canFor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import { openSealed } from '#kernel/sealing';
import { mayInAgency, sideOf } from '#modules/filing';
import type { DepositDeps } from '../deps.ts';
import { openSealedFile } from '../sealed.ts';
import { type Deposit, type DepositFile, depositById, keyOf, sealedFiles } from '../store/deposits.ts';
import {
  insertUnsealing,
  setDecided,
  type Unsealing,
  unsealingById,
  unsealingsOf,
} from '../store/unsealings.ts';
import { boundTo, placeOf } from '../working/folders.ts';
import { keyPlace } from '../working/seal.ts';
import { forbidden, noDeposit, wrongState } from './refusals.ts';

const DAY_MS = 86_400_000;

/** Who may ask that a deposit be unsealed: the agency for its copy, the archive to look. */
export const mayAsk = (actor: Actor, d: Deposit): 'recovery' | 'inspection' | null => {
  if (mayInAgency(actor, 'filing.write', d) || mayInAgency(actor, 'filing.approve', d)) return 'recovery';
  const isArchive = sideOf(actor, d) === 'archive';
  return isArchive && (canFor(actor, 'transfer.receive', d) || canFor(actor, 'transfer.decide', d))
    ? 'inspection'
    : null;
};

export const mayDecide = (actor: Actor, d: Deposit): boolean =>
  sideOf(actor, d) === 'archive' && canFor(actor, 'transfer.decide', d);

async function kept(deps: DepositDeps, actor: Actor, id: string): Promise<Deposit> {
  const deposit = await deps.db.as(scopeOf(actor), (tx) => depositById(tx, id));
  if (!deposit) throw noDeposit();
  if (deposit.state !== 'kept') throw wrongState(deposit.state);
  return deposit;
}

/**
 * Asks that a deposit be unsealed. The agency gets its copy back, the archive looks; in either case another person of the archive
 * agrees.
 *
 * @throws Refusal deposit.notFound, deposit.wrongState, deposit.reason, deposit.asked, actor.forbidden
 */
export async function askUnsealing(
  deps: DepositDeps,
  actor: Actor,
  id: string,
  reason: string,
): Promise<void> {
  const deposit = await kept(deps, actor, id);
  const kind = mayAsk(actor, deposit);
  if (!kind || actor.id === null) throw forbidden();
  const why = reason.trim();
  if (why === '') throw new Refusal('deposit.reason', 'Say why.', { field: 'reason' });
  const { archiveId, agencyId, number } = deposit;
  const asked = { id: deps.newId(), depositId: id, archiveId, agencyId, kind, reason: why };
  await deps.db.as(scopeOf(actor), async (tx) => {
    const by = { askedBy: actor.id ?? '', askedByName: actor.name, askedAt: deps.clock.now() };
    if (!(await insertUnsealing(tx, { ...asked, ...by })))
      throw new Refusal('deposit.asked', 'You have asked for this already.');
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'deposit.unsealingAsked',
      target: { type: 'deposit', id },
      detail: { number, kind, reason: why },
    });
  });
}

/**
 * Another person of the archive agrees, or does not.
 *
 * @throws Refusal deposit.notFound, deposit.wrongState, deposit.samePerson, deposit.reason, actor.forbidden
 */
export async function decideUnsealing(
  deps: DepositDeps,
  actor: Actor,
  id: string,
  o: { unsealingId: string; approve: boolean; note: string },
): Promise<void> {
  const deposit = await kept(deps, actor, id);
  if (!mayDecide(actor, deposit)) throw forbidden();
  const note = o.note.trim() || null;
  if (!o.approve && note === null) throw new Refusal('deposit.reason', 'Say why.', { field: 'note' });
  await deps.db.as(scopeOf(actor), async (tx) => {
    const asked = await unsealingById(tx, o.unsealingId);
    if (asked?.depositId !== id) throw noDeposit();
    demandOther(actor, asked.askedBy, 'deposit', deposit.archiveId);
    const at = deps.clock.now();
    const openUntil = new Date(at.getTime() + deps.unsealedDays * DAY_MS);
    const decided = { approved: o.approve, by: actor.id, byName: actor.name, at, note, openUntil };
    if (!(await setDecided(tx, o.unsealingId, decided))) throw wrongState(asked.state);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: deposit.archiveId,
      act: o.approve ? 'deposit.unsealed' : 'deposit.unsealingRefused',
      target: { type: 'deposit', id },
      detail: {
        number: deposit.number,
        asked: asked.askedByName,
        kind: asked.kind,
        ...(note && { reason: note }),
      },
    });
  });
}

/** The unsealing by which this person may look now: the agency's people by its own, of the archive who asked. */
export function openFor(
  actor: Actor,
  d: Deposit,
  all: readonly Unsealing[],
  now: Date,
): Unsealing | undefined {
  return all.find((u) => {
    if (u.state !== 'approved' || !u.openUntil || u.openUntil < now) return false;
    if (u.kind === 'inspection') return u.askedBy === actor.id;
    return mayInAgency(actor, 'filing.write', d) || mayInAgency(actor, 'filing.approve', d);
  });
}

/**
 * A file of a deposit that was unsealed, opened as it is read. Each looking is told in the trail first.
 *
 * @throws Refusal deposit.notFound, deposit.wrongState, deposit.sealed
 */
export async function openDeposited(
  deps: DepositDeps,
  actor: Actor,
  id: string,
  seq: number,
): Promise<{ file: DepositFile; content: Readable }> {
  const deposit = await kept(deps, actor, id);
  const { file, unsealing } = await deps.db.as(scopeOf(actor), async (tx) => {
    const found = (await sealedFiles(tx, id)).find((f) => f.seq === seq);
    return { file: found, unsealing: openFor(actor, deposit, await unsealingsOf(tx, id), deps.clock.now()) };
  });
  if (!unsealing)
    throw new Refusal(
      'deposit.sealed',
      'This is sealed. Ask that it be unsealed; another person has to agree.',
    );
  if (!file) throw noDeposit();
  await deps.db.as(scopeOf(actor), (tx) =>
    deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: deposit.archiveId,
      act: 'deposit.fileTaken',
      target: { type: 'deposit', id },
      detail: { number: deposit.number, file: seq, kind: unsealing.kind },
    }),
  );
  return { file, content: await contentOf(deps, deposit, file) };
}

/** For the system: what a sealed file holds. */
export async function contentOf(deps: DepositDeps, d: Deposit, file: DepositFile): Promise<Readable> {
  const sealed = await keyOf(deps.db.owner, d.id);
  if (sealed === undefined) throw noDeposit();
  const key = openSealed(sealed, keyPlace(d.id), deps.masterKey);
  return openSealedFile(join(placeOf(deps.folder, d.id), String(file.seq)), {
    key,
    file: boundTo(d.id, file.seq),
    bytes: file.bytes,
  });
}
