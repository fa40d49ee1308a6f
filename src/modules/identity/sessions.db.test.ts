import { describe, expect, it } from 'vitest';
import { searchEntries } from '#kernel/audit';
import { sql } from '#kernel/db';
import { COUNTY, from, PASSWORD, signInHouse } from './testing/signIn.ts';

const house = signInHouse();
const { wait, person, isIn, enter, trail } = house;

describe('a session', () => {
  it('opens with name and password, in any width and case of the name, and is in the trail with its address', async () => {
    const p = await person();
    const wide = [...p.username.toUpperCase()]
      .map((c) => (/[A-Z0-9-]/.test(c) ? String.fromCodePoint(c.codePointAt(0)! + 0xfee0) : c))
      .join('');
    const { actor } = await enter(wide, from('192.0.2.7'));
    expect(actor).toMatchObject({ id: p.id, factors: 'password', via: { kind: 'session' } });
    expect(await trail('session.opened', p.id)).toMatchObject([
      { address: '192.0.2.7', detail: { method: 'password', factors: 'password' } },
    ]);
  });

  it('stands in the trail of the archive that looks after the account, good and bad attempts alike', async () => {
    const p = await person();
    const { token } = await enter(p.username);
    await house.identity.signOut(token, from());
    await expect(house.identity.signIn(p.username, 'wrong word', from())).rejects.toMatchObject({
      code: 'session.wrong',
    });
    await expect(house.identity.signIn('nobody-here', 'wrong word', from())).rejects.toMatchObject({
      code: 'session.wrong',
    });
    const seen = (installation: boolean) =>
      house.db.system((tx) =>
        searchEntries(
          tx,
          installation ? { archives: [], installation } : { archives: [COUNTY], installation, thing: p.id },
          { limit: 20 },
        ),
      );
    expect((await seen(false)).map((e) => e.act).filter((act) => act.startsWith('session.'))).toEqual([
      'session.failed',
      'session.ended',
      'session.opened',
    ]);
    // A name nobody has belongs to no archive.
    expect((await seen(true)).map((e) => [e.act, e.target.id])).toEqual([['session.failed', 'unknown']]);
    expect(await seen(true).then((all) => all.some((e) => e.target.id === p.id))).toBe(false);
  });

  it('is a new one at each sign-in, and the one the browser came with ends', async () => {
    const p = await person();
    const one = await enter(p.username);
    const two = await enter(p.username, from('10.0.0.1', { session: one.token }));
    expect(two.token).not.toBe(one.token);
    expect(await house.identity.actorOf(one.token)).toBeUndefined();
    expect(await house.identity.actorOf(two.token)).toBeDefined();
  });

  it('ends when it is not used, and after its longest time when it is', async () => {
    const p = await person();
    const idle = await enter(p.username);
    wait(119 * 60);
    expect(await house.identity.actorOf(idle.token)).toBeDefined();
    wait(121 * 60);
    expect(await house.identity.actorOf(idle.token)).toBeUndefined();
    const busy = await enter(p.username);
    for (let minutes = 0; minutes < 12 * 60; minutes += 60) {
      expect(await house.identity.actorOf(busy.token), `${minutes} minutes`).toBeDefined();
      wait(3600);
    }
    expect(await house.identity.actorOf(busy.token)).toBeUndefined();
  });

  it('is kept as a digest: what the table holds opens nothing, nor does anything made up', async () => {
    const p = await person();
    const { token } = await enter(p.username);
    const r = await sql<{ d: Buffer }>`select token_digest as d from identity.session
      where person_id = ${p.id}`.execute(house.db.owner);
    const digest = r.rows[0]!.d;
    for (const forged of [
      digest.toString('base64url'),
      digest.toString('hex'),
      `${token}x`,
      token.slice(0, -1),
      token.toLowerCase(),
      '',
      "' or true --",
      'x'.repeat(10_000),
    ])
      expect(await house.identity.actorOf(forged), forged.slice(0, 50)).toBeUndefined();
  });

  it('can be looked at and ended, one or all others, and by its owner alone', async () => {
    const p = await person();
    const stranger = await enter((await person()).username);
    const agent = 'Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36';
    const [a, b, c] = [
      await enter(p.username),
      await enter(p.username, from('198.51.100.9', { userAgent: agent })),
      await enter(p.username),
    ];
    const mine = await house.identity.mySessions(a.actor);
    expect(mine).toHaveLength(3);
    expect(mine.filter((s) => s.current)).toHaveLength(1);
    const other = mine.find((s) => s.address === '198.51.100.9')!;
    expect(other.device).toBe('Chrome · Windows');
    await expect(house.identity.endMySession(stranger.actor, other.id, from())).rejects.toMatchObject({
      code: 'session.notFound',
    });
    await house.identity.endMySession(a.actor, other.id, from());
    expect(await house.identity.actorOf(b.token)).toBeUndefined();
    expect(await house.identity.endMyOtherSessions(a.actor, from())).toBe(1);
    expect(await house.identity.actorOf(c.token)).toBeUndefined();
    expect(await house.identity.actorOf(a.token)).toBeDefined();
  });

  it('ends everywhere else when the password is changed, and goes on here under a new token', async () => {
    const p = await person();
    const here = await enter(p.username);
    const there = await enter(p.username);
    const next = '山高月小水落石出之夜';
    await expect(
      house.identity.changePassword(here.actor, 'not it at all', next, from()),
    ).rejects.toMatchObject({
      code: 'session.proof',
    });
    const opened = await house.identity.changePassword(here.actor, PASSWORD, next, from());
    expect(await house.identity.actorOf(there.token)).toBeUndefined();
    expect(await house.identity.actorOf(here.token)).toBeUndefined();
    expect(await house.identity.actorOf(opened.token)).toMatchObject({ id: p.id });
    expect(isIn(await house.identity.signIn(p.username, next, from()))).toBe(true);
  });

  it('ends at once when the account is closed, and so does every token', async () => {
    const p = await person();
    const { token, actor } = await enter(p.username);
    const scope = { name: 'x', capabilities: ['holdings.read'], archives: null, days: 3 };
    const api = await house.identity.createMyToken(actor, scope, from());
    await sql`update identity.person set disabled_at = now() where id = ${p.id}`.execute(house.db.owner);
    expect(await house.identity.actorOf(token)).toBeUndefined();
    expect(await house.identity.actorOf(api.secret)).toBeUndefined();
    await expect(house.identity.signIn(p.username, PASSWORD, from())).rejects.toMatchObject({
      code: 'session.wrong',
    });
  });
});
