import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, publicActor, scopeOf } from '#kernel/actor';
import { PUBLIC, sql } from '#kernel/db';
import { find } from '#modules/search';
import { type SmallHouse, smallHouse } from '../../../test/support/house.ts';

const TODAY = '2026-03-01';
let house: SmallHouse;
let keeper: Actor;
let fonds: string;

beforeAll(async () => {
  house = await smallHouse();
  keeper = house.person(['holdings.read', 'holdings.write', 'content.read', 'grants.manage'], house.county);
  fonds = (
    await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'J019', name: '石桥县民政局' })
  ).id;
});
afterAll(() => house.close());

const file = async (title: string) =>
  house.holdings.createUnit(keeper, { fondsId: fonds, level: 'file', title });
const asToday = async (a: Actor, day = TODAY): Promise<Actor> => ({
  ...a,
  today: day,
  grants: await house.holdings.leaveOf(a.id!, day),
});
const leave = (unitId: string, a: Actor, more: object = {}) => ({
  unitId,
  person: { id: a.id!, name: a.name },
  gives: ['content'],
  reason: '查本人婚姻登记',
  basis: '本人身份证',
  from: TODAY,
  until: '2026-03-31',
  ...more,
});

describe('leave in a single case', () => {
  it('makes one file and its items exist for one person, until it ends', async () => {
    const id = await file('婚姻登记卷');
    const item = await house.holdings.createUnit(keeper, {
      fondsId: fonds,
      parentId: id,
      level: 'item',
      title: '王某婚姻登记表',
    });
    const citizen = house.person([]);
    const other = house.person([]);
    await expect(house.holdings.readUnit(await asToday(citizen), item)).rejects.toMatchObject({
      code: 'unit.notFound',
    });
    const grant = await house.holdings.giveLeave(keeper, leave(id, citizen));
    expect((await house.holdings.readUnit(await asToday(citizen), item)).unit.title).toBe('王某婚姻登记表');
    const seen = await asToday(citizen);
    expect(await house.db.as(scopeOf(seen), async (tx) => (await find(tx, { q: '婚姻登记' })).total)).toBe(2);
    await expect(house.holdings.readUnit(await asToday(other), item)).rejects.toMatchObject({
      code: 'unit.notFound',
    });
    await expect(house.holdings.readUnit(await asToday(citizen, '2026-04-01'), item)).rejects.toMatchObject({
      code: 'unit.notFound',
    });
    expect(await house.holdings.sees(seen, item, 'content')).toBe(true);
    expect(await house.holdings.sees(seen, item, 'master')).toBe(false);
    await house.holdings.endLeave(keeper, grant, '查阅已毕');
    await expect(house.holdings.readUnit(await asToday(citizen), item)).rejects.toMatchObject({
      code: 'unit.notFound',
    });
    await expect(house.holdings.endLeave(keeper, grant, '再次')).rejects.toMatchObject({
      code: 'grant.notFound',
    });
    const acts = await sql<{
      act: string;
    }>`select act from audit.entry where act like 'grant.%' order by id`.execute(house.db.owner);
    expect(acts.rows.map((r) => r.act)).toEqual(['grant.given', 'grant.ended']);
  });

  it('is given by those who may, to somebody else, with a reason, a ground and an end', async () => {
    const id = await file('招工卷');
    const citizen = house.person([]);
    const refuse = (input: object, by = keeper) =>
      house.holdings.giveLeave(by, { ...leave(id, citizen), ...input }).then(
        () => 'given',
        (e: { code: string }) => e.code,
      );
    expect(await refuse({ reason: ' ' })).toBe('grant.reason');
    expect(await refuse({ basis: '' })).toBe('grant.reason');
    expect(await refuse({ gives: ['change'] })).toBe('grant.gives');
    expect(await refuse({ until: '2026-02-28' })).toBe('grant.days');
    expect(await refuse({ until: '2027-03-05' })).toBe('grant.days');
    expect(await refuse({ person: { id: keeper.id!, name: keeper.name } })).toBe('grant.self');
    expect(await refuse({}, house.person(['holdings.read'], house.county))).toBe('actor.forbidden');
    expect(await refuse({}, house.person(['holdings.read', 'grants.manage'], house.neighbour))).toBe(
      'unit.notFound',
    );
  });

  it('answers why somebody sees a unit and who does, and only to those who keep it', async () => {
    const id = await file('土地证存根');
    const citizen = house.person([]);
    const clerk = house.person(['holdings.read', 'content.read'], house.county);
    await house.holdings.giveLeave(keeper, leave(id, citizen, { until: TODAY }));
    const why = await house.holdings.whySeen(keeper, id, await asToday(citizen), TODAY);
    expect(why.filter((s) => s.allowed).map((s) => [s.sight, s.by])).toEqual([
      ['exists', 'grant'],
      ['description', 'grant'],
      ['content', 'grant'],
    ]);
    const who = await house.holdings.whoSees(
      keeper,
      id,
      async (_archive, ids) => [
        { username: 'clerk', actor: clerk },
        ...(ids.includes(citizen.id!) ? [{ username: 'citizen', actor: await asToday(citizen) }] : []),
      ],
      TODAY,
    );
    expect(who.everybody).toEqual([]);
    expect(who.people.map((p) => [p.username, p.by])).toEqual([
      ['clerk', ['post']],
      ['citizen', ['grant']],
    ]);
    await expect(house.holdings.whySeen(clerk, id, keeper, TODAY)).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await expect(house.holdings.whySeen(publicActor(), id, keeper, TODAY)).rejects.toMatchObject({
      code: 'unit.notFound',
    });
  });
});

describe('days', () => {
  it('open what was decided to open on them, and end an embargo', async () => {
    const id = await file('开放在即的卷');
    await sql`update holdings.unit set access_status = 'open', opens_on = current_date + 2 where id = ${id}`.execute(
      house.db.owner,
    );
    const seen = (today: string) =>
      house.db.as(
        { ...PUBLIC, today },
        async (tx) => (await sql`select 1 from holdings.unit where id = ${id}`.execute(tx)).rows.length,
      );
    const day = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString().slice(0, 10);
    expect(await seen(day(0))).toBe(0);
    expect(await seen(day(3))).toBe(1);
    await sql`update holdings.unit set embargo_until = current_date + 9 where id = ${id}`.execute(
      house.db.owner,
    );
    expect(await seen(day(3))).toBe(0);
    expect(await seen(day(10))).toBe(1);
  });
});
