import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import type { Identity, Organisation } from './index.ts';
import { identityOf } from './testing/identityOf.ts';

const SYSTEM = systemActor('test');
let house: SmallHouse;
let identity: Identity;
let keeper: Actor;
let security: Actor;
let head: Actor;
let clerk: Actor;
const agency: Record<string, string> = {};
const fonds: Record<string, string> = {};
let bureau: Organisation;
let home: Organisation;

beforeAll(async () => {
  house = await smallHouse((...of) => identity.reachBetween(...of));
  identity = identityOf(house);
  const { holdings, county } = house;
  keeper = house.person(ALL, county);
  for (const [n, name] of ['民政局', '敬老院'].entries()) {
    agency[name] = await holdings.addAgency(keeper, { archiveId: county, code: `20${n}`, name });
    const added = { archiveId: county, number: `J2${n}`, name, agencyId: agency[name] };
    fonds[name] = (await holdings.addFonds(keeper, added)).id;
  }
  security = await person('security-administrator');
  head = await person('director');
  bureau = await unit('民政局', null, agency.民政局!);
  home = await unit('敬老院', null, agency.敬老院!);
  clerk = await worksIn(bureau.id);
});
afterAll(() => house.close());

let count = 0;
async function person(role: string, postId?: string): Promise<Actor> {
  const username = `reach${++count}`;
  const memberships = [{ archiveId: house.county, role, subtree: false, ...(postId && { postId }) }];
  await identity.addPerson(SYSTEM, {
    username,
    displayName: username,
    password: 'orchid-terrace-2025',
    memberships,
  });
  return signedIn(username);
}
const signedIn = async (username: string): Promise<Actor> => ({
  ...(await identity.actorNamed(username)),
  authenticatedAt: house.clock.now(),
});
async function worksIn(organisationId: string): Promise<Actor> {
  const post = { archiveId: house.county, organisationId, name: '文书', roles: ['agency-clerk'] };
  return person('agency-clerk', (await identity.addPost(SYSTEM, post)).id);
}
const unit = (name: string, parentId: string | null, agencyId: string | null, by = SYSTEM) =>
  identity.saveOrganisation(by, { archiveId: house.county, parentId, kind: 'agency', name, agencyId });
const wish = (o: Organisation, change: Partial<Organisation>) => {
  const { name, parentId, agencyId, kind, version } = { ...o, ...change };
  return { kind: 'organisation' as const, unitId: o.id, version, parentId, agencyId, name, unitKind: kind };
};
const reaches = async (who: Actor): Promise<string[]> =>
  (await identity.actorNamed(who.name))
    .posts!.flatMap((p) => p.fonds ?? [])
    .map((f) => f.number)
    .toSorted();
const trailOf = async (id: string) =>
  (
    await sql<{ act: string; actor: string; detail: Record<string, unknown> }>`
      select act, actor_name as actor, detail from audit.entry where target_id = ${id} order by at, id`.execute(
      house.db.owner,
    )
  ).rows;

