import { describe, expect, it } from 'vitest';
import { COUNTY, rightsHouse } from './testing/rights.ts';

const house = rightsHouse();
const { person } = house;

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
      const made = await house.identity.saveOrganisation(security, unit(`第${n}层`, parentId));
      parentId = made.id;
      all.push(made);
    }
    await expect(house.identity.saveOrganisation(security, unit('33', parentId))).rejects.toMatchObject({
      code: 'organisation.tooDeep',
    });
    const top = all[0]!;
    await expect(
      house.identity.saveOrganisation(security, { ...top, parentId: all[20]!.id }),
    ).rejects.toMatchObject({ code: 'organisation.circle' });
    const free = await house.identity.saveOrganisation(security, unit('above', null));
    await expect(
      house.identity.saveOrganisation(security, { ...top, parentId: free.id }),
    ).rejects.toMatchObject({
      code: 'organisation.tooDeep',
    });
    await expect(house.identity.saveOrganisation(security, { ...top, version: 99 })).rejects.toMatchObject({
      code: 'organisation.changed',
    });
    await expect(house.identity.removeOrganisation(security, top.id)).rejects.toMatchObject({
      code: 'organisation.inUse',
    });
    await house.identity.removeOrganisation(security, free.id);
  });

  it('does not become a ring when two move units below each other at once', async () => {
    const security = await person('security-administrator');
    for (let n = 0; n < 5; n++) {
      const a = await house.identity.saveOrganisation(security, unit('a', null));
      const b = await house.identity.saveOrganisation(security, unit('b', null));
      const at = await Promise.allSettled([
        house.identity.saveOrganisation(security, { ...a, parentId: b.id }),
        house.identity.saveOrganisation(security, { ...b, parentId: a.id }),
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
    const office = await house.identity.saveOrganisation(security, unit('保管利用科', null));
    const post = { archiveId: COUNTY, organisationId: office.id, name: '科长' };
    await expect(
      house.identity.addPost(security, { ...post, roles: ['custody', 'auditor'] }),
    ).rejects.toMatchObject({ code: 'rights.twoSides' });
    const { id: postId } = await house.identity.addPost(security, {
      ...post,
      roles: ['custody', 'reading-room'],
    });
    const wanted = { kind: 'post' as const, personId: worker.id, postId };
    await house.identity.decideRights(
      head,
      await house.identity.proposeRights(security, COUNTY, wanted, 'x'),
      'approved',
      null,
    );
    const { memberships } = await house.identity.person(head, worker.id);
    expect(memberships.map((m) => [m.role, m.postName]).sort()).toEqual([
      ['custody', '科长'],
      ['reading-room', '科长'],
    ]);
  });
});
