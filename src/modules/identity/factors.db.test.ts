import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Actor, demandFresh } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { stepOf, totpCode } from './domain/totp.ts';
import { COUNTY, from, fromBase32, OTHER, PASSWORD, signInHouse, system } from './testing/signIn.ts';

const house = signInHouse();
const { clock, wait, person, isIn, enter, second, actorOf, codeOf, withApp, trail } = house;

describe('a second factor', () => {
  it('is asked for from the time it is confirmed; the session it was added in rises under a new token', async () => {
    const p = await withApp();
    expect(await house.identity.actorOf(p.first.token)).toBeUndefined();
    expect(await actorOf(p.added.token)).toMatchObject({ factors: 'two' });
    const due = await second(p.username);
    expect(due.ways).toEqual(['totp', 'recovery']);
    // The step is no session.
    expect(await house.identity.actorOf(due.step)).toBeUndefined();
    const signed = await house.identity.answerSecondStep(
      due.step,
      { code: codeOf(p.secret) },
      from('192.0.2.3'),
    );
    expect(signed.actor).toMatchObject({ id: p.id, factors: 'two' });
    expect((await trail('session.opened', p.id)).at(-1)).toMatchObject({
      address: '192.0.2.3',
      detail: { factors: 'two', with: 'totp' },
    });
  });

  it('counts for nothing before its first code fits', async () => {
    const p = await person();
    const { actor } = await enter(p.username);
    const begun = await house.identity.beginTotp(actor, '手机');
    await expect(house.identity.confirmTotp(actor, begun.id, '000000', from())).rejects.toMatchObject({
      code: 'factor.wrong',
    });
    expect(isIn(await house.identity.signIn(p.username, PASSWORD, from()))).toBe(true);
  });

  it('takes a code once, for one step, and of two who send it at once lets one in', async () => {
    const p = await withApp();
    const code = codeOf(p.secret);
    const steps = await Promise.all([second(p.username), second(p.username), second(p.username)]);
    const answers = await Promise.allSettled(
      steps.map((s) => house.identity.answerSecondStep(s.step, { code }, from())),
    );
    expect(answers.filter((a) => a.status === 'fulfilled')).toHaveLength(1);
    const again = await second(p.username);
    await expect(house.identity.answerSecondStep(again.step, { code }, from())).rejects.toMatchObject({
      code: 'factor.wrong',
    });
    expect((await trail('session.failed', p.id)).at(-1)).toMatchObject({ detail: { reason: 'replay' } });
    // An answered step is used up.
    wait(30);
    const fresh = await second(p.username);
    await house.identity.answerSecondStep(fresh.step, { code: codeOf(p.secret) }, from());
    wait(30);
    await expect(
      house.identity.answerSecondStep(fresh.step, { code: codeOf(p.secret) }, from()),
    ).rejects.toMatchObject({ code: 'step.none' });
  });

  it('allows a clock one step off, and no more', async () => {
    const p = await withApp();
    const off = (steps: number) => totpCode(p.secret, stepOf(clock.now()) + steps);
    for (const [steps, fits] of [
      [1, true],
      [3, false],
      [-2, false],
    ] as const) {
      const due = await second(p.username);
      const answer = house.identity.answerSecondStep(due.step, { code: off(steps) }, from());
      if (fits) await expect(answer).resolves.toBeDefined();
      else await expect(answer).rejects.toMatchObject({ code: 'factor.wrong' });
      wait(120);
    }
  });

  it('can not be guessed at speed, nor its step used after five minutes', async () => {
    const p = await withApp();
    const due = await second(p.username);
    const codes: string[] = [];
    for (let i = 0; i < 10; i++)
      await house.identity
        .answerSecondStep(due.step, { code: String(i).padStart(6, '1') }, from())
        .catch((e: { code: string }) => codes.push(e.code));
    expect(codes.slice(0, 6)).toEqual(Array(6).fill('factor.wrong'));
    expect(codes.slice(6)).toEqual(Array(4).fill('session.tooMany'));
    wait(301);
    await expect(
      house.identity.answerSecondStep(due.step, { code: codeOf(p.secret) }, from()),
    ).rejects.toMatchObject({ code: 'step.none' });
  });

  it('lost: each recovery code works once, and another person’s never', async () => {
    const p = await withApp();
    const stranger = await withApp();
    const [code] = p.codes;
    const use = async (username: string, recoveryCode: string) =>
      house.identity.answerSecondStep((await second(username)).step, { recoveryCode }, from());
    await expect(use(stranger.username, code!)).rejects.toMatchObject({ code: 'factor.wrong' });
    const signed = await use(p.username, ` ${code!.toUpperCase()} `);
    expect(signed.actor.id).toBe(p.id);
    await expect(use(p.username, code!)).rejects.toMatchObject({ code: 'factor.wrong' });
    expect((await house.identity.myAccount(signed.actor)).recoveryCodesLeft).toBe(9);
    const fresh = await house.identity.renewRecoveryCodes(signed.actor, from());
    await expect(use(p.username, p.codes[1]!)).rejects.toMatchObject({ code: 'factor.wrong' });
    await expect(use(p.username, fresh[0]!)).resolves.toBeDefined();
  });

  it('is sealed: the table holds neither the secret nor the codes', async () => {
    const p = await withApp();
    const r = await sql<{ all: string }>`select (select string_agg(f::text, '') from identity.factor f)
      || (select string_agg(encode(digest, 'hex'), '') from identity.recovery_code) as all`.execute(
      house.db.owner,
    );
    const text = r.rows[0]!.all;
    expect(text).not.toContain(p.secret.toString('hex'));
    expect(text).not.toContain(p.secret.toString('base64url'));
    for (const c of p.codes)
      expect(text).not.toContain(createHash('sha256').update(c.replace('-', '')).digest('hex'));
  });

  it('demanded for a role: it counts only with one, and counts again after it', async () => {
    const p = await person('clerk', 'reader');
    await sql`insert into identity.factor_demand (id, archive_id, role, made_at)
      values (${newId()}, ${COUNTY}, 'clerk', now())`.execute(house.db.owner);
    const { actor } = await enter(p.username);
    expect(actor.withheld).toBe(true);
    expect(actor.rights.get(COUNTY)?.has('certificate.request')).toBe(false);
    expect(actor.rights.get(COUNTY)?.has('holdings.read')).toBe(true);
    const begun = await house.identity.beginTotp(actor, '手机');
    const opened = await house.identity.confirmTotp(
      actor,
      begun.id,
      codeOf(fromBase32(begun.secret)),
      from(),
    );
    const risen = await actorOf(opened.token);
    expect(risen.withheld ?? false).toBe(false);
    expect(risen.rights.get(COUNTY)?.has('certificate.request')).toBe(true);
    await sql`delete from identity.factor_demand`.execute(house.db.owner);
  });

  it('is demanded by who looks after the rights there; everywhere, by who does so in all archives', async () => {
    const security = (...places: string[]): Actor => ({
      ...system,
      kind: 'person',
      id: newId(),
      name: '安如山',
      authenticatedAt: clock.now(),
      rights: new Map(places.map((a) => [a, new Set(['rights.manage'] as const)])),
    });
    const [one, all] = [security(COUNTY), security(COUNTY, OTHER)];
    const clerks = { archiveId: COUNTY, role: 'clerk' };
    const everywhere = { archiveId: null, role: 'auditor' };
    await house.identity.demandFactor(one, clerks, from());
    await expect(house.identity.demandFactor(one, clerks, from())).rejects.toMatchObject({
      code: 'demand.duplicate',
    });
    await expect(house.identity.demandFactor(one, everywhere, from())).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    const id = await house.identity.demandFactor(all, everywhere, from());
    expect(await house.identity.factorDemands(one)).toMatchObject({
      items: [clerks, everywhere],
      everywhere: false,
    });
    expect(await house.identity.factorDemands(all)).toMatchObject({ everywhere: true });
    expect((await house.identity.factorDemands(security(OTHER))).items).toMatchObject([everywhere]);
    const auditor = await person('auditor');
    expect((await enter(auditor.username)).actor.withheld).toBe(true);
    await expect(house.identity.endFactorDemand(one, id, from())).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await house.identity.endFactorDemand(all, id, from());
    expect((await enter(auditor.username)).actor.withheld ?? false).toBe(false);
    expect(await trail('factor.demanded', 'lantai')).toMatchObject([{ detail: { role: 'auditor' } }]);
    await sql`delete from identity.factor_demand`.execute(house.db.owner);
  });
});

describe('a grave act', () => {
  it('asks for a fresh proof, which renews the session under a new token', async () => {
    const p = await person();
    const { token, actor } = await enter(p.username);
    demandFresh(actor, clock);
    wait(11 * 60);
    expect(() => demandFresh(actor, clock)).toThrow(expect.objectContaining({ code: 'session.stale' }));
    await expect(house.identity.beginTotp(actor, 'x')).rejects.toMatchObject({ code: 'session.stale' });
    await expect(
      house.identity.prove(actor, { password: 'a wrong guess of it' }, from()),
    ).rejects.toMatchObject({
      code: 'session.proof',
    });
    expect(await trail('session.proofFailed', p.id)).toHaveLength(1);
    const opened = await house.identity.prove(actor, { password: PASSWORD }, from());
    expect(await house.identity.actorOf(token)).toBeUndefined();
    demandFresh(await actorOf(opened.token), clock);
    expect(await trail('session.proved', p.id)).toMatchObject([{ detail: { with: 'password' } }]);
  });
});
