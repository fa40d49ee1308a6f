import { type Actor, auditActor, demandFor, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { Refusal } from '#kernel/errors';
import { demandOther } from '#kernel/four-eyes';
import type { FilingDeps } from '../deps.ts';
import { mayMove, type ScheduleMove } from '../domain/scheduleState.ts';
import { demandInAgency, mayDecideFor } from '../domain/side.ts';
import { unsettledAbout } from '../store/remarks.ts';
import {
  lastApproved,
  noteDecided,
  noteSubmitted,
  noteTakenBack,
  type Schedule,
  scheduleForChange,
} from '../store/schedules.ts';
import { wrongState } from './draftSchedule.ts';
import { needed, noSchedule } from './refusals.ts';

async function moved(tx: Tx, id: string, move: ScheduleMove): Promise<Schedule> {
  const schedule = await scheduleForChange(tx, id);
  if (!schedule) throw noSchedule();
  if (!mayMove(move, schedule.state)) throw wrongState(schedule.state);
  return schedule;
}

/**
 * The agency sends its schedule to the archive's supervision.
 *
 * @throws Refusal schedule.notFound, schedule.wrongState, `schedule.empty` without lines
 */
export function submitSchedule(deps: FilingDeps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const schedule = await moved(tx, id, 'submit');
    demandInAgency(actor, 'filing.approve', schedule, noSchedule());
    if (schedule.lineCount === 0)
      throw new Refusal('schedule.empty', 'A schedule without lines can not be submitted.');
    await noteSubmitted(tx, id, { by: actor.id, byName: actor.name, at: deps.clock.now() });
    await tell(deps, tx, actor, schedule, 'schedule.submitted', { lines: schedule.lineCount });
  });
}

/** The agency takes back what nobody has decided on yet. @throws Refusal schedule.notFound, schedule.wrongState */
export function takeBackSchedule(deps: FilingDeps, actor: Actor, id: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const schedule = await moved(tx, id, 'takeBack');
    demandInAgency(actor, 'filing.approve', schedule, noSchedule());
    await noteTakenBack(tx, id);
    await tell(deps, tx, actor, schedule, 'schedule.takenBack', {});
  });
}

/** The archive sends it back, with what is to be mended. @throws Refusal schedule.notFound, schedule.wrongState, schedule.noReason */
export function returnSchedule(deps: FilingDeps, actor: Actor, id: string, note: string): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const schedule = await moved(tx, id, 'return');
    demandDeciding(actor, schedule);
    const comments = await unsettledAbout(tx, id, 'archive');
    const reason =
      note.trim() === '' && comments > 0
        ? null
        : needed(note, 'schedule.noReason', 'Say what is to be mended, here or at the lines.');
    await noteDecided(tx, id, {
      state: 'returned',
      by: actor.id,
      byName: actor.name,
      at: deps.clock.now(),
      note: reason,
      inForceFrom: null,
    });
    await tell(deps, tx, actor, schedule, 'schedule.returned', { reason, comments });
  });
}

/**
 * The archive approves a schedule, in force from a day: after that it is never changed again.
 *
 * @param inForceFrom `YYYY-MM-DD`, after the day of the version before
 * @throws Refusal schedule.notFound, schedule.wrongState, schedule.samePerson, `schedule.day`, `schedule.unsettled` while a comment
 *   of the archive's waits
 */
export function approveSchedule(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  o: { inForceFrom: string; note: string },
): Promise<void> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const schedule = await moved(tx, id, 'approve');
    demandDeciding(actor, schedule);
    for (const person of [schedule.draftedBy, schedule.submittedBy])
      if (person !== null) demandOther(actor, person, 'schedule', schedule.archiveId);
    const last = await lastApproved(tx, schedule.agencyId);
    if (last?.inForceFrom && o.inForceFrom <= last.inForceFrom)
      throw new Refusal(
        'schedule.day',
        `The version before is in force from ${last.inForceFrom}; this one has to follow it.`,
        { before: last.inForceFrom },
      );
    if ((await unsettledAbout(tx, id, 'archive')) > 0)
      throw new Refusal(
        'schedule.unsettled',
        'Comments of the archive still wait. Settle them, or return the schedule.',
      );
    const note = o.note.trim() === '' ? null : o.note.trim();
    await noteDecided(tx, id, {
      state: 'approved',
      by: actor.id,
      byName: actor.name,
      at: deps.clock.now(),
      note,
      inForceFrom: o.inForceFrom,
    });
    await tell(deps, tx, actor, schedule, 'schedule.approved', { day: o.inForceFrom });
  });
}

function demandDeciding(actor: Actor, schedule: Schedule): void {
  demandFor(actor, 'schedule.approve', schedule, noSchedule());
  if (!mayDecideFor(actor, schedule))
    throw new Refusal('actor.forbidden', 'Who works for an agency does not decide on its schedule.');
}

function tell(
  deps: FilingDeps,
  tx: Tx,
  actor: Actor,
  schedule: Schedule,
  act: string,
  detail: Record<string, unknown>,
): Promise<unknown> {
  const { id, archiveId, agencyId, title } = schedule;
  return deps.audit.append(tx, {
    actor: auditActor(actor),
    archiveId,
    act,
    target: { type: 'schedule', id },
    detail: { name: title, agency: agencyId, ...detail },
  });
}
