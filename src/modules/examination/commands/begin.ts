import { type Actor, auditActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import { layOut } from '#kernel/laying';
import type { ExaminationDeps } from '../deps.ts';
import { insertExamination, keptFor, uploadsTaken } from '../store/examinations.ts';

export const EXAMINE_JOB = 'examine';

const DAY_MS = 24 * 3_600_000;

export const noExamination = () => new Refusal('examination.notFound', 'There is no such report.');

/** @throws Refusal examination.notFound for whoever is no person: reports belong to people */
export function personOf(actor: Actor): string {
  if (actor.id === null) throw noExamination();
  return actor.id;
}

/**
 * Begins to look at what a person sent: one file, or the files of a folder with their relative paths. A job does it.
 *
 * @throws Refusal `upload.badPath`, `upload.samePath`, `examination.tooMany` (reports kept),
 *   `examination.tooLarge` (room), `upload.*`
 * @returns its id
 */
export async function beginExamination(
  deps: ExaminationDeps,
  actor: Actor,
  uploadIds: readonly string[],
): Promise<string> {
  const personId = personOf(actor);
  if (new Set(uploadIds).size !== uploadIds.length)
    throw new Refusal('upload.duplicate', 'The same upload is named twice.');
  const arrived = [];
  for (const id of uploadIds) arrived.push(await deps.staging.arrived(id, personId));
  const { form, name, root } = layOut(arrived);
  const bytes = arrived.reduce((sum, f) => sum + f.bytes, 0);
  const id = deps.newId();
  const now = deps.clock.now();
  // As the owner: the application's login has no rights on what people have looked at.
  await deps.db.system(async (tx) => {
    const kept = await keptFor(tx, personId);
    demandRoom(deps, kept, bytes);
    if (await uploadsTaken(tx, personId, uploadIds))
      throw new Refusal('upload.wrongState', 'One of these uploads is being looked at already.');
    await insertExamination(tx, {
      id,
      personId,
      personName: actor.name,
      name,
      root,
      form,
      uploadIds: [...uploadIds],
      files: arrived.length,
      bytes,
      createdAt: now,
      expiresAt: new Date(now.getTime() + deps.settings.keepDays * DAY_MS),
    });
    // Not followed as a job: an archive's list of jobs is read by others, and what is looked at is hers alone.
    await deps.jobs.enqueue(
      tx,
      EXAMINE_JOB,
      { id, archiveIds: [...actor.rights.keys()] },
      { followed: false, createdBy: personId },
    );
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: null,
      act: 'examination.begun',
      target: { type: 'examination', id },
      detail: { files: arrived.length, bytes },
    });
  });
  return id;
}

function demandRoom(
  { settings }: Pick<ExaminationDeps, 'settings'>,
  kept: { count: number; bytes: number },
  bytes: number,
): void {
  if (kept.count >= settings.mostKept)
    throw new Refusal(
      'examination.tooMany',
      `You keep ${kept.count} reports, which is as many as there may be. Delete some first.`,
      { most: settings.mostKept },
    );
  if (kept.bytes + bytes > settings.mostBytes)
    throw new Refusal(
      'examination.tooLarge',
      'There is not enough room left for you. Delete reports you no longer need, or ask for a larger limit (LANTAI_CHECK_MAX_GB).',
      { most: settings.mostBytes, kept: kept.bytes, bytes },
    );
}
