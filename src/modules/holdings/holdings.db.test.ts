import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicActor, systemActor } from '#kernel/actor';
import { archivesScope, sql } from '#kernel/db';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';

let house: SmallHouse;
let fonds: string;

beforeAll(async () => {
  house = await smallHouse();
  const archivist = house.person(ALL, house.county);
  fonds = (
    await house.holdings.addFonds(archivist, { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(() => house.close());

const archivist = () => house.person(ALL, house.county);

describe('the tree of archives', () => {
  it('has a new archive at once, though somebody read it while the archive was being founded', async () => {
    const founded = { parentId: null, code: '989898', name: '新档案馆', level: 'county' };
    const id = await house.db.system(async (tx) => {
      const made = await house.holdings.foundArchiveIn(tx, systemActor('test'), founded);
      expect((await house.holdings.archives()).some((a) => a.id === made)).toBe(false);
      return made;
    });
    expect((await house.holdings.archives()).some((a) => a.id === id)).toBe(true);
  });
});

describe('entries', () => {
  it('fills category, year and retention from the reference code', async () => {
    const id = await house.holdings.createUnit(archivist(), {
      fondsId: fonds,
      title: '关于发放救济粮的通知',
      referenceCode: 'J019-WS·1998·D30-0007',
      date: '1998-11-02',
    });
    const { unit } = await house.holdings.readUnit(archivist(), id);
    expect(unit).toMatchObject({
      category: 'WS',
      year: 1998,
      retention: 'D30',
      date: '19981102',
      accessStatus: 'unreviewed',
    });
  });

  it('refuses a reference code that is taken, a date that does not exist, and material that is classified', async () => {
    const create = (input: object) =>
      house.holdings.createUnit(archivist(), { fondsId: fonds, title: '题名', ...input });
    await create({ referenceCode: 'J019-WS·1999·Y-0001' });
    await expect(create({ referenceCode: 'J019-WS·1999·Y-0001' })).rejects.toMatchObject({
      code: 'unit.duplicate',
    });
    await expect(create({ date: '2003-02-30' })).rejects.toMatchObject({ code: 'unit.date' });
    await expect(create({ classification: '机密' })).rejects.toMatchObject({ code: 'unit.secret' });
    await expect(create({ title: '  ' })).rejects.toMatchObject({ code: 'unit.title' });
  });

  it('gives numbers one after another, also to people who ask at the same moment', async () => {
    const values = { category: 'WS', year: '2004', retention: 'Y' };
    const ids = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        house.holdings.createUnit(archivist(), { fondsId: fonds, title: `第${i}件`, code: { values } }),
      ),
    );
    const codes = await Promise.all(
      ids.map(async (id) => (await house.holdings.readUnit(archivist(), id)).unit.referenceCode),
    );
    expect(codes.sort()).toEqual(Array.from({ length: 8 }, (_, i) => `J019-WS·2004·Y-000${i + 1}`));
  });

  it('keeps the first of two corrections made from the same version and shows the second what is there now', async () => {
    const id = await house.holdings.createUnit(archivist(), { fondsId: fonds, title: '原题名' });
    await house.holdings.correctUnit(archivist(), id, 1, { title: '甲改' });
    const second = house.holdings.correctUnit(archivist(), id, 1, { title: '乙改' });
    await expect(second).rejects.toMatchObject({
      code: 'unit.changed',
      detail: { current: { title: '甲改' } },
    });
  });

  it('finds an entry by a code it had before', async () => {
    const id = await house.holdings.createUnit(archivist(), {
      fondsId: fonds,
      title: '改号',
      referenceCode: 'J019-KJ·JJ·01-001',
    });
    await house.holdings.correctUnit(archivist(), id, 1, {
      referenceCode: 'J019-KJ·JJ·01-002',
      codeReason: '错号',
    });
    await expect(house.holdings.findByCode(archivist(), house.county, 'J019-KJ·JJ·01-001')).resolves.toBe(id);
    await expect(house.holdings.findByCode(archivist(), house.county, 'J019—KJ•JJ．01-002')).resolves.toBe(
      id,
    );
  });
});

describe('the tree', () => {
  const titles = async (parent: string) => {
    const page = await house.holdings.listUnits(
      archivist(),
      { archiveId: house.county, parent },
      { sort: 'position', limit: 50 },
    );
    return page.items.map((u) => u.title);
  };

  it('inserts and moves among siblings by writing one row', async () => {
    const series = await house.holdings.createUnit(archivist(), {
      fondsId: fonds,
      title: '婚姻登记',
      level: 'series',
    });
    const add = (title: string, place?: object) =>
      house.holdings.createUnit(archivist(), { fondsId: fonds, parentId: series, title, place });
    const a = await add('甲');
    const c = await add('丙');
    await add('乙', { after: a });
    expect(await titles(series)).toEqual(['甲', '乙', '丙']);
    await house.holdings.moveUnit(archivist(), c, { parentId: series, before: a, version: 1 });
    expect(await titles(series)).toEqual(['丙', '甲', '乙']);
    expect((await house.holdings.readUnit(archivist(), series)).unit.childCount).toBe(3);
  });

  it('never lets an entry come to stand below itself', async () => {
    const above = await house.holdings.createUnit(archivist(), {
      fondsId: fonds,
      title: '上',
      level: 'series',
    });
    const below = await house.holdings.createUnit(archivist(), {
      fondsId: fonds,
      title: '下',
      level: 'file',
      parentId: above,
    });
    await expect(
      house.holdings.moveUnit(archivist(), above, { parentId: below, version: 1 }),
    ).rejects.toMatchObject({ code: 'unit.circle' });
  });
});

describe('who sees what', () => {
  it('answers the neighbour and the public as if a closed entry did not exist', async () => {
    const id = await house.holdings.createUnit(archivist(), { fondsId: fonds, title: '未开放的密约' });
    const neighbour = house.person(ALL, house.neighbour);
    for (const other of [neighbour, publicActor()]) {
      await expect(house.holdings.readUnit(other, id)).rejects.toMatchObject({ code: 'unit.notFound' });
      const seen = await house.db.as(archivesScope([...other.rights.keys()]), (tx) =>
        find(tx, { q: '未开放的密约' }),
      );
      expect(seen.total).toBe(0);
    }
    await expect(house.holdings.correctUnit(neighbour, id, 1, { title: '改' })).rejects.toMatchObject({
      code: 'unit.notFound',
    });
  });

  it('opens entries only when a second person agrees, and then for everybody at once', async () => {
    const one = house.person(ALL, house.county);
    const two = house.person(ALL, house.county);
    const id = await house.holdings.createUnit(one, { fondsId: fonds, title: '公开的布告' });
    const change = await house.holdings.proposeAccess(one, {
      archiveId: house.county,
      unitIds: [id],
      status: 'open',
      reason: '满二十五年',
    });
    await expect(house.holdings.decideAccess(one, change, 'approved', null)).rejects.toMatchObject({
      code: 'access.samePerson',
    });
    await house.holdings.decideAccess(two, change, 'approved', null);
    await expect(house.holdings.readUnit(publicActor(), id)).resolves.toBeTruthy();
    expect((await house.db.as(archivesScope([]), (tx) => find(tx, { q: '公开的布告' }))).total).toBe(1);
    await expect(house.holdings.decideAccess(two, change, 'approved', null)).rejects.toMatchObject({
      code: 'access.wrongState',
    });
    const back = await house.holdings.proposeAccess(one, {
      archiveId: house.county,
      unitIds: [id],
      status: 'restricted',
      reason: '涉及个人',
    });
    await house.holdings.decideAccess(two, back, 'approved', null);
    expect((await house.db.as(archivesScope([]), (tx) => find(tx, { q: '公开的布告' }))).total).toBe(0);
  });

  it('lets row-level security stop what the code forgot: another archive can not be written', async () => {
    const foreign = house.db.as(archivesScope([house.neighbour]), (tx) =>
      sql`update holdings.unit set title = 'x' where fonds_id = ${fonds}`.execute(tx),
    );
    expect(Number((await foreign).numAffectedRows)).toBe(0);
    const planted = house.db.as(archivesScope([house.neighbour]), (tx) =>
      sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title)
        values (gen_random_uuid(), ${house.county}, ${fonds}, 'item', 'a', 'planted')`.execute(tx),
    );
    await expect(planted).rejects.toThrow(/row-level security/);
  });
});
