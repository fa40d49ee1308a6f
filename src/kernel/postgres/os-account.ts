import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { Refusal } from '../errors.ts';

/** The operating-system account PostgreSQL runs as; undefined means this process's own. */
export interface OsAccount {
  uid: number;
  gid: number;
}

const SYSTEM_USER = 'lantai';

/** Whether this process may become another account. */
export const isRoot = (): boolean => process.getuid?.() === 0;

/**
 * Who runs the cluster. PostgreSQL refuses root; root therefore lets the owner of an existing cluster run it, and makes
 * a system user for a new one.
 *
 * @throws Refusal `database.otherUser` when the cluster belongs to someone this process can not act as.
 */
export function accountFor(clusterDir: string): OsAccount | undefined {
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (!isRoot()) {
    if (owner && owner.uid !== process.getuid?.()) throw otherUser(clusterDir, owner.uid);
    return undefined;
  }
  if (!owner) return systemAccount();
  if (owner.uid === 0) {
    throw new Refusal(
      'database.otherUser',
      `The database folder ${clusterDir} belongs to root, and PostgreSQL does not run as root. Give it to an ordinary user (chown -R) and start again.`,
    );
  }
  return { uid: owner.uid, gid: owner.gid };
}

function otherUser(path: string, uid: number): Refusal {
  return new Refusal(
    'database.otherUser',
    `The database folder ${path} belongs to another user (number ${uid}). Run this as that user or as root, or choose another folder with LANTAI_DATA.`,
  );
}

/** The system user `lantai`, made when it is missing; else `nobody`. */
function systemAccount(): OsAccount {
  const known = lookUp(SYSTEM_USER);
  if (known) return known;
  const options = [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    SYSTEM_USER,
  ];
  spawnSync('useradd', options, { stdio: 'ignore' });
  const made = lookUp(SYSTEM_USER) ?? lookUp('nobody');
  if (made && made.uid !== 0) return made;
  throw new Refusal(
    'database.noAccount',
    'PostgreSQL does not run as root, and no system user could be made for it. Make one (useradd --system lantai) and start again.',
  );
}

function lookUp(name: string): OsAccount | undefined {
  const ask = (what: string) => spawnSync('id', [what, name], { encoding: 'utf8' });
  const uid = ask('-u');
  const gid = ask('-g');
  if (uid.status !== 0 || gid.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Whether the account can reach into a folder, all folders above it included. */
export function mayEnter(folder: string, account: OsAccount): boolean {
  return (
    spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', stdio: 'ignore' })
      .status === 0
  );
}
