import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, can, publicActor, systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import { type Database, openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { createIdentity, type Identity, type NewMembership } from './index.ts';

const DAY = 86_400_000;
let fresh: FreshDatabase;
let db: Database;
let identity: Identity;
let now = new Date();
const clock: Clock = { now: () => now };
const later = (days: number) => new Date(now.getTime() + days * DAY);

const PROVINCE = newId();
const COUNTY = newId();
const ARCHIVES = [
  { id: PROVINCE, path: [PROVINCE] },
  { id: COUNTY, path: [PROVINCE, COUNTY] },
];
const SYSTEM = systemActor('test');

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 6 });
  identity = createIdentity({
    db,
    clock,
    newId,
    audit: createAuditTrail(clock, newId, 'sha256'),
    archives: async () => ARCHIVES,
    fondsOfAgencies: async () => [],
    foundArchive: async () => COUNTY,
    vault: {
      seal: (plain) => Buffer.from(plain).toString('base64'),
      open: (sealed) => Buffer.from(sealed, 'base64'),
      keyed: (text) => Buffer.from(text),
    },
    signIn: { idleMinutes: 60, longestHours: 12 },
  });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

let count = 0;
/** Somebody with these roles in the county, as they would act. */
async function person(
  ...roles: (string | NewMembership)[]
): Promise<Actor & { id: string; username: string }> {
  const username = `person${++count}`;
  const memberships = roles.map((r) =>
    typeof r === 'string' ? { archiveId: COUNTY, role: r, subtree: false } : r,
  );
  const { id } = await identity.addPerson(SYSTEM, {
    username,
    displayName: `名${count}`,
    password: 'orchid-and-bamboo',
    archiveId: COUNTY,
    memberships,
  });
  return { ...(await present(username)), id, username };
}
/** As signed in a moment ago, whatever the test's clock says meanwhile. */
const present = async (username: string): Promise<Actor> => ({
  ...(await identity.actorNamed(username)),
  authenticatedAt: later(400),
});
const again = (p: { username: string }) => present(p.username);
const last = async () =>
  (
    await sql<{ act: string; detail: Record<string, unknown> }>`select act, detail from audit.entry
      order by at desc, id desc limit 1`.execute(db.owner)
  ).rows[0]!;

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
    await expect(insert('auditor').execute(db.owner)).rejects.toMatchObject({
      constraint: 'three_administrators',
    });
    const q = await person();
    const both = await Promise.allSettled(
      ['auditor', 'administrator', 'archivist'].map((role) =>
        sql`insert into identity.membership (person_id, archive_id, role) values (${q.id}, ${COUNTY}, ${role})`.execute(
          db.owner,
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

const depsOf = (database: Database) => ({
  db: database,
  clock,
  newId,
  audit: createAuditTrail(clock, newId, 'sha256'),
  archives: async () => ARCHIVES,
  fondsOfAgencies: async () => [],
  foundArchive: async () => COUNTY,
  vault: {
    seal: (plain: Uint8Array) => Buffer.from(plain).toString('base64'),
    open: (sealed: string) => Buffer.from(sealed, 'base64'),
    keyed: (text: string) => Buffer.from(text),
  },
  signIn: { idleMinutes: 60, longestHours: 12 },
});

describe('a change of rights', () => {
  const give = (personId: string, role: string) => ({
    kind: 'give' as const,
    personId,
    role,
    subtree: false,
  });

  it('takes one who asks and another who agrees, and neither for themselves', async () => {
    const [asker, head, worker] = [
      await person('security-administrator'),
      await person('director'),
      await person('reader'),
    ];
    await expect(identity.proposeRights(head, COUNTY, give(worker.id, 'clerk'), 'x')).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await expect(
      identity.proposeRights(asker, COUNTY, give(asker.id, 'security-administrator'), 'x'),
    ).rejects.toMatchObject({ code: 'rights.self' });
    const id = await identity.proposeRights(asker, COUNTY, give(worker.id, 'clerk'), 'works at the window');
    expect(can(await again(worker), 'certificate.request', COUNTY)).toBe(false);
    await expect(identity.decideRights(asker, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.samePerson',
    });
    await identity.decideRights(head, id, 'approved', null);
    expect(can(await again(worker), 'certificate.request', COUNTY)).toBe(true);
    await expect(identity.decideRights(head, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.wrongState',
    });
    expect(await last()).toMatchObject({ act: 'rights.approved', detail: { proposedBy: asker.id } });
  });

  it('asks for a proof from now, which a token can not give', async () => {
    const asker = { ...(await person('security-administrator')), authenticatedAt: null };
    await expect(
      identity.proposeRights(asker, COUNTY, give((await person()).id, 'reader'), 'x'),
    ).rejects.toMatchObject({ code: 'session.stale' });
  });

  it('about the approver is for a third person', async () => {
    const [asker, head] = [await person('security-administrator'), await person('director')];
    const id = await identity.proposeRights(asker, COUNTY, give(head.id, 'archivist'), 'x');
    await expect(identity.decideRights(head, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.self',
    });
    await identity.decideRights(await person('security-administrator'), id, 'approved', null);
    expect(can(await again(head), 'holdings.write', COUNTY)).toBe(true);
  });

  it('that would make somebody an administrator who works with records is refused when it is approved', async () => {
    const [asker, head, worker] = [
      await person('security-administrator'),
      await person('director'),
      await person('reader'),
    ];
    const id = await identity.proposeRights(asker, COUNTY, give(worker.id, 'auditor'), 'x');
    await expect(identity.decideRights(head, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.twoSides',
    });
    await identity.decideRights(head, id, 'rejected', 'no');
  });

  it('reaches below only where asker and approver may', async () => {
    const [asker, worker] = [
      await person({ archiveId: PROVINCE, role: 'security-administrator', subtree: false }),
      await person(),
    ];
    await expect(
      identity.proposeRights(asker, PROVINCE, { ...give(worker.id, 'reader'), subtree: true }, 'x'),
    ).rejects.toMatchObject({ code: 'actor.forbidden' });
  });

  it('ends a role at once, and can give one for some days and some categories', async () => {
    const [asker, head, worker] = [
      await person('security-administrator'),
      await person('director'),
      await person('reader'),
    ];
    const wanted = {
      ...give(worker.id, 'archivist'),
      until: later(3).toISOString(),
      categories: ['WS'],
    };
    await identity.decideRights(
      head,
      await identity.proposeRights(asker, COUNTY, wanted, 'x'),
      'approved',
      null,
    );
    expect((await again(worker)).posts?.find((p) => p.role === 'archivist')?.categories).toEqual(
      new Set(['WS']),
    );
    const before = now;
    now = later(4);
    expect(can(await again(worker), 'holdings.write', COUNTY)).toBe(false);
    now = before;
    const { memberships } = await identity.person(head, worker.id);
    const reader = memberships.find((m) => m.role === 'reader')!;
    const end = { kind: 'end' as const, personId: worker.id, membershipId: reader.id };
    now = new Date(now.getTime() + 1_000);
    await identity.decideRights(
      head,
      await identity.proposeRights(asker, COUNTY, end, 'x'),
      'approved',
      null,
    );
    expect((await again(worker)).posts?.map((p) => p.role)).toEqual(['archivist']);
  });
});

describe('a role of an archive’s own', () => {
  const names = { 'zh-CN': '目录员', 'zh-TW': '目錄員', en: 'Cataloguer' };
  const save = (more: { code?: string; version?: number; capabilities: string[] }) => ({
    kind: 'role' as const,
    names,
    ...more,
  });

  it('never joins content and administration', async () => {
    const asker = await person('security-administrator');
    const wanted = save({ capabilities: ['holdings.read', 'people.manage'] });
    await expect(identity.proposeRights(asker, COUNTY, wanted, 'x')).rejects.toMatchObject({
      code: 'role.twoSides',
    });
    await expect(
      sql`insert into identity.role (code, side, name_zh_cn, name_zh_tw, name_en, capabilities)
        values ('own-wrong', 'content', 'a', 'a', 'a', array['holdings.read', 'audit.read'])`.execute(
        db.owner,
      ),
    ).rejects.toMatchObject({ constraint: 'role_one_side' });
  });

  it('edited by two at once tells the second what the first wants', async () => {
    const [one, two, head] = [
      await person('security-administrator'),
      await person('security-administrator'),
      await person('director'),
    ];
    const first = await identity.proposeRights(one, COUNTY, save({ capabilities: ['holdings.read'] }), 'x');
    await identity.decideRights(head, first, 'approved', null);
    const role = (await identity.roles(head)).find((r) => r.names.en === 'Cataloguer')!;
    const { code, version } = role;
    const change = (capabilities: string[]) => save({ code, version, capabilities });
    const second = await identity.proposeRights(
      one,
      COUNTY,
      change(['holdings.read', 'holdings.write']),
      'x',
    );
    await expect(
      identity.proposeRights(two, COUNTY, change(['holdings.read', 'stats.read']), 'x'),
    ).rejects.toMatchObject({
      code: 'role.changed',
      detail: { by: one.name, current: { capabilities: ['holdings.read', 'holdings.write'] } },
    });
    await identity.decideRights(head, second, 'approved', null);
    await expect(identity.proposeRights(two, COUNTY, change(['stats.read']), 'x')).rejects.toMatchObject({
      code: 'role.changed',
      detail: { current: { version: version + 1, capabilities: ['holdings.read', 'holdings.write'] } },
    });
  });

  it('keeps its side, belongs to its archive alone, and shipped ones stay as they are', async () => {
    const asker = await person('security-administrator');
    const role = (await identity.roles(asker)).find((r) => r.names.en === 'Cataloguer')!;
    const { code, version } = role;
    await expect(
      identity.proposeRights(asker, COUNTY, save({ code, version, capabilities: ['people.manage'] }), 'x'),
    ).rejects.toMatchObject({ code: 'role.side' });
    await expect(person({ archiveId: PROVINCE, role: code, subtree: false })).rejects.toMatchObject({
      code: 'role.otherArchive',
    });
    await expect(
      identity.proposeRights(
        asker,
        COUNTY,
        save({ code: 'reader', version: 1, capabilities: ['holdings.read'] }),
        'x',
      ),
    ).rejects.toMatchObject({ code: 'role.shipped' });
  });
});

describe('a delegation', () => {
  const days = (from: number, until: number) => ({ from: later(from), until: later(until), reason: '出差' });

  it('gives what the other holds, for its days, and the trail names both', async () => {
    const [head, deputy] = [await person('director'), await person('reader')];
    const id = await identity.delegate(head, {
      archiveId: COUNTY,
      toPerson: deputy.id,
      roles: ['director'],
      ...days(0, 5),
    });
    const acting = await again(deputy);
    expect(can(acting, 'access.decide', COUNTY)).toBe(true);
    expect(acting.delegatedBy?.get(COUNTY)).toEqual([{ id: head.id, name: head.name }]);
    await expect(
      identity.delegate(acting, {
        archiveId: COUNTY,
        toPerson: (await person('reader')).id,
        roles: ['director'],
        ...days(0, 2),
      }),
    ).rejects.toMatchObject({ code: 'delegation.notYours' });
    const asker = await person('security-administrator');
    const change = await identity.proposeRights(
      asker,
      COUNTY,
      { kind: 'give', personId: (await person()).id, role: 'reader', subtree: false },
      'x',
    );
    await identity.decideRights(acting, change, 'approved', null);
    expect((await last()).detail).toMatchObject({ delegatedBy: [{ id: head.id, name: head.name }] });
    now = later(6);
    expect(can(await again(deputy), 'access.decide', COUNTY)).toBe(false);
    now = later(-6);
    await identity.endDelegation(head, id);
    expect(can(await again(deputy), 'access.decide', COUNTY)).toBe(false);
  });

  it('of a first day that has begun counts from now on, for a role held since today', async () => {
    const [head, deputy] = [await person('director'), await person('reader')];
    const wanted = { archiveId: COUNTY, toPerson: deputy.id, roles: ['director'], ...days(-1, 2) };
    await identity.delegate(head, wanted);
    expect(can(await again(deputy), 'access.decide', COUNTY)).toBe(true);
  });

  it('ends with the role, and with the account, of who made it', async () => {
    const [head, deputy, keeper] = [
      await person('director'),
      await person('reader'),
      await person('administrator'),
    ];
    await identity.delegate(head, {
      archiveId: COUNTY,
      toPerson: deputy.id,
      roles: ['director'],
      ...days(0, 5),
    });
    await person('administrator');
    await identity.disablePerson(keeper, head.id, 'left');
    expect(can(await again(deputy), 'access.decide', COUNTY)).toBe(false);
  });

  it('does not lead over to another side, nor out of the archive', async () => {
    const [head, keeper] = [await person('director'), await person('administrator')];
    const make = (toPerson: string) =>
      identity.delegate(head, { archiveId: COUNTY, toPerson, roles: ['director'], ...days(0, 5) });
    await expect(make(keeper.id)).rejects.toMatchObject({ code: 'rights.twoSides' });
    const stranger = await person({ archiveId: PROVINCE, role: 'reader', subtree: false });
    await expect(make(stranger.id)).rejects.toMatchObject({ code: 'delegation.colleague' });
  });

  it('does not make a second person out of who asked', async () => {
    const [one, two] = [await person('security-administrator'), await person('security-administrator')];
    await identity.delegate(one, {
      archiveId: COUNTY,
      toPerson: two.id,
      roles: ['security-administrator'],
      ...days(0, 5),
    });
    const wanted = { kind: 'give' as const, personId: (await person()).id, role: 'reader', subtree: false };
    const id = await identity.proposeRights(one, COUNTY, wanted, 'x');
    await expect(identity.decideRights(await again(two), id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.samePerson',
    });
  });
});

describe('an account', () => {
  it('is opened by a system administrator without a role, and waits for its person', async () => {
    const keeper = await person('administrator');
    const open = (username: string, displayName = '新来的') =>
      identity.openAccount(keeper, { archiveId: COUNTY, username, displayName });
    const { id, link } = await open('xinlaide');
    expect(link).toMatch(/^[\w-]{43}$/);
    const seen = await identity.person(keeper, id);
    expect(seen).toMatchObject({ waiting: true, memberships: [] });
    expect((await identity.actorNamed('xinlaide')).rights.size).toBe(0);
    await expect(open('xinlaide')).rejects.toMatchObject({ code: 'person.duplicate' });
    await expect(open('long', '長'.repeat(10_000))).rejects.toMatchObject({ code: 'person.displayName' });
    await expect(open("x'; drop table identity.person; --")).rejects.toMatchObject({ code: 'person.name' });
    for (const [n, name] of ['Ἀριστοτέλης', 'ᠮᠣᠩᠭᠣᠯ', 'བོད་སྐད', "O'Brien; --", '<b>王</b>'].entries())
      expect((await identity.person(keeper, (await open(`name${n}`, name)).id)).displayName).toBe(name);
  });

  it('is closed by those who keep accounts, with its sessions; not by its own holder', async () => {
    const [keeper, head, worker] = [
      await person('administrator'),
      await person('director'),
      await person('reader'),
    ];
    await expect(identity.disablePerson(head, worker.id, 'x')).rejects.toMatchObject({
      code: 'person.notFound',
    });
    await expect(identity.disablePerson(keeper, keeper.id, 'x')).rejects.toMatchObject({
      code: 'person.self',
    });
    await identity.disablePerson(keeper, worker.id, 'left');
    await expect(again(worker)).rejects.toMatchObject({ code: 'person.notFound' });
    await identity.enablePerson(keeper, worker.id, 'back');
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
    await expect(identity.person(keeper, stranger.id)).rejects.toMatchObject({ code: 'person.notFound' });
    await expect(identity.disablePerson(keeper, stranger.id, 'x')).rejects.toMatchObject({
      code: 'person.notFound',
    });
    await expect(
      identity.person({ ...publicActor(), kind: 'person', id: newId() }, keeper.id),
    ).rejects.toMatchObject({ code: 'person.notFound' });
  });
});

describe('the tree of an organisation', () => {
  const unit = (name: string, parentId: string | null) => ({
    archiveId: COUNTY,
    parentId,
    kind: 'department' as const,
    name,
    agencyId: null,
  });

  it('goes 32 levels deep and no deeper, and never round', async () => {
    const security = await person('security-administrator');
    let parentId: string | null = null;
    const all = [];
    for (let n = 1; n <= 32; n++) {
      const made = await identity.saveOrganisation(security, unit(`第${n}层`, parentId));
      parentId = made.id;
      all.push(made);
    }
    await expect(identity.saveOrganisation(security, unit('33', parentId))).rejects.toMatchObject({
      code: 'organisation.tooDeep',
    });
    const top = all[0]!;
    await expect(
      identity.saveOrganisation(security, { ...top, parentId: all[20]!.id }),
    ).rejects.toMatchObject({ code: 'organisation.circle' });
    const free = await identity.saveOrganisation(security, unit('above', null));
    await expect(identity.saveOrganisation(security, { ...top, parentId: free.id })).rejects.toMatchObject({
      code: 'organisation.tooDeep',
    });
    await expect(identity.saveOrganisation(security, { ...top, version: 99 })).rejects.toMatchObject({
      code: 'organisation.changed',
    });
    await expect(identity.removeOrganisation(security, top.id)).rejects.toMatchObject({
      code: 'organisation.inUse',
    });
    await identity.removeOrganisation(security, free.id);
  });

  it('does not become a ring when two move units below each other at once', async () => {
    const security = await person('security-administrator');
    for (let n = 0; n < 5; n++) {
      const a = await identity.saveOrganisation(security, unit('a', null));
      const b = await identity.saveOrganisation(security, unit('b', null));
      const at = await Promise.allSettled([
        identity.saveOrganisation(security, { ...a, parentId: b.id }),
        identity.saveOrganisation(security, { ...b, parentId: a.id }),
      ]);
      expect(at.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
      expect(at.find((r) => r.status === 'rejected')?.reason).toMatchObject({ code: 'organisation.circle' });
    }
  });

  it('has posts, which give their roles together', async () => {
    const [security, head, worker] = [
      await person('security-administrator'),
      await person('director'),
      await person(),
    ];
    const office = await identity.saveOrganisation(security, unit('保管利用科', null));
    const post = { archiveId: COUNTY, organisationId: office.id, name: '科长' };
    await expect(
      identity.addPost(security, { ...post, roles: ['custody', 'auditor'] }),
    ).rejects.toMatchObject({ code: 'rights.twoSides' });
    const { id: postId } = await identity.addPost(security, { ...post, roles: ['custody', 'reading-room'] });
    const wanted = { kind: 'post' as const, personId: worker.id, postId };
    await identity.decideRights(
      head,
      await identity.proposeRights(security, COUNTY, wanted, 'x'),
      'approved',
      null,
    );
    const { memberships } = await identity.person(head, worker.id);
    expect(memberships.map((m) => [m.role, m.postName]).sort()).toEqual([
      ['custody', '科长'],
      ['reading-room', '科长'],
    ]);
  });
});
