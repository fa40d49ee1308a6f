import { realpathSync } from 'node:fs';
import pg from 'pg';
import { Refusal } from '../errors.ts';
import { ADMIN } from './cluster.ts';
import type { Place } from './place.ts';
import type { ServerSecrets } from './secrets.ts';
import { codeOf } from './trouble.ts';

/** The role that owns Lantai's database: no superuser, so that the same code runs on a server kept by others. */
export const OWNER = 'lantai';
export const DATABASE = 'lantai';

export function ownerUrl(port: number, secrets: ServerSecrets): string {
  return `postgresql://${OWNER}:${secrets.owner}@127.0.0.1:${port}/${DATABASE}`;
}

export function adminUrl(port: number, secrets: ServerSecrets): string {
  return `postgresql://${ADMIN}:${secrets.admin}@127.0.0.1:${port}/postgres`;
}

/**
 * Makes sure that the server at this port is the one of this cluster, and that role and database exist.
 *
 * @returns false when it can not be reached (still starting, or just stopping)
 * @throws Refusal `database.secretsWrong` when it does not take our password.
 */
export async function greet(place: Place, port: number, secrets: ServerSecrets): Promise<boolean> {
  const client = new pg.Client({
    connectionString: adminUrl(port, secrets),
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ directory: string; role: boolean; database: boolean }>(
      `select current_setting('data_directory') as directory,
        exists (select from pg_roles where rolname = $1) as role,
        exists (select from pg_database where datname = $2) as database`,
      [OWNER, DATABASE],
    );
    const found = rows[0];
    if (!found || realpathSync(found.directory) !== realpathSync(place.cluster)) return false;
    if (!found.role) {
      await quietly(client, `create role ${OWNER} login createdb createrole password '${secrets.owner}'`);
    }
    if (!found.database) await quietly(client, `create database ${DATABASE} owner ${OWNER}`);
    return true;
  } catch (cause) {
    if (codeOf(cause) === '28P01') {
      throw new Refusal(
        'database.secretsWrong',
        'The passwords kept in the data folder (secrets/postgresql.json) do not fit its database. Put that file back from the backup the database came from.',
        {},
        { cause },
      );
    }
    // 57P03: starting or stopping. The rest: nobody listens.
    if (codeOf(cause) === '57P03' || /ECONNREFUSED|ECONNRESET|terminated|timeout/i.test(String(cause)))
      return false;
    throw cause;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Two processes may come to this at once: what the other has made is made. */
async function quietly(client: pg.Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (e) {
    if (!['42710', '42P04', '23505'].includes(codeOf(e))) throw e;
  }
}
