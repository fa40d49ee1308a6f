import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL } from '../../../test/support/house.ts';
import { type ListHouse, listHouse } from '../../../test/support/lists.ts';
import type { NewAuthority } from './index.ts';

let house: ListHouse;
let keeper: Actor;
let neighbour: Actor;
let fonds: string;

beforeAll(async () => {
  house = await listHouse();
  keeper = house.person(ALL, house.county);
  neighbour = house.person(ALL, house.neighbour);
  fonds = (
    await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'M019', name: '石桥县民政局' })
  ).id;
});
afterAll(() => house.close());

const code = (c: string) => ({ name: 'Refusal', code: c });
const add = (name: string, o: Partial<NewAuthority> = {}) =>
  house.authorities.add(keeper, {
    archiveId: house.county,
    kind: 'body',
    names: [{ form: 'authorised', name }],
    ...o,
  });
const unit = (title: string) => house.holdings.createUnit(keeper, { fondsId: fonds, title });
const link = (authorityId: string, unitId: string) =>
  house.authorities.link(keeper, { unitId, authorityId, role: 'creator' });
const merge = (id: string, into: string, version = 1) =>
  house.authorities.merge(keeper, id, { into, version, reason: '重复' });
const mergeOf = async (id: string) =>
  (await house.authorities.merges(keeper, id)).find((m) => !m.takenBackAt)?.id ?? '';
const back = async (id: string, mergeId: string, who = keeper) => {
  const { version } = await house.authorities.previewMergeBack(who, id, mergeId);
  return house.authorities.takeMergeBack(who, id, mergeId, { version, reason: '不是同一机构' });
};
const read = (id: string) => house.authorities.read(keeper, id);
const names = async (id: string) => (await read(id)).names.map((n) => n.name);
const titles = async (id: string) =>
  (await house.authorities.records(keeper, id, { role: undefined, cursor: undefined, limit: 50 })).items.map(
    (u) => u.title,
  );

