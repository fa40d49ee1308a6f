import { describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { from, OTHER, PASSWORD, signInHouse } from './testing/signIn.ts';

const house = signInHouse();
const { wait, person, isIn, enter, withApp, trail } = house;

describe('a forgotten password', () => {
  it('is set anew by a one-time link, which works once, for a day, and ends all sessions', async () => {
    const admin = (await enter((await person('administrator')).username)).actor;
    const p = await withApp();
    const why = { clearsFactors: false, reason: '本人到场，忘记密码' };
    const { token } = await house.identity.makePasswordLink(admin, p.id, why, from());
    await expect(house.identity.setPasswordByLink(token, 'password123', from())).rejects.toMatchObject({
      code: 'password.guessable',
    });
    await house.identity.setPasswordByLink(token, '山高月小水落石出之夜', from());
    expect(await house.identity.actorOf(p.added.token)).toBeUndefined();
    await expect(
      house.identity.setPasswordByLink(token, '另一个谁也想不到的词', from()),
    ).rejects.toMatchObject({
      code: 'link.notFound',
    });
    // The second factor stands.
    expect(isIn(await house.identity.signIn(p.username, '山高月小水落石出之夜', from()))).toBe(false);
    const late = await house.identity.makePasswordLink(admin, p.id, { ...why, clearsFactors: true }, from());
    wait(86_401);
    await expect(house.identity.setPasswordByLink(late.token, PASSWORD, from())).rejects.toMatchObject({
      code: 'link.notFound',
    });
  });

  it('with the telephone lost as well: the link takes the factors away, and the trail says so', async () => {
    const admin = (await enter((await person('administrator')).username)).actor;
    const p = await withApp();
    const why = { clearsFactors: true, reason: '手机遗失' };
    const { token } = await house.identity.makePasswordLink(admin, p.id, why, from());
    await house.identity.setPasswordByLink(token, '山高月小水落石出之夜', from());
    expect(isIn(await house.identity.signIn(p.username, '山高月小水落石出之夜', from()))).toBe(true);
    expect(await trail('password.setByLink', p.id)).toMatchObject([{ detail: { factorsCleared: 1 } }]);
  });

  it('is no way into accounts elsewhere, nor round one’s own', async () => {
    const admin = (await enter((await person('administrator')).username)).actor;
    const reader = (await enter((await person('reader')).username)).actor;
    const p = await person();
    const why = { clearsFactors: true, reason: 'x' };
    const code = 'person.self';
    await expect(house.identity.makePasswordLink(admin, admin.id!, why, from())).rejects.toMatchObject({
      code,
    });
    await expect(house.identity.makePasswordLink(reader, p.id, why, from())).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await sql`update identity.person set archive_id = ${OTHER} where id = ${p.id}`.execute(house.db.owner);
    await expect(house.identity.makePasswordLink(admin, p.id, why, from())).rejects.toMatchObject({
      code: 'person.notFound',
    });
  });
});
