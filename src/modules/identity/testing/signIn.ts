import { createHash } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import { type Actor, systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import { fixedClock } from '#kernel/clock';
import { type Database, openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/database.ts';
import { stepOf, totpCode } from '../domain/totp.ts';
import {
  type Arrival,
  createIdentity,
  type Identity,
  type SecondDue,
  type SignedIn,
  secretVault,
} from '../index.ts';

export const PASSWORD = 'kettle under the blue stair';
export const COUNTY = '00000000-0000-7000-8000-000000000001';
export const OTHER = '00000000-0000-7000-8000-000000000002';
export const system = systemActor('test');
export const from = (address = '10.0.0.1', more: Partial<Arrival> = {}): Arrival => ({ address, ...more });

/** The bytes of a secret as an authenticator app reads it. */
export function fromBase32(text: string): Buffer {
  const bits = [...text].map((c) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'),
  );
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((b) => Number.parseInt(b, 2)));
}

/** Two archives and people who sign in, by a clock that is set; for one test file, which it is opened and closed for. */
export function signInHouse() {
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
      fonds: { read: async () => undefined, setAgency: async () => {} },
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

  return {
    get db() {
      return db;
    },
    get identity() {
      return identity;
    },
    clock,
    wait,
    person,
    isIn,
    enter,
    second,
    actorOf,
    codeOf,
    withApp,
    trail,
  };
}
