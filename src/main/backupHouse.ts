import { readFileSync } from 'node:fs';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import { messageOf } from '#kernel/errors';
import type { NewId } from '#kernel/ids';
import type { Jobs } from '#kernel/jobs';
import type { Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import { type Backups, backupThread, createBackups } from '#modules/backup';
import type { Segments } from '#modules/preservation';
import { BACKUP_THREAD } from '../workers/backup.ts';
import { settingsText } from './backupSettings.ts';
import { givenSettings } from './config.ts';
import { drillHouse } from './drills.ts';

/** Backups with what they need from the rest of the house. */
export function backupHouse(o: {
  config: Config;
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  newId: NewId;
  jobs: Jobs;
  log: Log;
  keyring: Keyring;
  masterKey: Uint8Array;
  archives(): Promise<readonly { id: string; parentId: string | null }[]>;
  segments: Pick<Segments, 'flush'>;
}) {
  const { config, db, clock, audit, newId, jobs, log } = o;
  const given = givenSettings();
  const backups = createBackups({
    db,
    clock,
    audit,
    newId,
    jobs,
    config: config.backup,
    timeZone: config.timezone,
    dataDir: config.dataDir,
    version: versionHere(),
    settings: { open: settingsText(given, false), whole: settingsText(given, true) },
    tops: async () => (await o.archives()).filter((a) => a.parentId === null).map((a) => a.id),
    thread: backupThread(BACKUP_THREAD),
    async writeWaiting(signal) {
      await o.segments.flush(signal).catch((e: unknown) => {
        if (!signal?.aborted)
          log.warn({ err: messageOf(e) }, 'what waits for the storage root is in the backup alone');
      });
    },
    drills: drillHouse(o),
  });
  return { backups, backupClock: backupClock(backups, log) };
}

const LOOK_MS = 60_000;

/** Looks every minute whether a backup or a drill is due. */
function backupClock(backups: Backups, log: Log) {
  let timer: NodeJS.Timeout | undefined;
  const look = () => {
    backups.beginDue().catch((e: unknown) => log.error({ err: messageOf(e) }, 'no backup could be begun'));
  };
  return {
    start() {
      timer ??= setInterval(look, LOOK_MS);
      timer.unref();
      look();
    },
    stop() {
      clearInterval(timer);
    },
  };
}

function versionHere(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
