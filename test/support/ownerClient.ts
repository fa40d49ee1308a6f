import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { type FreshDatabase, freshDatabase } from './database.ts';

/** One connection, as its owner, to a fresh database: for the test file that calls this at its top, for as long as it runs. */
export function ownerClient() {
  let fresh: FreshDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    fresh = await freshDatabase();
    client = new pg.Client({ connectionString: fresh.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await fresh.drop();
  });
  return {
    query: <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      client.query<Row>(text, values),
  };
}
