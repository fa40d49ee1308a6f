import { type Actor, can, canFor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { RunRow } from '../store/runs.ts';

type Of = Pick<RunRow, 'archiveId' | 'agencyId'>;
type OfSide = Of & Pick<RunRow, 'side'>;

/** Whether somebody sees a check: of an agency's records whoever sees its filing, of what is held whoever sees its keeping. */
export const maySee = (actor: Actor, { archiveId, agencyId }: Of): boolean =>
  agencyId === null
    ? can(actor, 'preservation.read', archiveId)
    : canFor(actor, 'filing.read', { archiveId, agencyId });

/** Whether somebody answers what only a person can: who works on these records. */
export function mayWrite(actor: Actor, { archiveId, agencyId, side }: OfSide): boolean {
  if (agencyId === null) return can(actor, 'preservation.manage', archiveId);
  const its = { archiveId, agencyId };
  return side === 'agency'
    ? canFor(actor, 'filing.write', its) || canFor(actor, 'filing.approve', its)
    : canFor(actor, 'transfer.receive', its) || canFor(actor, 'transfer.decide', its);
}

/** Whether somebody is accountable enough to let a fault that warns stand: who answers for the agency, or for the archive. */
export const mayConfirm = (actor: Actor, { archiveId, agencyId, side }: OfSide): boolean =>
  agencyId === null
    ? can(actor, 'preservation.manage', archiveId)
    : canFor(actor, side === 'agency' ? 'filing.approve' : 'transfer.decide', { archiveId, agencyId });

export const noRun = () =>
  new Refusal('check.notFound', 'There is no such check, or it is beyond your rights.');
export const noScheme = () =>
  new Refusal('check.noScheme', 'There is no such scheme, or it is beyond your rights.');

export const noArchive = () => new Refusal('archive.notFound', 'There is no such archive.');

export function demandCheck(allowed: boolean): void {
  if (!allowed) throw new Refusal('actor.forbidden', 'Your roles do not include this.');
}
