export type { BackupDeps } from './deps.ts';
export { type Listed, listBackups, verifyBackups } from './looking.ts';
export {
  type BackupMade,
  type BackupOrder,
  type BackupProgress,
  fingerprintOf,
  keyFingerprint,
  makeBackup,
} from './making/backup.ts';
export { type Backups, createBackups } from './module.ts';
export { MASTER_KEY } from './order.ts';
export { endRestore, refuseHalfRestored } from './restoring/end.ts';
export { restoreFiles } from './restoring/files.ts';
export { restoreJobs } from './restoring/jobs.ts';
export { type Restored, type RestoreProgress, restoreDatabase } from './restoring/restore.ts';
export type { Verified } from './restoring/verify.ts';
