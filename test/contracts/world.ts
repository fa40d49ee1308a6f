import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, CAPABILITIES, type Capability, systemActor } from '#kernel/actor';
import { openDatabase, sql } from '#kernel/db';
import type { App, Policy } from '#kernel/http/route';
import { newId } from '#kernel/ids';
import { type Log, silentLog } from '#kernel/log';
import { ROLES } from '#modules/identity';
import { buildServer } from '../../src/http/server.ts';
import { SESSION_COOKIE } from '../../src/http/session.ts';
import { readConfig } from '../../src/main/config.ts';
import { routesOf } from '../../src/main/routes.ts';
import { prepareQueues } from '../../src/main/serve.ts';
import { openHouse } from '../../src/main/wire.ts';
import { freshDatabase } from '../support/database.ts';
import type { Schema } from './sample.ts';

export interface Route {
  method: string;
  url: string;
  policy: Policy;
}

export interface Operation {
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
}

/** Things of one archive that is not the asker's, by the name of the path parameter's resource. */
export type Things = Readonly<Record<string, string>>;

/** The whole house over a database of the test's own, served without a network, and two archives in it. */
export async function contractWorld({ log = silentLog }: { log?: Log } = {}) {
  const fresh = await freshDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'lantai-contracts-'));
  const config = readConfig({ LANTAI_DATA: folder, LANTAI_DATABASE_URL: fresh.url, LANTAI_OCR_WORKERS: '0' });
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 6 });
  await prepareQueues(db, log);
  const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log });
  const people = new Map<string, Actor>();
  const routes: Route[] = [];
  const app: App = await buildServer({
    log,
    // Who asks is said by the test; signing in has tests of its own.
    identity: { ...house.identity, actorOf: async (token: string) => people.get(token) },
    archives: house.holdings.archives,
    publicUrl: 'http://archive.example',
    secure: false,
    trustProxy: false,
    told: (route) => routes.push(route),
    routes: routesOf(house),
    ready: async () => true,
  });
  await app.ready();

  const system = systemActor('test');
  const found = (code: string, name: string) =>
    house.holdings.addArchive(system, { parentId: null, code, name, level: 'county' });
  const theirs = await found('990111', '石桥县档案馆');
  const ours = await found('990112', '白鹭县档案馆');

  /** Somebody with these capabilities in an archive; the token stands for them in a cookie. */
  function person(name: string, capabilities: readonly Capability[], archiveId: string) {
    const token = `person-${name}-${'0'.repeat(20)}`;
    const id = newId();
    people.set(token, {
      kind: 'person',
      id,
      name,
      language: 'en',
      rights: new Map([[archiveId, new Set(capabilities)]]),
      factors: 'two',
      authenticatedAt: house.clock.now(),
      today: '2026-03-01',
    });
    return { headers: { cookie: `${SESSION_COOKIE}=${token}` }, actor: people.get(token)! };
  }

  const roles = Object.entries(ROLES).map(([name, role]) => ({
    name,
    capabilities: new Set<Capability>(role.capabilities),
    headers: person(name, role.capabilities, ours).headers,
  }));

  return {
    app,
    db,
    house,
    routes,
    roles,
    person,
    ours,
    theirs,
    all: CAPABILITIES,
    document: () => app.swagger() as { paths: Record<string, Record<string, Operation>> },
    async close() {
      await app.close();
      await house.close();
      await db.close();
      await fresh.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof contractWorld>>;

/** Fills an archive with one of each thing the API names by an id. */
export async function furnish({ house, db, person }: World, archiveId: string): Promise<Things> {
  const { actor } = person('keeper', CAPABILITIES, archiveId);
  const fonds = await house.holdings.addFonds(actor, { archiveId, number: 'J019', name: '县民政局' });
  const unit = await house.holdings.createUnit(actor, { fondsId: fonds.id, title: '未开放的名册' });
  await db.system((tx) => house.holdings.attachObjects(tx, [{ unitId: unit, objectId: 'urn:x', pages: 3 }]));
  const certificate = await house.access.request(actor, {
    unitId: unit,
    pages: [1],
    include: 'images',
    matter: '事项',
    applicant: { name: '白云川', idType: 'identityCard', idNumber: '990111195001010017' },
    purpose: 'livelihood',
    language: 'zh-CN',
  });
  const change = await house.holdings.proposeAccess(actor, {
    archiveId,
    unitIds: [unit],
    status: 'restricted',
    reason: '未满期限',
  });
  const reader = person('reader-of-one', [], archiveId).actor;
  const leave = await house.holdings.proposeLeave(actor, {
    unitId: unit,
    person: { id: reader.id ?? '', name: reader.name },
    gives: ['content'],
    reason: '查本人登记',
    basis: '本人身份证',
    from: '2026-03-01',
    until: '2026-03-05',
  });
  const hold = await house.disposals.setLegalHold(actor, {
    archiveId,
    unitId: unit,
    reason: '诉讼',
    basis: '法院通知',
  });
  const disposal = newId();
  await sql`insert into preservation.disposal (id, archive_id, number, title, reason, basis, proposed_by, proposed_by_name, proposed_at)
    values (${disposal}, ${archiveId}, 'X-1', '到期清册', '期满', '鉴定意见', ${actor.id}, ${actor.name}, now())`.execute(
    db.owner,
  );
  const [plan, medium] = [newId(), newId()];
  await sql`insert into preservation.media_plan (id, archive_id, number, title, kind, medium_bytes, state, made_by, made_at)
    values (${plan}, ${archiveId}, 'M-1', '第一批', 'optical', 1000000000, 'planned', ${actor.name}, now())`.execute(
    db.owner,
  );
  await sql`insert into preservation.medium (id, plan_id, archive_id, number, purpose, medium_no, kind, objects, bytes)
    values (${medium}, ${plan}, ${archiveId}, 'M-1-A001', 'sealed', 1, 'optical', 1, 1)`.execute(db.owner);
  const agencyId = await house.holdings.addAgency(actor, { archiveId, code: 'J019', name: '县民政局' });
  const schedule = await house.filing.draftSchedule(systemActor('test'), {
    archiveId,
    agencyId,
    title: '保管期限表',
  });
  await house.filing.remark(systemActor('test'), {
    about: 'schedule',
    aboutId: schedule,
    kind: 'question',
    text: '？',
  });
  const [remark] = await house.filing.remarks(systemActor('test'), schedule);
  await sql`update holdings.fonds set agency_id = ${agencyId} where id = ${fonds.id}`.execute(db.owner);
  const record = await house.filing.register(
    systemActor('test'),
    { archiveId, agencyId, year: 2025 },
    { title: '通知' },
  );
  const system = await house.intake.register(
    systemActor('test'),
    { archiveId, agencyId },
    {
      name: '办公自动化系统',
      vendor: null,
      sends: ['records'],
      categories: null,
      dayItems: 10,
      dayBytes: 1_000_000,
      totalItems: null,
      totalBytes: null,
      addresses: null,
      validUntil: null,
      onward: 'prepare',
      drop: false,
    },
  );
  const authority = await house.authorities.add(actor, {
    archiveId,
    kind: 'person',
    names: [{ form: 'authorised', name: '在世的人' }],
    restricted: true,
  });
  const job = await db.system((tx) =>
    house.jobs.enqueue(tx, 'match-scans', { id: newId() }, { archiveId, title: '他馆的任务' }),
  );
  return {
    units: unit,
    fonds: fonds.id,
    certificates: certificate,
    'access-changes': change,
    grants: leave,
    disposals: disposal,
    'legal-holds': hold.id,
    'media-plans': plan,
    media: medium,
    schedules: schedule,
    remarks: remark?.id ?? '',
    records: record.id,
    systems: system,
    authorities: authority,
    jobs: job,
  };
}
