/** What agencies file before it is handed over: retention schedules, records, the filing of a year, guidance. */
export type { AgencyInReach } from './commands/agencies.ts';
export type { Arrival, Registration } from './commands/records.ts';
export { type ContentStore, contentStore } from './content.ts';
export type { FilingDeps } from './deps.ts';
export { PARTS, type Part } from './domain/arrange.ts';
export { RECORD_STATES, type RecordState } from './domain/record.ts';
export type { ScheduleLine } from './domain/scheduleLine.ts';
export { SCHEDULE_STATES, type ScheduleState } from './domain/scheduleState.ts';
export { type Side, sideOf } from './domain/side.ts';
export { type Suggestion, suggestLines, type ToBeFiled } from './domain/suggest.ts';
export { registerFiling } from './http/register.ts';
export { createFiling, type Filing } from './module.ts';
export type { FiledFile, FiledRecord } from './queries/filed.ts';
export { TEMPLATES } from './templates/index.ts';
