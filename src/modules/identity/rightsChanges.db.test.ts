import { describe, expect, it } from 'vitest';
import { can } from '#kernel/actor';
import { sql } from '#kernel/db';
import { COUNTY, PROVINCE, rightsHouse } from './testing/rights.ts';

const house = rightsHouse();
const { later, person, again, last } = house;

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
    await expect(
      house.identity.proposeRights(head, COUNTY, give(worker.id, 'clerk'), 'x'),
    ).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await expect(
      house.identity.proposeRights(asker, COUNTY, give(asker.id, 'security-administrator'), 'x'),
    ).rejects.toMatchObject({ code: 'rights.self' });
    const id = await house.identity.proposeRights(
      asker,
      COUNTY,
      give(worker.id, 'clerk'),
      'works at the window',
    );
    expect(can(await again(worker), 'certificate.request', COUNTY)).toBe(false);
    await expect(house.identity.decideRights(asker, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.samePerson',
    });
    await house.identity.decideRights(head, id, 'approved', null);
    expect(can(await again(worker), 'certificate.request', COUNTY)).toBe(true);
    await expect(house.identity.decideRights(head, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.wrongState',
    });
    expect(await last()).toMatchObject({ act: 'rights.approved', detail: { proposedBy: asker.id } });
  });

  it('asks for a proof from now, which a token can not give', async () => {
    const asker = { ...(await person('security-administrator')), authenticatedAt: null };
    await expect(
      house.identity.proposeRights(asker, COUNTY, give((await person()).id, 'reader'), 'x'),
    ).rejects.toMatchObject({ code: 'session.stale' });
  });

  it('about the approver is for a third person', async () => {
    const [asker, head] = [await person('security-administrator'), await person('director')];
    const id = await house.identity.proposeRights(asker, COUNTY, give(head.id, 'archivist'), 'x');
    await expect(house.identity.decideRights(head, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.self',
    });
    await house.identity.decideRights(await person('security-administrator'), id, 'approved', null);
    expect(can(await again(head), 'holdings.write', COUNTY)).toBe(true);
  });

  it('that would make somebody an administrator who works with records is refused when it is approved', async () => {
    const [asker, head, worker] = [
      await person('security-administrator'),
      await person('director'),
      await person('reader'),
    ];
    const id = await house.identity.proposeRights(asker, COUNTY, give(worker.id, 'auditor'), 'x');
    await expect(house.identity.decideRights(head, id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.twoSides',
    });
    await house.identity.decideRights(head, id, 'rejected', 'no');
  });

  it('reaches below only where asker and approver may', async () => {
    const [asker, worker] = [
      await person({ archiveId: PROVINCE, role: 'security-administrator', subtree: false }),
      await person(),
    ];
    await expect(
      house.identity.proposeRights(asker, PROVINCE, { ...give(worker.id, 'reader'), subtree: true }, 'x'),
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
    await house.identity.decideRights(
      head,
      await house.identity.proposeRights(asker, COUNTY, wanted, 'x'),
      'approved',
      null,
    );
    expect((await again(worker)).posts?.find((p) => p.role === 'archivist')?.categories).toEqual(
      new Set(['WS']),
    );
    const before = house.now();
    house.goTo(later(4));
    expect(can(await again(worker), 'holdings.write', COUNTY)).toBe(false);
    house.goTo(before);
    const { memberships } = await house.identity.person(head, worker.id);
    const reader = memberships.find((m) => m.role === 'reader')!;
    const end = { kind: 'end' as const, personId: worker.id, membershipId: reader.id };
    house.goTo(new Date(house.now().getTime() + 1_000));
    await house.identity.decideRights(
      head,
      await house.identity.proposeRights(asker, COUNTY, end, 'x'),
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
    await expect(house.identity.proposeRights(asker, COUNTY, wanted, 'x')).rejects.toMatchObject({
      code: 'role.twoSides',
    });
    await expect(
      sql`insert into identity.role (code, side, name_zh_cn, name_zh_tw, name_en, capabilities)
        values ('own-wrong', 'content', 'a', 'a', 'a', array['holdings.read', 'audit.read'])`.execute(
        house.db.owner,
      ),
    ).rejects.toMatchObject({ constraint: 'role_one_side' });
  });

  it('edited by two at once tells the second what the first wants', async () => {
    const [one, two, head] = [
      await person('security-administrator'),
      await person('security-administrator'),
      await person('director'),
    ];
    const first = await house.identity.proposeRights(
      one,
      COUNTY,
      save({ capabilities: ['holdings.read'] }),
      'x',
    );
    await house.identity.decideRights(head, first, 'approved', null);
    const role = (await house.identity.roles(head)).find((r) => r.names.en === 'Cataloguer')!;
    const { code, version } = role;
    const change = (capabilities: string[]) => save({ code, version, capabilities });
    const second = await house.identity.proposeRights(
      one,
      COUNTY,
      change(['holdings.read', 'holdings.write']),
      'x',
    );
    await expect(
      house.identity.proposeRights(two, COUNTY, change(['holdings.read', 'stats.read']), 'x'),
    ).rejects.toMatchObject({
      code: 'role.changed',
      detail: { by: one.name, current: { capabilities: ['holdings.read', 'holdings.write'] } },
    });
    await house.identity.decideRights(head, second, 'approved', null);
    await expect(
      house.identity.proposeRights(two, COUNTY, change(['stats.read']), 'x'),
    ).rejects.toMatchObject({
      code: 'role.changed',
      detail: { current: { version: version + 1, capabilities: ['holdings.read', 'holdings.write'] } },
    });
  });

  it('keeps its side, belongs to its archive alone, and shipped ones stay as they are', async () => {
    const asker = await person('security-administrator');
    const role = (await house.identity.roles(asker)).find((r) => r.names.en === 'Cataloguer')!;
    const { code, version } = role;
    await expect(
      house.identity.proposeRights(
        asker,
        COUNTY,
        save({ code, version, capabilities: ['people.manage'] }),
        'x',
      ),
    ).rejects.toMatchObject({ code: 'role.side' });
    await expect(person({ archiveId: PROVINCE, role: code, subtree: false })).rejects.toMatchObject({
      code: 'role.otherArchive',
    });
    await expect(
      house.identity.proposeRights(
        asker,
        COUNTY,
        save({ code: 'reader', version: 1, capabilities: ['holdings.read'] }),
        'x',
      ),
    ).rejects.toMatchObject({ code: 'role.shipped' });
  });
});
