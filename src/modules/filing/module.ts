import type { Actor, AgencyOf } from '#kernel/actor';
import { agenciesInReach } from './commands/agencies.ts';
import {
  approveSchedule,
  returnSchedule,
  submitSchedule,
  takeBackSchedule,
} from './commands/decideSchedule.ts';
import { discardSchedule, draftSchedule, type NewDraft, writeLines } from './commands/draftSchedule.ts';
import {
  answerRemark,
  makeRemark,
  type NewRemark,
  remarksOn,
  settle,
  waitingRemarks,
} from './commands/remarks.ts';
import type { FilingDeps } from './deps.ts';
import type { ToBeFiled } from './domain/suggest.ts';
import {
  type ComparedWith,
  compareSchedule,
  listSchedules,
  readSchedule,
  reviewsDue,
  suggest,
} from './queries/schedules.ts';

export type Filing = ReturnType<typeof createFiling>;

/** What agencies file before it is handed over: schedules, records, the filing of a year, and what is said about them. */
export function createFiling(deps: FilingDeps) {
  return {
    agencies: (actor: Actor) => agenciesInReach(deps, actor),

    draftSchedule: (actor: Actor, input: NewDraft) => draftSchedule(deps, actor, input),
    writeLines: (actor: Actor, id: string, o: Parameters<typeof writeLines>[3]) =>
      writeLines(deps, actor, id, o),
    discardSchedule: (actor: Actor, id: string) => discardSchedule(deps, actor, id),
    submitSchedule: (actor: Actor, id: string) => submitSchedule(deps, actor, id),
    takeBackSchedule: (actor: Actor, id: string) => takeBackSchedule(deps, actor, id),
    returnSchedule: (actor: Actor, id: string, note: string) => returnSchedule(deps, actor, id, note),
    approveSchedule: (actor: Actor, id: string, o: Parameters<typeof approveSchedule>[3]) =>
      approveSchedule(deps, actor, id, o),
    schedule: (actor: Actor, id: string) => readSchedule(deps, actor, id),
    schedules: (actor: Actor, o: Parameters<typeof listSchedules>[2]) => listSchedules(deps, actor, o),
    compare: (actor: Actor, id: string, other: ComparedWith) => compareSchedule(deps, actor, id, other),
    suggest: (actor: Actor, of: AgencyOf, record: ToBeFiled) => suggest(deps, actor, of, record),
    reviewsDue: (actor: Actor, limit: number) => reviewsDue(deps, actor, limit),

    remark: (actor: Actor, input: NewRemark) => makeRemark(deps, async () => undefined, actor, input),
    answer: (actor: Actor, id: string, text: string) => answerRemark(deps, actor, id, text),
    settle: (actor: Actor, id: string) => settle(deps, actor, id),
    remarks: (actor: Actor, aboutId: string) => remarksOn(deps, actor, aboutId),
    waitingRemarks: (actor: Actor, o: Parameters<typeof waitingRemarks>[2]) => waitingRemarks(deps, actor, o),
  };
}
