export { REARRANGE_JOB } from './arranging/commands.ts';
export { BULK_JOB } from './bulk/run.ts';
export * from './catalogue-export/index.ts';
export * from './catalogue-import/index.ts';
export {
  beginChange,
  type ChangeKind,
  type Changeset,
  goOnWith,
  UNDO_JOB,
  type UnitChange,
} from './changes/index.ts';
export type { TakenUnit } from './commands/takeUnits.ts';
export { countAnew } from './counting/store/counts.ts';
export type { CountsVerdict } from './counting/verifying.ts';
export type { CatalogueIndex, HoldingsDeps } from './deps.ts';
export * from './desk/index.ts';
export { positionsAfter } from './domain/position.ts';
export { type FormerCode, readTakenRow, type TakenFields } from './domain/takenUnit.ts';
export {
  ACCESS_STATUSES,
  type AccessStatus,
  type Classification,
  DESCRIPTION_FIELDS,
  type Description,
  LEVELS,
  type Level,
} from './domain/unit.ts';
export { registerHoldings } from './http.ts';
export { filterOf } from './httpFilter.ts';
export { HOLDINGS_KEPT } from './kept.ts';
export { createHoldings, type Holdings } from './module.ts';
export type { ExportedUnits, UnitView } from './queries/units.ts';
export { UnitFilterSchema } from './schemas.ts';
export { type Agency, type Archive, allArchives } from './store/archives.ts';
export { type Fonds, fondsByIds } from './store/fonds.ts';
export { type GrantRecord, LEAVE_STATES, type LeaveState } from './store/grants.ts';
export {
  type IndexEntry,
  indexEntries,
  indexEntriesAfter,
} from './store/indexed.ts';
export { fondsLabels, noteHeld, recount } from './store/recounting.ts';
export { streamOwner } from './store/streamOwner.ts';
export type { UnitFilter, UnitSort } from './store/unitList.ts';
export type { UnitSnapshot } from './store/unitSnapshots.ts';
export { type FittingUnit, type UnitRecord, type UnitRow, unitsByIds } from './store/units.ts';
