import { type Actor, type AgencyOf, auditActor, scopeOf } from '#kernel/actor';
import { Refusal } from '#kernel/errors';
import type { FilingDeps } from '../deps.ts';
import { type LineInput, readLines, type ScheduleLine } from '../domain/scheduleLine.ts';
import { isOpen } from '../domain/scheduleState.ts';
import { demandInAgency } from '../domain/side.ts';
import { linesOf, replaceLines } from '../store/lines.ts';
import {
  deleteSchedule,
  insertSchedule,
  lastApproved,
  noteLines,
  scheduleForChange,
} from '../store/schedules.ts';
import { templateByCode } from '../templates/index.ts';
import { agencyOf } from './agencies.ts';
import { needed, noAgency, noSchedule } from './refusals.ts';

export interface NewDraft extends AgencyOf {
  title: string;
  /** Code of a template to begin with; absent: with the lines of the version approved last, or with none. */
  template?: string | undefined;
}

/**
 * Begins the agency's next version.
 *
 * @throws Refusal agency.notFound, schedule.noTemplate, schedule.titleless, `schedule.duplicate` while one is worked on
 * @returns its id
 */
export async function draftSchedule(deps: FilingDeps, actor: Actor, input: NewDraft): Promise<string> {
  const { archiveId, agencyId } = input;
  await agencyOf(deps, actor, input);
  demandInAgency(actor, 'filing.write', input, noAgency());
  const title = needed(input.title, 'schedule.titleless', 'A schedule needs a title.');
  const template = input.template === undefined ? undefined : templateByCode(input.template);
  if (input.template !== undefined && !template)
    throw new Refusal('schedule.noTemplate', 'There is no such template.');
  return deps.db.as(scopeOf(actor), async (tx) => {
    const last = template ? undefined : await lastApproved(tx, agencyId);
    const id = deps.newId();
    const made = await insertSchedule(tx, {
      id,
      archiveId,
      agencyId,
      title,
      template: template?.code ?? last?.template ?? null,
      edition: template?.edition ?? last?.edition ?? null,
      basedOn: last?.id ?? null,
      draftedBy: actor.id,
      draftedByName: actor.name,
      draftedAt: deps.clock.now(),
    });
    if (!made)
      throw new Refusal(
        'schedule.duplicate',
        'This agency already works on a schedule. Finish that one, or discard it.',
      );
    const lines = template
      ? readLines(
          template.lines.map(({ key, ...line }) => ({ ...line, templateKey: key })),
          deps.newId,
        )
      : last
        ? await linesOf(tx, last.id)
        : [];
    await replaceLines(tx, id, lines);
    await noteLines(tx, id, { title, lines: lines.length });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId,
      act: 'schedule.drafted',
      target: { type: 'schedule', id },
      detail: { name: title, agency: agencyId, lines: lines.length, template: template?.code ?? null },
    });
    return id;
  });
}

/**
 * Writes the lines of a schedule that is worked on, all of them.
 *
 * @throws Refusal schedule.notFound, `schedule.changed` where somebody was quicker, schedule.wrongState, schedule.line
 */
export function writeLines(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  o: { version: number; title?: string | undefined; lines: readonly LineInput[] },
): Promise<void> {
  const lines = readLines(o.lines, deps.newId);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const schedule = await scheduleForChange(tx, id);
    if (!schedule) throw noSchedule();
    demandInAgency(actor, 'filing.write', schedule, noSchedule());
    if (!isOpen(schedule.state)) throw wrongState(schedule.state);
    if (schedule.version !== o.version)
      throw new Refusal('schedule.changed', 'Somebody changed this schedule while you worked on it.', {
        version: schedule.version,
      });
    const title =
      o.title === undefined
        ? schedule.title
        : needed(o.title, 'schedule.titleless', 'A schedule needs a title.');
    const before = await linesOf(tx, id);
    await replaceLines(tx, id, lines);
    await noteLines(tx, id, { title, lines: lines.length });
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: schedule.archiveId,
      act: 'schedule.written',
      target: { type: 'schedule', id },
      detail: { name: title, agency: schedule.agencyId, ...counted(before, lines) },
    });
  });
}

/** How many lines are new, changed and gone, for the trail. */
function counted(before: readonly ScheduleLine[], after: readonly ScheduleLine[]) {
  const old = new Map(before.map((l) => [l.key, JSON.stringify(l)]));
  let added = 0;
  let changed = 0;
  for (const line of after) {
    const was = old.get(line.key);
    if (was === undefined) added++;
    else if (was !== JSON.stringify(line)) changed++;
    old.delete(line.key);
  }
  return { lines: after.length, added, changed, removed: old.size };
}

/** Throws a draft away that was never submitted. @throws Refusal schedule.notFound, schedule.wrongState */
export function discardSchedule(deps: FilingDeps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const schedule = await scheduleForChange(tx, id);
    if (!schedule) throw noSchedule();
    demandInAgency(actor, 'filing.write', schedule, noSchedule());
    if (schedule.state !== 'draft' || schedule.submittedAt) throw wrongState(schedule.state);
    await deleteSchedule(tx, id);
    await deps.audit.append(tx, {
      actor: auditActor(actor),
      archiveId: schedule.archiveId,
      act: 'schedule.discarded',
      target: { type: 'schedule', id },
      detail: { name: schedule.title, agency: schedule.agencyId },
    });
  });
}

export const wrongState = (state: string) =>
  new Refusal('schedule.wrongState', 'This can not be done to the schedule as it stands now.', { state });
