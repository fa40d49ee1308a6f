import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, demandFresh, systemActor } from '#kernel/actor';
import { createAuditTrail, searchEntries } from '#kernel/audit';
import { fixedClock } from '#kernel/clock';
import { type Database, openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { stepOf, totpCode } from './domain/totp.ts';
import {
  type Arrival,
  createIdentity,
  type Identity,
  type SecondDue,
  type SignedIn,
  secretVault,
} from './index.ts';

const PASSWORD = 'kettle under the blue stair';
const COUNTY = '00000000-0000-7000-8000-000000000001';
const OTHER = '00000000-0000-7000-8000-000000000002';
const masterKey = createHash('sha256').update('test').digest();

let fresh: FreshDatabase;
let db: Database;
let identity: Identity;
let n = 0;
const clock = fixedClock('2026-03-01T02:00:00Z');
const start = clock.now().getTime();
let at = 0;
/** Goes on by so many seconds; never back. */
const wait = (seconds: number) => {
  at += seconds;
  clock.set(new Date(start + at * 1000).toISOString());
};
const system = systemActor('test');
const from = (address = '10.0.0.1', more: Partial<Arrival> = {}): Arrival => ({ address, ...more });

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 6 });
  identity = createIdentity({
    db,
    clock,
    newId,
    audit: createAuditTrail(clock, newId, 'sha256'),
    archives: async () => [
      { id: COUNTY, path: [COUNTY] },
      { id: OTHER, path: [OTHER] },
    ],
    fondsOfAgencies: async () => [],
    foundArchive: async () => COUNTY,
    vault: secretVault(masterKey),
    signIn: { idleMinutes: 120, longestHours: 12 },
  });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

async function person(...roles: string[]): Promise<{ id: string; username: string }> {
  const username = `person-${++n}`;
  const { id } = await identity.addPerson(system, {
    username,
    displayName: username,
    password: PASSWORD,
    memberships: (roles.length > 0 ? roles : ['archivist']).map((role) => ({
      archiveId: COUNTY,
      role,
      subtree: false,
    })),
  });
  return { id, username };
}

