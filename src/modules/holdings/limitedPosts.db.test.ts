import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { readsAllWorksOn, worksOn } from '../../../test/support/limited.ts';

let house: SmallHouse;
let keeper: Actor;
let fonds: string;
/** Reads everything, and works with documents (WS) alone. */
let documents: Actor;
/** Has a post for documents and nothing else. */
let alone: Actor;
let number = 0;

beforeAll(async () => {
  house = await smallHouse();
  keeper = house.person([...ALL, 'grants.manage'], house.county);
  fonds = (
    await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
  documents = readsAllWorksOn(house, 'WS');
  alone = worksOn(house, 'WS');
});
afterAll(() => house.close());

const unit = (category: 'WS' | 'KU' | null, by = keeper, more: object = {}) =>
  house.holdings.createUnit(by, {
    fondsId: fonds,
    title: `第${++number}件`,
    ...(category ? { category } : {}),
    ...more,
  });
const version = async (id: string) => (await house.holdings.readUnit(keeper, id)).unit.version;
const forbidden = { code: 'actor.forbidden' };
const hidden = { code: 'unit.notFound' };

describe('a post for one category of records', () => {
  it('adds entries of the category alone', async () => {
    for (const actor of [documents, alone]) {
      await unit('WS', actor);
      await unit('WS', actor, { code: { values: { category: 'WS', year: '2004', retention: 'Y' } } });
    }
    await expect(unit('KU', documents)).rejects.toMatchObject(forbidden);
    await expect(unit(null, documents)).rejects.toMatchObject(forbidden);
    // Who sees nothing else of the fonds counts all the same.
    const { rows } = await sql<{
      same: boolean;
    }>`select child_count = (select count(*) from holdings.unit) as same
      from holdings.fonds where id = ${fonds}`.execute(house.db.owner);
    expect(rows[0]!.same).toBe(true);
  });

  it('corrects them, and neither what is of another category nor into one', async () => {
    const [ws, ku] = [await unit('WS'), await unit('KU')];
    const correct = async (actor: Actor, id: string, input: object) =>
      house.holdings.correctUnit(actor, id, await version(id), input);
    for (const actor of [documents, alone]) {
      await correct(actor, ws, { title: '新题名' });
      await expect(correct(actor, ws, { category: 'KU' })).rejects.toMatchObject(forbidden);
    }
    await expect(correct(documents, ku, { title: '新题名' })).rejects.toMatchObject(forbidden);
    await expect(correct(documents, ku, { category: 'WS' })).rejects.toMatchObject(forbidden);
    await expect(correct(alone, ku, { title: '新题名' })).rejects.toMatchObject(hidden);
  });

  it('renumbers them, and learns of no other entry by asking for its code', async () => {
    const ws = await unit('WS', keeper, { referenceCode: 'J019-WS·2001·Y-0001' });
    const ku = await unit('KU', keeper, { referenceCode: 'J019-KU·2001·Y-0001' });
    const renumber = async (actor: Actor, id: string, referenceCode: string) =>
      house.holdings.correctUnit(actor, id, await version(id), { referenceCode, codeReason: '错号' });
    await renumber(documents, ws, 'J019-WS·2001·Y-0002');
    await renumber(alone, ws, 'J019-WS·2001·Y-0003');
    await expect(renumber(documents, ku, 'J019-KU·2001·Y-0002')).rejects.toMatchObject(forbidden);
    const taken = await renumber(alone, ws, 'J019-KU·2001·Y-0001').catch((e) => e);
    expect(taken).toMatchObject({ code: 'unit.duplicate' });
    expect(taken.detail).not.toHaveProperty('unitId');
    expect((await house.holdings.readUnit(keeper, ws)).aliases).toEqual([
      'J019-WS·2001·Y-0001',
      'J019-WS·2001·Y-0002',
    ]);
  });

  it('moves them', async () => {
    const [ws, ku] = [await unit('WS'), await unit('KU')];
    const move = async (actor: Actor, id: string) =>
      house.holdings.moveUnit(actor, id, { parentId: null, version: await version(id) });
    await move(documents, ws);
    await move(alone, ws);
    await expect(move(documents, ku)).rejects.toMatchObject(forbidden);
    await expect(move(alone, ku)).rejects.toMatchObject(hidden);
  });

  it('proposes and decides access for them, and not where another is among them', async () => {
    const [ws, ku] = [await unit('WS'), await unit('KU')];
    const propose = (actor: Actor, ...unitIds: string[]) =>
      house.holdings.proposeAccess(actor, {
        archiveId: house.county,
        unitIds,
        status: 'open',
        reason: '到期',
      });
    await expect(propose(documents, ku)).rejects.toMatchObject(forbidden);
    await expect(propose(documents, ws, ku)).rejects.toMatchObject(forbidden);
    const mixed = await propose(keeper, ws, ku);
    await expect(house.holdings.decideAccess(documents, mixed, 'approved', null)).rejects.toMatchObject(
      forbidden,
    );
    await expect(house.holdings.decideAccess(alone, mixed, 'approved', null)).rejects.toMatchObject({
      code: 'access.notFound',
    });
    const own = await propose(alone, ws);
    expect((await house.holdings.accessChange(alone, own, { limit: 10 })).items).toHaveLength(1);
    await expect(house.holdings.accessChange(alone, mixed, { limit: 10 })).rejects.toMatchObject({
      code: 'access.notFound',
    });
    expect((await house.holdings.accessChanges(alone, { limit: 10 })).items.map((c) => c.id)).toEqual([own]);
    await house.holdings.decideAccess(documents, own, 'approved', null);
    const another = await unit('WS');
    await house.holdings.decideAccess(alone, await propose(documents, another), 'approved', null);
    expect((await house.holdings.readUnit(keeper, another)).unit.accessStatus).toBe('open');
  });

  it('asks for and gives leave for them, shows and ends it, and for no fonds', async () => {
    const on = (actor: Actor): Actor => ({ ...actor, today: '2026-03-01' });
    const whole = house.person(['holdings.read', 'grants.manage'], house.county);
    const [ws, ku] = [
      await unit('WS', keeper, { level: 'file' }),
      await unit('KU', keeper, { level: 'file' }),
    ];
    const citizen = house.person([]);
    const give = (actor: Actor, to: object) =>
      house.holdings.proposeLeave(on(actor), {
        ...to,
        person: { id: citizen.id!, name: citizen.name },
        gives: ['content'],
        reason: '查证',
        basis: '本人身份证',
        from: '2026-03-01',
        until: '2026-03-31',
      });
    for (const [actor, other] of [
      [documents, alone],
      [alone, documents],
    ] as const) {
      const id = await give(actor, { unitId: ws });
      expect((await house.holdings.leaveWaiting(other, 10)).map((g) => g.id)).toEqual([id]);
      await house.holdings.decideLeave(on(other), id, 'approved', null);
      const given = await house.holdings.leaveGiven(actor, {
        archiveId: house.county,
        unitId: ws,
        limit: 10,
      });
      expect(given.items.map((g) => g.id)).toContain(id);
      await house.holdings.endLeave(on(actor), id, '查阅已毕');
      await expect(give(actor, { fondsId: fonds })).rejects.toMatchObject(forbidden);
    }
    await expect(give(documents, { unitId: ku })).rejects.toMatchObject(forbidden);
    const others = await give(keeper, { unitId: ku });
    expect(await house.holdings.leaveWaiting(documents, 10)).toEqual([]);
    await expect(house.holdings.decideLeave(on(documents), others, 'approved', null)).rejects.toMatchObject(
      forbidden,
    );
    await expect(house.holdings.decideLeave(on(alone), others, 'approved', null)).rejects.toMatchObject({
      code: 'grant.notFound',
    });
    await house.holdings.decideLeave(on(whole), others, 'approved', null);
    await expect(house.holdings.endLeave(documents, others, '查阅已毕')).rejects.toMatchObject(forbidden);
    await expect(house.holdings.endLeave(alone, others, '查阅已毕')).rejects.toMatchObject({
      code: 'grant.notFound',
    });
    await expect(
      house.holdings.leaveGiven(documents, { archiveId: house.county, limit: 10 }),
    ).rejects.toMatchObject(forbidden);
    await expect(
      house.holdings.leaveGiven(documents, { archiveId: house.county, unitId: ku, limit: 10 }),
    ).rejects.toMatchObject(forbidden);
  });

  it('answers who sees an entry of the category, and of no other', async () => {
    const [ws, ku] = [await unit('WS'), await unit('KU')];
    const ask = (id: string) =>
      house.holdings.whoSees(documents, id, async () => ({ people: [], more: false }), '2026-03-01');
    await expect(ask(ws)).resolves.toMatchObject({ everybody: [] });
    await expect(ask(ku)).rejects.toMatchObject(forbidden);
    await expect(house.holdings.whySeen(documents, ku, keeper, '2026-03-01')).rejects.toMatchObject(
      forbidden,
    );
  });

  it('adds and corrects no fonds and no agency, which are the whole archive’s', async () => {
    const archiveId = house.county;
    const add = async () =>
      house.holdings.addFonds(documents, { archiveId, number: 'J020', name: '县粮食局' });
    await expect(add()).rejects.toMatchObject(forbidden);
    await expect(house.holdings.correctFonds(documents, fonds, 1, { name: '民政' })).rejects.toMatchObject(
      forbidden,
    );
    const agency = async () =>
      house.holdings.addAgency(documents, { archiveId, code: '101', name: '县粮食局' });
    await expect(agency()).rejects.toMatchObject(forbidden);
  });

  it('is offered what it may do', async () => {
    const allowed = async (id: string) => (await house.holdings.readUnit(documents, id)).allowed;
    expect(await allowed(await unit('WS'))).toEqual({
      write: true,
      draft: true,
      proposeAccess: true,
      requestCertificate: true,
    });
    expect(await allowed(await unit('KU'))).toEqual({
      write: false,
      draft: false,
      proposeAccess: false,
      requestCertificate: false,
    });
  });
});
