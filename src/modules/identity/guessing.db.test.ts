import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Arrival } from './index.ts';
import { countAttempt, forgiveAttempt } from './store/attempts.ts';
import { from, signInHouse } from './testing/signIn.ts';

const house = signInHouse();
const { wait, person, enter, trail } = house;

describe('guessing', () => {
  const guess = (username: string, arrival: Arrival) =>
    house.identity.signIn(username, 'a wrong guess of it', arrival).then(
      () => 'in',
      (e: { code: string }) => e.code,
    );

  it('answers a wrong name and a wrong password alike, and writes no name nobody has', async () => {
    const p = await person();
    expect(await guess(p.username, from('203.0.113.1'))).toBe('session.wrong');
    expect(await guess('nobody-has-this', from('203.0.113.1'))).toBe('session.wrong');
    expect(await trail('session.failed', p.id)).toMatchObject([
      { result: 'failed', address: '203.0.113.1', detail: { reason: 'password' } },
    ]);
    expect(JSON.stringify(await trail('session.failed', 'unknown'))).not.toContain('nobody-has-this');
  });

  it('is slowed down, also when many guesses are sent at once', async () => {
    const p = await person();
    const all = await Promise.all(Array.from({ length: 30 }, () => guess(p.username, from('203.0.113.2'))));
    expect(all.filter((code) => code === 'session.wrong')).toHaveLength(6);
    expect(all.filter((code) => code === 'session.tooMany')).toHaveLength(24);
    wait(2);
    expect(await guess(p.username, from('203.0.113.2'))).toBe('session.wrong');
    expect(await guess(p.username, from('203.0.113.2'))).toBe('session.tooMany');
  });

  it('does not stand in the way of the owner, who comes in from several tabs at once', async () => {
    const p = await person();
    // As sign-ins do: one is counted while another was right. Names differ, and so in which order their rows stand.
    const counted = async (round: number) => {
      const of = `${p.username}${round}`;
      const keys = (['pair', 'account', 'address'] as const).map((kind) => ({ kind, of }));
      await house.db.system((tx) => countAttempt(tx, keys, new Date()));
      await house.db.system((tx) => forgiveAttempt(tx, keys));
    };
    for (let round = 0; round < 20; round++)
      await Promise.all(Array.from({ length: 12 }, () => counted(round)));
  });

  it('from everywhere does not lock out the owner, who comes in on a device known before', async () => {
    const p = await person();
    const { device } = await enter(p.username, from('10.9.9.9'));
    for (let i = 0; i < 60; i++) await guess(p.username, from(`203.0.113.${i}`));
    expect(await guess(p.username, from('203.0.113.200'))).toBe('session.tooMany');
    // Even behind the same address as the guesser.
    expect(await enter(p.username, from('203.0.113.1', { device }))).toBeDefined();
    // On any other device within a minute at the most.
    wait(61);
    expect(await enter(p.username, from('10.8.8.8'))).toBeDefined();
  });

  it('with a made-up or a stranger’s device cookie gains nothing', async () => {
    const p = await person();
    const stranger = await enter((await person()).username);
    for (const device of [stranger.device, 'x'.repeat(43)]) {
      const codes: string[] = [];
      for (let i = 0; i < 12; i++) codes.push(await guess(p.username, from('203.0.113.77', { device })));
      expect(codes.at(-1)).toBe('session.tooMany');
    }
  });

  it('is slowed down on a stolen device cookie too', async () => {
    const p = await person();
    const { device } = await enter(p.username);
    const codes: string[] = [];
    for (let i = 0; i < 14; i++) codes.push(await guess(p.username, from('203.0.113.5', { device })));
    expect(codes.filter((c) => c === 'session.wrong')).toHaveLength(11);
  });

  it('takes any name in any script, of any length, and with SQL in it, as a wrong name', async () => {
    const names = [
      "' or 1=1 --",
      "admin'; drop table identity.person; --",
      '李'.repeat(10_000),
      '\u0000',
      '𠮷',
    ];
    let i = 0;
    for (const name of names)
      expect(await guess(name, from(`192.0.2.${++i}`)), name.slice(0, 30)).toBe('session.wrong');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (name) => {
        expect(['session.wrong', 'session.tooMany']).toContain(await guess(name, from(`198.18.0.${++i}`)));
      }),
      { numRuns: 8 },
    );
  });
});