describe('a change of reach', () => {
  it('is not one person’s act: not by moving a unit, linking it, adding one below or taking one away', async () => {
    const refused = { code: 'organisation.reach', detail: { people: 1 } };
    await expect(identity.saveOrganisation(security, { ...home, parentId: bureau.id })).rejects.toMatchObject(
      refused,
    );
    await expect(
      identity.saveOrganisation(security, { ...bureau, agencyId: agency.敬老院! }),
    ).rejects.toMatchObject(refused);
    await expect(unit('分院', bureau.id, agency.敬老院!, security)).rejects.toMatchObject(refused);
    expect(await reaches(clerk)).toEqual(['J20']);
    const below = await unit('分院', bureau.id, agency.敬老院!);
    expect(await reaches(clerk)).toEqual(['J20', 'J21']);
    await expect(identity.removeOrganisation(security, below.id)).rejects.toMatchObject({
      code: 'organisation.linked',
    });
    await identity.removeOrganisation(SYSTEM, below.id);
  });

  it('is done at once where no post reaches other records by it', async () => {
    bureau = await identity.saveOrganisation(security, { ...bureau, name: '民政局（新）' });
    const free = await unit('新院', null, agency.敬老院!, security);
    const moved = await identity.saveOrganisation(security, { ...free, parentId: home.id });
    expect(moved.parentId).toBe(home.id);
    await identity.removeOrganisation(security, moved.id);
  });

  it('is asked for by one person and decided by another, neither of them whom it reaches', async () => {
    const wanted = wish(home, { parentId: bureau.id });
    const id = await identity.proposeRights(security, house.county, wanted, '归口管理');
    expect(await reaches(clerk)).toEqual(['J20']);
    expect(await identity.rightsChange(head, id)).toMatchObject({
      before: { was: { name: '敬老院', parentId: null }, people: 1 },
    });
    await expect(identity.decideRights(security, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.samePerson',
    });
    const rights = new Map([[house.county, new Set(['rights.approve'] as const)]]);
    await expect(identity.decideRights({ ...clerk, rights }, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.self',
    });
    await identity.decideRights(head, id, 'approved', null);
    expect(await reaches(clerk)).toEqual(['J20', 'J21']);
    expect((await trailOf(home.id)).at(-1)).toMatchObject({
      act: 'organisation.changed',
      actor: head.name,
      detail: {
        before: { parentId: null },
        after: { parentId: bureau.id },
        change: id,
        askedBy: { name: security.name },
      },
    });
    expect((await trailOf(id)).map((e) => e.act)).toEqual(['rights.proposed', 'rights.approved']);
  });

  it('that was declined, or overtaken by another, changes nothing', async () => {
    home = (await identity.organisations(head, house.county)).units.find((u) => u.id === home.id)!;
    const ask = () => identity.proposeRights(security, house.county, wish(home, { parentId: null }), '复原');
    const [declined, overtaken] = [await ask(), await ask()];
    await identity.decideRights(head, declined, 'rejected', null);
    home = await identity.saveOrganisation(security, { ...home, name: '县敬老院' });
    await expect(identity.decideRights(head, overtaken, 'approved', null)).rejects.toMatchObject({
      code: 'organisation.changed',
    });
    expect(await reaches(clerk)).toEqual(['J20', 'J21']);
  });

  it('counts whoever is asked for a post there, and whoever stands in', async () => {
    const place = await unit('筹备处', null, null);
    const post = { archiveId: house.county, organisationId: place.id, name: '文书', roles: ['agency-clerk'] };
    const { id: postId } = await identity.addPost(SYSTEM, post);
    const newcomer = await person('reader');
    const wanted = { kind: 'post' as const, personId: newcomer.id!, postId };
    await identity.proposeRights(security, house.county, wanted, '新任');
    await expect(
      identity.saveOrganisation(security, { ...place, agencyId: agency.民政局! }),
    ).rejects.toMatchObject({ code: 'organisation.reach', detail: { people: 1 } });
  });
});

describe('the agency a fonds is of', () => {
  it('is a change of rights where a post reaches the fonds by it, and else a correction', async () => {
    const { holdings, county } = house;
    const old = await holdings.addFonds(keeper, { archiveId: county, number: 'J29', name: '旧局' });
    await expect(
      holdings.correctFonds(keeper, old.id, old.version, { agencyId: agency.民政局! }),
    ).rejects.toMatchObject({ code: 'fonds.reach', detail: { people: 1 } });
    const renamed = await holdings.correctFonds(keeper, old.id, old.version, { name: '旧民政局' });
    const wanted = {
      kind: 'fonds' as const,
      fondsId: old.id,
      version: renamed.version,
      agencyId: agency.民政局!,
    };
    const id = await identity.proposeRights(security, county, wanted, '机构沿革');
    expect((await identity.rightsChange(head, id)).before).toEqual({
      was: { name: 'J29 旧民政局', parentId: null, agencyId: null },
      people: 1,
    });
    expect(await reaches(clerk)).toEqual(['J20', 'J21']);
    await identity.decideRights(head, id, 'approved', null);
    expect(await reaches(clerk)).toEqual(['J20', 'J21', 'J29']);
    expect((await trailOf(old.id)).at(-1)).toMatchObject({
      act: 'fonds.corrected',
      detail: { before: { agencyId: null }, after: { agencyId: agency.民政局 } },
    });
    const idle = await holdings.addAgency(keeper, { archiveId: county, code: '299', name: '撤并单位' });
    const plain = await holdings.addFonds(keeper, { archiveId: county, number: 'J28', name: '撤并' });
    await holdings.correctFonds(keeper, plain.id, plain.version, { agencyId: idle });
  });

  it('is an agency of its own archive', async () => {
    const { holdings, county, neighbour } = house;
    const other = house.person(ALL, neighbour);
    const theirs = await holdings.addAgency(other, { archiveId: neighbour, code: '300', name: '邻县局' });
    const input = { archiveId: county, number: 'J27', name: '误', agencyId: theirs };
    await expect(holdings.addFonds(keeper, input)).rejects.toMatchObject({ code: 'fonds.agency' });
    const wanted = { kind: 'fonds' as const, fondsId: fonds.民政局!, version: 1, agencyId: theirs };
    await expect(identity.proposeRights(security, county, wanted, 'x')).rejects.toMatchObject({
      code: 'fonds.agency',
    });
  });
});
