import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type Database, openDatabase } from '#kernel/db';
import { prepareLogin } from '#kernel/db/login';
import { migrate, readMigrations } from '#kernel/db/migrate';
import { silentLog } from '#kernel/log';
import { startEmbeddedPostgres } from '#kernel/postgres';
import { appUrlOf } from '../../../../test/support/database.ts';
import { dropDatabase } from '../../../../test/support/databaseNames.ts';

/** A database of its own with the schemas of kernel and search, and how to be rid of it. */
export interface TestDatabase {
  db: Database;
  close(): Promise<void>;
}

const FOLDERS = ['../../../kernel/db/migrations', '../migrations'].map((f) => join(import.meta.dirname, f));

/** On the server of LANTAI_TEST_DATABASE_URL where that is set, else on one started for the time of the test. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const given = process.env.LANTAI_TEST_DATABASE_URL;
  const folder = given ? null : await mkdtemp(join(tmpdir(), 'lantai-search-'));
  const server = folder ? await startEmbeddedPostgres({ dataDir: folder, log: silentLog }) : null;
  const url = new URL(given ?? server!.url);
  const name = `search_${randomBytes(6).toString('hex')}`;
  await once(url.href, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  await migrate(own.href, await readMigrations(FOLDERS));
  await prepareLogin(own.href);
  const db = openDatabase({ url: own.href, appUrl: appUrlOf(own.href), max: 4 });
  return {
    db,
    async close() {
      await db.close();
      await dropDatabase(url.href, name);
      await server?.stop();
      if (folder) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function once(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
