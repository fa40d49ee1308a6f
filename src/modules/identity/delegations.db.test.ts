import { describe, expect, it } from 'vitest';
import { can } from '#kernel/actor';
import { COUNTY, PROVINCE, rightsHouse } from './testing/rights.ts';

const house = rightsHouse();
const { later, person, again, last } = house;

describe('a delegation', () => {
  const days = (from: number, until: number) => ({ from: later(from), until: later(until), reason: '出差' });

  it('gives what the other holds, for its days, and the trail names both', async () => {
    const [head, deputy] = [await person('director'), await person('reader')];
    const id = await house.identity.delegate(head, {
      archiveId: COUNTY,
      toPerson: deputy.id,
      roles: ['director'],
      ...days(0, 5),
    });
    const acting = await again(deputy);
    expect(can(acting, 'access.decide', COUNTY)).toBe(true);
    expect(acting.delegatedBy?.get(COUNTY)).toEqual([{ id: head.id, name: head.name }]);
    await expect(
      house.identity.delegate(acting, {
        archiveId: COUNTY,
        toPerson: (await person('reader')).id,
        roles: ['director'],
        ...days(0, 2),
      }),
    ).rejects.toMatchObject({ code: 'delegation.notYours' });
    const asker = await person('security-administrator');
    const change = await house.identity.proposeRights(
      asker,
      COUNTY,
      { kind: 'give', personId: (await person()).id, role: 'reader', subtree: false },
      'x',
    );
    await house.identity.decideRights(acting, change, 'approved', null);
    expect((await last()).detail).toMatchObject({ delegatedBy: [{ id: head.id, name: head.name }] });
    house.goTo(later(6));
    expect(can(await again(deputy), 'access.decide', COUNTY)).toBe(false);
    house.goTo(later(-6));
    await house.identity.endDelegation(head, id);
    expect(can(await again(deputy), 'access.decide', COUNTY)).toBe(false);
  });

  it('of a first day that has begun counts from now on, for a role held since today', async () => {
    const [head, deputy] = [await person('director'), await person('reader')];
    const wanted = { archiveId: COUNTY, toPerson: deputy.id, roles: ['director'], ...days(-1, 2) };
    await house.identity.delegate(head, wanted);
    expect(can(await again(deputy), 'access.decide', COUNTY)).toBe(true);
  });

  it('ends with the role, and with the account, of who made it', async () => {
    const [head, deputy, keeper] = [
      await person('director'),
      await person('reader'),
      await person('administrator'),
    ];
    await house.identity.delegate(head, {
      archiveId: COUNTY,
      toPerson: deputy.id,
      roles: ['director'],
      ...days(0, 5),
    });
    await person('administrator');
    await house.identity.disablePerson(keeper, head.id, 'left');
    expect(can(await again(deputy), 'access.decide', COUNTY)).toBe(false);
  });

  it('does not lead over to another side, nor out of the archive', async () => {
    const [head, keeper] = [await person('director'), await person('administrator')];
    const make = (toPerson: string) =>
      house.identity.delegate(head, { archiveId: COUNTY, toPerson, roles: ['director'], ...days(0, 5) });
    await expect(make(keeper.id)).rejects.toMatchObject({ code: 'rights.twoSides' });
    const stranger = await person({ archiveId: PROVINCE, role: 'reader', subtree: false });
    await expect(make(stranger.id)).rejects.toMatchObject({ code: 'delegation.colleague' });
  });

  it('does not make a second person out of who asked', async () => {
    const [one, two] = [await person('security-administrator'), await person('security-administrator')];
    await house.identity.delegate(one, {
      archiveId: COUNTY,
      toPerson: two.id,
      roles: ['security-administrator'],
      ...days(0, 5),
    });
    const wanted = { kind: 'give' as const, personId: (await person()).id, role: 'reader', subtree: false };
    const id = await house.identity.proposeRights(one, COUNTY, wanted, 'x');
    await expect(house.identity.decideRights(await again(two), id, 'approved', null)).rejects.toMatchObject({
      code: 'rights.samePerson',
    });
  });
});
