/**
 * Four-nature checks 四性检测 (DA/T 70): records of a database, packages of any kind and held objects judged by one set of rules.
 * `runScheme` is usable alone: it needs threads and a folder, and no database.
 */

export type { CheckCalendar } from './commands/calendar.ts';
export { CHECK_JOB } from './commands/held.ts';
export type { PrepareOrder, RunDone, RunOptions } from './commands/run.ts';
export type { ChecksDeps } from './deps.ts';
export { codeOf, shippedScheme } from './domain/defaults.ts';
export type { HeldOutcome } from './domain/heldOutcome.ts';
export type {
  Answer,
  ItemResult,
  ItemState,
  Reason,
  RuleFinding,
  Verdict,
} from './domain/result.ts';
export type { ItemParameters, ItemSeverity, Scheme, SchemeItem } from './domain/scheme.ts';
export type {
  CheckFile,
  CheckSubject,
  CheckUnit,
  Declared,
  FileSource,
  InScope,
  PackageFacts,
  ProcessEvent,
  SaidOfFile,
  TransmissionDigest,
} from './domain/subject.ts';
export { mayAnswer, type Standing, standingOf, verdictOf } from './domain/verdict.ts';
export { registerChecks } from './http.ts';
export { createLookers, type Lookers } from './looking/lookers.ts';
export { type Checks, createChecks, type RunStanding } from './module.ts';
export type { Outcome } from './queries/outcome.ts';
export type { KeptReport } from './report/kept.ts';
export { sentence } from './report/words.ts';
export { RULES, ruleOf } from './rules/index.ts';
export { type CheckServices, NATURES, type Nature } from './rules/rule.ts';
export { SLUGS, type Slug } from './rules/slugs.ts';
export { type RunOrder, type RunOutcome, type RunTotals, runScheme } from './running/run.ts';
export { presentStanding, StandingSchema } from './schemas.ts';
export { categoryOf, consignmentSubject, isPapers } from './subjects/consignment.ts';
export { type PackageSubjectOrder, packageSubject } from './subjects/package.ts';
