export const BACKUP_JOB = 'backup';
export const DRILL_JOB = 'backup-drill';
/** Work on backups is not begun anew by what it made. */
export const BACKUP_JOBS: readonly string[] = [BACKUP_JOB, DRILL_JOB];
