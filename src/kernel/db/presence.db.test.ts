import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { type Database, openDatabase } from '../db.ts';
import { beginServing, whileNobodyServes } from './presence.ts';

let fresh: FreshDatabase;
let db: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, max: 3 });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

describe('who serves', () => {
  it('keeps away what must not happen while anybody serves, and lets it happen afterwards', async () => {
    const ends = [await beginServing(db), await beginServing(db)];
    expect(await whileNobodyServes(db, async () => 1)).toBeUndefined();
    await ends[0]!();
    expect(await whileNobodyServes(db, async () => 1)).toBeUndefined();
    await ends[1]!();
    await expect.poll(() => whileNobodyServes(db, async () => 1)).toEqual({ value: 1 });
  });
});
