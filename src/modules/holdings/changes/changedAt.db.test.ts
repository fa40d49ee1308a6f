import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';

let house: SmallHouse;
let archivist: Actor;
let fondsId: string;

beforeAll(async () => {
  house = await smallHouse();
  archivist = house.person(ALL, house.county);
  const fonds = await house.holdings.addFonds(archivist, {
    archiveId: house.county,
    number: 'J9',
    name: '县档案局',
  });
  fondsId = fonds.id;
});
afterAll(() => house.close());

const create = (title: string) =>
  house.holdings.createUnit(archivist, { fondsId, level: 'item', title, category: 'WS' });

async function correct(id: string, input: object) {
  const { unit } = await house.holdings.readUnit(archivist, id);
  await house.holdings.correctUnit(archivist, id, unit.version, input);
}

it('when entries were changed last is kept beside them, whatever becomes of them', async () => {
  const apart = async () =>
    (
      await sql`select * from (select archive_id, updated_at as at, id from holdings.unit) u
        full join holdings.unit_changed_at t on (t.archive_id, t.at, t.unit_id) = (u.archive_id, u.at, u.id)
        where t.unit_id is null or u.id is null`.execute(house.db.owner)
    ).rows;
  const ids = [await create('甲'), await create('乙'), await create('丙')];
  expect(await apart()).toEqual([]);
  await correct(ids[1]!, { title: '乙改' });
  expect(await apart()).toEqual([]);
  await sql`update holdings.unit set updated_at = updated_at + interval '1 day', title = title || '改' where fonds_id = ${fondsId}`.execute(
    house.db.owner,
  );
  expect(await apart()).toEqual([]);
  await sql`delete from holdings.unit where id = ${ids[2]}`.execute(house.db.owner);
  expect(await apart()).toEqual([]);
});

it('a change of what no index knows writes no line in any of them', async () => {
  const id = await create('丁');
  // Counted since the connection last told its numbers: what was counted before is taken off.
  const written = await house.db.owner.transaction().execute(async (tx) => {
    const counts = async () =>
      (
        await sql<{
          all: number;
          beside: number;
        }>`select pg_stat_get_xact_tuples_updated('holdings.unit'::regclass)::int as all,
          pg_stat_get_xact_tuples_hot_updated('holdings.unit'::regclass)::int as beside`.execute(tx)
      ).rows[0]!;
    const before = await counts();
    await sql`update holdings.unit set description = description || '{"boxNo":"甲-1"}', version = version + 1,
      updated_at = clock_timestamp() where id = ${id}`.execute(tx);
    const after = await counts();
    return { all: after.all - before.all, beside: after.beside - before.beside };
  });
  expect(written).toEqual({ all: 1, beside: 1 });
});
