import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Refusal } from '../errors.ts';
import type { Log } from '../log.ts';
import { locateBinaries } from './binaries.ts';
import { clusterMajor, refuseFullDisk, run, serverEnvironment } from './cluster.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { accountFor, type OsAccount } from './os-account.ts';
import { findPlace, type Place } from './place.ts';
import { livePostmaster } from './postmaster.ts';
import { adminUrl, DATABASE, OWNER, ownerUrl } from './roles.ts';
import { type ServerSecrets, serverSecrets } from './secrets.ts';
import { freePort, waitForEnd } from './server.ts';

export interface UpgradeOptions {
  dataDir: string;
  log: Log;
  /** Folder with `postgres`, `pg_dump` and `psql` of the old major version. */
  programs?: string;
  /** Is told what happens. */
  tell(line: string): void;
}

export interface Upgraded {
  from: number;
  to: number;
  /** Where the old cluster was put. */
  kept: string;
}

/**
 * Carries the database of a data folder over to the major version this Lantai brings: dumped by the old version's own
 * programs, restored into a new cluster. The old cluster is kept beside it, and put back if anything fails.
 *
 * @returns undefined when there is nothing to do
 * @throws Refusal `database.running`, `database.noOldPrograms`, `database.otherMajor` (made by a newer version)
 */
export async function upgradeEmbeddedPostgres(options: UpgradeOptions): Promise<Upgraded | undefined> {
  const { dataDir, log, tell } = options;
  const place = findPlace(dataDir);
  const from = clusterMajor(place.cluster);
  const account = accountFor(place.cluster);
  const to = locateBinaries(account).major;
  if (from === undefined || from === to) return undefined;
  const programs = options.programs ?? `/usr/lib/postgresql/${from}/bin`;
  refuseUnlessReady(place, from, to, programs);
  const secrets = serverSecrets(dataDir, true);
  const dump = join(place.base, `upgrade-from-${from}.sql`);
  const kept = join(place.base, `cluster-${from}`);
  tell(`Writing out the database of PostgreSQL ${from} …`);
  writeFileSync(dump, '', { mode: 0o600 });
  if (account) chownSync(dump, account.uid, account.gid);
  await dumpOld({ place, account, programs, secrets, dump });
  refuseFullDisk(place.base, true);
  renameSync(place.cluster, kept);
  try {
    tell(`Reading it into PostgreSQL ${to} …`);
    const fresh = await startEmbeddedPostgres({ dataDir, log, lifetime: 'service' });
    try {
      await restore({ port: fresh.port, account, programs, secrets, dump });
    } finally {
      await fresh.stop();
    }
  } catch (e) {
    rmSync(place.cluster, { recursive: true, force: true });
    renameSync(kept, place.cluster);
    throw e;
  } finally {
    rmSync(dump, { force: true });
  }
  return { from, to, kept };
}

function refuseUnlessReady(place: Place, from: number, to: number, programs: string): void {
  if (from > to) {
    throw new Refusal(
      'database.otherMajor',
      `The database was made by PostgreSQL ${from}, newer than the ${to} of this Lantai. Use the version of Lantai that made it.`,
    );
  }
  if (livePostmaster(place.cluster)) {
    throw new Refusal('database.running', 'The old database server still runs. Stop that Lantai first.');
  }
  const missing = ['postgres', 'pg_dump', 'psql'].filter((name) => !existsSync(join(programs, name)));
  if (missing.length > 0) {
    throw new Refusal(
      'database.noOldPrograms',
      `${missing.join(', ')} of PostgreSQL ${from} are needed to read the old database and are not in ${programs}. Install them (Debian: apt-get install postgresql-${from}) or name their folder: --programs DIR`,
    );
  }
}

interface Tools {
  account: OsAccount | undefined;
  programs: string;
  secrets: ServerSecrets;
  dump: string;
}

async function dumpOld({ place, account, programs, secrets, dump }: Tools & { place: Place }): Promise<void> {
  const port = await freePort(place);
  const args = ['-D', place.cluster, '-p', String(port), '-c', 'listen_addresses=127.0.0.1'];
  const server = spawn(join(programs, 'postgres'), [...args, '-c', 'unix_socket_directories='], {
    ...account,
    cwd: '/',
    env: serverEnvironment(),
    stdio: 'ignore',
  });
  try {
    await answers(server, adminUrl(port, secrets));
    await tool(join(programs, 'pg_dump'), ['-f', dump, '-d', databaseOf(port, secrets)], account);
  } finally {
    server.kill('SIGINT');
    if (server.pid !== undefined) await waitForEnd(server.pid, 30_000);
  }
}

async function restore({ port, account, programs, secrets, dump }: Tools & { port: number }): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl(port, secrets) });
  await client.connect();
  // Roles belong to the server, not to the database, so they are not in the dump.
  await client.query(`create role lantai_app nologin nobypassrls`);
  await client.query(`grant lantai_app to ${OWNER}`);
  await client.end();
  const psql = ['-X', '-q', '-1', '-v', 'ON_ERROR_STOP=1', '-f', dump, '-d', databaseOf(port, secrets)];
  await tool(join(programs, 'psql'), psql, account);
}

/** The superuser's way into Lantai's database. */
function databaseOf(port: number, secrets: ServerSecrets): string {
  return adminUrl(port, secrets).replace(/\/postgres$/, `/${DATABASE}`);
}

async function tool(program: string, args: string[], account: OsAccount | undefined): Promise<void> {
  const { code, text } = await run(program, args, account);
  if (code !== 0) throw new Error(`${program}: ${text.trim().split('\n').at(-1) ?? `code ${code}`}`);
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  let failure: unknown;
  for (let attempt = 0; attempt < 600 && server.exitCode === null; attempt++) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (e) {
      failure = e;
      await pause(100);
    }
  }
  throw new Error('The old PostgreSQL did not start.', { cause: failure });
}
