import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, scopeOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { worksOn } from '../../../test/support/limited.ts';

let house: SmallHouse;
let keeper: Actor;
const unit: Record<string, string> = {};

beforeAll(async () => {
  house = await smallHouse();
  keeper = house.person(ALL, house.county);
  const { id: fondsId } = await house.holdings.addFonds(keeper, {
    archiveId: house.county,
    number: 'J019',
    name: '县民政局',
  });
  for (const category of ['WS', 'KU', 'ZP'])
    unit[category] = await house.holdings.createUnit(keeper, { fondsId, title: '名册', category });
  await sql`update holdings.unit set access_status = 'open' where id = ${unit.ZP}`.execute(house.db.owner);
});
afterAll(() => house.close());

/** Everything of the trail that exists for somebody. */
const trail = (actor: Actor) =>
  house.db.as(scopeOf(actor), async (tx) => {
    const r = await sql<{ type: string; id: string }>`
      select distinct target_type as type, target_id as id from audit.entry`.execute(tx);
    return r.rows;
  });

describe('the audit trail in the database', () => {
  it('has for a post in a part of an archive the entries about the units of that part, and no others', async () => {
    await house.db.system((tx) =>
      house.audit.append(tx, {
        actor: { id: null, name: 'test' },
        archiveId: house.county,
        act: 'unit.read',
        target: { type: 'unit', id: 'not-an-id' },
      }),
    );
    expect(await trail(worksOn(house, 'WS'))).toEqual([{ type: 'unit', id: unit.WS }]);
    expect(await trail(worksOn(house, 'ZY'))).toEqual([]);
    expect((await trail(keeper)).length).toBeGreaterThan(4);
  });
});
