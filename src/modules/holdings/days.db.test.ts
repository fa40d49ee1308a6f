import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, publicActor, scopeOf } from '#kernel/actor';
import { PUBLIC, sql } from '#kernel/db';
import { find, indexPages } from '#modules/search';
import { type SmallHouse, smallHouse } from '../../../test/support/house.ts';

const TODAY = '2026-03-01';
let house: SmallHouse;
let proposer: Actor;
let decider: Actor;
let clerk: Actor;
let fonds: string;

beforeAll(async () => {
  house = await smallHouse();
  const on = (a: Actor): Actor => ({ ...a, today: TODAY });
  proposer = on(house.person(['holdings.read', 'holdings.write', 'access.propose'], house.county));
  decider = on(house.person(['holdings.read', 'content.read', 'access.decide'], house.county));
  clerk = house.person(['holdings.read', 'content.read'], house.county);
  fonds = (
    await house.holdings.addFonds(proposer, { archiveId: house.county, number: 'J019', name: '石桥县民政局' })
  ).id;
});
afterAll(() => house.close());

const record = async (title: string) => {
  const id = await house.holdings.createUnit(proposer, { fondsId: fonds, level: 'file', title });
  await house.db.system((tx) => indexPages(tx, id, [{ pageNo: 1, text: `${title}的正文` }]));
  return id;
};
const decided = async (unitIds: string[], wanted: object) => {
  const id = await house.holdings.proposeAccess(proposer, {
    archiveId: house.county,
    unitIds,
    reason: '捐赠人要求',
    basis: '捐赠协议第三条',
    ...wanted,
  });
  await house.holdings.decideAccess(decider, id, 'approved', null);
  return id;
};
/** What the public has of it on a day: the record itself, its pages, and what search says. */
const publicOn = (today: string, id: string, title: string) =>
  house.db.as({ ...PUBLIC, today }, async (tx) => {
    const rows = (
      await sql<{
        content: boolean;
      }>`select holdings.content_in_reach(id) as content from holdings.unit where id = ${id}`.execute(tx)
    ).rows;
    const byTitle = await find(tx, { q: title, facets: true });
    const byText = await find(tx, { q: `${title}的正文` });
    return {
      rows: rows.length,
      content: rows[0]?.content ?? false,
      found: byTitle.hits.length,
      total: byTitle.total,
      counted: byTitle.facets.access.length,
      byText: byText.total,
    };
  });
const NOTHING = { rows: 0, content: false, found: 0, total: 0, counted: 0, byText: 0 };
const OPEN = { rows: 1, content: true, found: 1, total: 1, counted: 1, byText: 1 };
const history = async (id: string) =>
  (
    await sql<{ act: string; detail: Record<string, unknown> }>`select act, detail from audit.entry
      where target_id = ${id} and act like 'unit.%' and act <> 'unit.created' order by id`.execute(
      house.db.owner,
    )
  ).rows;

describe('an opening day', () => {
  it('opens records when it comes, with nobody doing anything', async () => {
    const id = await record('渡口建设卷');
    await decided([id], { status: 'open', opensOn: '2027-01-01' });
    expect(await publicOn(TODAY, id, '渡口建设卷')).toEqual(NOTHING);
    expect(await publicOn('2026-12-31', id, '渡口建设卷')).toEqual(NOTHING);
    expect(await publicOn('2027-01-01', id, '渡口建设卷')).toEqual(OPEN);
    expect((await house.holdings.readUnit(clerk, id)).unit).toMatchObject({
      accessStatus: 'open',
      opensOn: '2027-01-01',
    });
    expect((await history(id)).map((e) => [e.act, e.detail.opensOn])).toEqual([
      ['unit.openingSet', '2027-01-01'],
    ]);
    // Brought forward: open at once.
    await decided([id], { status: 'open' });
    expect(await publicOn(TODAY, id, '渡口建设卷')).toEqual(OPEN);
    // Closed again: the day goes with the opening.
    await decided([id], { status: 'open', opensOn: '2028-01-01' });
    await decided([id], { status: 'restricted' });
    expect(await publicOn('2030-01-01', id, '渡口建设卷')).toEqual(NOTHING);
    expect((await house.holdings.readUnit(clerk, id)).unit.opensOn).toBeNull();
  });
});

