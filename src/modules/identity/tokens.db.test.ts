import { describe, expect, it } from 'vitest';
import { demandFresh } from '#kernel/actor';
import { sql } from '#kernel/db';
import { COUNTY, from, OTHER, PASSWORD, signInHouse } from './testing/signIn.ts';

const house = signInHouse();
const { clock, wait, person, enter, actorOf, trail } = house;

describe('an API token', () => {
  const scope = { name: '统计程序', capabilities: ['holdings.read'], archives: [COUNTY], days: 30 };

  it('does what it was made for, notes its last use, and ends', async () => {
    const p = await person();
    const { actor } = await enter(p.username);
    const made = await house.identity.createMyToken(actor, scope, from());
    const used = await house.identity.actorOf(made.secret, '192.0.2.44');
    expect(used).toMatchObject({ id: p.id, via: { kind: 'token', id: made.id }, grants: [] });
    expect([...used!.rights]).toEqual([[COUNTY, new Set(['holdings.read'])]]);
    expect(used!.posts?.every((x) => [...x.capabilities].every((c) => c === 'holdings.read'))).toBe(true);
    expect(await house.identity.myTokens(actor)).toMatchObject([
      { name: '统计程序', usedFrom: '192.0.2.44', usedAt: clock.now() },
    ]);
    expect(JSON.stringify(await house.identity.myTokens(actor))).not.toContain(made.secret);
    wait(30 * 86_400 + 1);
    expect(await house.identity.actorOf(made.secret)).toBeUndefined();
  });

  it('loses what its owner loses, and is dead once revoked', async () => {
    const p = await person();
    const { actor } = await enter(p.username);
    const made = await house.identity.createMyToken(actor, { ...scope, archives: null }, from());
    await sql`update identity.membership set until_at = greatest(from_at, ${clock.now()}) where person_id = ${p.id}`.execute(
      house.db.owner,
    );
    expect((await house.identity.actorOf(made.secret))?.rights.size).toBe(0);
    await house.identity.revokeMyToken(actor, made.id, from());
    expect(await house.identity.actorOf(made.secret)).toBeUndefined();
    expect(await trail('token.created', p.id)).toHaveLength(1);
    expect(await trail('token.revoked', p.id)).toHaveLength(1);
  });

  it('stolen, makes no tokens, changes no account, sees no sessions and does no grave act', async () => {
    const { username } = await person();
    const { actor } = await enter(username);
    const thief = await actorOf((await house.identity.createMyToken(actor, scope, from())).secret);
    expect(() => demandFresh(thief, clock)).toThrow(expect.objectContaining({ code: 'session.stale' }));
    const tries: Promise<unknown>[] = [
      house.identity.createMyToken(thief, scope, from()),
      house.identity.beginTotp(thief, 'x'),
      house.identity.changePassword(thief, PASSWORD, 'another kettle of blue', from()),
      house.identity.prove(thief, { password: PASSWORD }, from()),
    ];
    for (const t of tries) await expect(t).rejects.toBeInstanceOf(Error);
    expect(() => house.identity.myTokens(thief)).toThrow(
      expect.objectContaining({ code: 'account.forbidden' }),
    );
    await expect(house.identity.mySessions(thief)).rejects.toMatchObject({ code: 'account.forbidden' });
  });

  it('is not made for more than its owner may, nor for another’s archive', async () => {
    const { actor } = await enter((await person('reader')).username);
    for (const change of [{ capabilities: ['access.decide'] }, { archives: [OTHER] }])
      await expect(
        house.identity.createMyToken(actor, { ...scope, ...change }, from()),
      ).rejects.toMatchObject({
        code: 'token.scope',
      });
  });
});

describe('an account of another system', () => {
  it('is made by the system administrator, has no rights by itself, and never signs in', async () => {
    const admin = (await enter((await person('administrator')).username)).actor;
    const id = await house.identity.addServiceAccount(
      admin,
      { archiveId: COUNTY, username: 'oa-system', displayName: '办公系统' },
      from(),
    );
    const wanted = { name: 'OA', capabilities: ['holdings.read'], archives: null, days: 90 };
    await expect(house.identity.createServiceToken(admin, id, wanted, from())).rejects.toMatchObject({
      code: 'token.scope',
    });
    await sql`insert into identity.membership (person_id, archive_id, role, subtree, from_at)
      values (${id}, ${COUNTY}, 'reader', false, ${clock.now()})`.execute(house.db.owner);
    wait(1);
    const made = await house.identity.createServiceToken(admin, id, wanted, from());
    expect(await actorOf(made.secret)).toMatchObject({ id, name: '办公系统' });
    await expect(house.identity.signIn('oa-system', '', from())).rejects.toMatchObject({
      code: 'session.wrong',
    });
    await house.identity.revokeServiceToken(admin, id, made.id, from());
    expect(await house.identity.actorOf(made.secret)).toBeUndefined();
  });

  it('is nothing to those who do not look after the archive', async () => {
    const reader = (await enter((await person('reader')).username)).actor;
    await expect(
      house.identity.addServiceAccount(
        reader,
        { archiveId: COUNTY, username: 'sneaky', displayName: 'x' },
        from(),
      ),
    ).rejects.toMatchObject({ code: 'actor.forbidden' });
    expect(await house.identity.serviceAccounts(reader)).toEqual([]);
  });
});
