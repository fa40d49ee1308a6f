import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { type Enter, plainEntrance, sealedEntrance } from './db/entering.ts';
import { type Scope, SYSTEM } from './db/scope.ts';
import { sealKey } from './db/seal.ts';

export { type RawBuilder, sql } from 'kysely';
export { archivesScope, type FilingReached, PUBLIC, type Reached, type Scope, SYSTEM } from './db/scope.ts';

/** Something SQL can be run on: the whole database or one transaction. */
export type Sql = Kysely<unknown>;
export type Tx = Transaction<unknown>;

/**
 * The database as the code sees it.
 *
 * - `as(scope, fn)` runs a transaction under row-level security, with the rights of `lantai_app` alone: only rows of the
 *   scope's archives (and what is open to the public) exist for it. Its connections are logged in as a role that is
 *   nothing else, so that no SQL run there becomes the owner; the scope is sealed, so that none widens it (db/seal.ts).
 * - `system(fn)` runs a transaction as the owner: migrations, jobs that COPY (PostgreSQL refuses COPY under
 *   row-level security), the audit sequencer. Never with words from a request in its place of archive.
 */
export interface Database {
  as<T>(scope: Scope, fn: (tx: Tx) => Promise<T>): Promise<T>;
  system<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** Reads as the owner from one moment's state, however long it takes. */
  snapshot<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** Owner connection outside a transaction, for LISTEN, COPY streams and advisory locks. Release it. */
  connect(): Promise<pg.PoolClient>;
  /** Owner access for single statements. */
  readonly owner: Sql;
  readonly url: string;
  /** Connection string of the application's login; undefined where it has none. */
  readonly appUrl: string | undefined;
  /** Ends all connections of both pools. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Owner connection string. */
  url: string;
  /**
   * Connection string of the application's login (db/login.ts). Without one `as` works over the owner's connections by
   * `set local role`, which SQL of the session could take back.
   */
  appUrl?: string | undefined;
  /** Most connections, of the owner's pool and of the application's each. */
  max?: number;
  /** By whose clock days begin where a scope names none, such as the public's: an IANA name. */
  timeZone?: string;
}

// Dates stay the text PostgreSQL gives (archival dates have no time zone); counts come as numbers.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.DATE, (v) => v);
types.setTypeParser(pg.types.builtins.INT8, (v) => Number(v));

/** Opens the pools. The role `lantai_app` must exist (migrations make it). */
export function openDatabase({
  url,
  appUrl,
  max = 10,
  timeZone = 'Asia/Shanghai',
}: DatabaseOptions): Database {
  const ownerPool = pool(url, max);
  const owner = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: ownerPool }) });
  const app = appUrl
    ? new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool(appUrl, max) }) })
    : undefined;
  const enter = plainEntrance(timeZone);
  const enterApp = appUrl ? sealing(url, appUrl, timeZone) : enter;
  return {
    owner,
    url,
    appUrl,
    as: (scope, fn) =>
      (app ?? owner).transaction().execute(async (tx) => {
        await enterApp(tx, scope);
        if (!app) await sql`set local role lantai_app`.execute(tx);
        return fn(tx);
      }),
    system: (fn) =>
      owner.transaction().execute(async (tx) => {
        await enter(tx, SYSTEM);
        return fn(tx);
      }),
    snapshot: (fn) =>
      owner
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(async (tx) => {
          await enter(tx, SYSTEM);
          return fn(tx);
        }),
    connect: () => ownerPool.connect(),
    close: async () => {
      await Promise.all([owner.destroy(), app?.destroy()]);
    },
  };
}

function sealing(url: string, appUrl: string, timeZone: string): Enter {
  const key = sealKey(url, appUrl);
  if (!key) throw new Error('no password to draw the key of the seal from');
  return sealedEntrance(key, timeZone);
}

function pool(url: string, max: number): pg.Pool {
  const p = new pg.Pool({
    connectionString: url,
    max,
    types,
    application_name: 'lantai',
    connectionTimeoutMillis: 15_000,
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  p.on('error', () => {});
  // So would one that is in use and breaks between two questions: the next question on it fails, which is where it is told.
  p.on('connect', (client) => client.on('error', () => {}));
  return p;
}
