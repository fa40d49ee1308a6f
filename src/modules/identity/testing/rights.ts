import { afterAll, beforeAll } from 'vitest';
import { type Actor, systemActor } from '#kernel/actor';
import { createAuditTrail } from '#kernel/audit';
import type { Clock } from '#kernel/clock';
import { type Database, openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/database.ts';
import { createIdentity, type Identity, type NewMembership } from '../index.ts';
import { OPEN_VAULT, SIGN_IN } from './identityOf.ts';

const DAY = 86_400_000;
export const PROVINCE = newId();
export const COUNTY = newId();
export const SYSTEM = systemActor('test');

/** Two archives, one below the other, and whoever is needed in them; for one test file, which it is opened and closed for. */
export function rightsHouse() {
  let fresh: FreshDatabase;
  let db: Database;
  let identity: Identity;
  let now = new Date();
  let count = 0;
  const clock: Clock = { now: () => now };
  const later = (days: number) => new Date(now.getTime() + days * DAY);

  const depsOf = (database: Database): Parameters<typeof createIdentity>[0] => ({
    db: database,
    clock,
    newId,
    audit: createAuditTrail(clock, newId, 'sha256'),
    archives: async () => [
      { id: PROVINCE, path: [PROVINCE] },
      { id: COUNTY, path: [PROVINCE, COUNTY] },
    ],
    fondsOfAgencies: async () => [],
    fonds: { read: async () => undefined, setAgency: async () => {} },
    foundArchive: async () => COUNTY,
    vault: OPEN_VAULT,
    signIn: SIGN_IN,
  });

  beforeAll(async () => {
    fresh = await freshDatabase();
    db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 6 });
    identity = createIdentity(depsOf(db));
  });
  afterAll(async () => {
    await db.close();
    await fresh.drop();
  });

  /** As signed in a moment ago, whatever the test's clock says meanwhile. */
  const present = async (username: string): Promise<Actor> => ({
    ...(await identity.actorNamed(username)),
    authenticatedAt: later(400),
  });

  return {
    get db() {
      return db;
    },
    get identity() {
      return identity;
    },
    /** What an identity over another database is made of. */
    depsOf,
    now: clock.now,
    later,
    /** Sets the clock. */
    goTo(at: Date): void {
      now = at;
    },
    /** Somebody with these roles in the county, as they would act. */
    async person(...roles: (string | NewMembership)[]): Promise<Actor & { id: string; username: string }> {
      const username = `person${++count}`;
      const memberships = roles.map((r) =>
        typeof r === 'string' ? { archiveId: COUNTY, role: r, subtree: false } : r,
      );
      const { id } = await identity.addPerson(SYSTEM, {
        username,
        displayName: `名${count}`,
        password: 'orchid-and-bamboo',
        archiveId: COUNTY,
        memberships,
      });
      return { ...(await present(username)), id, username };
    },
    present,
    again: (p: { username: string }) => present(p.username),
    /** The last entry of the trail. */
    last: async () =>
      (
        await sql<{ act: string; detail: Record<string, unknown> }>`select act, detail from audit.entry
          order by at desc, id desc limit 1`.execute(db.owner)
      ).rows[0]!,
  };
}
