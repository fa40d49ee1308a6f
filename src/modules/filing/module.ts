import { type Actor, type AgencyOf, type Language, scopeOf } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { checkFilingJob, checkSelection } from './checking/check.ts';
import { agenciesInReach, agencyOf } from './commands/agencies.ts';
import {
  approveSchedule,
  returnSchedule,
  submitSchedule,
  takeBackSchedule,
} from './commands/decideSchedule.ts';
import { discardSchedule, draftSchedule, type NewDraft, writeLines } from './commands/draftSchedule.ts';
import { attachFiles, attachLocal, detachFile, type Incoming, openFile } from './commands/files.ts';
import { drawRecords } from './commands/handovers.ts';
import { groupRecords, ungroupRecords } from './commands/items.ts';
import { numberRecords } from './commands/numbering.ts';
import {
  type Arrival,
  type Classification,
  classifyRecords,
  correctRecord,
  placeOf,
  type Registration,
  registerRecord,
  registerRows,
  removeRecord,
} from './commands/records.ts';
import {
  answerRemark,
  makeRemark,
  type NewRemark,
  remarksOn,
  settle,
  type Things,
  waitingRemarks,
} from './commands/remarks.ts';
import {
  changeSent,
  demandUnclassified,
  type FilesBefore,
  judgeInput,
  type Sent,
  type SentItem,
  takeSent,
} from './commands/sent.ts';
import { classifyAsSuggested } from './commands/suggestAll.ts';
import { confirmFiling, prepareFiling, withdrawFiling } from './commands/yearFiling.ts';
import type { FilingDeps } from './deps.ts';
import { isLongTerm } from './domain/handover.ts';
import type { RecordState } from './domain/record.ts';
import type { ToBeFiled } from './domain/suggest.ts';
import { filedRecords, recordsInHandover } from './queries/filed.ts';
import { type ListWanted, type PaperName, printList } from './queries/lists.ts';
import { findingsOfRecord, listRecords, missing, readRecord, years } from './queries/records.ts';
import { printSchedule, scheduleSheet } from './queries/schedulePapers.ts';
import {
  type ComparedWith,
  compareSchedule,
  listSchedules,
  readSchedule,
  reviewsDue,
  suggest,
} from './queries/schedules.ts';
import { dueOfFiling } from './store/due.ts';
import { contentsInUse } from './store/files.ts';
import { filedGroups, moveHandover } from './store/handovers.ts';
import { recordById } from './store/records.ts';
import { sentSince, standingOf } from './store/sent.ts';

export type Filing = ReturnType<typeof createFiling>;

