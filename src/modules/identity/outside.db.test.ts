import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Actor, demandFresh, publicActor, systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { systemClock } from '#kernel/clock';
import { type Database, openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { type Directory, ldapDirectory } from '../../../test/support/ldapDirectory.ts';
import { type OidcProvider, oidcProvider } from '../../../test/support/oidcProvider.ts';
import { type Misuse, securityKey } from '../../../test/support/securityKey.ts';
import {
  createIdentity,
  type Identity,
  ldapHouse,
  oidcHouse,
  relyingPartyOf,
  type SecondDue,
  type SignedIn,
  secretVault,
} from './index.ts';

const PASSWORD = 'kettle under the blue stair';
const COUNTY = '00000000-0000-7000-8000-000000000001';
const BASE = 'ou=people,dc=example,dc=org';
const BACK = 'http://127.0.0.1:9/api/v1/session/oidc/return';
const from = { address: '10.0.0.1' };
const PAGE = { origin: 'https://archive.example', rpId: 'archive.example' };

let fresh: FreshDatabase;
let db: Database;
let identity: Identity;
let provider: OidcProvider;
let directory: Directory;
let n = 0;

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 6 });
  provider = await oidcProvider('lantai', 'client-secret');
  directory = await ldapDirectory([
    { dn: 'cn=lantai,dc=example,dc=org', password: 'service-secret', attributes: {} },
    {
      dn: `uid=limou,${BASE}`,
      password: 'limou-word',
      attributes: { uid: 'limou', entryUUID: 'uuid-limou' },
    },
    { dn: `uid=person-x,${BASE}`, password: 'x-word', attributes: { uid: 'person-x', entryUUID: 'uuid-x' } },
  ]);
  identity = createIdentity({
    db,
    clock: systemClock,
    newId,
    audit: createAuditTrail(systemClock, newId, 'sha256'),
    archives: async () => [{ id: COUNTY, path: [COUNTY] }],
    fondsOfAgencies: async () => [],
    fonds: { read: async () => undefined, setAgency: async () => {} },
    foundArchive: async () => COUNTY,
    vault: secretVault(createHash('sha256').update('test').digest()),
    signIn: {
      idleMinutes: 120,
      longestHours: 12,
      relyingParty: relyingPartyOf(PAGE.origin),
      oidc: oidcHouse({
        issuer: provider.issuer,
        clientId: 'lantai',
        clientSecret: 'client-secret',
        name: 'SSO',
      }),
      ldap: ldapHouse({
        url: directory.url,
        base: BASE,
        bindDn: 'cn=lantai,dc=example,dc=org',
        bindPassword: 'service-secret',
        nameAttribute: 'uid',
        subjectAttribute: 'entryUUID',
      }),
    },
  });
});
afterAll(async () => {
  await Promise.all([db.close(), provider.close(), directory.close()]);
  await fresh.drop();
});
beforeEach(() => {
  provider.misdeeds = {};
});

async function person(username = `person-${++n}`) {
  const memberships = [{ archiveId: COUNTY, role: 'reader', subtree: false }];
  const p = await identity.addPerson(systemActor('test'), {
    username,
    displayName: username,
    password: PASSWORD,
    memberships,
  });
  const signed = await identity.signIn(username, PASSWORD, from);
  if (!isIn(signed)) throw new Error('not in');
  return { id: p.id, username, actor: signed.actor, token: signed.token };
}
const isIn = (r: SignedIn | SecondDue): r is SignedIn => 'token' in r;
const reason = async (personId: string) =>
  (
    await sql<{ reason: string }>`select detail->>'reason' as reason from audit.entry
      where act = 'session.failed' and target_id = ${personId} order by id desc limit 1`.execute(db.owner)
  ).rows[0]?.reason;

