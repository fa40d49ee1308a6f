import { isMainThread } from 'node:worker_threads';
import { serveBackups } from '#modules/backup';

/** Where the script of the thread of backups lies. */
export const BACKUP_THREAD = new URL(import.meta.url);

if (!isMainThread) serveBackups();
