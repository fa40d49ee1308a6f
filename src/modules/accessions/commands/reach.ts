import { type Actor, auditActor, can, demand } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import type { AccessionDeps } from '../deps.ts';
import { type Accession, accessionById } from '../store/accessions.ts';

export const noAccession = () => new Refusal('accession.notFound', 'There is no such accession.');
export const changedMeanwhile = () =>
  new Refusal('accession.changed', 'Somebody else changed this meanwhile. Open it again.');

/** This day by the clocks of the archives. */
export const todayOf = (deps: Pick<AccessionDeps, 'clock' | 'timeZone'>): string =>
  dayIn(deps.clock.now(), deps.timeZone);

/** The register is the whole archive's: a post for some categories or fonds reads none of it. @throws Refusal archive.notFound */
export function demandRead(actor: Actor, archiveId: string, hidden: Refusal = noArchive()): void {
  if (!can(actor, 'accessions.read', archiveId, 'whole')) throw hidden;
}
const noArchive = () => new Refusal('archive.notFound', 'There is no such archive.');

/** @throws Refusal archive.notFound (or `hidden`) for who may not read it, actor.forbidden */
export function demandWrite(actor: Actor, archiveId: string, hidden: Refusal = noArchive()): void {
  demandRead(actor, archiveId, hidden);
  demand(actor, 'accessions.write', archiveId, hidden, 'whole');
}

/** @throws Refusal archive.notFound */
export async function archiveOf(deps: AccessionDeps, id: string) {
  const archive = (await deps.archives()).find((a) => a.id === id);
  if (!archive) throw noArchive();
  return archive;
}

/** An accession the actor may read, in the actor's transaction. @throws Refusal accession.notFound */
export async function readableAccession(
  deps: AccessionDeps,
  tx: Tx,
  actor: Actor,
  id: string,
  lock = false,
): Promise<Accession> {
  const found = await accessionById(tx, deps.handovers, id, lock);
  if (!found) throw noAccession();
  demandRead(actor, found.archiveId, noAccession());
  return found;
}

/** The same, to be changed. @throws Refusal accession.notFound, actor.forbidden */
export async function writableAccession(
  deps: AccessionDeps,
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<Accession> {
  const found = await readableAccession(deps, tx, actor, id, true);
  demandWrite(actor, found.archiveId, noAccession());
  return found;
}

/** Tells the trail. No name of a person stands in it: things are named by their numbers. */
export function tell(
  deps: Pick<AccessionDeps, 'audit'>,
  tx: Tx,
  actor: Actor,
  o: {
    archiveId: string;
    type: 'accession' | 'accessionSource' | 'lead' | 'accrual';
    id: string;
    act: string;
    detail: Record<string, unknown>;
  },
): Promise<unknown> {
  return deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId: o.archiveId,
    act: o.act,
    target: { type: o.type, id: o.id },
    detail: o.detail,
  });
}