const isIn = (r: SignedIn | SecondDue): r is SignedIn => 'token' in r;
async function enter(username: string, arrival = from()): Promise<SignedIn> {
  const r = await identity.signIn(username, PASSWORD, arrival);
  if (!isIn(r)) throw new Error('a second step is due');
  return r;
}
async function second(username: string, arrival = from()): Promise<SecondDue> {
  const r = await identity.signIn(username, PASSWORD, arrival);
  if (isIn(r)) throw new Error('no second step was due');
  return r;
}
const actorOf = async (token: string): Promise<Actor> => {
  const actor = await identity.actorOf(token);
  if (!actor) throw new Error('nobody');
  return actor;
};
/** The bytes of a secret as an authenticator app reads it. */
function fromBase32(text: string): Buffer {
  const bits = [...text].map((c) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
}
const codeOf = (secret: Buffer) => totpCode(secret, stepOf(clock.now()));

/** A person with an app as second factor, signed in with both. */
async function withApp(...roles: string[]) {
  const p = await person(...roles);
  const first = await enter(p.username);
  const begun = await identity.beginTotp(first.actor, '手机');
  const secret = fromBase32(begun.secret);
  const added = await identity.confirmTotp(first.actor, begun.id, codeOf(secret), from());
  wait(60);
  return { ...p, secret, first, added, codes: added.recoveryCodes ?? [], factorId: begun.id };
}

async function trail(act: string, personId: string) {
  const r = await sql<{ detail: Record<string, unknown>; address: string | null; result: string | null }>`
    select detail, address, result from audit.entry where act = ${act} and target_id = ${personId}
    order by id`.execute(db.owner);
  return r.rows;
}

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
    await identity.signOut(token, from());
    await expect(identity.signIn(p.username, 'wrong word', from())).rejects.toMatchObject({
      code: 'session.wrong',
    });
    await expect(identity.signIn('nobody-here', 'wrong word', from())).rejects.toMatchObject({
      code: 'session.wrong',
    });
    const seen = (installation: boolean) =>
      db.system((tx) =>
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
    expect(await identity.actorOf(one.token)).toBeUndefined();
    expect(await identity.actorOf(two.token)).toBeDefined();
  });

  it('ends when it is not used, and after its longest time when it is', async () => {
    const p = await person();
    const idle = await enter(p.username);
    wait(119 * 60);
    expect(await identity.actorOf(idle.token)).toBeDefined();
    wait(121 * 60);
    expect(await identity.actorOf(idle.token)).toBeUndefined();
    const busy = await enter(p.username);
    for (let minutes = 0; minutes < 12 * 60; minutes += 60) {
      expect(await identity.actorOf(busy.token), `${minutes} minutes`).toBeDefined();
      wait(3600);
    }
    expect(await identity.actorOf(busy.token)).toBeUndefined();
  });

  it('is kept as a digest: what the table holds opens nothing, nor does anything made up', async () => {
    const p = await person();
    const { token } = await enter(p.username);
    const r = await sql<{ d: Buffer }>`select token_digest as d from identity.session
      where person_id = ${p.id}`.execute(db.owner);
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
      expect(await identity.actorOf(forged), forged.slice(0, 50)).toBeUndefined();
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
    const mine = await identity.mySessions(a.actor);
    expect(mine).toHaveLength(3);
    expect(mine.filter((s) => s.current)).toHaveLength(1);
    const other = mine.find((s) => s.address === '198.51.100.9')!;
    expect(other.device).toBe('Chrome · Windows');
    await expect(identity.endMySession(stranger.actor, other.id, from())).rejects.toMatchObject({
      code: 'session.notFound',
    });
    await identity.endMySession(a.actor, other.id, from());
    expect(await identity.actorOf(b.token)).toBeUndefined();
    expect(await identity.endMyOtherSessions(a.actor, from())).toBe(1);
    expect(await identity.actorOf(c.token)).toBeUndefined();
    expect(await identity.actorOf(a.token)).toBeDefined();
  });

  it('ends everywhere else when the password is changed, and goes on here under a new token', async () => {
    const p = await person();
    const here = await enter(p.username);
    const there = await enter(p.username);
    const next = '山高月小水落石出之夜';
    await expect(identity.changePassword(here.actor, 'not it at all', next, from())).rejects.toMatchObject({
      code: 'session.proof',
    });
    const opened = await identity.changePassword(here.actor, PASSWORD, next, from());
    expect(await identity.actorOf(there.token)).toBeUndefined();
    expect(await identity.actorOf(here.token)).toBeUndefined();
    expect(await identity.actorOf(opened.token)).toMatchObject({ id: p.id });
    expect(isIn(await identity.signIn(p.username, next, from()))).toBe(true);
  });

  it('ends at once when the account is closed, and so does every token', async () => {
    const p = await person();
    const { token, actor } = await enter(p.username);
    const scope = { name: 'x', capabilities: ['holdings.read'], archives: null, days: 3 };
    const api = await identity.createMyToken(actor, scope, from());
    await sql`update identity.person set disabled_at = now() where id = ${p.id}`.execute(db.owner);
    expect(await identity.actorOf(token)).toBeUndefined();
    expect(await identity.actorOf(api.secret)).toBeUndefined();
    await expect(identity.signIn(p.username, PASSWORD, from())).rejects.toMatchObject({
      code: 'session.wrong',
    });
  });
});

