export type { BackupDeps, DrillHouse } from './deps.ts';
export { type BackupState, type HealthCode, type HealthFinding, healthOf } from './health.ts';
export { BACKUP_JOBS } from './jobNames.ts';
export { type Listed, listBackups, verifyBackups } from './looking.ts';
export {
  type BackupMade,
  type BackupOrder,
  type BackupProgress,
  backUpTo,
  fingerprintOf,
  keyFingerprint,
  makeBackup,
} from './making/backup.ts';
export { type BackupStatus, type Backups, createBackups } from './module.ts';
export { MASTER_KEY } from './order.ts';
export { atPlace, openPlace, type Whereabouts } from './place/open.ts';
export type { Place } from './place/place.ts';
export { placeTrouble } from './place/trouble.ts';
export { endRestore, refuseHalfRestored } from './restoring/end.ts';
export { restoreFiles } from './restoring/files.ts';
export { restoreJobs } from './restoring/jobs.ts';
export { type Restored, type RestoreProgress, restoreDatabase } from './restoring/restore.ts';
export type { Verified } from './restoring/verify.ts';
export { type DrillRow, lastDrill } from './store/drills.ts';
export { lastRuns, type RunRow } from './store/runs.ts';
export { backupThread, serveBackups } from './thread.ts';
