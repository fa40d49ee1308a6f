import type { Config } from '#kernel/config';
import { openDatabase } from '#kernel/db';
import { migrate, readMigrations } from '#kernel/db/migrate';
import type { Log } from '#kernel/log';
import { type Lifetime, startEmbeddedPostgres } from '#kernel/postgres';
import type { CliContext, OpenDatabase } from '../cli/command.ts';
import { migrationFolders } from './migrations.ts';

export interface RunningDatabase extends OpenDatabase {
  /** Closes the connections, and stops the embedded PostgreSQL where that is this process's task. */
  stop(): Promise<void>;
}

export interface DatabaseWanted {
  config: Config;
  log: Log;
  /** The clone, for the migrations. */
  home: string;
  /** `service` stops what it started at its end; `command` leaves it to whoever still uses it. */
  lifetime: Lifetime;
  signal?: AbortSignal;
  /** Most connections of the pool. */
  max?: number;
}

/** Opens the database of this installation, wherever it is, with its schema brought up to date. */
export async function startDatabase(wanted: DatabaseWanted): Promise<RunningDatabase> {
  const { config, log, home, lifetime, signal, max } = wanted;
  const server = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: config.dataDir, log, lifetime, signal });
  const url = server?.url ?? config.databaseUrl ?? '';
  try {
    const migrated = await migrate(url, await readMigrations(migrationFolders(home)));
    const db = openDatabase({ url, max, timeZone: config.timezone });
    return {
      db,
      url,
      embedded: server !== undefined,
      migrated,
      stop: async () => {
        await db.close();
        await server?.stop();
      },
    };
  } catch (e) {
    await server?.stop();
    throw e;
  }
}

/** A command's use of the database; see CliContext. */
export async function withDatabase<T>(
  ctx: Pick<CliContext, 'config' | 'log' | 'home' | 'signal' | 'onHurriedExit'>,
  work: (open: OpenDatabase) => Promise<T>,
): Promise<T> {
  const running = await startDatabase({ ...ctx, lifetime: 'command' });
  const forget = ctx.onHurriedExit(() => running.stop());
  try {
    return await work(running);
  } finally {
    forget();
    await running.stop();
  }
}
