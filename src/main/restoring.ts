import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { type Database, openDatabase } from '#kernel/db';
import { prepareLogin } from '#kernel/db/login';
import { migrate, readMigrations } from '#kernel/db/migrate';
import { writeDurably } from '#kernel/durably';
import { newId } from '#kernel/ids';
import { startEmbeddedPostgres } from '#kernel/postgres';
import {
  endRestore,
  fingerprintOf,
  MASTER_KEY,
  type Restored,
  type RestoreProgress,
  restoreDatabase,
  restoreFiles,
  restoreJobs,
} from '#modules/backup';
import type { CliContext, RestoreOutcome, RestoreWish } from '../cli/command.ts';
import { migrationFolders } from './migrations.ts';
import { leaveMark } from './restoredMark.ts';
import { WANTED } from './secrets.ts';
import { SEEDED } from './seeded.ts';
import { prepareQueues } from './serve.ts';

type Base = Pick<CliContext, 'config' | 'log' | 'home' | 'signal' | 'onHurriedExit' | 'actingAs'>;

/**
 * Brings a backup back into this installation: the database as it was, proved equal; the files; the schema of this version;
 * the jobs that waited. Nothing else may use the database until all is done; interrupted, it is begun anew.
 */
export async function restoreHere(
  ctx: Base,
  wish: RestoreWish,
  told: (p: RestoreProgress) => void,
): Promise<RestoreOutcome> {
  const { config, log, signal } = ctx;
  const began = performance.now();
  const server = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: config.dataDir, log, lifetime: 'command', signal });
  const forget = ctx.onHurriedExit(async () => server?.stop());
  const url = server?.url ?? config.databaseUrl ?? '';
  try {
    const migrations = await readMigrations(migrationFolders(ctx.home));
    const restored = await restoreDatabase(
      { databaseUrl: url, s3: config.backup.s3, ...wish, migrations, seeded: SEEDED },
      told,
      signal,
    );
    const { manifest } = restored;
    told({ step: 'files', rows: 0, total: 0 });
    const movedAside = await restoreFiles(config.dataDir, restored, { masterKey: MASTER_KEY });
    const keyWanted = await settleKey(config.dataDir, restored, movedAside);
    await leaveMark(config.dataDir, { backup: manifest.id, takenAt: manifest.takenAt });
    const migrated = await migrate(url, migrations);
    const login = await prepareLogin(url, server ? undefined : config.databaseAppUrl);
    const db = openDatabase({ url, appUrl: login.kind === 'none' ? undefined : login.url, max: 3 });
    let jobs: number;
    try {
      await prepareQueues(db, log);
      jobs = await restoreJobs(db, restored);
      await noteRestore(ctx, db, restored);
    } finally {
      await db.close();
    }
    await endRestore(url);
    restored.place.close();
    return {
      backup: manifest.id,
      takenAt: manifest.takenAt,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((n, t) => n + t.rows, 0),
      files: manifest.files.length,
      jobs,
      migrated: migrated.filter((name) => !manifest.migrations.some((m) => m.name === name)),
      seconds: { ...restored.seconds, whole: (performance.now() - began) / 1000 },
      movedAside,
      keyWanted,
    };
  } finally {
    forget();
    await server?.stop();
  }
}

/**
 * The key that closes signing keys and personal data: where the backup does not hold it, it has to be the one that was in
 * use. Another one is moved aside, and what stands in its place keeps a new one from being made.
 *
 * @returns where the key is wanted
 */
async function settleKey(
  dataDir: string,
  { manifest }: Restored,
  movedAside: string[],
): Promise<string | undefined> {
  const key = join(dataDir, MASTER_KEY);
  const wanted = join(dirname(key), WANTED);
  const { fingerprint } = manifest.masterKey;
  const here = await fingerprintOf(key);
  if (fingerprint === null || here === fingerprint) {
    await rm(wanted, { force: true });
    return undefined;
  }
  await mkdir(dirname(key), { recursive: true, mode: 0o700 });
  if (here !== null) {
    const aside = `${key}.before-restore-${manifest.id}`;
    await rename(key, aside);
    movedAside.push(aside);
  }
  await writeDurably(wanted, `${fingerprint}\n`);
  return key;
}

async function noteRestore(ctx: Base, db: Database, { manifest }: Restored): Promise<void> {
  const audit = createAuditTrail(systemClock, newId, ctx.config.auditDigest);
  await db.system((tx) =>
    audit.append(tx, {
      actor: { id: null, name: ctx.actingAs },
      archiveId: null,
      act: 'backup.restored',
      target: { type: 'backup', id: manifest.id },
      detail: { name: manifest.id, takenAt: manifest.takenAt },
    }),
  );
}
