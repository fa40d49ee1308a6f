import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../errors.ts';
import { storageTrouble } from './trouble.ts';

/** Passwords of the embedded server's two roles: its superuser, and the owner of Lantai's database. */
export interface ServerSecrets {
  admin: string;
  owner: string;
}

const fileOf = (dataDir: string) => join(dataDir, 'secrets', 'postgresql.json');

/** Reads the passwords, or makes them for a cluster that does not exist yet. Mode 0600, written in one move. */
export function serverSecrets(dataDir: string, clusterExists: boolean): ServerSecrets {
  const file = fileOf(dataDir);
  try {
    if (existsSync(file)) {
      const { admin, owner } = JSON.parse(readFileSync(file, 'utf8')) as Partial<ServerSecrets>;
      if (typeof admin === 'string' && typeof owner === 'string') return { admin, owner };
      throw new Error('postgresql.json does not hold two passwords');
    }
    if (clusterExists) throw missing(file);
    const made = { admin: randomBytes(24).toString('hex'), owner: randomBytes(24).toString('hex') };
    mkdirSync(join(dataDir, 'secrets'), { recursive: true, mode: 0o700 });
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, `${JSON.stringify(made)}\n`, { mode: 0o600, flush: true });
    renameSync(aside, file);
    return made;
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw storageTrouble(cause, join(dataDir, 'secrets'));
  }
}

function missing(file: string): Refusal {
  return new Refusal(
    'database.secretsMissing',
    `The database is there, but the file with its passwords is not: ${file}. Put it back from a backup of the data folder.`,
  );
}
