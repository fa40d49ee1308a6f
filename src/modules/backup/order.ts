import type { BackupDeps } from './deps.ts';
import type { BackupOrder } from './making/backup.ts';

/** Below the data folder: the key, and what is kept of the folder. The storage root has its copies; pictures are made again. */
export const MASTER_KEY = 'secrets/master.key';
const FILES = [
  'accessions',
  'certificates',
  'deposits',
  'filing',
  'fondsfile',
  'imports',
  'notices',
  'staging',
  'transfer',
];

/** What an order names for itself, over the settings. */
export interface Wish {
  place?: string | undefined;
  passphrase?: string | undefined;
}

/** A backup as the settings have it. */
export function orderOf(deps: BackupDeps, wish: Wish, place: string, run: string): BackupOrder {
  const { config } = deps;
  return {
    databaseUrl: deps.db.url,
    dataDir: deps.dataDir,
    place,
    s3: config.s3,
    passphrase: wish.passphrase ?? config.passphrase(),
    bytesPerSecond: config.bytesPerSecond,
    version: deps.version,
    files: FILES,
    settings: deps.settings,
    run,
    masterKey: MASTER_KEY,
    keep: config.keep,
    timeZone: deps.timeZone,
  };
}
