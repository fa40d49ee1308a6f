import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, scopeOf, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import type { Identity } from './index.ts';
import { identityOf } from './testing/identityOf.ts';

const SYSTEM = systemActor('test');
let house: SmallHouse;
let identity: Identity;
let keeper: Actor;
/** Ids of agencies, units and records by name. */
const agency: Record<string, string> = {};
const unit: Record<string, string> = {};
const record: Record<string, string> = {};

beforeAll(async () => {
  house = await smallHouse();
  identity = identityOf(house);
  const { holdings, county } = house;
  keeper = house.person(ALL, county);
  for (const [n, name] of ['民政局', '敬老院', '粮食局'].entries()) {
    agency[name] = await holdings.addAgency(keeper, { archiveId: county, code: `10${n}`, name });
    await fondsWithRecord(name, `J1${n}`, agency[name]);
  }
  await fondsWithRecord('旧政权', 'G001', null);
  unit.民政局 = await organisation('民政局', 'agency', null, agency.民政局!);
  unit.办公室 = await organisation('办公室', 'department', unit.民政局, null);
  unit.敬老院 = await organisation('敬老院', 'agency', unit.民政局, agency.敬老院!);
  unit.粮食局 = await organisation('粮食局', 'agency', null, agency.粮食局!);
  unit.保管科 = await organisation('保管科', 'department', null, null);
});
afterAll(() => house.close());

async function fondsWithRecord(name: string, number: string, agencyId: string | null): Promise<void> {
  const archiveId = house.county;
  const { id } = await house.holdings.addFonds(keeper, { archiveId, number, name, agencyId });
  record[name] = await house.holdings.createUnit(keeper, { fondsId: id, title: `${name}工作总结` });
}

const organisation = async (
  name: string,
  kind: 'agency' | 'department',
  parentId: string | null,
  agencyId: string | null,
) =>
  (await identity.saveOrganisation(SYSTEM, { archiveId: house.county, parentId, kind, name, agencyId })).id;

let count = 0;
/** Somebody with a post of these roles in a unit. */
async function works(place: string | null, ...roles: string[]): Promise<Actor> {
  const archiveId = house.county;
  const organisationId = place && unit[place]!;
  const post = await identity.addPost(SYSTEM, { archiveId, organisationId, name: `岗位${++count}`, roles });
  const username = `agency${count}`;
  const memberships = roles.map((role) => ({ archiveId, role, subtree: false, postId: post.id }));
  await identity.addPerson(SYSTEM, {
    username,
    displayName: username,
    password: 'orchid-terrace-2025',
    memberships,
  });
  return { ...(await identity.actorNamed(username)), today: '2026-03-01' };
}

/** Names of the records that exist for somebody, in the catalogue and in search alike. */
async function seen(actor: Actor): Promise<string[]> {
  const filter = { archiveId: house.county };
  const { items } = await house.holdings.listUnits(actor, filter, { sort: 'code', limit: 100 });
  const found = await house.db.as(scopeOf(actor), (tx) => find(tx, { q: '工作总结', limit: 100 }));
  expect(found.hits.map((h) => h.id).toSorted()).toEqual(items.map((u) => u.id).toSorted());
  return Object.keys(record).filter((name) => items.some((u) => u.id === record[name]));
}

