import { chmod, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyAudit } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import type { Config } from '#kernel/config';
import { type Database, openDatabase } from '#kernel/db';
import { migrate, readMigrations } from '#kernel/db/migrate';
import { type Finding, messageOf } from '#kernel/errors';
import { closedKeySets, type Keyring } from '#kernel/keyring';
import type { Log } from '#kernel/log';
import { startEmbeddedPostgres } from '#kernel/postgres';
import type { DrillHouse } from '#modules/backup';
import { migrationFolders } from './migrations.ts';
import { SEEDED } from './seeded.ts';

const HOME = fileURLToPath(new URL('../..', import.meta.url));
/** What is lost of a drill in a power cut is no loss. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Drills of restoring: a PostgreSQL for the time, in a folder beside the data, and a look at what came back. */
export function drillHouse(o: {
  config: Config;
  clock: Clock;
  log: Log;
  keyring: Keyring;
  masterKey: Uint8Array;
}): DrillHouse {
  const migrations = () => readMigrations(migrationFolders(HOME));
  const folder = join(o.config.dataDir, 'drill');
  return {
    migrations,
    seeded: SEEDED,
    async withScratch(work) {
      // What a killed drill left.
      await stopAndRemove(folder, o.log);
      await mkdir(folder, { recursive: true });
      // As root, PostgreSQL runs as another user, who has to get in.
      await chmod(folder, 0o711);
      const server = await startEmbeddedPostgres({ dataDir: folder, log: o.log, settings: SETTINGS });
      try {
        return await work(server.url);
      } finally {
        await server.stop();
        await rm(folder, { recursive: true, force: true });
      }
    },
    async inspect(databaseUrl) {
      // The functions of this version, which the backup has none of.
      await migrate(databaseUrl, await migrations());
      const db = openDatabase({ url: databaseUrl, max: 2 });
      try {
        return [...(await auditFindings(o, db)), ...(await keyFindings(o, db))];
      } finally {
        await db.close();
      }
    },
  };
}

async function stopAndRemove(folder: string, log: Log): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (e) {
    log.warn({ err: messageOf(e) }, 'the folder of an earlier drill could not be removed');
  }
}

async function auditFindings(o: { clock: Clock; keyring: Keyring }, db: Database): Promise<Finding[]> {
  const verdict = await verifyAudit({ db, clock: o.clock, keyring: o.keyring, copies: [] });
  if (verdict.valid) return [];
  // What waits for its place waits in a backup too.
  const wrong = verdict.findings.filter((f) => f.severity === 'error' && f.code !== 'audit.unplaced');
  return wrong.map((f) => ({ ...f, code: 'drill.auditWrong', message: `${f.code}: ${f.message}` }));
}

/** Whether the master key opens what lies there: without it signing and personal data are lost. */
async function keyFindings(o: { masterKey: Uint8Array }, db: Database): Promise<Finding[]> {
  return (await closedKeySets(db.owner, o.masterKey)).map((id) => ({
    code: 'drill.keysClosed',
    severity: 'error',
    path: `key set ${id}`,
    message: 'The master key does not open it.',
  }));
}