describe('guessing', () => {
  const guess = (username: string, arrival: Arrival) =>
    identity.signIn(username, 'a wrong guess of it', arrival).then(
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

describe('a second factor', () => {
  it('is asked for from the time it is confirmed; the session it was added in rises under a new token', async () => {
    const p = await withApp();
    expect(await identity.actorOf(p.first.token)).toBeUndefined();
    expect(await actorOf(p.added.token)).toMatchObject({ factors: 'two' });
    const due = await second(p.username);
    expect(due.ways).toEqual(['totp', 'recovery']);
    // The step is no session.
    expect(await identity.actorOf(due.step)).toBeUndefined();
    const signed = await identity.answerSecondStep(due.step, { code: codeOf(p.secret) }, from('192.0.2.3'));
    expect(signed.actor).toMatchObject({ id: p.id, factors: 'two' });
    expect((await trail('session.opened', p.id)).at(-1)).toMatchObject({
      address: '192.0.2.3',
      detail: { factors: 'two', with: 'totp' },
    });
  });

  it('counts for nothing before its first code fits', async () => {
    const p = await person();
    const { actor } = await enter(p.username);
    const begun = await identity.beginTotp(actor, '手机');
    await expect(identity.confirmTotp(actor, begun.id, '000000', from())).rejects.toMatchObject({
      code: 'factor.wrong',
    });
    expect(isIn(await identity.signIn(p.username, PASSWORD, from()))).toBe(true);
  });

  it('takes a code once, for one step, and of two who send it at once lets one in', async () => {
    const p = await withApp();
    const code = codeOf(p.secret);
    const steps = await Promise.all([second(p.username), second(p.username), second(p.username)]);
    const answers = await Promise.allSettled(
      steps.map((s) => identity.answerSecondStep(s.step, { code }, from())),
    );
    expect(answers.filter((a) => a.status === 'fulfilled')).toHaveLength(1);
    const again = await second(p.username);
    await expect(identity.answerSecondStep(again.step, { code }, from())).rejects.toMatchObject({
      code: 'factor.wrong',
    });
    expect((await trail('session.failed', p.id)).at(-1)).toMatchObject({ detail: { reason: 'replay' } });
    // An answered step is used up.
    wait(30);
    const fresh = await second(p.username);
    await identity.answerSecondStep(fresh.step, { code: codeOf(p.secret) }, from());
    wait(30);
    await expect(
      identity.answerSecondStep(fresh.step, { code: codeOf(p.secret) }, from()),
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
      const answer = identity.answerSecondStep(due.step, { code: off(steps) }, from());
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
      await identity
        .answerSecondStep(due.step, { code: String(i).padStart(6, '1') }, from())
        .catch((e: { code: string }) => codes.push(e.code));
    expect(codes.slice(0, 6)).toEqual(Array(6).fill('factor.wrong'));
    expect(codes.slice(6)).toEqual(Array(4).fill('session.tooMany'));
    wait(301);
    await expect(
      identity.answerSecondStep(due.step, { code: codeOf(p.secret) }, from()),
    ).rejects.toMatchObject({ code: 'step.none' });
  });

  it('lost: each recovery code works once, and another person’s never', async () => {
    const p = await withApp();
    const stranger = await withApp();
    const [code] = p.codes;
    const use = async (username: string, recoveryCode: string) =>
      identity.answerSecondStep((await second(username)).step, { recoveryCode }, from());
    await expect(use(stranger.username, code!)).rejects.toMatchObject({ code: 'factor.wrong' });
    const signed = await use(p.username, ` ${code!.toUpperCase()} `);
    expect(signed.actor.id).toBe(p.id);
    await expect(use(p.username, code!)).rejects.toMatchObject({ code: 'factor.wrong' });
    expect((await identity.myAccount(signed.actor)).recoveryCodesLeft).toBe(9);
    const fresh = await identity.renewRecoveryCodes(signed.actor, from());
    await expect(use(p.username, p.codes[1]!)).rejects.toMatchObject({ code: 'factor.wrong' });
    await expect(use(p.username, fresh[0]!)).resolves.toBeDefined();
  });

  it('is sealed: the table holds neither the secret nor the codes', async () => {
    const p = await withApp();
    const r = await sql<{ all: string }>`select (select string_agg(f::text, '') from identity.factor f)
      || (select string_agg(encode(digest, 'hex'), '') from identity.recovery_code) as all`.execute(db.owner);
    const text = r.rows[0]!.all;
    expect(text).not.toContain(p.secret.toString('hex'));
    expect(text).not.toContain(p.secret.toString('base64url'));
    for (const c of p.codes)
      expect(text).not.toContain(createHash('sha256').update(c.replace('-', '')).digest('hex'));
  });

  it('demanded for a role: it counts only with one, and counts again after it', async () => {
    const p = await person('clerk', 'reader');
    await sql`insert into identity.factor_demand (id, archive_id, role, made_at)
      values (${newId()}, ${COUNTY}, 'clerk', now())`.execute(db.owner);
    const { actor } = await enter(p.username);
    expect(actor.withheld).toBe(true);
    expect(actor.rights.get(COUNTY)?.has('certificate.request')).toBe(false);
    expect(actor.rights.get(COUNTY)?.has('holdings.read')).toBe(true);
    const begun = await identity.beginTotp(actor, '手机');
    const opened = await identity.confirmTotp(actor, begun.id, codeOf(fromBase32(begun.secret)), from());
    const risen = await actorOf(opened.token);
    expect(risen.withheld ?? false).toBe(false);
    expect(risen.rights.get(COUNTY)?.has('certificate.request')).toBe(true);
    await sql`delete from identity.factor_demand`.execute(db.owner);
  });

  it('is demanded by who looks after the rights there; everywhere, by who does so in all archives', async () => {
    const security = (...places: string[]): Actor => ({
      ...system,
      ...{ kind: 'person', id: newId(), name: '安如山', authenticatedAt: clock.now() },
      rights: new Map(places.map((a) => [a, new Set(['rights.manage'] as const)])),
    });
    const [one, all] = [security(COUNTY), security(COUNTY, OTHER)];
    const clerks = { archiveId: COUNTY, role: 'clerk' };
    const everywhere = { archiveId: null, role: 'auditor' };
    await identity.demandFactor(one, clerks, from());
    await expect(identity.demandFactor(one, clerks, from())).rejects.toMatchObject({
      code: 'demand.duplicate',
    });
    await expect(identity.demandFactor(one, everywhere, from())).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    const id = await identity.demandFactor(all, everywhere, from());
    expect(await identity.factorDemands(one)).toMatchObject({
      items: [clerks, everywhere],
      everywhere: false,
    });
    expect(await identity.factorDemands(all)).toMatchObject({ everywhere: true });
    expect((await identity.factorDemands(security(OTHER))).items).toMatchObject([everywhere]);
    const auditor = await person('auditor');
    expect((await enter(auditor.username)).actor.withheld).toBe(true);
    await expect(identity.endFactorDemand(one, id, from())).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await identity.endFactorDemand(all, id, from());
    expect((await enter(auditor.username)).actor.withheld ?? false).toBe(false);
    expect(await trail('factor.demanded', 'lantai')).toMatchObject([{ detail: { role: 'auditor' } }]);
    await sql`delete from identity.factor_demand`.execute(db.owner);
  });
});

describe('a grave act', () => {
  it('asks for a fresh proof, which renews the session under a new token', async () => {
    const p = await person();
    const { token, actor } = await enter(p.username);
    demandFresh(actor, clock);
    wait(11 * 60);
    expect(() => demandFresh(actor, clock)).toThrow(expect.objectContaining({ code: 'session.stale' }));
    await expect(identity.beginTotp(actor, 'x')).rejects.toMatchObject({ code: 'session.stale' });
    await expect(identity.prove(actor, { password: 'a wrong guess of it' }, from())).rejects.toMatchObject({
      code: 'session.proof',
    });
    expect(await trail('session.proofFailed', p.id)).toHaveLength(1);
    const opened = await identity.prove(actor, { password: PASSWORD }, from());
    expect(await identity.actorOf(token)).toBeUndefined();
    demandFresh(await actorOf(opened.token), clock);
    expect(await trail('session.proved', p.id)).toMatchObject([{ detail: { with: 'password' } }]);
  });
});

describe('an API token', () => {
  const scope = { name: '统计程序', capabilities: ['holdings.read'], archives: [COUNTY], days: 30 };

  it('does what it was made for, notes its last use, and ends', async () => {
    const p = await person();
    const { actor } = await enter(p.username);
    const made = await identity.createMyToken(actor, scope, from());
    const used = await identity.actorOf(made.secret, '192.0.2.44');
    expect(used).toMatchObject({ id: p.id, via: { kind: 'token', id: made.id }, grants: [] });
    expect([...used!.rights]).toEqual([[COUNTY, new Set(['holdings.read'])]]);
    expect(used!.posts?.every((x) => [...x.capabilities].every((c) => c === 'holdings.read'))).toBe(true);
    expect(await identity.myTokens(actor)).toMatchObject([
      { name: '统计程序', usedFrom: '192.0.2.44', usedAt: clock.now() },
    ]);
    expect(JSON.stringify(await identity.myTokens(actor))).not.toContain(made.secret);
    wait(30 * 86_400 + 1);
    expect(await identity.actorOf(made.secret)).toBeUndefined();
  });

  it('loses what its owner loses, and is dead once revoked', async () => {
    const p = await person();
    const { actor } = await enter(p.username);
    const made = await identity.createMyToken(actor, { ...scope, archives: null }, from());
    await sql`update identity.membership set until_at = greatest(from_at, ${clock.now()}) where person_id = ${p.id}`.execute(
      db.owner,
    );
    expect((await identity.actorOf(made.secret))?.rights.size).toBe(0);
    await identity.revokeMyToken(actor, made.id, from());
    expect(await identity.actorOf(made.secret)).toBeUndefined();
    expect(await trail('token.created', p.id)).toHaveLength(1);
    expect(await trail('token.revoked', p.id)).toHaveLength(1);
  });

  it('stolen, makes no tokens, changes no account, sees no sessions and does no grave act', async () => {
    const { username } = await person();
    const { actor } = await enter(username);
    const thief = await actorOf((await identity.createMyToken(actor, scope, from())).secret);
    expect(() => demandFresh(thief, clock)).toThrow(expect.objectContaining({ code: 'session.stale' }));
    const tries: Promise<unknown>[] = [
      identity.createMyToken(thief, scope, from()),
      identity.beginTotp(thief, 'x'),
      identity.changePassword(thief, PASSWORD, 'another kettle of blue', from()),
      identity.prove(thief, { password: PASSWORD }, from()),
    ];
    for (const t of tries) await expect(t).rejects.toBeInstanceOf(Error);
    expect(() => identity.myTokens(thief)).toThrow(expect.objectContaining({ code: 'account.forbidden' }));
    await expect(identity.mySessions(thief)).rejects.toMatchObject({ code: 'account.forbidden' });
  });

  it('is not made for more than its owner may, nor for another’s archive', async () => {
    const { actor } = await enter((await person('reader')).username);
    for (const change of [{ capabilities: ['access.decide'] }, { archives: [OTHER] }])
      await expect(identity.createMyToken(actor, { ...scope, ...change }, from())).rejects.toMatchObject({
        code: 'token.scope',
      });
  });
});

describe('an account of another system', () => {
  it('is made by the system administrator, has no rights by itself, and never signs in', async () => {
    const admin = (await enter((await person('administrator')).username)).actor;
    const id = await identity.addServiceAccount(
      admin,
      { archiveId: COUNTY, username: 'oa-system', displayName: '办公系统' },
      from(),
    );
    const wanted = { name: 'OA', capabilities: ['holdings.read'], archives: null, days: 90 };
    await expect(identity.createServiceToken(admin, id, wanted, from())).rejects.toMatchObject({
      code: 'token.scope',
    });
    await sql`insert into identity.membership (person_id, archive_id, role, subtree, from_at)
      values (${id}, ${COUNTY}, 'reader', false, ${clock.now()})`.execute(db.owner);
    wait(1);
    const made = await identity.createServiceToken(admin, id, wanted, from());
    expect(await actorOf(made.secret)).toMatchObject({ id, name: '办公系统' });
    await expect(identity.signIn('oa-system', '', from())).rejects.toMatchObject({ code: 'session.wrong' });
    await identity.revokeServiceToken(admin, id, made.id, from());
    expect(await identity.actorOf(made.secret)).toBeUndefined();
  });

  it('is nothing to those who do not look after the archive', async () => {
    const reader = (await enter((await person('reader')).username)).actor;
    await expect(
      identity.addServiceAccount(reader, { archiveId: COUNTY, username: 'sneaky', displayName: 'x' }, from()),
    ).rejects.toMatchObject({ code: 'actor.forbidden' });
    expect(await identity.serviceAccounts(reader)).toEqual([]);
  });
});

describe('a forgotten password', () => {
  it('is set anew by a one-time link, which works once, for a day, and ends all sessions', async () => {
    const admin = (await enter((await person('administrator')).username)).actor;
    const p = await withApp();
    const why = { clearsFactors: false, reason: '本人到场，忘记密码' };
    const { token } = await identity.makePasswordLink(admin, p.id, why, from());
    await expect(identity.setPasswordByLink(token, 'password123', from())).rejects.toMatchObject({
      code: 'password.guessable',
    });
    await identity.setPasswordByLink(token, '山高月小水落石出之夜', from());
    expect(await identity.actorOf(p.added.token)).toBeUndefined();
    await expect(identity.setPasswordByLink(token, '另一个谁也想不到的词', from())).rejects.toMatchObject({
      code: 'link.notFound',
    });
    // The second factor stands.
    expect(isIn(await identity.signIn(p.username, '山高月小水落石出之夜', from()))).toBe(false);
    const late = await identity.makePasswordLink(admin, p.id, { ...why, clearsFactors: true }, from());
    wait(86_401);
    await expect(identity.setPasswordByLink(late.token, PASSWORD, from())).rejects.toMatchObject({
      code: 'link.notFound',
    });
  });

  it('with the telephone lost as well: the link takes the factors away, and the trail says so', async () => {
    const admin = (await enter((await person('administrator')).username)).actor;
    const p = await withApp();
    const why = { clearsFactors: true, reason: '手机遗失' };
    const { token } = await identity.makePasswordLink(admin, p.id, why, from());
    await identity.setPasswordByLink(token, '山高月小水落石出之夜', from());
    expect(isIn(await identity.signIn(p.username, '山高月小水落石出之夜', from()))).toBe(true);
    expect(await trail('password.setByLink', p.id)).toMatchObject([{ detail: { factorsCleared: 1 } }]);
  });

  it('is no way into accounts elsewhere, nor round one’s own', async () => {
    const admin = (await enter((await person('administrator')).username)).actor;
    const reader = (await enter((await person('reader')).username)).actor;
    const p = await person();
    const why = { clearsFactors: true, reason: 'x' };
    const code = 'person.self';
    await expect(identity.makePasswordLink(admin, admin.id!, why, from())).rejects.toMatchObject({ code });
    await expect(identity.makePasswordLink(reader, p.id, why, from())).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await sql`update identity.person set archive_id = ${OTHER} where id = ${p.id}`.execute(db.owner);
    await expect(identity.makePasswordLink(admin, p.id, why, from())).rejects.toMatchObject({
      code: 'person.notFound',
    });
  });
});
