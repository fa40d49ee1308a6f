import type { Config } from '#kernel/config';
import { openDatabase } from '#kernel/db';
import { prepareLogin } from '#kernel/db/login';
import { migrate, readMigrations } from '#kernel/db/migrate';
import type { Log } from '#kernel/log';
import { type Lifetime, startEmbeddedPostgres } from '#kernel/postgres';
import { refuseHalfRestored } from '#modules/backup';
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
}

/** Opens the database of this installation, wherever it is, with its schema brought up to date. */
export async function startDatabase(wanted: DatabaseWanted): Promise<RunningDatabase> {
  const { config, log, home, lifetime, signal } = wanted;
  const server = config.databaseUrl
    ? undefined
    : await startEmbeddedPostgres({ dataDir: config.dataDir, log, lifetime, signal });
  const url = server?.url ?? config.databaseUrl ?? '';
  try {
    await refuseHalfRestored(url);
    const migrated = await migrate(url, await readMigrations(migrationFolders(home)));
    const login = await prepareLogin(url, server ? undefined : config.databaseAppUrl);
    // Services say it at each start; whoever asks by a command hears it from doctor.
    if (login.kind === 'none' && lifetime === 'service') log.warn(withoutLogin(login.reason));
    const db = openDatabase({
      url,
      appUrl: login.kind === 'none' ? undefined : login.url,
      max: config.databaseConnections,
      timeZone: config.timezone,
    });
    return {
      db,
      url,
      login,
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

/** That the application's transactions are kept apart from the owner's by less than they could be, and what to do. */
export function withoutLogin(reason: string): string {
  return `The application has no login of its own in PostgreSQL (${reason}): row-level security holds, but SQL smuggled into a request could become the owner. Let the owner make roles, or set LANTAI_DATABASE_APP_URL.`;
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