describe('sign-in through OpenID Connect', () => {
  async function walk(actor: Actor, purpose: 'in' | 'link' | 'prove', other?: Actor) {
    const { url, kept } = await identity.leaveForOidc(actor, {
      purpose,
      redirectUri: BACK,
      next: '/account',
    });
    const query = new URL(await provider.follow(url)).search;
    return { kept, query, finish: () => identity.comeBackFromOidc(other ?? actor, kept, query, from) };
  }
  const come = async (actor: Actor, purpose: 'in' | 'link' | 'prove') =>
    (await walk(actor, purpose)).finish();

  it('lets in who linked the account, and nobody else; it makes no account and gives no rights', async () => {
    provider.subject = 'subject-li';
    const before = await sql<{ n: number }>`select count(*)::int as n from identity.person`.execute(db.owner);
    await expect(come(publicActor(), 'in')).rejects.toMatchObject({ code: 'session.unlinked' });
    const after = await sql<{ n: number }>`select count(*)::int as n from identity.person`.execute(db.owner);
    expect(after.rows[0]).toEqual(before.rows[0]);
    expect(await reason('unknown')).toBe('unlinked');
    const p = await person();
    expect(await come(p.actor, 'link')).toMatchObject({ purpose: 'link', next: '/account' });
    const back = await come(publicActor(), 'in');
    expect(back.purpose === 'in' && isIn(back.result) && back.result.actor.id).toBe(p.id);
    const stranger = await person();
    await expect(come(stranger.actor, 'link')).rejects.toMatchObject({ code: 'identity.duplicate' });
  });

  it('works once, and only in the browser that left', async () => {
    const w = await walk(publicActor(), 'in');
    await w.finish();
    await expect(w.finish()).rejects.toMatchObject({ code: 'oidc.wrong' });
    const mine = await walk(publicActor(), 'in');
    const theirs = await walk(publicActor(), 'in');
    await expect(
      identity.comeBackFromOidc(publicActor(), theirs.kept, mine.query, from),
    ).rejects.toMatchObject({ code: 'oidc.wrong' });
  });

  it('links to nobody else who is signed in by then', async () => {
    provider.subject = 'subject-wang';
    const [a, b] = [await person(), await person()];
    const w = await walk(a.actor, 'link', b.actor);
    await expect(w.finish()).rejects.toMatchObject({ code: 'oidc.wrong' });
  });

  it('asks for the second factor of the account, unless the provider asked for two', async () => {
    provider.subject = 'subject-zhao';
    const p = await person();
    await come(p.actor, 'link');
    const key = securityKey(PAGE);
    await identity.addKey(p.actor, '密钥', key.make(await identity.beginKey(p.actor)), from);
    const one = await come(publicActor(), 'in');
    expect(one.purpose === 'in' && isIn(one.result)).toBe(false);
    provider.misdeeds = { claims: (c) => ({ ...c, amr: ['mfa'] }) };
    const two = await come(publicActor(), 'in');
    expect(two.purpose === 'in' && isIn(two.result) && two.result.actor.factors).toBe('two');
  });

  it('proves who somebody is for a grave act, and nobody else', async () => {
    provider.subject = 'subject-qian';
    const p = await person();
    await come(p.actor, 'link');
    const old = { ...p.actor, authenticatedAt: new Date(0) };
    expect(() => demandFresh(old, systemClock)).toThrow();
    provider.subject = 'subject-li';
    await expect(come(old, 'prove')).rejects.toMatchObject({ code: 'session.unlinked' });
    provider.subject = 'subject-qian';
    const back = await come(old, 'prove');
    if (back.purpose !== 'prove') throw new Error('no proof');
    demandFresh((await identity.actorOf(back.opened.token))!, systemClock);
  });

  it('keeps no one without a way in: the last link stays until there is a password', async () => {
    provider.subject = 'subject-sun';
    const p = await person();
    await come(p.actor, 'link');
    await sql`update identity.person set password_hash = null where id = ${p.id}`.execute(db.owner);
    await expect(identity.unlink(p.actor, 'oidc', from)).rejects.toMatchObject({ code: 'identity.last' });
  });
});

describe('sign-in through a directory', () => {
  it('lets in who linked their entry, by its name and password, under the account of here', async () => {
    const p = await person();
    await expect(identity.signIn('limou', 'limou-word', from)).rejects.toMatchObject({
      code: 'session.wrong',
    });
    await expect(identity.linkLdap(p.actor, 'limou', 'wrong', from)).rejects.toMatchObject({
      code: 'session.wrong',
    });
    await identity.linkLdap(p.actor, 'limou', 'limou-word', from);
    const signed = await identity.signIn('LIMOU', 'limou-word', from);
    expect(isIn(signed) && signed.actor.id).toBe(p.id);
    await expect(identity.signIn('limou', '', from)).rejects.toMatchObject({ code: 'session.wrong' });
  });

  it('does not open an account of the same name that is another’s, nor one with a password of its own', async () => {
    const owner = await person();
    await identity.linkLdap(owner.actor, 'person-x', 'x-word', from);
    const same = await person('person-x');
    await expect(identity.signIn('person-x', 'x-word', from)).rejects.toMatchObject({
      code: 'session.wrong',
    });
    await sql`update identity.person set password_hash = null where id = ${same.id}`.execute(db.owner);
    await expect(identity.signIn('person-x', 'x-word', from)).rejects.toMatchObject({
      code: 'session.wrong',
    });
  });
});

