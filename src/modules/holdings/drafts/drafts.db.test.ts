import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';

let house: SmallHouse;
let fonds: string;
let writer: Actor;
let reviewer: Actor;

beforeAll(async () => {
  house = await smallHouse();
  writer = { ...house.person(['holdings.read', 'holdings.draft'], house.county), name: '文某' };
  reviewer = house.person(ALL, house.county);
  fonds = (
    await house.holdings.addFonds(reviewer, { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(() => house.close());

const made = (input: object = {}) =>
  house.holdings.createUnit(reviewer, { fondsId: fonds, title: '原题名', ...input });
const unit = async (id: string) => (await house.holdings.readUnit(reviewer, id)).unit;
const drafted = async (unitId: string, input: object) => {
  const { version } = await unit(unitId);
  const id = await house.holdings.saveDraft(writer, { unitId, version, input, reason: '核对原件' });
  await house.holdings.moveDraft(writer, id, 'submitted');
  return id;
};
const accept = (id: string, more: object = {}) =>
  house.holdings.decideDraft(reviewer, id, { decision: 'accepted', ...more });

describe('a draft', () => {
  it('changes nothing until another person accepts it, and then is in the history with both names', async () => {
    const id = await made();
    const draft = await drafted(id, { title: '改题名', description: { note: '注' } });
    expect(await unit(id)).toMatchObject({ title: '原题名', version: 1 });
    await accept(draft);
    expect(await unit(id)).toMatchObject({ title: '改题名', description: { note: '注' } });
    const { items } = await house.holdings.versions(reviewer, id, { limit: 5 });
    expect(items).toMatchObject([{ kind: 'draft', reason: '文某：核对原件', actorName: '王某' }]);
    await expect(accept(draft)).rejects.toMatchObject({ code: 'draft.wrongState' });
  });

  it('is not accepted by its writer, nor by who may only draft', async () => {
    const id = await made();
    const { version } = await unit(id);
    const own = await house.holdings.saveDraft(reviewer, { unitId: id, version, input: { title: '自改' } });
    await house.holdings.moveDraft(reviewer, own, 'submitted');
    await expect(accept(own)).rejects.toMatchObject({ code: 'draft.samePerson' });
    await expect(house.holdings.decideDraft(writer, own, { decision: 'accepted' })).rejects.toMatchObject({
      code: 'draft.notFound',
    });
    await expect(house.holdings.correctUnit(writer, id, 1, { title: 'x' })).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
  });

  it('is judged by the same rules as any correction', async () => {
    const id = await made();
    const save = (input: object, version = 1) =>
      house.holdings.saveDraft(writer, { unitId: id, version, input });
    await expect(save({ date: '2003-02-30' })).rejects.toMatchObject({ code: 'unit.date' });
    await expect(save({ classification: '机密' })).rejects.toMatchObject({ code: 'unit.secret' });
    await expect(save({})).rejects.toMatchObject({ code: 'draft.nothing' });
    await expect(save({ title: '改' }, 7)).rejects.toMatchObject({ code: 'unit.changed' });
    await expect(
      house.holdings.saveDraft(house.person(['holdings.read'], house.county), {
        unitId: id,
        version: 1,
        input: { title: '改' },
      }),
    ).rejects.toMatchObject({ code: 'actor.forbidden' });
  });

  it('goes together with what others changed in other fields, and asks about the same field', async () => {
    const id = await made();
    const draft = await drafted(id, { title: '文改', creator: '县民政局' });
    await house.holdings.correctUnit(reviewer, id, 1, { description: { note: '别人的注' } });
    const other = await drafted(id, { title: '又一稿' });
    // One open draft of an entry for each writer: the second goes on with the first.
    expect(other).toBe(draft);
    await house.holdings.correctUnit(reviewer, id, 2, { title: '别人先改' });
    const review = await house.holdings.draft(reviewer, draft);
    expect(review.conflicts).toEqual([
      { field: 'title', base: '原题名', mine: '又一稿', theirs: '别人先改' },
    ]);
    await expect(accept(draft)).rejects.toMatchObject({ code: 'draft.conflict' });
    await expect(accept(draft, { input: { title: '合稿' }, version: 1 })).rejects.toMatchObject({
      code: 'draft.conflict',
    });
    await accept(draft, { input: { title: '合稿' }, version: 3 });
    expect(await unit(id)).toMatchObject({ title: '合稿', description: { note: '别人的注' } });
  });

  it('of a new entry makes it where it was to stand', async () => {
    const series = await made({ level: 'series' });
    const id = await house.holdings.saveDraft(writer, {
      fondsId: fonds,
      parentId: series,
      input: { title: '新著录', date: '1958' },
    });
    await house.holdings.moveDraft(writer, id, 'submitted');
    const entry = await accept(id);
    expect(await unit(entry!)).toMatchObject({ title: '新著录', parentId: series, year: 1958 });
    expect((await house.holdings.draft(reviewer, id)).draft).toMatchObject({
      state: 'accepted',
      unitId: entry,
    });
  });

  it('is returned with what is to be changed, written anew and handed in again; or taken back', async () => {
    const id = await made();
    const draft = await drafted(id, { title: '草' });
    const back = (note: string | null) =>
      house.holdings.decideDraft(reviewer, draft, { decision: 'returned', note });
    await expect(back(null)).rejects.toMatchObject({ code: 'draft.note' });
    await back('请写全称');
    await house.holdings.rewriteDraft(writer, draft, { input: { title: '全称' }, version: 1 });
    await house.holdings.moveDraft(writer, draft, 'submitted');
    const waiting = async () =>
      (await house.holdings.draftsWaiting(reviewer, 50)).filter((d) => d.id === draft && d.mayDecide).length;
    expect(await waiting()).toBe(1);
    await house.holdings.moveDraft(writer, draft, 'withdrawn');
    expect(await waiting()).toBe(0);
  });

  it('is seen by its writer and by who writes there, by nobody else', async () => {
    const id = await made();
    const draft = await drafted(id, { title: '草' });
    const list = async (actor: Actor) =>
      (
        await house.holdings.drafts(actor, { archiveId: house.county, state: 'submitted', limit: 50 })
      ).items.map((d) => d.id);
    expect(await list(writer)).toContain(draft);
    expect(await list(reviewer)).toContain(draft);
    expect(await list(house.person(['holdings.read', 'holdings.draft'], house.county))).toEqual([]);
    expect(await list(house.person(ALL, house.neighbour))).toEqual([]);
    await expect(house.holdings.draft(house.person(ALL, house.neighbour), draft)).rejects.toMatchObject({
      code: 'draft.notFound',
    });
  });
});
