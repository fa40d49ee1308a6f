import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, type Capability, systemActor } from '#kernel/actor';
import { createDigestPool } from '#kernel/checksums';
import { openDatabase, sql } from '#kernel/db';
import type { App } from '#kernel/http/route';
import { newId } from '#kernel/ids';
import type { JobRun } from '#kernel/jobs';
import { silentLog } from '#kernel/log';
import { createIntake } from '#modules/intake';
import { buildServer } from '../../src/http/server.ts';
import { SESSION_COOKIE } from '../../src/http/session.ts';
import { readConfig } from '../../src/main/config.ts';
import { routesOf } from '../../src/main/routes.ts';
import { prepareQueues } from '../../src/main/serve.ts';
import { openHouse } from '../../src/main/wire.ts';
import { personAt } from '../support/agencyPeople.ts';
import { freshDatabase } from '../support/database.ts';

export const SETTINGS = {
  name: '办公自动化系统',
  vendor: '示例软件 3.2',
  sends: ['records', 'packages'],
  categories: null,
  dayItems: 100_000,
  dayBytes: 1_000_000_000,
  totalItems: null,
  totalBytes: null,
  addresses: null,
  validUntil: null,
  onward: 'prepare',
  drop: false,
} as const;
export type Settings = { [K in keyof typeof SETTINGS]: unknown };

const OFFICER: readonly Capability[] = ['holdings.read', 'filing.read', 'filing.write', 'filing.approve'];
const DIRECTOR: readonly Capability[] = [
  'holdings.read',
  'filing.read',
  'schedule.approve',
  'rights.approve',
];

/** The whole house, served without a network unless `listen` is called, with two agencies of a county and their people. */
export async function intakeHouse(environment: Record<string, string> = {}) {
  const fresh = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'lantai-intake-'));
  const config = readConfig({
    LANTAI_DATA: folder,
    LANTAI_DATABASE_URL: fresh.url,
    LANTAI_OCR_WORKERS: '0',
    ...environment,
  });
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 8 });
  await prepareQueues(db, silentLog);
  const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
  const people = new Map<string, Actor>();
  const digests = createDigestPool(1);
  const app: App = await buildServer({
    log: silentLog,
    // People are who the test says; systems come with tokens of their own.
    identity: {
      ...house.identity,
      actorOf: async (token: string, address?: string) =>
        people.get(token) ?? house.identity.actorOf(token, address),
    },
    archives: house.holdings.archives,
    publicUrl: 'http://archive.example',
    secure: false,
    trustProxy: false,
    routes: routesOf(house),
    ready: async () => true,
  });
  const system = systemActor('test');
  const archiveId = await house.holdings.addArchive(system, {
    parentId: null,
    code: '990111',
    name: '石桥县档案馆',
    level: 'county',
  });
  async function agency(code: string, name: string) {
    const id = await house.holdings.addAgency(system, { archiveId, code, name });
    await house.holdings.addFonds(system, { archiveId, agencyId: id, number: code, name });
    return id;
  }
  const civil = await agency('J012', '县民政局');
  const school = await agency('K021', '县第一中学');

  function person(name: string, capabilities: readonly Capability[], agencies: readonly string[] | null) {
    const actor: Actor = {
      ...personAt(archiveId, name, capabilities, agencies),
      authenticatedAt: house.clock.now(),
      today: house.today(),
    };
    const token = `person-${name}-${'0'.repeat(20)}`;
    people.set(token, actor);
    return { actor, headers: { cookie: `${SESSION_COOKIE}=${encodeURIComponent(token)}` } };
  }
  const at = {
    officer: person('officer', OFFICER, [civil]),
    clerk: person('clerk', ['holdings.read', 'filing.read', 'filing.write'], [civil]),
    stranger: person('stranger', OFFICER, [school]),
    director: person('director', DIRECTOR, null),
  };

  // Tokens say who made them, so these people have accounts.
  for (const { actor } of Object.values(at))
    await sql`insert into identity.person (id, username, display_name, archive_id)
      values (${actor.id}, ${actor.name}, ${actor.name}, ${archiveId})`.execute(db.owner);

  /** A system of an agency that may send, with its token. */
  async function admitted(settings: Partial<Settings> = {}, agencyId = civil) {
    const who = agencyId === civil ? at.officer : at.stranger;
    const made = await house.intake.register(who.actor, { archiveId, agencyId }, {
      ...SETTINGS,
      ...settings,
    } as Parameters<typeof house.intake.register>[2]);
    await house.intake.decide(at.director.actor, made, { agreed: true, note: '', version: 1 });
    const { secret } = await house.intake.createToken(
      who.actor,
      made,
      { name: 'a', days: 30 },
      { address: '' },
    );
    return { id: made, token: secret, headers: { authorization: `Bearer ${secret}` } };
  }

  return {
    app,
    db,
    house,
    folder,
    archiveId,
    civil,
    school,
    ...at,
    admitted,
    /** The intake of another process of the same install. */
    another: () =>
      createIntake({
        ...house,
        archives: house.holdings.archives,
        agencies: house.holdings.agenciesIn,
        fondsOfAgencies: house.holdings.fondsOfAgencies,
        newId,
        folder: join(folder, 'intake'),
        timeZone: config.timezone,
        drop: config.drop,
        keepDays: config.intakeKeepDays,
        digests,
      }),
    /** Runs a job here and now, as the queue would. */
    run(kind: string, data: object): Promise<unknown> {
      const job = house.jobKinds.find((j) => j.name === kind);
      if (!job) throw new Error(`no job ${kind}`);
      const { signal } = new AbortController();
      const given: JobRun<never> = {
        id: newId(),
        data: data as never,
        attempt: 1,
        signal,
        progress: () => {},
      };
      return (job.run as (j: JobRun<never>) => Promise<unknown>)(given);
    },
    async listen() {
      await app.listen({ host: '127.0.0.1', port: 0 });
      const address = app.server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      return `http://127.0.0.1:${address.port}`;
    },
    async close() {
      await app.close();
      await digests.close();
      await house.close();
      await db.close();
      await fresh.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type IntakeHouse = Awaited<ReturnType<typeof intakeHouse>>;
