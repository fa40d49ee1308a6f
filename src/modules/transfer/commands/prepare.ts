import { type Actor, demandFor, scopeOf } from '#kernel/actor';
import { dayIn } from '#kernel/calendar';
import { bearsSecretMark } from '#kernel/classification';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { layOut } from '#kernel/laying';
import type { TransferDeps } from '../deps.ts';
import { OPEN_FOR_CONTENT } from '../domain/states.ts';
import {
  type Batch,
  batchById,
  insertBatch,
  nextNumber,
  setContent,
  setDescription,
} from '../store/batches.ts';
import { planById } from '../store/plans.ts';
import { noBatch, noteDeed } from './moving.ts';

/** How a batch is described: the first lines of the handover register. */
export interface BatchDescription {
  title: string;
  content: string;
  /** The fonds of records whose package names none. */
  fonds: string | null;
}

export interface NewBatchOrder extends BatchDescription {
  archiveId: string;
  agencyId: string;
  planId: string | null;
}

/** Words that are shown to many may not bear a mark of classification either. @throws Refusal transfer.title, transfer.marked */
function readDescription(d: BatchDescription): BatchDescription {
  const title = d.title.trim();
  if (title === '') throw new Refusal('transfer.title', 'A batch needs a name.', { field: 'title' });
  const content = d.content.trim();
  if (bearsSecretMark(title) || bearsSecretMark(content))
    throw new Refusal(
      'transfer.marked',
      'This bears a classification. Classified material is not handed over by a networked system.',
      { field: bearsSecretMark(title) ? 'title' : 'content' },
    );
  return { title, content, fonds: d.fonds?.trim() || null };
}

/**
 * An agency begins a batch.
 *
 * @param id where the caller has chosen it: asked again after a break, the batch that has it already is the one
 * @returns its id
 * @throws Refusal `agency.notFound`, `plan.notFound`, `transfer.title`, `transfer.marked`, `actor.forbidden`
 */
export async function beginBatch(
  deps: TransferDeps,
  actor: Actor,
  order: NewBatchOrder,
  id = deps.newId(),
): Promise<string> {
  const { archiveId, agencyId, planId } = order;
  const description = readDescription(order);
  const none = new Refusal('agency.notFound', 'There is no such agency.');
  const archive = (await deps.archives()).find((a) => a.id === archiveId);
  const agency = (await deps.agencies(archiveId)).find((a) => a.id === agencyId);
  if (!archive || !agency) throw none;
  demandFor(actor, 'filing.write', { archiveId, agencyId }, none);
  const now = deps.clock.now();
  await deps.db.as(scopeOf(actor), async (tx) => {
    const plan = planId ? await planById(tx, planId) : undefined;
    if (planId && (plan?.agencyId !== agencyId || plan.state !== 'planned'))
      throw new Refusal('plan.notFound', 'There is no such plan.');
  });
  // The counter is no agency's own: it is kept by the system.
  await deps.db.system(async (tx) => {
    if (await batchById(tx, id)) return;
    const year = Number(dayIn(now, deps.timeZone).slice(0, 4));
    const n = await nextNumber(tx, archiveId, year);
    await insertBatch(tx, {
      id,
      archiveId,
      agencyId,
      agencyCode: agency.code,
      agencyName: agency.name,
      planId,
      number: `${archive.code}-YJ-${year}-${String(n).padStart(4, '0')}`,
      ...description,
      preparedBy: actor.id ?? '',
      preparedByName: actor.name,
      at: now,
    });
    await noteDeed(
      deps,
      tx,
      actor,
      { id, archiveId, agencyId, round: 1 },
      { act: 'begin', state: 'preparing', detail: { agency: agency.code, title: description.title } },
    );
  });
  return id;
}

/** A batch the agency may still change, locked. @throws Refusal transfer.notFound, transfer.wrongState, transfer.changed */
export async function demandOpen(tx: Tx, actor: Actor, id: string, version?: number): Promise<Batch> {
  const batch = await batchById(tx, id, true);
  if (!batch) throw noBatch();
  demandFor(actor, 'filing.write', batch, noBatch());
  if (!OPEN_FOR_CONTENT.has(batch.state))
    throw new Refusal('transfer.wrongState', 'The batch is on its way and can not be changed now.', {
      state: batch.state,
    });
  if (version !== undefined && version !== batch.version)
    throw new Refusal('transfer.changed', 'Somebody else has changed the batch meanwhile.', {
      version: batch.version,
    });
  return batch;
}

/** @throws Refusal as `demandOpen`, transfer.title, transfer.marked */
export async function describeBatch(
  deps: TransferDeps,
  actor: Actor,
  id: string,
  d: BatchDescription & { version: number },
): Promise<void> {
  const description = readDescription(d);
  await deps.db.as(scopeOf(actor), async (tx) => {
    await demandOpen(tx, actor, id, d.version);
    await setDescription(tx, id, description);
  });
}

/**
 * Gives a batch what is to be sent, in place of what it had: one package as a file, or the files of a folder.
 *
 * @throws Refusal as `demandOpen`, `upload.*`
 */
export async function giveContent(
  deps: TransferDeps,
  actor: Actor,
  id: string,
  uploadIds: readonly string[],
): Promise<void> {
  if (actor.id === null || uploadIds.length === 0) throw noBatch();
  if (new Set(uploadIds).size !== uploadIds.length)
    throw new Refusal('upload.duplicate', 'The same upload is named twice.');
  const arrived = [];
  for (const upload of uploadIds) arrived.push(await deps.staging.arrived(upload, actor.id));
  const { form, name, root } = layOut(arrived);
  const bytes = arrived.reduce((sum, f) => sum + f.bytes, 0);
  const by = actor.id;
  const before = await deps.db.as(scopeOf(actor), async (tx) => {
    const batch = await demandOpen(tx, actor, id);
    // What it was made of before is the agency's own again.
    if (batch.source === 'records') await deps.filing.moveHandover(tx, id, { to: 'filed' });
    await setContent(tx, id, {
      packageName: name,
      root,
      form,
      source: 'uploads',
      choice: null,
      uploads: [...uploadIds],
      entries: 0,
      files: arrived.length,
      bytes,
      by,
      byName: actor.name,
      at: deps.clock.now(),
    });
    await noteDeed(deps, tx, actor, batch, {
      act: 'content',
      state: batch.state,
      detail: { number: batch.number, files: arrived.length, bytes },
    });
    return batch.uploads;
  });
  for (const upload of before) if (!uploadIds.includes(upload)) await deps.staging.remove(upload);
}
