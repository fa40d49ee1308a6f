export type { HeldUnit, HoldOutcome } from './commands/hold.ts';
export type { UnitReport } from './commands/keepReports.ts';
export { RENEW_PACKAGES_JOB } from './commands/renewPackages.ts';
export type { ContentStore, DisposalDeps } from './disposal/deps.ts';
export { DISPOSAL_RULES, type DisposalRules } from './disposal/domain/rule.ts';
export { registerDisposal } from './disposal/http.ts';
export { createDisposal, type Disposals } from './disposal/module.ts';
export { disposalsOfFonds } from './disposal/store/fondsLines.ts';
export { fondsOnHold } from './disposal/store/legalHolds.ts';
export type { FixityOrder, FixityReport } from './fixity/verifyAll.ts';
export { registerFormats } from './formats/http.ts';
export { IDENTIFY_FORMATS_JOB } from './formats/identifyHeld.ts';
export { NORMALISE_JOB } from './formats/normalise.ts';
export { AlarmSchema, presentAlarm } from './http/schemas.ts';
export { registerPreservation } from './http.ts';
export { CHECK_FIXITY_JOB, type Keeping, openKeeping } from './keeping.ts';
export { MEDIA_RULES, type MediaRules } from './media/domain/due.ts';
export { registerMedia } from './media/http.ts';
export { createMediaSets, type MediaSets } from './media/module.ts';
export { type HeldFile, openPreservation, type Preservation } from './module.ts';
export { notDrawnOf } from './notDrawn.ts';
export type { ObjectDocument, UnitSnapshot } from './package/documents.ts';
export { type OpenedPackage, openPackage, type PackagedText, readPackage } from './package/read.ts';
export {
  CHECKS,
  type FileAt,
  type FileRecord,
  type IncomingFile,
  type IntakeCheck,
  type TechnicalMetadata,
} from './package/records.ts';
export { keepsReport } from './package/report.ts';
export type { ReadText } from './package/texts.ts';
export { copiesHealth, type StoreHealth, storeFolders } from './queries/health.ts';
export { registerObjectReading, UnitNamed } from './reading/http.ts';
export type { ObjectReading } from './reading/reading.ts';
export { type RebuildDeps, type RebuildOrder, type Rebuilt, rebuild } from './rebuild/index.ts';
export { rebuildUnderWay } from './rebuild/store/state.ts';
export { createRenditions, pageViewer, type Renditions } from './renditions.ts';
export { compareStreams, type StreamDifference } from './segments/comparing.ts';
export { createSegments, type Segments } from './segments/index.ts';
export { lagOf } from './segments/store/notes.ts';
export { OWN_KEPT } from './segments/tables.ts';
export type { Content, Page } from './store/content.ts';
export type { EventOutcome, PreservationEvent } from './store/events.ts';
export type { ObjectKind, ObjectOwner, ObjectState } from './store/objects.ts';
export { PATIENCE, type Patience } from './stores/openStore.ts';
export type { ObjectToWrite, ObjectWriting } from './writing.ts';
