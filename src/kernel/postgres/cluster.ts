import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chownSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { messageOf, Refusal } from '../errors.ts';
import type { Binaries } from './binaries.ts';
import type { OsAccount } from './os-account.ts';
import type { Place } from './place.ts';
import { isAlive } from './processes.ts';
import { type Machine, renderSettings, settingsFor } from './settings.ts';
import { codeOf, diskFull, knownTrouble, storageTrouble } from './trouble.ts';

/** The superuser of the cluster; Lantai itself never works as it. */
export const ADMIN = 'postgres';

/** Room a new cluster needs, and the least an existing one is started with. */
const ROOM_FOR_NEW = 160 * 1024 * 1024;
const ROOM_TO_START = 24 * 1024 * 1024;

/** The major version a cluster was made by; undefined when there is no cluster. */
export function clusterMajor(cluster: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10);
  } catch (e) {
    if (codeOf(e) === 'ENOENT' && !existsSync(cluster)) return undefined;
    throw storageTrouble(e, cluster);
  }
}

/** @throws Refusal `database.otherMajor`: PostgreSQL can not read the files of another major version. */
export function refuseOtherMajor(found: number, binaries: Binaries, place: Place): void {
  if (found === binaries.major) return;
  const way =
    found < binaries.major
      ? `Carry it over with: ./lantai migrate --upgrade-postgresql`
      : `Use the version of Lantai that made it (its PostgreSQL is ${found}).`;
  throw new Refusal(
    'database.otherMajor',
    `The database in ${place.cluster} was made by PostgreSQL ${found}, and this Lantai brings PostgreSQL ${binaries.major}. Nothing was changed. ${way}`,
    { found, needed: binaries.major },
  );
}

/** @throws Refusal `data.diskFull` before anything is written to a disk that can not take it. */
export function refuseFullDisk(folder: string, isNew: boolean): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < (isNew ? ROOM_FOR_NEW : ROOM_TO_START)) throw diskFull(folder);
}

/**
 * Makes a new cluster aside and moves it into place whole. Text is compared by code points (builtin provider C.UTF-8),
 * so that no update of the operating system can change the order of an index.
 *
 * @param password of the superuser
 */
export async function createCluster(
  binaries: Binaries,
  place: Place,
  account: OsAccount | undefined,
  password: string,
): Promise<void> {
  const aside = `${place.cluster}.new-${process.pid}`;
  const passwordFile = `${aside}.password`;
  try {
    sweep(place);
    refuseFullDisk(place.base, true);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (account) chownSync(passwordFile, account.uid, account.gid);
    await initialise(binaries, aside, passwordFile, account).catch((cause: unknown) => {
      throw knownTrouble(messageOf(cause), place.base, cause) ?? cause;
    });
    appendFileSync(
      join(aside, 'postgresql.conf'),
      "\ninclude_if_exists = 'lantai.conf'\ninclude_if_exists = 'local.conf'\n",
    );
    renameSync(aside, place.cluster);
  } catch (cause) {
    // Another process was quicker: its cluster is as good.
    if (clusterMajor(place.cluster) !== undefined) return;
    throw cause instanceof Refusal ? cause : storageTrouble(cause, place.base);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(aside, { recursive: true, force: true });
  }
}

/**
 * Characters are classed (letter or not: pg_trgm and text search ask) by the operating system's C.UTF-8, since under
 * plain C no Chinese character counts as a letter. Systems that have no locale of that name get the next best.
 */
const CHARACTER_CLASSES = ['C.UTF-8', 'en_US.UTF-8', 'UTF-8'];

async function initialise(
  binaries: Binaries,
  directory: string,
  passwordFile: string,
  account: OsAccount | undefined,
): Promise<void> {
  const args = ['-D', directory, '-U', ADMIN, `--pwfile=${passwordFile}`];
  args.push('--auth-host=scram-sha-256', '--auth-local=reject', '--no-instructions', '--encoding=UTF8');
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
  let said = '';
  for (const locale of CHARACTER_CLASSES) {
    const { code, text } = await run(binaries.initdb, [...args, `--lc-ctype=${locale}`], account);
    if (code === 0) return;
    said = text;
    if (!/invalid locale name/.test(text)) break;
  }
  throw new Error(`initdb: ${/error: (.*)/.exec(said)?.[1] ?? lastLine(said)}`);
}

/** Removes what a killed predecessor left half made. */
function sweep(place: Place): void {
  for (const name of readdirSync(place.base)) {
    const pid = /^cluster\.new-(\d+)/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) rmSync(join(place.base, name), { recursive: true, force: true });
  }
}

/** Writes the settings for this machine, and those asked for besides. */
export function writeSettings(
  place: Place,
  account: OsAccount | undefined,
  more: Record<string, string>,
): void {
  const file = join(place.cluster, 'lantai.conf');
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, renderSettings({ ...settingsFor(thisMachine()), ...more }), { mode: 0o600 });
  if (account) chownSync(aside, account.uid, account.gid);
  renameSync(aside, file);
}

function thisMachine(): Machine {
  const limit = process.constrainedMemory();
  const memoryBytes = limit > 0 ? Math.min(limit, totalmem()) : totalmem();
  let sharedMemoryBytes: number | undefined;
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    sharedMemoryBytes = bavail * bsize;
  } catch {
    // Not Linux: PostgreSQL finds another way.
  }
  return { memoryBytes, cpus: availableParallelism(), sharedMemoryBytes };
}

/** What PostgreSQL's programs get of the environment: nothing of ours. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}

/** Runs one of PostgreSQL's programs to its end. @returns its exit code and all it printed */
export function run(
  command: string,
  args: string[],
  account: OsAccount | undefined,
): Promise<{ code: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...account,
      cwd: '/',
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
    });
    child.stderr.on('data', (chunk) => {
      text += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, text }));
  });
}

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';
