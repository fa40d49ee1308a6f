export { beginChange, goOnWith, type NewChangeset } from './begin.ts';
export { UNDO_JOB, type UndoBegun, undoChangeset, undoJob } from './job.ts';
export { listChangesets, listVersions, readChangeset } from './reading.ts';
export {
  CHANGE_KINDS,
  type ChangeKind,
  type Changeset,
  changesetById,
  noteUndone,
  type UnitChange,
} from './store/changesets.ts';
export { beginUndo, type UndoResult, undoSteps } from './undo.ts';