describe('a post in an agency', () => {
  it('extends to the records of the agency and of the bodies below it', async () => {
    expect(await seen(await works('民政局', 'agency-clerk'))).toEqual(['民政局', '敬老院']);
    expect(await seen(await works('办公室', 'agency-officer'))).toEqual(['民政局', '敬老院']);
    expect(await seen(await works('敬老院', 'agency-head'))).toEqual(['敬老院']);
    // Any role held there, not only the agencies' own.
    expect(await seen(await works('粮食局', 'archivist'))).toEqual(['粮食局']);
  });

  it('changes nothing that is in the archive’s custody by the agencies’ own roles; by a role that describes, its own alone', async () => {
    const reader = await works('敬老院', 'agency-clerk');
    expect((await house.holdings.readUnit(reader, record.敬老院!)).allowed).toMatchObject({ write: false });
    const clerk = await works('敬老院', 'agency-clerk', 'archivist');
    const { unit: own } = await house.holdings.readUnit(clerk, record.敬老院!);
    await house.holdings.correctUnit(clerk, own.id, own.version, { title: '敬老院工作总结（定稿）' });
    const added = await house.holdings.createUnit(clerk, { fondsId: own.fondsId, title: '工作总结附件' });
    expect((await house.holdings.readUnit(keeper, added)).fonds.childCount).toBe(2);
    const { unit: other } = await house.holdings.readUnit(keeper, record.民政局!);
    await expect(
      house.holdings.correctUnit(clerk, other.id, other.version, { title: '改' }),
    ).rejects.toMatchObject({ code: 'unit.notFound' });
    await expect(
      house.holdings.createUnit(clerk, { fondsId: other.fondsId, title: '混入' }),
    ).rejects.toMatchObject({ code: 'actor.forbidden' });
    expect((await house.holdings.readUnit(clerk, own.id)).allowed).toMatchObject({ write: true });
    const head = await works('敬老院', 'agency-head');
    expect((await house.holdings.readUnit(head, own.id)).allowed).toMatchObject({ write: false });
    expect(await house.holdings.sees(head, own.id, 'content')).toBe(true);
    expect(await house.holdings.sees(reader, own.id, 'content')).toBe(false);
  });

  it('says why it does not reach a record', async () => {
    const clerk = await works('粮食局', 'agency-clerk');
    const [exists] = await house.holdings.whySeen(keeperWithGrants(), record.民政局!, clerk, '2026-03-01');
    expect(exists?.reasons.filter((r) => !r.holds).map((r) => r.code)).toContain('post.fonds');
  });

  it('reaches nothing where the agency has no fonds here, or no agency is named', async () => {
    unit.新局 = await organisation('新局', 'agency', null, null);
    expect(await seen(await works('新局', 'agency-clerk'))).toEqual([]);
  });

  it('moves with its unit', async () => {
    unit.养老院 = await organisation('养老院', 'agency', null, agency.敬老院!);
    const clerk = await works('粮食局', 'agency-clerk');
    expect(await seen(clerk)).toEqual(['粮食局']);
    const { units } = await identity.organisations(SYSTEM, house.county);
    const moved = units.find((u) => u.id === unit.养老院)!;
    await identity.saveOrganisation(SYSTEM, { ...moved, parentId: unit.粮食局! });
    const again = { ...(await identity.actorNamed(clerk.name)), today: '2026-03-01' };
    expect(await seen(again)).toEqual(['敬老院', '粮食局']);
  });

  it('is the only way to an agency’s role', async () => {
    const memberships = [{ archiveId: house.county, role: 'agency-clerk', subtree: false }];
    const add = (more: object = {}) =>
      identity.addPerson(SYSTEM, {
        username: `direct${++count}`,
        displayName: '直接',
        memberships: memberships.map((m) => ({ ...m, ...more })),
      });
    await expect(add()).rejects.toMatchObject({ code: 'role.agency' });
    await expect(works('保管科', 'agency-clerk')).rejects.toMatchObject({ code: 'role.agency' });
    await expect(works(null, 'agency-clerk')).rejects.toMatchObject({ code: 'role.agency' });
  });
});

describe('a post in a department of the archive', () => {
  it('extends to everything', async () => {
    expect(await seen(await works('保管科', 'custody'))).toHaveLength(4);
    expect(await seen(await works(null, 'custody'))).toHaveLength(4);
  });
});

describe('who may see a record', () => {
  it('is told of five hundred at once, those with leave before all others, and that there are more', async () => {
    const archive = house.province;
    const add = (from: number, to: number) =>
      sql`
      with p as (insert into identity.person (id, username, display_name, password_hash)
        select gen_random_uuid(), 'many' || lpad(n::text, 4, '0'), '众', '' from generate_series(${from}::int, ${to}::int) n
        returning id)
      insert into identity.membership (person_id, archive_id, role) select id, ${archive}, 'reader' from p`.execute(
        house.db.owner,
      );
    await add(1, 500);
    expect(await identity.holders(archive, [])).toMatchObject({ more: false });
    await add(501, 501);
    const some = await identity.holders(archive, []);
    expect([some.usernames.length, some.more]).toEqual([500, true]);
    const { rows } = await sql<{
      id: string;
    }>`select id from identity.person where username = 'many0501'`.execute(house.db.owner);
    expect((await identity.holders(archive, [rows[0]!.id])).usernames[0]).toBe('many0501');
  });
});

const keeperWithGrants = () => house.person([...ALL, 'grants.manage'], house.county);
