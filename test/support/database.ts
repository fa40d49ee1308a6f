import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { derivedLogin } from '#kernel/db/login';
import { databaseUrl, dropDatabase } from './databaseNames.ts';

export interface FreshDatabase {
  /** Connection string of its owner. */
  url: string;
  /** Connection string of the application's login. */
  appUrl: string | undefined;
  drop(): Promise<void>;
}

/**
 * A database of the test's own, with the whole schema and no rows: a copy of the run's template (about 50 ms).
 * Call `drop` in `afterAll`.
 */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { LANTAI_TEST_DATABASE_URL: server, LANTAI_TEST_TEMPLATE: template } = process.env;
  if (!server || !template)
    throw new Error('No test server: run through vitest with test/support/postgres.ts');
  const name = `lantai_test_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await copyTemplate(client, name, template);
  } finally {
    await client.end();
  }
  const url = databaseUrl(server, name);
  return { url, appUrl: appUrlOf(url), drop: () => dropDatabase(server, name) };
}

/** The application's way into a database of the run's server, whose login test/support/postgres.ts has made. */
export function appUrlOf(url: string): string | undefined {
  return process.env.LANTAI_TEST_APP_LOGIN ? derivedLogin(url)?.url : undefined;
}

/** PostgreSQL copies a template only while nobody else does, so a second copy may have to wait its turn. */
async function copyTemplate(client: pg.Client, name: string, template: string): Promise<void> {
  const strategy = process.env.LANTAI_TEST_COPYING ?? 'wal_log';
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`create database ${name} template ${template} strategy ${strategy}`);
      return;
    } catch (e) {
      const busy = e instanceof pg.DatabaseError && e.code === '55006';
      if (!busy || attempt === 100) throw e;
      await pause(50);
    }
  }
}
