import type { PrintSettings } from '#formats/print';
import { type Actor, auditActor } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { Language } from '#kernel/wording';
import type { PrintingDeps } from '../deps.ts';
import type { Choice } from '../domain/choice.ts';
import { FORM_KINDS, type Form, type Format } from '../domain/forms.ts';
import { demandFormat } from '../domain/may.ts';
import { keptGrants, keptPosts } from '../domain/reach.ts';
import { demandPrintable } from '../domain/settings.ts';
import { insertOrder, keptFor } from '../store/orders.ts';
import { personOf } from './person.ts';

export const PRINT_JOB = 'print';
const DAY_MS = 24 * 3_600_000;

export interface Wanted {
  archiveId: string;
  form: Form;
  format: Format;
  /** Of the form's own words. */
  language: Language;
  choice: Choice;
  settings: PrintSettings;
  /** What the file is called, without its ending. */
  name: string;
}

/** @throws Refusal archive.notFound, actor.forbidden, printing.format, printing.* of the settings */
export function demandWanted(
  actor: Actor,
  wanted: Pick<Wanted, 'archiveId' | 'form' | 'format' | 'settings'>,
): void {
  const { form, format, settings } = wanted;
  demandFormat(actor, wanted, new Refusal('archive.notFound', 'There is no such archive.'));
  if (!FORM_KINDS[form].formats.includes(format))
    throw new Refusal('printing.format', 'This form is printed as PDF alone.', { form });
  demandPrintable(form, settings);
}

/**
 * Has something printed: a job makes the file, under the rights the person has now and no more.
 *
 * @throws as `demandWanted`; Refusal printing.tooMany (files kept)
 * @returns its id
 */
export async function orderPrint(deps: PrintingDeps, actor: Actor, wanted: Wanted): Promise<string> {
  const personId = personOf(actor);
  demandWanted(actor, wanted);
  const { archiveId, form, format, language, choice, settings, name } = wanted;
  const id = deps.newId();
  const now = deps.clock.now();
  await deps.db.system(async (tx) => {
    const most = deps.settings.mostKept;
    if ((await keptFor(tx, personId)) >= most)
      throw new Refusal(
        'printing.tooMany',
        'You keep as many printed files as there may be. Delete some first.',
        {
          most,
        },
      );
    await insertOrder(tx, {
      id,
      personId,
      personName: actor.name,
      archiveId,
      form,
      format,
      language,
      choice,
      settings,
      posts: keptPosts(actor, archiveId),
      grants: keptGrants(actor, archiveId),
      name,
      createdAt: now,
      expiresAt: new Date(now.getTime() + deps.settings.keepDays * DAY_MS),
    });
    // Not followed as a job: an archive's list of jobs is read by others, and what is printed is hers alone.
    await deps.jobs.enqueue(tx, PRINT_JOB, { id }, { followed: false, createdBy: personId });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'printing.ordered',
      target: { type: 'printing', id },
      detail: { form, format, of: choice.kind },
    });
  });
  return id;
}
