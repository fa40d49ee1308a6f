import type { PrintSettings } from '#formats/print';
import { type Actor, auditActor, demand } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { PrintingDeps } from '../deps.ts';
import { FORM_KINDS, FORMS, type Form } from '../domain/forms.ts';
import { demandPrintable } from '../domain/settings.ts';
import { dropSettings, keepSettings, settingsOf } from '../store/settings.ts';

const noArchive = () => new Refusal('archive.notFound', 'There is no such archive.');

/** How an archive prints a form: its own settings, else those as shipped. */
export interface FormSettings {
  form: Form;
  settings: PrintSettings;
  own: { by: string; at: Date } | null;
}

/** For those who print there. @throws Refusal archive.notFound, actor.forbidden */
export async function formSettings(
  deps: PrintingDeps,
  actor: Actor,
  archiveId: string,
): Promise<FormSettings[]> {
  demand(actor, 'holdings.read', archiveId, noArchive());
  const kept = new Map((await settingsOf(deps.db.owner, archiveId)).map((k) => [k.form, k]));
  return FORMS.map((form) => {
    const own = kept.get(form);
    return {
      form,
      // What a later version added to the settings comes from those as shipped.
      settings: Object.assign({}, FORM_KINDS[form].settings, own?.settings),
      own: own ? { by: own.changedByName, at: own.changedAt } : null,
    };
  });
}

/** Keeps how an archive prints a form. @throws Refusal archive.notFound, actor.forbidden, printing.* */
export async function keepFormSettings(
  deps: PrintingDeps,
  actor: Actor,
  archiveId: string,
  form: Form,
  settings: PrintSettings,
): Promise<void> {
  demand(actor, 'holdings.write', archiveId, noArchive(), 'whole');
  demandPrintable(form, settings);
  await deps.db.system(async (tx) => {
    await keepSettings(tx, { archiveId, form, settings, by: actor.name, at: deps.clock.now() });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'printSettings.kept',
      target: { type: 'archive', id: archiveId },
      detail: { form },
    });
  });
}

/** Back to the settings as shipped. @throws Refusal archive.notFound, actor.forbidden */
export async function dropFormSettings(
  deps: PrintingDeps,
  actor: Actor,
  archiveId: string,
  form: Form,
): Promise<void> {
  demand(actor, 'holdings.write', archiveId, noArchive(), 'whole');
  await deps.db.system(async (tx) => {
    if (!(await dropSettings(tx, archiveId, form))) return;
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'printSettings.dropped',
      target: { type: 'archive', id: archiveId },
      detail: { form },
    });
  });
}
