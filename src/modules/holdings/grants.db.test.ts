import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, publicActor, scopeOf } from '#kernel/actor';
import { PUBLIC, sql } from '#kernel/db';
import { find } from '#modules/search';
import { type SmallHouse, smallHouse } from '../../../test/support/house.ts';

const TODAY = '2026-03-01';
let house: SmallHouse;
let keeper: Actor;
let second: Actor;
let fonds: string;

beforeAll(async () => {
  house = await smallHouse();
  const on = (a: Actor): Actor => ({ ...a, today: TODAY });
  keeper = on(
    house.person(['holdings.read', 'holdings.write', 'content.read', 'grants.manage'], house.county),
  );
  second = on(house.person(['holdings.read', 'grants.manage'], house.county));
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
const given = async (input: ReturnType<typeof leave>) => {
  const id = await house.holdings.proposeLeave(keeper, input);
  await house.holdings.decideLeave(second, id, 'approved', null);
  return id;
};
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
    const grant = await given(leave(id, citizen));
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
    expect(acts.rows.map((r) => r.act)).toEqual(['grant.proposed', 'grant.given', 'grant.ended']);
  });

  it('is given by those who may, to somebody else, with a reason, a ground and an end', async () => {
    const id = await file('招工卷');
    const citizen = house.person([]);
    const refuse = (input: object, by = keeper) =>
      house.holdings.proposeLeave(by, { ...leave(id, citizen), ...input }).then(
        () => 'given',
        (e: { code: string }) => e.code,
      );
    expect(await refuse({ reason: ' ' })).toBe('grant.reason');
    expect(await refuse({ basis: '' })).toBe('grant.reason');
    expect(await refuse({ gives: ['change'] })).toBe('grant.gives');
    expect(await refuse({ until: '2026-02-28' })).toBe('grant.days');
    expect(await refuse({ until: '2027-03-05' })).toBe('grant.days');
    expect(await refuse({ from: '2026-01-01', until: '2026-02-28' })).toBe('grant.over');
    expect(await refuse({ person: { id: keeper.id!, name: keeper.name } })).toBe('grant.self');
    expect(await refuse({}, house.person(['holdings.read'], house.county))).toBe('actor.forbidden');
    expect(await refuse({}, house.person(['holdings.read', 'grants.manage'], house.neighbour))).toBe(
      'unit.notFound',
    );
  });

  it('is asked for by one person and given by another, and till then gives nothing', async () => {
    const id = await file('信访卷');
    const citizen = house.person([]);
    const grant = await house.holdings.proposeLeave(keeper, leave(id, citizen));
    const seen = async () => (await house.holdings.leaveOf(citizen.id!, TODAY)).length;
    const decide = (by: Actor, decision: 'approved' | 'rejected' = 'approved') =>
      house.holdings.decideLeave(by, grant, decision, null).then(
        () => 'decided',
        (e: { code: string }) => e.code,
      );
    expect(await seen()).toBe(0);
    await expect(house.holdings.readUnit(await asToday(citizen), id)).rejects.toMatchObject({
      code: 'unit.notFound',
    });
    await expect(house.holdings.endLeave(keeper, grant, '不必')).rejects.toMatchObject({
      code: 'grant.notFound',
    });
    expect((await house.holdings.leaveWaiting(second, 10)).map((g) => g.id)).toContain(grant);
    expect(await decide(keeper)).toBe('grant.samePerson');
    // Whoever stands in for the one who asked is not another person.
    const standIn: Actor = {
      ...second,
      id: house.person([]).id,
      delegatedBy: new Map([[house.county, [{ id: keeper.id!, name: keeper.name }]]]),
    };
    expect(await decide(standIn)).toBe('grant.samePerson');
    // Nor does somebody agree to leave of his own.
    expect(await decide({ ...second, id: citizen.id })).toBe('grant.self');
    expect(await decide(house.person(['holdings.read'], house.county))).toBe('actor.forbidden');
    expect(await decide(house.person(['holdings.read', 'grants.manage'], house.neighbour))).toBe(
      'grant.notFound',
    );
    expect(await decide({ ...second, today: '2026-04-01' })).toBe('grant.over');
    expect(await seen()).toBe(0);
    expect(await decide(second)).toBe('decided');
    expect(await decide(second, 'rejected')).toBe('grant.wrongState');
    expect(await seen()).toBe(1);
    const declined = await house.holdings.proposeLeave(keeper, leave(id, house.person([])));
    await house.holdings.decideLeave(second, declined, 'rejected', '依据不足');
    expect(await house.holdings.leaveById(keeper, declined)).toMatchObject({
      state: 'rejected',
      note: '依据不足',
      decidedByName: second.name,
    });
  });

  it('is listed across the archive by person and state, page by page, for those who keep it', async () => {
    const id = await file('名册卷');
    const named = (name: string): Actor => ({ ...house.person([]), name });
    await sql`delete from holdings.access_grant`.execute(house.db.owner);
    const made: Record<string, string> = {
      ended: await given(leave(id, named('白一_'), { from: '2026-03-01', until: '2026-03-02' })),
      coming: await given(leave(id, named('白二%'), { from: '2026-03-20' })),
      running: await given(leave(id, named('白三'), { until: '2026-03-31' })),
      endsSoon: await given(leave(id, named('黑四'), { until: '2026-03-10' })),
      revoked: await given(leave(id, named('黑五'))),
    };
    await house.holdings.endLeave(keeper, made.revoked!, '已毕');
    made.proposed = await house.holdings.proposeLeave(keeper, leave(id, named('黑六')));
    made.rejected = await house.holdings.proposeLeave(keeper, leave(id, named('黑七')));
    await house.holdings.decideLeave(second, made.rejected, 'rejected', '不宜');
    const reader = { ...keeper, today: '2026-03-05' };
    const list = async (more: object = {}) =>
      (await house.holdings.leaveGiven(reader, { archiveId: house.county, limit: 50, ...more })).items;
    expect(Object.fromEntries((await list()).map((g) => [g.id, g.state]))).toEqual(
      Object.fromEntries(Object.entries(made).map(([state, grant]) => [grant, state])),
    );
    expect((await list({ state: 'running' })).map((g) => g.id)).toEqual([made.endsSoon, made.running]);
    expect((await list({ state: 'proposed' })).map((g) => g.id)).toEqual([made.proposed]);
    expect((await list({ person: '白' })).map((g) => g.personName)).toEqual(['白三', '白二%', '白一_']);
    expect((await list({ person: '%' })).map((g) => g.personName)).toEqual(['白二%']);
    expect((await list({ person: '_' })).map((g) => g.personName)).toEqual(['白一_']);
    const pages: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await house.holdings.leaveGiven(reader, {
        archiveId: house.county,
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      pages.push(...page.items.map((g) => g.id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(pages).toEqual((await list()).map((g) => g.id));
    const out: string[] = [];
    for await (const rows of house.holdings.everyLeave(reader, { archiveId: house.county, state: 'ended' }))
      out.push(...rows.map((g) => g.id));
    expect(out).toEqual([made.ended]);
    const clerk = house.person(['holdings.read'], house.county);
    await expect(
      house.holdings.leaveGiven(clerk, { archiveId: house.county, limit: 5 }),
    ).rejects.toMatchObject({ code: 'actor.forbidden' });
    expect(await house.holdings.leaveWaiting(clerk, 5)).toEqual([]);
  });

  it('is listed of a whole fonds by itself, apart from leave for what is in it', async () => {
    const unit = await file('卷');
    await given(leave(unit, house.person([])));
    const { unitId: _, ...rest } = leave(unit, house.person([]));
    const whole = await house.holdings.proposeLeave(keeper, { ...rest, fondsId: fonds });
    const list = await house.holdings.leaveGiven(keeper, {
      archiveId: house.county,
      fondsId: fonds,
      limit: 50,
    });
    expect(list.items.map((g) => [g.id, g.fondsId, g.unitId])).toEqual([[whole, fonds, null]]);
  });

  it('answers why somebody sees a unit and who does, and only to those who keep it', async () => {
    const id = await file('土地证存根');
    const citizen = house.person([]);
    const clerk = house.person(['holdings.read', 'content.read'], house.county);
    await given(leave(id, citizen, { until: TODAY }));
    const why = await house.holdings.whySeen(keeper, id, await asToday(citizen), TODAY);
    expect(why.filter((s) => s.allowed).map((s) => [s.sight, s.by])).toEqual([
      ['exists', 'grant'],
      ['description', 'grant'],
      ['content', 'grant'],
    ]);
    const who = await house.holdings.whoSees(
      keeper,
      id,
      async (_archive, ids) => ({
        people: [
          { username: 'clerk', actor: clerk },
          ...(ids.includes(citizen.id!) ? [{ username: 'citizen', actor: await asToday(citizen) }] : []),
        ],
        more: true,
      }),
      TODAY,
    );
    expect(who).toMatchObject({ everybody: [], more: true });
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