describe('a merge that is taken back', () => {
  it('leaves both records as they were: names, numbers, elements, records, fonds, relations and counts', async () => {
    const above = await add('石桥县人民政府');
    const stays = await add('石桥县教育局', { elements: { history: '沿革' } });
    const duplicate = await add('石桥县教委', {
      recordId: 'JW-2',
      names: [
        { form: 'authorised', name: '石桥县教委' },
        { form: 'other', name: '石桥县文教科', from: '1968', to: '1978' },
      ],
      elements: { history: '别的沿革', mandates: '县政府文件' },
      identifiers: [{ type: 'local', value: 'JY1' }],
      exist: { text: null, from: '1978', to: null },
      restricted: true,
    });
    await house.authorities.relate(keeper, duplicate, { otherId: above, type: 'superior' });
    await house.authorities.relate(keeper, duplicate, { otherId: stays, type: 'associative' });
    const [theirs, both, mine] = [await unit('教委文件'), await unit('两家的文件'), await unit('教育局文件')];
    await link(duplicate, theirs);
    await link(duplicate, both);
    await link(stays, both);
    await link(stays, mine);
    await house.authorities.nameCreator(keeper, { fondsId: fonds, authorityId: duplicate });
    const look = async () => ({
      stays: { ...(await read(stays)), authority: null, allowed: null },
      of: await titles(stays),
      from: await titles(duplicate),
    });
    const plain = async (id: string) => {
      const { authority: a, names: n, relations, fonds: f } = await read(id);
      const { version: _, updatedAt: __, updatedByName: ___, ...rest } = a;
      return {
        rest,
        names: n.map(({ form, name, from, to }) => ({ form, name, from, to })),
        relations: relations.map((r) => [r.id, r.type, r.other?.id]).sort(),
        fonds: f,
      };
    };
    const before = { stays: await plain(stays), duplicate: await plain(duplicate), look: await look() };
    await merge(duplicate, stays);
    expect(await titles(stays)).toHaveLength(3);
    const mergeId = await mergeOf(stays);
    const preview = await house.authorities.previewMergeBack(keeper, stays, mergeId);
    expect(preview).toMatchObject({
      name: '石桥县教委',
      back: { units: 2, fonds: 1, relations: 2 },
      gone: { units: 0, fonds: 0, relations: 0 },
      leaving: ['石桥县教委', '石桥县文教科'],
      staying: [],
    });
    expect(await back(stays, mergeId)).toEqual(preview);
    expect({ stays: await plain(stays), duplicate: await plain(duplicate) }).toEqual({
      stays: before.stays,
      duplicate: before.duplicate,
    });
    expect(await titles(stays)).toEqual(before.look.of);
    expect(await titles(duplicate)).toEqual(before.look.from);
    const told = await sql<{ act: string; id: string; detail: { name: string; units: number } }>`
      select act, target_id as id, detail from audit.entry where act = 'authority.mergeTakenBack'`.execute(
      house.db.owner,
    );
    // A restricted record is named by its number alone.
    expect(told.rows).toMatchObject([{ id: duplicate, detail: { name: 'JW-2', units: 2 } }]);
    await expect(house.authorities.previewMergeBack(keeper, stays, mergeId)).rejects.toMatchObject(
      code('authority.mergeTakenBack'),
    );
  });

  it('leaves what was linked since, what was unlinked since unlinked, and what was corrected since, and says so', async () => {
    const stays = await add('石桥县粮食局');
    const duplicate = await add('石桥县粮管所', {
      names: [
        { form: 'authorised', name: '石桥县粮管所' },
        { form: 'other', name: '粮站' },
      ],
      elements: { history: '粮管所沿革', mandates: '文件' },
    });
    const [kept, gone, anew, since] = [
      await unit('粮一'),
      await unit('粮二'),
      await unit('粮三'),
      await unit('粮四'),
    ];
    for (const u of [kept, gone, anew]) await link(duplicate, u);
    await merge(duplicate, stays);
    await link(stays, since);
    for (const u of [gone, anew])
      await house.authorities.unlink(keeper, { unitId: u, authorityId: stays, role: 'creator' });
    await sql`select pg_sleep(0.01)`.execute(house.db.owner);
    await house.authorities.link(house.person(ALL, house.county, house.neighbour), {
      unitId: anew,
      authorityId: stays,
      role: 'creator',
    });
    await sql`update authorities.unit_link set at = now() + interval '1 second' where unit_id = ${anew}`.execute(
      house.db.owner,
    );
    const now = await read(stays);
    await house.authorities.correct(keeper, stays, now.authority.version, {
      names: now.names.map((n) => (n.name === '粮站' ? { ...n, note: '俗称' } : n)),
      elements: { history: '改写的沿革' },
    });
    const done = await back(stays, await mergeOf(stays));
    expect(done).toMatchObject({
      back: { units: 1 },
      gone: { units: 2 },
      leaving: ['石桥县粮管所'],
      staying: [
        { what: 'name', value: '粮站' },
        { what: 'element', value: 'history' },
      ],
    });
    expect(await titles(duplicate)).toEqual(['粮一']);
    expect(await titles(stays)).toEqual(['粮三', '粮四']);
    expect(await names(stays)).toEqual(['石桥县粮食局', '粮站']);
    expect((await read(stays)).authority.elements).toEqual({ history: '改写的沿革' });
  });

  it('comes before an earlier one, and those that led to the duplicate lead there again', async () => {
    const [a, b, c] = [await add('甲所'), await add('乙所'), await add('丙所')];
    const u = await unit('甲所文件');
    await link(a, u);
    await merge(a, b);
    await merge(b, c, 2);
    const first = (
      await sql<{ id: string }>`select id from authorities.merge where stays_id = ${b}`.execute(
        house.db.owner,
      )
    ).rows[0]?.id;
    await expect(house.authorities.previewMergeBack(keeper, b, first ?? '')).rejects.toMatchObject(
      code('authority.merged'),
    );
    expect((await read(a)).authority.id).toBe(c);
    await back(c, await mergeOf(c));
    expect((await read(a)).authority.id).toBe(b);
    expect(await titles(b)).toEqual(['甲所文件']);
    await back(b, first ?? '');
    expect((await read(a)).authority.id).toBe(a);
    expect(await titles(a)).toEqual(['甲所文件']);
    expect([await titles(b), await names(b), await names(c)]).toEqual([[], ['乙所'], ['丙所']]);
  });

  it('leaves with the other what another merge brought as well', async () => {
    const [stays, one, two] = [await add('总所'), await add('一所'), await add('二所')];
    const u = await unit('共同文件');
    await link(one, u);
    await link(two, u);
    await merge(one, stays);
    const first = await mergeOf(stays);
    await merge(two, stays);
    await back(stays, first);
    expect([await titles(one), await titles(stays)]).toEqual([['共同文件'], ['共同文件']]);
    await back(stays, await mergeOf(stays));
    expect([await titles(two), await titles(stays)]).toEqual([['共同文件'], []]);
  });

  it('is taken back by one of two who try at once, and by nobody who may not merge', async () => {
    const [stays, duplicate] = [await add('气象局'), await add('气象站')];
    await link(duplicate, await unit('气象记录'));
    await merge(duplicate, stays);
    const mergeId = await mergeOf(stays);
    const reader = house.person(['holdings.read'], house.county);
    for (const who of [reader, house.person(ALL, house.strange)])
      await expect(back(stays, mergeId, who)).rejects.toMatchObject(code('actor.forbidden'));
    const { version } = await house.authorities.previewMergeBack(keeper, stays, mergeId);
    const tries = await Promise.allSettled(
      [keeper, neighbour].map((who) =>
        house.authorities.takeMergeBack(who, stays, mergeId, { version, reason: null }),
      ),
    );
    expect(tries.map((t) => t.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find((t) => t.status === 'rejected')).toMatchObject({
      reason: code('authority.mergeTakenBack'),
    });
    expect(await titles(duplicate)).toEqual(['气象记录']);
  });

  it('carries a thousand links back at once, also those of entries the one who takes back does not see', async () => {
    const [stays, duplicate] = [await add('税务局'), await add('税务所')];
    const theirs = await house.holdings.addFonds(neighbour, {
      archiveId: house.neighbour,
      number: 'M900',
      name: '别馆全宗',
    });
    await sql`with u as (insert into holdings.unit (id, archive_id, fonds_id, level, position, title, access_status)
        select uuidv7(), ${house.neighbour}, ${theirs.id}, 'item', 'a' || lpad(n::text, 6, '0'), '邻馆' || n, 'unreviewed'
        from generate_series(1, 1000) n returning id)
      insert into authorities.unit_link (unit_id, authority_id, role, archive_id, by_name)
        select id, ${duplicate}, 'creator', ${house.neighbour}, '王某' from u`.execute(house.db.owner);
    const held = async (id: string) =>
      Number(
        (
          await sql<{
            n: string;
          }>`select count(*) as n from authorities.unit_link where authority_id = ${id}`.execute(
            house.db.owner,
          )
        ).rows[0]?.n,
      );
    await merge(duplicate, stays);
    expect([await held(stays), await held(duplicate)]).toEqual([1000, 0]);
    const began = performance.now();
    expect((await back(stays, await mergeOf(stays))).back.units).toBe(1000);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect([await held(stays), await held(duplicate)]).toEqual([0, 1000]);
  });
});
