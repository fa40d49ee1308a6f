import pg from 'pg';
import { expect, it } from 'vitest';
import { freshDatabase } from './database.ts';

it('a database is dropped while a connection of the application’s login is still ending', async () => {
  const fresh = await freshDatabase();
  const late = new pg.Client({ connectionString: fresh.appUrl ?? fresh.url });
  late.on('error', () => {});
  await late.connect();
  const dropped = fresh.drop();
  setTimeout(() => void late.end(), 200);
  await dropped;
  await expect(new pg.Client({ connectionString: fresh.url }).connect()).rejects.toThrow('does not exist');
});
