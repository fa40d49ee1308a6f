import { readFileSync } from 'node:fs';
import type { AuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import type { Database } from '#kernel/db';
import type { NewId } from '#kernel/ids';
import { createBackups } from '#modules/backup';
import { settingsText } from './backupSettings.ts';
import { givenSettings } from './config.ts';

/** Backups with what they need from the rest of the house. */
export function backupHouse(o: {
  config: Config;
  db: Database;
  clock: Clock;
  audit: AuditTrail;
  newId: NewId;
  archives(): Promise<readonly { id: string; parentId: string | null }[]>;
}) {
  const { config, db, clock, audit, newId } = o;
  const given = givenSettings();
  return createBackups({
    ...{ db, clock, audit, newId },
    config: config.backup,
    timeZone: config.timezone,
    dataDir: config.dataDir,
    version: versionHere(),
    settings: { open: settingsText(given, false), whole: settingsText(given, true) },
    tops: async () => (await o.archives()).filter((a) => a.parentId === null).map((a) => a.id),
  });
}

export function versionHere(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
