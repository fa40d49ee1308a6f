/** What agencies file before it is handed over: retention schedules, records, the filing of a year, guidance. */

export { CHECK_FILING_JOB } from './checking/check.ts';
export type { AgencyInReach } from './commands/agencies.ts';
export type { Arrival, Place, Registration } from './commands/records.ts';
export type { FieldFinding, HeldFile, Sent, SentItem, SentPart } from './commands/sent.ts';
export { type ContentStore, contentStore } from './content.ts';
export type { FilingDeps } from './deps.ts';
export { PARTS, type Part } from './domain/arrange.ts';
export { type HandoverChoice, isLongTerm } from './domain/handover.ts';
export { RECORD_STATES, type RecordState } from './domain/record.ts';
export type { ScheduleLine } from './domain/scheduleLine.ts';
export { SCHEDULE_STATES, type ScheduleState } from './domain/scheduleState.ts';
export { mayInAgency, type Side, sideOf } from './domain/side.ts';
export { type Suggestion, suggestLines, type ToBeFiled } from './domain/suggest.ts';
export { registerFiling } from './http/register.ts';
export { createFiling, type Filing } from './module.ts';
export type { FiledDocument, FiledEvent, FiledFile, FiledRecord } from './queries/filed.ts';
export type { RecordEvent } from './store/events.ts';
export { TEMPLATES } from './templates/index.ts';
export { type TakenFile, takeUploads, type UploadsDeps } from './uploads.ts';
