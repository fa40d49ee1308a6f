import { type Actor, type AgencyOf, scopeOf } from '#kernel/actor';
import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { agencyOf } from '../commands/agencies.ts';
import { noSchedule } from '../commands/refusals.ts';
import type { FilingDeps } from '../deps.ts';
import { byTemplate, type Comparable, compareLines, type LineDifference } from '../domain/compareLines.ts';
import { isReviewDue, REVIEW_YEARS, reviewDay } from '../domain/due.ts';
import type { ScheduleLine } from '../domain/scheduleLine.ts';
import { isOpen, mayMove } from '../domain/scheduleState.ts';
import { mayDecideFor, mayInAgency, type Side, sideOf } from '../domain/side.ts';
import { type Suggestion, suggestLines, type ToBeFiled } from '../domain/suggest.ts';
import { linesOf } from '../store/lines.ts';
import {
  inForceSince,
  lastApproved,
  type Schedule,
  type ScheduleFilter,
  scheduleById,
  scheduleInForce,
  schedulePage,
} from '../store/schedules.ts';
import { templateByCode } from '../templates/index.ts';

/** What the day makes of an approved schedule. */
export type Standing = 'toCome' | 'inForce' | 'followed';

export interface ScheduleView extends Schedule {
  standing: Standing | null;
  /** The day it should be looked through again, and whether that has come; null unless in force. */
  reviewOn: string | null;
  reviewDue: boolean;
  side: Side;
  mayWrite: boolean;
  maySubmit: boolean;
  mayTakeBack: boolean;
  mayDecide: boolean;
}

export function viewOf(s: Schedule, actor: Actor, today: string): ScheduleView {
  const standing = standingOf(s, today);
  const inForce = standing === 'inForce' && s.inForceFrom !== null;
  const of: AgencyOf = s;
  return {
    ...s,
    standing,
    reviewOn: inForce && s.inForceFrom ? reviewDay(s.inForceFrom) : null,
    reviewDue: inForce && s.inForceFrom !== null && isReviewDue(s.inForceFrom, today),
    side: sideOf(actor, of),
    mayWrite: isOpen(s.state) && mayInAgency(actor, 'filing.write', of),
    maySubmit: mayMove('submit', s.state) && mayInAgency(actor, 'filing.approve', of),
    mayTakeBack: mayMove('takeBack', s.state) && mayInAgency(actor, 'filing.approve', of),
    mayDecide:
      mayMove('approve', s.state) &&
      mayDecideFor(actor, of) &&
      actor.id !== null &&
      actor.id !== s.draftedBy &&
      actor.id !== s.submittedBy,
  };
}

function standingOf(s: Schedule, today: string): Standing | null {
  if (s.inForceFrom === null) return null;
  if (s.inForceFrom > today) return 'toCome';
  return s.followedFrom !== null && s.followedFrom <= today ? 'followed' : 'inForce';
}

/** A schedule with its lines. @throws Refusal schedule.notFound */
export function readSchedule(
  deps: FilingDeps,
  actor: Actor,
  id: string,
): Promise<{ schedule: ScheduleView; lines: ScheduleLine[] }> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const found = await scheduleById(tx, id);
    if (!found) throw noSchedule();
    return { schedule: viewOf(found, actor, deps.today()), lines: await linesOf(tx, id) };
  });
}

export function listSchedules(
  deps: FilingDeps,
  actor: Actor,
  o: ScheduleFilter & { cursor: string | undefined; limit: number },
): Promise<{ items: ScheduleView[]; next: string | null }> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const before = o.cursor ? String(decodeCursor(o.cursor, ['string'])[0]) : undefined;
    const { archiveId, agencyId, state } = o;
    const rows = await schedulePage(tx, { archiveId, agencyId, state, before, limit: o.limit + 1 });
    const items = rows.slice(0, o.limit).map((s) => viewOf(s, actor, deps.today()));
    return { items, next: rows.length > o.limit ? encodeCursor([items.at(-1)!.id]) : null };
  });
}

export const COMPARISONS = ['template', 'previous'] as const;
export type ComparedWith = (typeof COMPARISONS)[number];

/** How a schedule differs; null where there is nothing to compare with. @throws Refusal schedule.notFound */
export function compareSchedule(
  deps: FilingDeps,
  actor: Actor,
  id: string,
  other: ComparedWith,
): Promise<{ name: string; differences: LineDifference[] } | null> {
  return deps.db.as(scopeOf(actor), async (tx) => {
    const schedule = await scheduleById(tx, id);
    if (!schedule) throw noSchedule();
    const lines = await linesOf(tx, id);
    if (other === 'template') {
      const template = schedule.template === null ? undefined : templateByCode(schedule.template);
      if (!template) return null;
      const before = template.lines.map(
        (l): Comparable => ({
          key: l.key,
          number: l.number ?? '',
          classCode: l.classCode,
          className: l.className,
          category: l.category ?? 'WS',
          matter: l.matter,
          retention: l.retention,
          department: l.department ?? null,
          due: l.due ?? null,
          note: l.note ?? null,
        }),
      );
      return { name: template.code, differences: compareLines(before, byTemplate(lines)) };
    }
    const earlier = await earlierVersion(tx, schedule);
    if (!earlier) return null;
    return { name: earlier.title, differences: compareLines(await linesOf(tx, earlier.id), lines) };
  });
}

async function earlierVersion(
  tx: Parameters<typeof lastApproved>[0],
  schedule: Schedule,
): Promise<Schedule | undefined> {
  if (schedule.basedOn !== null) return scheduleById(tx, schedule.basedOn);
  const last = await lastApproved(tx, schedule.agencyId);
  return last?.id === schedule.id ? undefined : last;
}

/** What the schedule in force says of a record to be filed. @throws Refusal agency.notFound */
export async function suggest(
  deps: FilingDeps,
  actor: Actor,
  of: AgencyOf,
  record: ToBeFiled,
): Promise<{ schedule: Schedule | null; suggestions: Suggestion[] }> {
  await agencyOf(deps, actor, of);
  return deps.db.as(scopeOf(actor), async (tx) => {
    const schedule = await scheduleInForce(tx, of.agencyId, deps.today());
    if (!schedule) return { schedule: null, suggestions: [] };
    return { schedule, suggestions: suggestLines(record, await linesOf(tx, schedule.id)) };
  });
}

/** Schedules in force for five years and more, the oldest first. */
export function reviewsDue(deps: FilingDeps, actor: Actor, limit: number): Promise<ScheduleView[]> {
  const today = deps.today();
  const before = `${String(Number(today.slice(0, 4)) - REVIEW_YEARS).padStart(4, '0')}${today.slice(4)}`;
  return deps.db.as(scopeOf(actor), async (tx) =>
    (await inForceSince(tx, { today, before: before.replace('-02-29', '-02-28'), limit })).map((s) =>
      viewOf(s, actor, today),
    ),
  );
}
