import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { positionsAfter } from '#modules/holdings';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';

let house: SmallHouse;
let fonds: string;
const archivist = () => house.person(ALL, house.county);

beforeAll(async () => {
  house = await smallHouse();
  fonds = (
    await house.holdings.addFonds(archivist(), { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(() => house.close());

const add = (
  title: string,
  o: { parentId?: string; level?: string; referenceCode?: string; fondsId?: string } = {},
) => house.holdings.createUnit(archivist(), { fondsId: fonds, title, ...o });

/** Many items below a place, by one statement. */
async function many(under: { fondsId: string; parentId: string | null }, n: number): Promise<void> {
  const keys = positionsAfter(null, n);
  await sql`insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position, title)
    select uuidv7(), ${house.county}, ${under.fondsId}, ${under.parentId}, 'item', k, '第' || nth || '件'
    from unnest(${keys}::text[]) with ordinality as t (k, nth)`.execute(house.db.owner);
}
const orderOf = async (place: string) =>
  (
    await sql<{
      id: string;
    }>`select id from holdings.unit where under_id = ${place} order by position, id`.execute(house.db.owner)
  ).rows.map((r) => r.id);
const marks = async (place: string) =>
  (
    await sql<{
      marks: number;
      units: number;
    }>`select count(*)::int as marks, coalesce(sum(units), 0)::int as units
    from holdings.sibling_mark where under_id = ${place}`.execute(house.db.owner)
  ).rows[0]!;

describe('the tree', () => {
  it('opens a place in windows, and says where in it an entry stands', async () => {
    const series = await add('一九九〇年', { level: 'series' });
    const ids: string[] = [];
    for (let n = 0; n < 7; n++) ids.push(await add(`第${n}号`, { parentId: series, level: 'file' }));
    const { window, path } = house.holdings.arrangement;
    const some = await window(archivist(), series, { at: 2, limit: 3 });
    expect(some).toMatchObject({ at: 2, total: 7 });
    expect(some.items.map((u) => u.id)).toEqual(ids.slice(2, 5));
    const around = await window(archivist(), series, { around: ids[5]!, limit: 4 });
    expect([around.at, around.items.map((u) => u.id)]).toEqual([3, ids.slice(3)]);
    expect(await path(archivist(), ids[5]!)).toEqual({
      fondsId: fonds,
      steps: [
        { id: series, index: 0 },
        { id: ids[5], index: 5 },
      ],
    });
    const other = house.person(ALL, house.neighbour);
    await expect(window(other, series, { at: 0, limit: 3 })).rejects.toMatchObject({
      code: 'place.notFound',
    });
    await expect(path(other, ids[5]!)).rejects.toMatchObject({ code: 'unit.notFound' });
  });

  it('finds the nth of a long row, and the number of each, however the row came to be', async () => {
    const parent = await add('长卷', { level: 'file' });
    await many({ fondsId: fonds, parentId: parent }, 1_990);
    expect(await marks(parent)).toEqual({ marks: 0, units: 0 });
    await many({ fondsId: fonds, parentId: parent }, 2_600);
    const cut = await marks(parent);
    expect(cut.marks).toBeGreaterThan(5);
    expect(cut.units).toBe(4_590);
    const work = fc.array(
      fc.tuple(
        fc.constantFrom('insert', 'delete', 'move', 'away'),
        fc.nat(),
        fc.integer({ min: 1, max: 900 }),
      ),
      {
        minLength: 8,
        maxLength: 8,
      },
    );
    const elsewhere = await add('别处', { level: 'file' });
    await fc.assert(
      fc.asyncProperty(work, async (acts) => {
        for (const [act, where, n] of acts) await change(parent, elsewhere, act, where, n);
        const order = await orderOf(parent);
        const counted = await sql<{
          n: number;
        }>`select child_count as n from holdings.unit where id = ${parent}`.execute(house.db.owner);
        expect(counted.rows[0]!.n).toBe(order.length);
        const { units } = await marks(parent);
        expect(units).toBe(order.length > 2_000 || units > 0 ? order.length : 0);
        for (const nth of [0, 1, 499, 500, 1_777, order.length - 1]) {
          if (nth < 0 || nth >= order.length) continue;
          const { items } = await house.holdings.arrangement.window(archivist(), parent, {
            at: nth,
            limit: 2,
          });
          expect(items.map((u) => u.id)).toEqual(order.slice(nth, nth + 2));
          const way = await house.holdings.arrangement.path(archivist(), order[nth]!);
          expect(way.steps.at(-1)!.index).toBe(nth);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('shows who sees a part of a row that part, counted and numbered by itself', async () => {
    const parent = await add('混合卷', { level: 'file' });
    const ids: string[] = [];
    for (const category of ['WS', 'KJ', 'WS', 'KJ'])
      ids.push(
        await house.holdings.createUnit(archivist(), {
          fondsId: fonds,
          parentId: parent,
          title: '件',
          category,
        }),
      );
    const limited = {
      ...archivist(),
      rights: new Map(),
      posts: [
        {
          archiveId: house.county,
          role: '',
          capabilities: new Set(ALL),
          categories: new Set(['KJ']),
          fonds: null,
        },
      ],
    };
    await sql`update holdings.unit set category = 'KJ' where id = ${parent}`.execute(house.db.owner);
    const seen = await house.holdings.arrangement.window(limited, parent, { at: 0, limit: 10 });
    expect([seen.total, seen.items.map((u) => u.id)]).toEqual([2, [ids[1], ids[3]]]);
    expect((await house.holdings.arrangement.path(limited, ids[3]!)).steps.at(-1)!.index).toBe(1);
  });

  it('jumps to the first at or behind a code, and to where a title begins', async () => {
    const own = (
      await house.holdings.addFonds(archivist(), {
        archiveId: house.county,
        number: 'J020',
        name: '县林业局',
      })
    ).id;
    const ids: string[] = [];
    for (const n of [1, 2, 5, 9])
      ids.push(await add(`${n}月来文`, { fondsId: own, level: 'file', referenceCode: `J020-5-${n}` }));
    const { jump } = house.holdings.arrangement;
    const behind = await jump(archivist(), own, { code: 'j020-5-3' });
    expect(behind.found?.steps).toEqual([{ id: ids[2], index: 2 }]);
    expect((await jump(archivist(), own, { code: 'J020-6' })).found).toBeNull();
    expect((await jump(archivist(), own, { title: '9月' })).found?.steps).toEqual([{ id: ids[3], index: 3 }]);
    expect(await jump(archivist(), own, { title: '1月', from: 1 })).toEqual({ found: null, next: null });
  });
});

async function change(
  parent: string,
  elsewhere: string,
  act: string,
  where: number,
  n: number,
): Promise<void> {
  const order = await orderOf(parent);
  const some = order.slice(where % Math.max(1, order.length)).slice(0, n);
  if (act === 'insert') await many({ fondsId: fonds, parentId: parent }, n);
  else if (act === 'delete')
    await sql`delete from holdings.unit where id = any(${some}::uuid[])`.execute(house.db.owner);
  else if (act === 'away')
    await sql`update holdings.unit set parent_id = ${elsewhere} where id = any(${some}::uuid[])`.execute(
      house.db.owner,
    );
  else
    await sql`update holdings.unit set position = 'a' || reverse(position) where id = any(${some}::uuid[])`.execute(
      house.db.owner,
    );
}
