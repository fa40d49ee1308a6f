import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, publicActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { type ListHouse, listHouse } from '../../../test/support/lists.ts';
import type { NewAuthority } from './commands/authorities.ts';

let house: ListHouse;
let keeper: Actor;
let neighbour: Actor;
let stranger: Actor;
let fonds: string;
const everybody = publicActor();

beforeAll(async () => {
  house = await listHouse();
  keeper = house.person(['holdings.read', 'holdings.write'], house.county);
  neighbour = house.person(['holdings.read', 'holdings.write'], house.neighbour);
  stranger = house.person(['holdings.read', 'holdings.write'], house.strange);
  fonds = (
    await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(() => house.close());

const code = (c: string) => ({ code: c });
const add = (name: string, more: Partial<NewAuthority> = {}, who = keeper) =>
  house.authorities.add(who, {
    archiveId: house.county,
    kind: 'body',
    names: [{ form: 'authorised', name }],
    ...more,
  });
const suggested = async (q: string, who: Actor = everybody) =>
  (await house.authorities.suggest(who, { q, limit: 10 })).map((a) => a.name);
const listed = async (q: string, who: Actor = everybody) =>
  (await house.authorities.list(who, { class: 'agent', q }, { cursor: undefined, limit: 50 })).items.map(
    (a) => a.name,
  );

describe('an authority', () => {
  it('keeps its names over time, its dates, numbers and history, and is corrected by version', async () => {
    const id = await add('石桥县民政局', {
      names: [
        { form: 'authorised', name: '石桥县民政局', from: '1978-03', text: '1978年3月至今' },
        { form: 'other', name: '石桥县革命委员会民政组', from: '1968', to: '1978-03' },
        { form: 'parallel', name: 'Shiqiao County Civil Affairs Bureau', lang: 'en' },
      ],
      exist: { text: '1949-10-01—', from: '1949-10-01' },
      identifiers: [{ type: 'uscc', value: '91350100M000100Y43' }],
      elements: { history: '1949年10月设民政科。', functions: '优抚、救济、婚姻登记' },
    });
    const seen = await house.authorities.read(everybody, id);
    expect(seen.names.map((n) => [n.form, n.name, n.from, n.to])).toEqual([
      ['authorised', '石桥县民政局', '1978-03', null],
      ['other', '石桥县革命委员会民政组', '1968', '1978-03'],
      ['parallel', 'Shiqiao County Civil Affairs Bureau', null, null],
    ]);
    expect(seen.authority).toMatchObject({ exist: { from: '1949-10-01' }, version: 1, status: 'draft' });
    await house.authorities.correct(keeper, id, 1, { status: 'final', elements: { history: '改写' } });
    const after = await house.authorities.read(keeper, id);
    expect(after.authority).toMatchObject({
      version: 2,
      status: 'final',
      elements: { history: '改写', functions: '优抚、救济、婚姻登记' },
    });
    expect(after.names).toHaveLength(3);
    await expect(house.authorities.correct(keeper, id, 1, { status: 'draft' })).rejects.toMatchObject(
      code('authority.changed'),
    );
    await expect(house.authorities.correct(stranger, id, 2, { status: 'draft' })).rejects.toMatchObject(
      code('actor.forbidden'),
    );
  });

  it('is refused without an authorised form, with a false credit code, dates turned round or an element of another kind', async () => {
    await expect(add('x', { names: [{ form: 'other', name: '甲' }] })).rejects.toMatchObject(
      code('authority.names'),
    );
    await expect(
      add('甲', { identifiers: [{ type: 'uscc', value: '91350100M000100Y44' }] }),
    ).rejects.toMatchObject(code('authority.identifiers'));
    await expect(add('甲', { exist: { from: '1980', to: '1949' } })).rejects.toMatchObject(
      code('authority.dates'),
    );
    await expect(add('甲', { kind: 'person', elements: { coordinates: '法人' } })).rejects.toMatchObject(
      code('authority.elements'),
    );
    await expect(add('甲', { kind: 'subject' })).rejects.toMatchObject(code('vocabulary.notFound'));
  });

  it('is found by any of its names, in both scripts, by its numbers, and by what is typed so far', async () => {
    await add('青岚市粮食局', {
      names: [
        { form: 'authorised', name: '青岚市粮食局' },
        { form: 'other', name: '青岚專員公署糧食科' },
      ],
      identifiers: [{ type: 'local', value: 'QL-0077' }],
    });
    for (const q of ['青岚', '粮食局', '糧食局', '專員', '专员公署', 'ql 0077'])
      expect(await listed(q)).toContain('青岚市粮食局');
    expect(await suggested('青岚市')).toContain('青岚市粮食局');
    expect(await suggested('粮食科')).toEqual(['青岚市粮食局']);
    expect(await suggested('青')).toContain('青岚市粮食局');
    expect(await listed('没有的名字')).toEqual([]);
    expect(await suggested('。，')).toEqual([]);
    for (const hostile of ["'", '%', '\\', '_', '\u0000', '名'.repeat(200)])
      expect(await listed(hostile)).toBeDefined();
  });
});

describe('what is restricted', () => {
  it('is seen, found, suggested and counted by the staff of the tree alone', async () => {
    const id = await add('白云川（在世）', { kind: 'person', restricted: true });
    for (const who of [everybody, stranger]) {
      await expect(house.authorities.read(who, id)).rejects.toMatchObject(code('authority.notFound'));
      expect(await suggested('白云川', who)).toEqual([]);
      expect(await listed('白云川', who)).toEqual([]);
      const all = await house.authorities.list(
        who,
        { class: 'agent', kinds: ['person'] },
        { cursor: undefined, limit: 50 },
      );
      expect(all).toMatchObject({ items: [], total: 0 });
    }
    for (const who of [keeper, neighbour]) {
      expect((await house.authorities.read(who, id)).authority.name).toBe('白云川（在世）');
      expect(await suggested('白云川', who)).toEqual(['白云川（在世）']);
    }
    const other = await add('白云川之友', { kind: 'person' });
    await house.authorities.relate(keeper, other, { otherId: id, type: 'family' });
    expect((await house.authorities.read(keeper, other)).relations.map((r) => r.other?.name)).toEqual([
      '白云川（在世）',
    ]);
    expect((await house.authorities.read(everybody, other)).relations).toEqual([]);
    const told = await sql<{
      detail: { name?: string };
    }>`select detail from audit.entry where target_id = ${id}`.execute(house.db.owner);
    expect(JSON.stringify(told.rows)).not.toContain('白云川');
  });
});

describe('relations', () => {
  it('are told from both sides, with their dates', async () => {
    const before = await add('石桥县农业局');
    const after = await add('石桥县农业农村局');
    await house.authorities.relate(keeper, after, {
      otherId: before,
      type: 'earlier',
      from: '2019-01',
      note: '机构改革',
    });
    expect((await house.authorities.read(everybody, after)).relations).toMatchObject([
      { type: 'earlier', other: { name: '石桥县农业局' }, from: '2019-01', note: '机构改革' },
    ]);
    expect((await house.authorities.read(everybody, before)).relations).toMatchObject([
      { type: 'later', other: { name: '石桥县农业农村局' } },
    ]);
    await expect(
      house.authorities.relate(keeper, before, { otherId: after, type: 'later', from: '2019-01' }),
    ).rejects.toMatchObject(code('relation.duplicate'));
    await expect(
      house.authorities.relate(keeper, before, { otherId: after, type: 'performs' }),
    ).rejects.toMatchObject(code('relation.type'));
    const [relation] = (await house.authorities.read(keeper, before)).relations;
    await house.authorities.unrelate(keeper, before, relation!.id);
    expect((await house.authorities.read(keeper, after)).relations).toEqual([]);
  });

  it('make a tree of places, which is walked from the top, and never a circle', async () => {
    const place = (name: string) => add(name, { kind: 'place' });
    const [province, city, county, town] = [
      await place('云江省'),
      await place('青岚市'),
      await place('石桥县'),
      await place('柳林镇'),
    ];
    const below = (id: string, otherId: string) =>
      house.authorities.relate(keeper, id, { otherId, type: 'superior' });
    await below(city, province);
    await below(county, city);
    await house.authorities.relate(keeper, county, { otherId: town, type: 'subordinate' });
    const branch = async (of?: string) =>
      (
        await house.authorities.branch(everybody, {
          class: 'place', below: of, vocabularyId: undefined, archiveId: undefined, cursor: undefined, limit: 10,
        })
      ).items.map((a) => [a.name, a.narrower]); // biome-ignore format: one question
    expect(await branch()).toEqual([['云江省', 1]]);
    expect(await branch(county)).toEqual([['柳林镇', 0]]);
    expect((await house.authorities.read(everybody, town)).path.map((p) => p.name)).toEqual([
      '云江省',
      '青岚市',
      '石桥县',
    ]);
    await expect(below(province, town)).rejects.toMatchObject(code('relation.circle'));
    await expect(below(town, town)).rejects.toMatchObject(code('relation.type'));
  });

  it('of subjects stand within a vocabulary', async () => {
    const vocabulary = (c: string) =>
      house.authorities.addVocabulary(keeper, { archiveId: house.county, code: c, name: `词表${c}` });
    const [one, two] = [await vocabulary('ZTC'), await vocabulary('OTHER')];
    const term = (name: string, vocabularyId: string) => add(name, { kind: 'subject', vocabularyId });
    const [wide, narrow, foreign] = [
      await term('社会救济', one.id),
      await term('灾害救济', one.id),
      await term('救灾', two.id),
    ];
    await house.authorities.relate(keeper, narrow, { otherId: wide, type: 'superior' });
    await expect(
      house.authorities.relate(keeper, foreign, { otherId: wide, type: 'superior' }),
    ).rejects.toMatchObject(code('relation.type'));
    await house.authorities.relate(keeper, foreign, { otherId: narrow, type: 'identity' });
    await expect(vocabulary('ZTC')).rejects.toMatchObject(code('vocabulary.duplicate'));
    expect((await house.authorities.vocabularies(everybody, house.neighbour)).map((v) => v.code)).toEqual([
      'OTHER',
      'ZTC',
    ]);
    expect(await house.authorities.vocabularies(everybody, house.strange)).toEqual([]);
  });
});

describe('a duplicate', () => {
  it('is merged: names, records, fonds and relations go over, and its address leads on', async () => {
    const stays = await add('石桥县教育局', { elements: { history: '沿革' } });
    const duplicate = await add('石橋縣教育局', {
      names: [
        { form: 'authorised', name: '石桥县教育局（重）' },
        { form: 'other', name: '石橋縣教育局' },
        { form: 'other', name: '石桥县文教科' },
      ],
      elements: { history: '别的沿革', mandates: '县政府文件' },
      identifiers: [{ type: 'local', value: 'JY1' }],
    });
    const above = await add('石桥县人民政府');
    await house.authorities.relate(keeper, duplicate, { otherId: above, type: 'superior' });
    const unit = await house.holdings.createUnit(keeper, { fondsId: fonds, title: '教育局通知' });
    const theirs = await house.holdings.addFonds(neighbour, {
      archiveId: house.neighbour,
      number: 'J001',
      name: '别馆全宗',
    });
    const foreign = await house.holdings.createUnit(neighbour, { fondsId: theirs.id, title: '邻馆的文件' });
    await house.authorities.link(keeper, { unitId: unit, authorityId: duplicate, role: 'creator' });
    await house.authorities.link(keeper, { unitId: unit, authorityId: stays, role: 'creator' });
    // Of an archive that the one who merges does not see into.
    await house.authorities.link(neighbour, { unitId: foreign, authorityId: duplicate, role: 'mentioned' });
    await house.authorities.nameCreator(keeper, { fondsId: fonds, authorityId: duplicate });
    const moved = await house.authorities.merge(keeper, duplicate, {
      into: stays,
      version: 1,
      reason: '重复',
    });
    expect(moved).toEqual({ units: 1, fonds: 1, relations: 1 });
    const seen = await house.authorities.read(everybody, duplicate);
    expect(seen.authority).toMatchObject({
      id: stays,
      elements: { history: '沿革', mandates: '县政府文件' },
      broader: 1,
    });
    expect(seen.mergedFrom).toEqual({ id: duplicate, name: '石桥县教育局（重）' });
    expect(seen.names.map((n) => n.name)).toEqual(['石桥县教育局', '石桥县教育局（重）', '石桥县文教科']);
    expect(seen.fonds.map((f) => f.number)).toEqual(['J019']);
    expect(await listed('文教科')).toEqual(['石桥县教育局']);
    const records = async (who: Actor) =>
      (
        await house.authorities.records(who, stays, { role: undefined, cursor: undefined, limit: 10 })
      ).items.map((u) => u.title);
    expect(await records(keeper)).toEqual(['教育局通知']);
    expect(await records(neighbour)).toEqual(['邻馆的文件']);
    await expect(house.authorities.correct(keeper, duplicate, 2, { status: 'final' })).rejects.toMatchObject(
      code('authority.merged'),
    );
    await expect(house.authorities.remove(keeper, stays, 2)).rejects.toMatchObject(code('authority.inUse'));
  });

  it('that nothing hangs on is removed', async () => {
    const id = await add('误建');
    await house.authorities.remove(keeper, id, 1);
    await expect(house.authorities.read(keeper, id)).rejects.toMatchObject(code('authority.notFound'));
  });
});

describe('records', () => {
  it('of an authority are those the asker may see, page by page', async () => {
    const creator = await add('石桥县水利局');
    const units: string[] = [];
    for (const n of [1, 2, 3, 4, 5])
      units.push(await house.holdings.createUnit(keeper, { fondsId: fonds, title: `水利${n}` }));
    for (const unitId of units)
      await house.authorities.link(keeper, { unitId, authorityId: creator, role: 'creator' });
    await sql`update holdings.unit set access_status = 'open' where id = any (${units.slice(1, 3)}::uuid[])`
      .execute(house.db.owner)
      .catch(() => {});
    const page = (who: Actor, cursor: string | undefined, limit: number) =>
      house.authorities.records(who, creator, { role: 'creator', cursor, limit });
    const titles: string[] = [];
    let cursor: string | undefined;
    do {
      const some = await page(keeper, cursor, 2);
      titles.push(...some.items.map((u) => u.title));
      cursor = some.next ?? undefined;
    } while (cursor);
    expect(titles).toEqual(['水利1', '水利2', '水利3', '水利4', '水利5']);
    expect((await page(everybody, undefined, 10)).items.map((u) => u.title)).toEqual(['水利2', '水利3']);
    expect((await page(stranger, undefined, 10)).items.map((u) => u.title)).toEqual(['水利2', '水利3']);
    expect((await house.authorities.linksOf(keeper, units[0]!)).authorities).toMatchObject([
      { name: '石桥县水利局', role: 'creator' },
    ]);
    await expect(house.authorities.linksOf(everybody, units[0]!)).rejects.toMatchObject(
      code('unit.notFound'),
    );
    await expect(
      house.authorities.link(neighbour, { unitId: units[0]!, authorityId: creator, role: 'mentioned' }),
    ).rejects.toMatchObject(code('unit.notFound'));
    await expect(
      house.authorities.link(keeper, { unitId: units[0]!, authorityId: creator, role: 'place' }),
    ).rejects.toMatchObject(code('link.role'));
  });

  it('that belong together are shown at both, and to who may see both', async () => {
    const [letter, reply] = [
      await house.holdings.createUnit(keeper, { fondsId: fonds, title: '请示' }),
      await house.holdings.createUnit(keeper, { fondsId: fonds, title: '批复' }),
    ];
    await house.authorities.relateUnits(keeper, letter, {
      otherId: reply,
      type: 'repliedBy',
      note: '同一事由',
    });
    expect((await house.authorities.linksOf(keeper, letter)).related).toMatchObject([
      { type: 'repliedBy', unit: { title: '批复' } },
    ]);
    const [back] = (await house.authorities.linksOf(keeper, reply)).related;
    expect(back).toMatchObject({ type: 'replyTo', unit: { title: '请示' }, note: '同一事由' });
    await expect(
      house.authorities.relateUnits(keeper, reply, { otherId: letter, type: 'replyTo' }),
    ).rejects.toMatchObject(code('link.duplicate'));
    await sql`update holdings.unit set access_status = 'open' where id = ${reply}`.execute(house.db.owner);
    expect((await house.authorities.linksOf(everybody, reply)).related).toEqual([]);
    await house.authorities.unrelateUnits(keeper, reply, back!.id);
    expect((await house.authorities.linksOf(keeper, letter)).related).toEqual([]);
  });
});
