import { createHash } from 'node:crypto';
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { messageOf, Refusal } from '../errors.ts';
import { isRoot, mayEnter, type OsAccount } from './os-account.ts';
import { codeOf, storageTrouble } from './trouble.ts';

/** The folder of one embedded PostgreSQL, and what lies in it. */
export interface Place {
  base: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  /** Log of the server's own state; record content never goes there. */
  log: string;
  /** Names the process that has to stop the server. */
  owner: string;
  /** One file for each process that uses the server. */
  tenants: string;
  port: string;
}

const SYSTEM_CLUSTERS = '/var/lib/lantai/clusters';
const LOCATION = 'postgresql.location';

export function placeAt(base: string): Place {
  return {
    base,
    cluster: join(base, 'cluster'),
    log: join(base, 'postgresql.log'),
    owner: join(base, 'owner'),
    tenants: join(base, 'tenants'),
    port: join(base, 'port'),
  };
}

/** Makes the data folder. Others may pass through it only where PostgreSQL runs under an account of its own. */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir, isRoot() ? 0o711 : 0o700);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw storageTrouble(cause, dataDir);
  }
}

/** Node's own recursive mkdir never returns below a file system that takes no folders, such as /proc. */
function makeFolder(path: string, mode: number): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw new Error(`${path} is a file`);
  makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (cause) {
    if (codeOf(cause) !== 'EEXIST') throw cause;
  }
}

/** Where the cluster of a data folder lies, if there is one already: in the folder, or where its location file points. */
export function findPlace(dataDir: string): Place {
  const location = join(dataDir, LOCATION);
  if (!existsSync(location)) return placeAt(join(dataDir, 'postgresql'));
  try {
    const place = placeAt(readFileSync(location, 'utf8').trim());
    refuseCopy(place, dataDir);
    return place;
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw storageTrouble(cause, dataDir);
  }
}

/**
 * Prepares the place of a new cluster. Where the account can not enter the data folder (root's own folders), the cluster
 * goes to /var/lib/lantai and a file in the data folder says so.
 *
 * @param tell is given one sentence when the cluster does not lie in the data folder
 */
export function preparePlace(
  dataDir: string,
  account: OsAccount | undefined,
  tell: (line: string) => void,
): Place {
  const place = findPlace(dataDir);
  try {
    if (!account || mayEnter(dataDir, account) || existsSync(join(dataDir, LOCATION))) {
      makeBase(place.base, account);
      return place;
    }
  } catch (cause) {
    throw storageTrouble(cause, place.base);
  }
  const digest = createHash('sha256').update(realpathSync(dataDir)).digest('hex').slice(0, 16);
  const away = placeAt(join(SYSTEM_CLUSTERS, digest));
  try {
    mkdirSync(SYSTEM_CLUSTERS, { recursive: true, mode: 0o711 });
    makeBase(away.base, account);
    if (!mayEnter(away.base, account)) throw new Error(`${away.base} can not be entered`);
    writeFileSync(join(away.base, 'data-folder'), `${realpathSync(dataDir)}\n`);
    writeFileSync(join(dataDir, LOCATION), `${away.base}\n`);
  } catch (cause) {
    throw new Refusal(
      'database.noPlace',
      `PostgreSQL does not run as root, and the user it runs as can not enter ${dataDir} (nor could ${SYSTEM_CLUSTERS} be used: ${messageOf(cause)}). Set LANTAI_DATA to a folder that others can enter, such as /srv/lantai.`,
      {},
      { cause },
    );
  }
  tell(`The database lies in ${away.base}, because its user can not enter ${dataDir}.`);
  return away;
}

function makeBase(base: string, account: OsAccount | undefined): void {
  mkdirSync(base, { recursive: true, mode: 0o700 });
  if (account) chownSync(base, account.uid, account.gid);
}

/** A copied data folder would share its cluster with the original; both would write into one. */
function refuseCopy(place: Place, dataDir: string): void {
  const marker = join(place.base, 'data-folder');
  if (!existsSync(marker)) return;
  const original = readFileSync(marker, 'utf8').trim();
  const here = realpathSync(dataDir);
  if (original === here) return;
  if (existsSync(join(original, LOCATION))) {
    throw new Refusal(
      'database.copied',
      `${here} is a copy of ${original}, and its database lies outside both, in ${place.base}. Copying a data folder does not copy that database. Use the original folder, or an empty one.`,
    );
  }
  writeFileSync(marker, `${here}\n`);
}
