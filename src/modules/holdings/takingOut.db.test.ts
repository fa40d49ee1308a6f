import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Capability } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { readsAllWorksOn } from '../../../test/support/limited.ts';

let house: SmallHouse;
let keeper: Actor;
const ids: Record<string, string> = {};

beforeAll(async () => {
  house = await smallHouse();
  keeper = house.person([...ALL, 'grants.manage'], house.county);
  const archiveId = house.county;
  const fonds = await house.holdings.addFonds(keeper, { archiveId, number: 'J019', name: '县民政局' });
  for (const [title, category] of [
    ['通知', 'WS'],
    ['总账', 'KU'],
    ['封存', 'WS'],
  ] as const)
    ids[title] = await house.holdings.createUnit(keeper, { fondsId: fonds.id, title, category });
  await sql`update holdings.unit set embargo_until = '2030-01-01' where id = ${ids.封存}`.execute(
    house.db.owner,
  );
});
afterAll(() => house.close());

/** Titles of what somebody takes out of the table, and how many are left out of it. */
async function takenOut(actor: Actor) {
  const titles: string[] = [];
  let leftOut = 0;
  for await (const batch of house.holdings.exportUnits(actor, { archiveId: house.county }, 'code')) {
    titles.push(...batch.rows.map((u) => u.title));
    leftOut += batch.leftOut;
  }
  return { titles: titles.toSorted(), leftOut };
}
const person = (...capabilities: Capability[]) => house.person(capabilities, house.county);

describe('a table taken out', () => {
  it('holds what the rule lets be taken out, and counts what it leaves out', async () => {
    const editor = person('holdings.read', 'content.read', 'content.export');
    expect(await takenOut(editor)).toEqual({ titles: ['总账', '通知'].toSorted(), leftOut: 1 });
    expect((await takenOut(keeper)).leftOut).toBe(0);
    expect(await takenOut(readsAllWorksOn(house, 'KU'))).toEqual({ titles: ['总账'], leftOut: 2 });
  });

  it('is not for who only reads, nor for another archive', async () => {
    await expect(takenOut(person('holdings.read', 'content.read'))).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await expect(takenOut(house.person(ALL, house.neighbour))).rejects.toMatchObject({
      code: 'archive.notFound',
    });
  });
});

describe('a record', () => {
  it('is printed for who may, and leave to look at it is no leave to print', async () => {
    const citizen = person();
    const on = (who: Actor): Actor => ({ ...who, today: '2026-03-01' });
    const give = async (gives: string[]) => {
      const id = await house.holdings.proposeLeave(on(keeper), {
        unitId: ids.通知!,
        person: { id: citizen.id!, name: citizen.name },
        gives,
        reason: '查证',
        basis: '本人身份证',
        from: '2026-03-01',
        until: '2026-03-31',
      });
      await house.holdings.decideLeave(on(person('holdings.read', 'grants.manage')), id, 'approved', null);
    };
    const now = async () => ({
      ...citizen,
      today: '2026-03-01',
      grants: await house.holdings.leaveOf(citizen.id!, '2026-03-01'),
    });
    const print = async (who: Actor, title = '通知') => house.holdings.demandSight(who, ids[title]!, 'print');
    await expect(print(await now())).rejects.toMatchObject({ code: 'unit.notFound' });
    await give(['content']);
    expect(await house.holdings.sees(await now(), ids.通知!, 'content')).toBe(true);
    await expect(print(await now())).rejects.toMatchObject({ code: 'visibility.print.forbidden' });
    await give(['print']);
    await print(await now());
    const clerk = person('holdings.read', 'content.read');
    await print(clerk);
    await expect(print(clerk, '封存')).rejects.toMatchObject({ code: 'visibility.print.forbidden' });
    await print(keeper, '封存');
  });
});
