import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { sql } from '../db.ts';
import { rowColumns, rowTexts } from './row-text.ts';

let house: SmallHouse;
beforeAll(async () => {
  house = await smallHouse();
});
afterAll(() => house.close());

describe('rows as text', () => {
  it('gives every column a row is made of, and none that the database makes itself', async () => {
    const names = (await rowColumns(house.db.owner, 'holdings.unit')).map((c) => c.name);
    expect(names).toContain('title');
    expect(names).toContain('match_key');
    expect(names).not.toContain('under_id');
  });

  it('goes back into the database to the microsecond and to the last digit', async () => {
    const archive = house.county;
    await sql`update holdings.archive set created_at = '2026-03-01 10:11:12.123456+08' where id = ${archive}`.execute(
      house.db.owner,
    );
    const text = await house.db.system(async (tx) =>
      (await rowTexts(tx, 'holdings.archive', [archive])).get(archive),
    );
    expect(text).toContain('"created_at":"2026-03-01T02:11:12.123456+00:00"');
    const same = await sql<{ same: boolean }>`select
      (select a from holdings.archive a where id = ${archive}) = jsonb_populate_record(null::holdings.archive, ${text}::jsonb) as same`.execute(
      house.db.owner,
    );
    expect(same.rows[0]!.same).toBe(true);
  });
});