describe('an embargo', () => {
  it('closes an open record until its day, is lengthened, and lifted, each by two persons', async () => {
    const id = await record('林场纠纷卷');
    await decided([id], { status: 'open' });
    expect(await publicOn(TODAY, id, '林场纠纷卷')).toEqual(OPEN);
    const change = await decided([id], { embargoUntil: '2026-06-01' });
    expect(await publicOn('2026-05-31', id, '林场纠纷卷')).toEqual(NOTHING);
    expect(await publicOn('2026-06-01', id, '林场纠纷卷')).toEqual(OPEN);
    const seen = await house.holdings.readUnit(clerk, id);
    expect(seen.unit).toMatchObject({ accessStatus: 'open', embargoUntil: '2026-06-01' });
    expect(seen.embargo).toEqual({ changeId: change, reason: '捐赠人要求', basis: '捐赠协议第三条' });
    const staff = (a: Actor) => house.holdings.sees({ ...a, today: TODAY }, id, 'content');
    expect([await staff(clerk), await staff(decider)]).toEqual([false, true]);
    const text = (a: Actor) =>
      house.db.as(
        scopeOf({ ...a, today: TODAY }),
        async (tx) => (await find(tx, { q: '林场纠纷卷的正文' })).total,
      );
    expect([await text(clerk), await text(decider)]).toEqual([0, 1]);
    await decided([id], { embargoUntil: '2027-06-01' });
    expect(await publicOn('2026-06-01', id, '林场纠纷卷')).toEqual(NOTHING);
    await decided([id], { embargoUntil: null });
    expect(await publicOn(TODAY, id, '林场纠纷卷')).toEqual(OPEN);
    expect((await house.holdings.readUnit(clerk, id)).embargo).toBeNull();
    expect((await history(id)).map((e) => e.act)).toEqual([
      'unit.accessChanged',
      'unit.embargoSet',
      'unit.embargoMoved',
      'unit.embargoLifted',
    ]);
    expect((await history(id))[2]!.detail).toMatchObject({
      from: '2026-06-01',
      until: '2027-06-01',
      before: { embargoUntil: '2026-06-01' },
      after: { embargoUntil: '2027-06-01' },
    });
  });

  it('goes with a status in one proposal, and leaves alone what it does not name', async () => {
    const [one, two] = [await record('水渠一卷'), await record('水渠二卷')];
    await decided([two], { status: 'restricted' });
    await decided([one, two], { status: 'open', opensOn: '2026-05-01', embargoUntil: '2026-09-01' });
    expect(await publicOn('2026-05-01', one, '水渠一卷')).toEqual(NOTHING);
    expect(await publicOn('2026-09-01', one, '水渠一卷')).toEqual(OPEN);
    await decided([one, two], { embargoUntil: null });
    expect((await house.holdings.readUnit(clerk, two)).unit).toMatchObject({
      accessStatus: 'open',
      opensOn: '2026-05-01',
      embargoUntil: null,
    });
    expect(await publicOn('2026-05-01', two, '水渠二卷')).toEqual(OPEN);
  });
});

describe('a proposal of days', () => {
  it('is refused where it makes no sense, and changes nothing before the second person agreed', async () => {
    const id = await record('待定卷');
    const refused = (wanted: object) =>
      house.holdings
        .proposeAccess(proposer, { archiveId: house.county, unitIds: [id], reason: '试', ...wanted })
        .then(
          () => 'proposed',
          (e: { code: string }) => e.code,
        );
    expect(await refused({})).toBe('access.nothing');
    expect(await refused({ status: 'secret' })).toBe('access.status');
    expect(await refused({ status: 'open', opensOn: '2026-02-28' })).toBe('access.opensOn');
    expect(await refused({ status: 'open', opensOn: '2207-01-01' })).toBe('access.opensOn');
    expect(await refused({ status: 'restricted', opensOn: '2027-01-01' })).toBe('access.opensOn');
    expect(await refused({ opensOn: '2027-01-01' })).toBe('access.nothing');
    expect(await refused({ embargoUntil: TODAY, basis: '协议' })).toBe('access.embargoUntil');
    expect(await refused({ embargoUntil: '2207-01-01', basis: '协议' })).toBe('access.embargoUntil');
    expect(await refused({ embargoUntil: '2027-01-01', basis: ' ' })).toBe('access.basis');
    expect(await refused({ embargoUntil: null, reason: ' ' })).toBe('access.reason');
    expect(await refused({ embargoUntil: '2027-01-01', basis: '协议' })).toBe('proposed');
    expect((await house.holdings.readUnit(clerk, id)).unit.embargoUntil).toBeNull();
    await expect(house.holdings.readUnit(publicActor(), id)).rejects.toMatchObject({ code: 'unit.notFound' });
  });

  it('touches only the records it changes', async () => {
    const id = await record('原已开放卷');
    await decided([id], { status: 'open' });
    const { version } = (await house.holdings.readUnit(clerk, id)).unit;
    await decided([id], { status: 'open' });
    expect((await house.holdings.readUnit(clerk, id)).unit.version).toBe(version);
    expect(await history(id)).toHaveLength(1);
  });
});
