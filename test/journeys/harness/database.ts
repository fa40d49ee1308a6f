import { join } from 'node:path';
import pg from 'pg';
import { silentLog } from '#kernel/log';
import { startEmbeddedPostgres } from '#kernel/postgres';
import type { House } from './house.ts';

/** One statement as the owner of the house's database: for what no person can do, such as letting days pass. */
export async function inDatabase(house: House, statement: string, values: unknown[] = []): Promise<void> {
  const dataDir = join(house.folder, 'data');
  const server = await startEmbeddedPostgres({ dataDir, log: silentLog, lifetime: 'command' });
  const client = new pg.Client(server.url);
  try {
    await client.connect();
    await client.query(statement, values);
  } finally {
    await client.end();
    await server.stop();
  }
}
