import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Log } from '../log.ts';
import { type Binaries, locateBinaries } from './binaries.ts';
import { clusterMajor, createCluster, refuseFullDisk, refuseOtherMajor, writeSettings } from './cluster.ts';
import { startGuard } from './guard.ts';
import { accountFor, type OsAccount } from './os-account.ts';
import { findPlace, makeDataDir, type Place, preparePlace } from './place.ts';
import { livePostmaster } from './postmaster.ts';
import { isAlive } from './processes.ts';
import { adminUrl, greet, ownerUrl } from './roles.ts';
import { type ServerSecrets, serverSecrets } from './secrets.ts';
import { startServer, stopServer } from './server.ts';
import {
  currentOwner,
  dutyOf,
  giveTo,
  type Lifetime,
  livingTenants,
  moveIn,
  moveOut,
  type Tenant,
} from './tenancy.ts';
import { codeOf, knownTrouble, storageTrouble } from './trouble.ts';

export type { Lifetime } from './tenancy.ts';

export interface EmbeddedPostgresOptions {
  /** Absolute path of the data folder; made when missing. */
  dataDir: string;
  log: Log;
  /** `service` (default) stops the server at its end; `command` leaves it to whoever still uses it. */
  lifetime?: Lifetime;
  /** PostgreSQL settings over the computed ones; for tests. */
  settings?: Record<string, string>;
  /** Gives up waiting for a start. */
  signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** Connection string of the role that owns the database `lantai`. Not a superuser; may create roles and databases. */
  url: string;
  /** Connection string of the superuser, to the database `postgres`. For upkeep alone. */
  adminUrl: string;
  port: number;
  /** Whether the server ran already. */
  attached: boolean;
  /** PostgreSQL's data directory. */
  cluster: string;
  /** Leaves the server, and stops it where that is this process's task. May be called twice. */
  stop(): Promise<void>;
}

interface House {
  place: Place;
  account: OsAccount | undefined;
  binaries: Binaries;
  secrets: ServerSecrets;
}

/**
 * Connects to the PostgreSQL of a data folder: attaches to it when it runs, starts it when not, makes it when it does
 * not exist. Whatever a killed predecessor left (a server without a parent, a stale postmaster.pid, a half-made cluster)
 * is taken over or cleared. A server left by a dead process is stopped at the end of the one that found it.
 *
 * @throws Refusal with one sentence for the person: `database.otherMajor`, `database.otherUser`, `database.noPlace`,
 * `database.noAccount`, `database.noBinaries`, `database.secretsMissing`, `database.secretsWrong`, `database.copied`,
 * `data.notWritable`, `data.diskFull`, `data.notUsable`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log, lifetime = 'service' } = options;
  const house = await openHouse(options);
  const { place, secrets, account } = house;
  const { tenant, port, attached } = await settle(house, lifetime, options);
  const dismissGuard = startGuard(place, tenant.token, account);
  let left: Promise<void> | undefined;
  const leave = async () => {
    moveOut(place, tenant);
    const duty = dutyOf(tenant, currentOwner(place), livingTenants(place));
    if (duty === 'stop') await stopServer(place, log);
    else if (typeof duty === 'object') giveTo(place, duty.heir);
    dismissGuard();
  };
  return {
    url: ownerUrl(port, secrets),
    adminUrl: adminUrl(port, secrets),
    port,
    attached,
    cluster: place.cluster,
    stop: () => {
      left ??= leave();
      return left;
    },
  };
}

/** Everything that must be right before a server is touched, and the cluster, made if it is not there. */
async function openHouse({ dataDir, log }: EmbeddedPostgresOptions): Promise<House> {
  makeDataDir(dataDir);
  const known = findPlace(dataDir);
  const major = clusterMajor(known.cluster);
  const account = accountFor(known.cluster);
  const binaries = locateBinaries(account);
  if (major !== undefined) refuseOtherMajor(major, binaries, known);
  const secrets = serverSecrets(dataDir, major !== undefined);
  if (major !== undefined) return { place: known, account, binaries, secrets };
  const place = preparePlace(dataDir, account, (line) => log.info(line));
  await createCluster(binaries, place, account, secrets.admin);
  return { place, account, binaries, secrets };
}

const PATIENCE_MS = 60_000;

async function attachOrStart(
  { place, account, binaries, secrets }: House,
  { log, settings = {}, signal }: EmbeddedPostgresOptions,
): Promise<{ port: number; attached: boolean }> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    signal?.throwIfAborted();
    const running = livePostmaster(place.cluster);
    if (running && running.status !== 'stopping' && running.port > 0) {
      if (await greet(place, running.port, secrets)) return { port: running.port, attached: true };
    } else if (!running) {
      const started = await prepareAndStart();
      if (typeof started === 'object') {
        if (await greet(place, started.port, secrets)) return { port: started.port, attached: false };
        await stopServer(place, log);
        throw new Error(
          `PostgreSQL started, but does not answer on port ${started.port} (its log: ${place.log})`,
        );
      }
    }
    if (Date.now() > until && !(running && isAlive(running.pid) && running.status === 'starting')) {
      throw new Error(`The database did not become ready within a minute (its log: ${place.log})`);
    }
    await pause(100, undefined, { signal });
  }

  async function prepareAndStart() {
    try {
      refuseFullDisk(place.base, false);
      writeSettings(place, account, settings);
    } catch (cause) {
      throw storageTrouble(cause, place.base);
    }
    return startServer(binaries, place, account, { log, signal });
  }
}

/**
 * Moves in before it looks for the server, so that whoever is about to stop it sees that it is wanted; takes it over when
 * it was started just now or its owner is dead.
 */
async function settle(house: House, lifetime: Lifetime, options: EmbeddedPostgresOptions) {
  const { place } = house;
  let tenant: Tenant | undefined;
  try {
    tenant = moveIn(place, lifetime);
    const found = await attachOrStart(house, options);
    if (!found.attached || currentOwner(place) === undefined) giveTo(place, tenant.token);
    return { tenant, ...found };
  } catch (cause) {
    if (tenant) moveOut(place, tenant);
    throw knownTrouble(`${codeOf(cause)} ${messageOf(cause)}`, place.base, cause) ?? cause;
  }
}
