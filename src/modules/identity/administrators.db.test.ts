import { describe, expect, it } from 'vitest';
import { can, publicActor } from '#kernel/actor';
import { openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { freshDatabase } from '../../../test/support/database.ts';
import { createIdentity } from './index.ts';
import { COUNTY, PROVINCE, rightsHouse, SYSTEM } from './testing/rights.ts';

const house = rightsHouse();
const { depsOf, later, person, again } = house;

describe('the three administrators', () => {
  it.each([
    ['administrator', 'auditor'],
    ['administrator', 'security-administrator'],
    ['security-administrator', 'auditor'],
    ['administrator', 'archivist'],
    ['auditor', 'reader'],
    ['security-administrator', 'director'],
  ])('are never %s and %s in one person', async (one, other) => {
    await expect(person(one, other)).rejects.toMatchObject({ code: 'rights.twoSides' });
  });

  it('are kept apart by the database too, also by two who write at once', async () => {
    const p = await person('reader');
    const insert = (role: string) =>
      sql`insert into identity.membership (person_id, archive_id, role) values (${p.id}, ${PROVINCE}, ${role})`;
    await expect(insert('auditor').execute(house.db.owner)).rejects.toMatchObject({
      constraint: 'three_administrators',
    });
    const q = await person();
    const both = await Promise.allSettled(
      ['auditor', 'administrator', 'archivist'].map((role) =>
        sql`insert into identity.membership (person_id, archive_id, role) values (${q.id}, ${COUNTY}, ${role})`.execute(
          house.db.owner,
        ),
      ),
    );
    expect(both.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  });

  it('read no records', async () => {
    for (const role of ['administrator', 'security-administrator', 'auditor']) {
      const p = await person(role);
      for (const c of ['holdings.read', 'content.read', 'certificate.approve'] as const)
        expect(can(p, c, COUNTY), `${role} ${c}`).toBe(false);
    }
  });

  it('are made at the first start, with one-time links, beside a head who is none of them', async () => {
    const other = await freshDatabase();
    const empty = openDatabase({ url: other.url, appUrl: other.appUrl, max: 3 });
    try {
      const founding = createIdentity({ ...depsOf(empty), foundArchive: async () => COUNTY });
      const token = await founding.newSetupToken();
      const three = {
        administrator: { username: 'xitong', displayName: '系统员' },
        'security-administrator': { username: 'anquan', displayName: '安全员' },
        auditor: { username: 'shenji', displayName: '审计员' },
      };
      const head = { username: 'guanzhang', displayName: '馆长', password: 'orchid-and-bamboo' };
      const links = await founding.setUp(token, head, { code: '1', name: '馆', level: 'county' }, three);
      expect(links.map((l) => l.role)).toEqual(['administrator', 'security-administrator', 'auditor']);
      expect(new Set(links.map((l) => l.link)).size).toBe(3);
      const all = await Promise.all(
        ['guanzhang', 'xitong', 'anquan', 'shenji'].map((n) => founding.actorNamed(n)),
      );
      const duties = ['holdings.write', 'people.manage', 'rights.manage', 'audit.read'] as const;
      expect(all.map((a) => duties.filter((c) => can(a, c, COUNTY)))).toEqual([
        ['holdings.write'],
        ['people.manage'],
        ['rights.manage'],
        ['audit.read'],
      ]);
    } finally {
      await empty.close();
      await other.drop();
    }
  });
});

describe('an account', () => {
  it('is opened by a system administrator without a role, and waits for its person', async () => {
    const keeper = await person('administrator');
    const open = (username: string, displayName = '新来的') =>
      house.identity.openAccount(keeper, { archiveId: COUNTY, username, displayName });
    const { id, link } = await open('xinlaide');
    expect(link).toMatch(/^[\w-]{43}$/);
    const seen = await house.identity.person(keeper, id);
    expect(seen).toMatchObject({ waiting: true, memberships: [] });
    expect((await house.identity.actorNamed('xinlaide')).rights.size).toBe(0);
    await expect(open('xinlaide')).rejects.toMatchObject({ code: 'person.duplicate' });
    await expect(open('long', '長'.repeat(10_000))).rejects.toMatchObject({ code: 'person.displayName' });
    await expect(open("x'; drop table identity.person; --")).rejects.toMatchObject({ code: 'person.name' });
    for (const [n, name] of ['Ἀριστοτέλης', 'ᠮᠣᠩᠭᠣᠯ', 'བོད་སྐད', "O'Brien; --", '<b>王</b>'].entries())
      expect((await house.identity.person(keeper, (await open(`name${n}`, name)).id)).displayName).toBe(name);
  });

  it('is closed by those who keep accounts, with its sessions; not by its own holder', async () => {
    const [keeper, head, worker] = [
      await person('administrator'),
      await person('director'),
      await person('reader'),
    ];
    await expect(house.identity.disablePerson(head, worker.id, 'x')).rejects.toMatchObject({
      code: 'person.notFound',
    });
    await expect(house.identity.disablePerson(keeper, keeper.id, 'x')).rejects.toMatchObject({
      code: 'person.self',
    });
    await house.identity.disablePerson(keeper, worker.id, 'left');
    await expect(again(worker)).rejects.toMatchObject({ code: 'person.notFound' });
    await house.identity.enablePerson(keeper, worker.id, 'back');
    expect((await again(worker)).rights.has(COUNTY)).toBe(true);
  });

  it('of the last administrator of a kind stays, by closing and by ending the role', async () => {
    const other = await freshDatabase();
    const small = openDatabase({ url: other.url, appUrl: other.appUrl, max: 3 });
    try {
      const house = createIdentity(depsOf(small));
      const add = async (username: string, role: string) => {
        await house.addPerson(SYSTEM, {
          username,
          displayName: username,
          password: 'orchid-and-bamboo',
          memberships: [{ archiveId: COUNTY, role, subtree: false }],
        });
        return { ...(await house.actorNamed(username)), authenticatedAt: later(400) };
      };
      const [one, audit, security, head] = [
        await add('one', 'administrator'),
        await add('audit', 'auditor'),
        await add('security', 'security-administrator'),
        await add('head', 'director'),
      ];
      await expect(house.disablePerson(one, audit.id!, 'x')).rejects.toMatchObject({
        code: 'person.lastAdministrator',
      });
      const { memberships } = await house.person(head, audit.id!);
      const end = { kind: 'end' as const, personId: audit.id!, membershipId: memberships[0]!.id };
      const id = await house.proposeRights(security, COUNTY, end, 'x');
      await expect(house.decideRights(head, id, 'approved', null)).rejects.toMatchObject({
        code: 'person.lastAdministrator',
      });
      const two = await add('two', 'auditor');
      const at = await Promise.allSettled([
        house.disablePerson(one, audit.id!, 'x'),
        house.disablePerson(one, two.id!, 'x'),
      ]);
      expect(at.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
    } finally {
      await small.close();
      await other.drop();
    }
  });

  it('elsewhere is as if it were not', async () => {
    const keeper = await person('administrator');
    const stranger = await person({ archiveId: PROVINCE, role: 'reader', subtree: false });
    await expect(house.identity.person(keeper, stranger.id)).rejects.toMatchObject({
      code: 'person.notFound',
    });
    await expect(house.identity.disablePerson(keeper, stranger.id, 'x')).rejects.toMatchObject({
      code: 'person.notFound',
    });
    await expect(
      house.identity.person({ ...publicActor(), kind: 'person', id: newId() }, keeper.id),
    ).rejects.toMatchObject({ code: 'person.notFound' });
  });
});