/** What agencies file before it is handed over: schedules, records, the filing of a year, and what is said about them. */
export function createFiling(deps: FilingDeps) {
  const things: Things = async (tx, about, id) => {
    if (about === 'batch') return deps.batch(tx, id);
    const record = await recordById(tx, id);
    return (
      record && {
        archiveId: record.archiveId,
        agencyId: record.agencyId,
        label: record.referenceCode ?? record.title,
      }
    );
  };
  return {
    jobs: [checkFilingJob(deps)],
    /** Has records judged by the four natures before they are filed. @returns id of the check */
    check: (actor: Actor, of: AgencyOf, o: Parameters<typeof checkSelection>[3]) =>
      checkSelection(deps, actor, of, o),
    register: (
      actor: Actor,
      of: Parameters<typeof registerRecord>[2],
      input: Registration,
      arrival?: Arrival,
    ) => registerRecord(deps, actor, of, input, arrival),
    registerRows: (actor: Actor, of: Parameters<typeof registerRows>[2], rows: readonly Registration[]) =>
      registerRows(deps, actor, of, rows),
    correctRecord: (actor: Actor, id: string, o: Parameters<typeof correctRecord>[3]) =>
      correctRecord(deps, actor, id, o),
    classify: (actor: Actor, ids: readonly string[], given: Classification) =>
      classifyRecords(deps, actor, ids, given),
    classifyAsSuggested: (actor: Actor, ids: readonly string[]) => classifyAsSuggested(deps, actor, ids),
    removeRecord: (actor: Actor, id: string) => removeRecord(deps, actor, id),
    attach: (actor: Actor, id: string, o: Parameters<typeof attachFiles>[3]) =>
      attachFiles(deps, actor, id, o),
    /** Files of this machine, which are moved. */
    attachLocal: (actor: Actor, id: string, files: readonly Incoming[]) =>
      attachLocal(deps, actor, id, files),
    /** For what other systems send: where an agency's records belong. @throws Refusal agency.notFound, filing.noFonds */
    place: (actor: Actor, of: AgencyOf, fondsId?: string) => placeOf(deps, actor, of, fondsId),
    judgeInput,
    demandUnclassified: (actor: Actor, of: AgencyOf, o: Parameters<typeof demandUnclassified>[3]) =>
      demandUnclassified(deps, actor, of, o),
    /** A file whose digest is known, to where contents lie, before a record has it; what none gets is swept. */
    keep: (path: string, sha512: string) => deps.content.take(path, sha512),
    /** The same for a content at hand. */
    keepBytes: (bytes: Uint8Array, sha512: string, look?: (path: string) => Promise<void>) =>
      deps.content.write(bytes, sha512, look),
    takeSent: (tx: Tx, actor: Actor, sent: readonly Sent[]) => takeSent(deps, tx, actor, sent),
    changeSent: (tx: Tx, actor: Actor, id: string, o: { item: SentItem; before: FilesBefore }) =>
      changeSent(deps, tx, actor, id, o),
    sentStanding: standingOf,
    sentSince,
    detach: (actor: Actor, id: string, o: Parameters<typeof detachFile>[3]) => detachFile(deps, actor, id, o),
    openFile: (actor: Actor, id: string, fileId: string) => openFile(deps, actor, id, fileId),
    group: (actor: Actor, itemId: string, parts: Parameters<typeof groupRecords>[3]) =>
      groupRecords(deps, actor, itemId, parts),
    ungroup: (actor: Actor, itemId: string, ids: readonly string[]) =>
      ungroupRecords(deps, actor, itemId, ids),
    number: (actor: Actor, of: Parameters<typeof numberRecords>[2], o: Parameters<typeof numberRecords>[3]) =>
      numberRecords(deps, actor, of, o),
    record: (actor: Actor, id: string) => readRecord(deps, actor, id),
    findingsOfRecord: (actor: Actor, id: string) => findingsOfRecord(deps, actor, id),
    records: (actor: Actor, o: Parameters<typeof listRecords>[2]) => listRecords(deps, actor, o),
    years: (actor: Actor, of: AgencyOf) => years(deps, actor, of),
    missing: (actor: Actor, of: Parameters<typeof missing>[2]) => missing(deps, actor, of),
    prepareFiling: (
      actor: Actor,
      of: Parameters<typeof prepareFiling>[2],
      o: Parameters<typeof prepareFiling>[3],
    ) => prepareFiling(deps, actor, of, o),
    confirmFiling: (actor: Actor, id: string) => confirmFiling(deps, actor, id),
    withdrawFiling: (actor: Actor, id: string) => withdrawFiling(deps, actor, id),
    /** A paper of DA/T 22 as PDF. */
    printList: (actor: Actor, paper: PaperName, wanted: ListWanted, language: Language) =>
      printList(deps, actor, paper, wanted, language),
    /** For the transfer: the items of a year as they were filed, with their files to open. */
    filedRecords: (agencyId: string, year: number, state?: RecordState) =>
      filedRecords(deps, agencyId, year, state),
    /** What an agency could hand over now: filed records that are in no batch, in groups. @throws Refusal agency.notFound */
    async readyToHandOver(actor: Actor, of: AgencyOf) {
      await agencyOf(deps, actor, of);
      const groups = await deps.db.as(scopeOf(actor), (tx) => filedGroups(tx, of.agencyId));
      return groups.map((g) => ({ ...g, longTerm: isLongTerm(g.retention) }));
    },
    /** For the transfer, in its transaction: filed records into a batch, in place of what it held. @throws Refusal transfer.noRecords */
    drawRecords,
    /** For the transfer: what is in a batch, as `filedRecords`. */
    recordsInHandover: (of: { agencyId: string; handoverId: string }) => recordsInHandover(deps, of),
    /** For the transfer, in its transaction: all items of a batch but those named, with the documents in them. */
    moveHandover,
    /** For the clock of the house: contents no record has any more. @returns how many went */
    sweep: () => deps.content.sweep((some) => contentsInUse(deps.db.owner, some), deps.clock.now()),

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
    printSchedule: (actor: Actor, id: string, language: Language) => printSchedule(deps, actor, id, language),
    scheduleSheet: (actor: Actor, id: string, o: Parameters<typeof scheduleSheet>[3]) =>
      scheduleSheet(deps, actor, id, o),
    compare: (actor: Actor, id: string, other: ComparedWith) => compareSchedule(deps, actor, id, other),
    suggest: (actor: Actor, of: AgencyOf, record: ToBeFiled) => suggest(deps, actor, of, record),
    reviewsDue: (actor: Actor, limit: number) => reviewsDue(deps, actor, limit),

    remark: (actor: Actor, input: NewRemark) => makeRemark(deps, things, actor, input),
    answer: (actor: Actor, id: string, text: string) => answerRemark(deps, actor, id, text),
    settle: (actor: Actor, id: string) => settle(deps, actor, id),
    remarks: (actor: Actor, aboutId: string) => remarksOn(deps, actor, aboutId),
    /** What is due of filing, as SQL for the asker's transaction. */
    due: dueOfFiling,
    waitingRemarks: (actor: Actor, o: Parameters<typeof waitingRemarks>[2]) => waitingRemarks(deps, actor, o),
  };
}