describe('a security key', () => {
  async function withKey() {
    const p = await person();
    const key = securityKey(PAGE);
    const added = await identity.addKey(p.actor, '密钥', key.make(await identity.beginKey(p.actor)), from);
    return { ...p, key, added };
  }
  async function step(username: string): Promise<string> {
    const due = await identity.signIn(username, PASSWORD, from);
    if (isIn(due)) throw new Error('no second step');
    expect(due.ways).toContain('webauthn');
    return due.step;
  }

  it('is added with a touch and opens the second step', async () => {
    const p = await withKey();
    expect(p.added.recoveryCodes).toHaveLength(10);
    const s = await step(p.username);
    const signed = await identity.answerSecondStep(
      s,
      { key: p.key.use(await identity.secondStepChallenge(s)) },
      from,
    );
    expect(signed.actor).toMatchObject({ id: p.id, factors: 'two' });
  });

  const wrongs: [string, Misuse, string][] = [
    ['by another page (phishing)', { origin: 'https://archive.example.evil.example' }, 'key'],
    ['under another name', { rpId: 'evil.example' }, 'key'],
    ['signed by another key', { foreign: true }, 'key'],
    ['without a touch', { untouched: true }, 'key'],
    ['with a counter that went back: a copy of the key', { count: 1 }, 'key'],
    ['with a made-up challenge', { challenge: 'bWFkZS11cA' }, 'replay'],
  ];
  it.each(wrongs)('asked %s does not open it', async (_, misuse, why) => {
    const p = await withKey();
    const s = await step(p.username);
    const answer = p.key.use(await identity.secondStepChallenge(s), misuse);
    await expect(identity.answerSecondStep(s, { key: answer }, from)).rejects.toMatchObject({
      code: 'factor.wrong',
    });
    expect(await reason(p.id)).toBe(why);
  });

  it('answers once: the same answer again is a replay, and so is one given for another purpose', async () => {
    const p = await withKey();
    const one = await step(p.username);
    const answer = p.key.use(await identity.secondStepChallenge(one));
    await identity.answerSecondStep(one, { key: answer }, from);
    const two = await step(p.username);
    await expect(identity.answerSecondStep(two, { key: answer }, from)).rejects.toMatchObject({
      code: 'factor.wrong',
    });
    const forAdding = await identity.beginKey(p.actor);
    await expect(identity.answerSecondStep(two, { key: p.key.use(forAdding) }, from)).rejects.toMatchObject({
      code: 'factor.wrong',
    });
  });

  it('of one person is nothing for another, and is not added twice', async () => {
    const [p, q] = [await withKey(), await withKey()];
    const s = await step(q.username);
    const answer = p.key.use(await identity.secondStepChallenge(s));
    await expect(identity.answerSecondStep(s, { key: answer }, from)).rejects.toMatchObject({
      code: 'factor.wrong',
    });
    const again = p.key.make(await identity.beginKey(q.actor));
    await expect(identity.addKey(q.actor, 'x', again, from)).rejects.toMatchObject({
      code: 'factor.duplicate',
    });
  });

  it('takes nonsense for what it is', async () => {
    const p = await withKey();
    const s = await step(p.username);
    for (const response of [
      {},
      { clientDataJSON: 'x' },
      { clientDataJSON: Buffer.from('{}').toString('base64url') },
    ])
      await expect(
        identity.answerSecondStep(s, { key: { id: 'x', rawId: 'x', type: 'public-key', response } }, from),
      ).rejects.toMatchObject({ code: 'factor.wrong' });
  });

  it('needs an address with a name and TLS, or this machine', () => {
    expect(relyingPartyOf('https://archive.example')).toEqual({
      id: 'archive.example',
      origins: ['https://archive.example'],
    });
    expect(relyingPartyOf('http://127.0.0.1:8080')).toEqual({
      id: 'localhost',
      origins: ['http://localhost:8080'],
    });
    for (const url of [
      'http://archive.example',
      'http://10.1.2.3:8080',
      'https://10.1.2.3',
      'https://[fd00::1]',
    ])
      expect(relyingPartyOf(url), url).toBeUndefined();
  });
});
