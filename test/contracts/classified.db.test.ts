import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTree } from '#formats/tree';
import { type Actor, systemActor } from '#kernel/actor';
import { newId } from '#kernel/ids';
import { ROLES } from '#modules/identity';
import { handoverZip, uploaded } from '../../src/modules/transfer/testing/handover.ts';
import { everyText } from '../support/everyText.ts';
import { together } from '../support/together.ts';
import { NO_SUCH_ID } from './sample.ts';
import { contractWorld, furnish, type Route, type Things, type World } from './world.ts';

/** Of everything that is blocked here: in titles and names, and in the files themselves. */
const NAMED = '星槎';
const CONTENT = 'QIXIA-5501-CONTENT';
const SECURITY = 'security-administrator';

const lines: string[] = [];
let folder: string;
let world: World;
let things: Things;
let ids: string[];
let agency: Record<'agency-clerk' | 'agency-officer', { headers: Record<string, string> }>;

async function run(kind: string, data: object): Promise<void> {
  const found = world.house.jobKinds.find((k) => k.name === kind);
  await found?.run({
    id: newId(),
    data: data as never,
    attempt: 1,
    signal: new AbortController().signal,
    progress: () => {},
  });
}
const turnedAway = (act: Promise<unknown>) =>
  expect(act).rejects.toMatchObject({ code: expect.stringMatching(/secret|marked/) });

/** One of each thing that bears a classification, turned away or blocked. */
async function block(archiveId: string): Promise<string[]> {
  const { house } = world;
  const [of] = await house.holdings.agenciesIn(archiveId);
  const agencyId = of?.id ?? '';
  const inAgency = (role: 'agency-clerk' | 'agency-officer') => {
    const { headers, actor } = world.person(`${role}-within`, ROLES[role].capabilities, archiveId);
    const capabilities = new Set(ROLES[role].capabilities);
    Object.assign(actor, {
      posts: [{ archiveId, role, capabilities, categories: null, fonds: [], agencies: [agencyId] }],
    });
    return { headers, actor };
  };
  const [clerk, officer] = [inAgency('agency-clerk'), inAgency('agency-officer')];
  agency = { 'agency-clerk': clerk, 'agency-officer': officer };
  const { actor: archivist } = world.person('everything', world.all, archiveId);
  const staging = house.staging.folder;
  await mkdir(staging, { recursive: true });
  const out = join(folder, 'sent');
  const sent = async (who: Actor, name: string, content = CONTENT) => {
    await writeFile(out, content);
    return uploaded(staging, who, out, name);
  };
  const year = { archiveId, agencyId, year: 2025 };

  await turnedAway(house.filing.register(clerk.actor, year, { title: `【机密】${NAMED}会议纪要` }));
  await turnedAway(
    house.filing.register(clerk.actor, year, { title: `${NAMED}事项`, classification: '秘密★10年' }),
  );
  const record = await house.filing.register(clerk.actor, year, { title: '一般通知' });
  await turnedAway(
    house.filing.attach(clerk.actor, record.id, {
      uploadIds: [await sent(clerk.actor, `机密★${NAMED}.txt`)],
    }),
  );

  const catalogue = `全宗号,档号,题名,年度,密级\nJ019,J019-WS·2003·Y-0001,公开的事,2003,公开\nJ019,J019-WS·2003·Y-0002,${NAMED}${CONTENT},2003,机密\n`;
  const imports: string[] = [];
  for (const acts of [['check'], ['check', 'run']] as const) {
    const id = await house.imports.create(archivist, {
      archiveId,
      uploadId: await sent(archivist, '目录.csv', catalogue.replaceAll('0001', `000${acts.length}`)),
    });
    for (const act of acts) await house.imports.workNow(archivist, id, act);
    imports.push(id);
  }
  await turnedAway(
    house.imports.create(archivist, { archiveId, uploadId: await sent(archivist, `机密★${NAMED}目录.csv`) }),
  );

  const batches: string[] = [];
  const zips: [string, Parameters<typeof handoverZip>[1]][] = [
    [`移交.zip`, [{ code: 'J019-WS·2023·Y-0001', title: `【秘密】${NAMED}` }]],
    [`机密★${NAMED}.zip`, [{ code: 'J019-WS·2023·Y-0002', title: '通知' }]],
    [`另一.zip`, [{ code: 'J019-WS·2023·Y-0003', title: NAMED, classification: '机密' }]],
  ];
  for (const [name, items] of zips) {
    const zip = join(folder, `${newId()}.zip`);
    await handoverZip(zip, items);
    const id = await house.transfers.begin(clerk.actor, {
      archiveId,
      agencyId,
      planId: null,
      title: '2023年度文书档案',
      content: '',
      fonds: null,
    });
    await house.transfers.give(clerk.actor, id, [await uploaded(staging, clerk.actor, zip, name)]);
    const { version: at } = await house.transfers.one(clerk.actor, id);
    await house.transfers.act(clerk.actor, id, { act: 'precheck', version: at });
    await run('transfer', { id });
    expect((await house.transfers.one(clerk.actor, id)).state).toBe('blocked');
    batches.push(id);
  }

  const notice = { archiveId, body: '请报送。', dueOn: null, agencies: null, uploadIds: [] };
  await turnedAway(house.guidance.issue(archivist, { ...notice, title: `【秘密】${NAMED}通知` }));
  await turnedAway(
    house.guidance.issue(archivist, {
      ...notice,
      title: '通知',
      uploadIds: [await sent(archivist, `机密★${NAMED}附件.txt`)],
    }),
  );

  const order = {
    archiveId,
    agencyId,
    system: null,
    category: null,
    yearFrom: null,
    yearTo: null,
    note: null,
  };
  const deposit = await house.deposits.make(clerk.actor, {
    ...order,
    title: '备份',
    uploadIds: [await sent(clerk.actor, `机密★${NAMED}备份.txt`)],
  });
  await run('seal-deposit', { id: deposit });
  await turnedAway(
    house.deposits.make(clerk.actor, {
      ...order,
      title: `【机密】${NAMED}`,
      uploadIds: [await sent(clerk.actor, 'x.txt', 'x')],
    }),
  );

  const security = world.person('guard', ROLES[SECURITY].capabilities, archiveId).actor;
  const { items } = await house.classified.list(security, { waiting: true, cursor: undefined, limit: 100 });
  const runs = await house.checks.runs(systemActor('test'), { archiveId, cursor: undefined, limit: 100 });
  return [
    record.id,
    ...imports,
    ...batches,
    deposit,
    ...items.map((b) => b.id),
    ...runs.items.map((r) => r.id),
    archiveId,
    agencyId,
  ];
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-classified-'));
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  world = await contractWorld({ log });
  things = await furnish(world, world.ours);
  ids = await block(world.ours);
}, 300_000);
afterAll(async () => {
  await world?.close();
  await rm(folder, { recursive: true, force: true });
});

const gets = (): Route[] => world.routes.filter((r) => r.method === 'GET');
/** Streams that go on as long as who asks stays. */
const goesOn = (url: string) => url.endsWith('/events');
const kindOf = (url: string) =>
  Object.keys(things).find((kind) => new RegExp(`/${kind}/:(id|unitId)(/|$)`).test(url));
const addressOf = (url: string, id: string) =>
  url
    .replace(/:(\w+)/g, (_, name: string) => (name === 'n' || name === 'pageNo' ? '1' : id))
    .replace('*', 'x');

/** What an answer says, unpacked where it is packed. */
async function saidIn(body: Buffer): Promise<string> {
  if (body[0] === 0x1f && body[1] === 0x8b) return saidIn(gunzipSync(body));
  if (body.subarray(0, 2).toString() !== 'PK') return body.toString('utf8');
  const at = join(folder, `${newId()}.zip`);
  await writeFile(at, body);
  const tree = await openTree(at);
  let said = '';
  try {
    for await (const { path, kind } of tree.entries()) {
      said += path;
      if (kind === 'file') for await (const piece of await tree.open(path)) said += String(piece);
    }
  } finally {
    await tree.close();
  }
  return said;
}
const leaks = (text: string) => text.includes(NAMED) || text.includes(CONTENT);

async function leaksAt(url: string, headers: Record<string, string>): Promise<boolean> {
  const answer = await world.app.inject({ method: 'GET', url, headers });
  return leaks(JSON.stringify(answer.headers)) || leaks(await saidIn(answer.rawPayload));
}

describe('what bears a classification', () => {
  it('stands in no answer to a GET, whoever asks for whatever, but the security administrator', {
    timeout: 1_200_000,
  }, async () => {
    const found: string[] = [];
    const questions: { url: string; who: string; headers: Record<string, string> }[] = [];
    const ask = (url: string, who: string, headers: Record<string, string>) =>
      questions.push({ url, who, headers });
    const everything = world.person(
      'all-but-secrets',
      world.all.filter((c) => c !== 'secrets.handle'),
      world.ours,
    );
    const askers = [
      { name: 'public', headers: {} },
      ...world.roles.filter((r) => r.name !== SECURITY),
      ...Object.entries(agency).map(([name, { headers }]) => ({ name: `${name} within`, headers })),
      { name: 'all but secrets', headers: everything.headers },
    ];
    for (const { url } of gets().filter((r) => !goesOn(r.url))) {
      const own = things[kindOf(url) ?? ''] ?? NO_SUCH_ID;
      for (const { name, headers } of askers) ask(addressOf(url, own), name, headers);
      if (!url.includes(':')) {
        // Whoever looks for it finds nothing either.
        // Part of it alone: a page may show what it was asked for.
        for (const key of ['q', 'archive', 'archiveId'])
          ask(
            `${url}?${key}=${encodeURIComponent(key === 'q' ? '槎' : world.ours)}`,
            'q',
            everything.headers,
          );
        continue;
      }
      for (const id of ids)
        for (const asker of [
          { name: 'all but secrets', headers: everything.headers },
          { name: 'agency officer', headers: agency['agency-officer'].headers },
        ])
          ask(addressOf(url, id), asker.name, asker.headers);
    }
    await together(questions, async ({ url, who, headers }) => {
      if (await leaksAt(url, headers)) found.push(`${url} as ${who}`);
    });
    expect(found).toEqual([]);
    expect(questions.length).toBeGreaterThan(3_000);
  });

  it('is shown to the security administrator, who has to deal with it', { timeout: 60_000 }, async () => {
    const { headers } = world.roles.find((r) => r.name === SECURITY)!;
    const shown = new Set<string>();
    for (const { url } of gets().filter((r) => /blocked|classified/.test(r.url)))
      for (const id of url.includes(':') ? ids : [NO_SUCH_ID])
        if (await leaksAt(addressOf(url, id), headers)) shown.add(url);
    expect([...shown].length).toBeGreaterThan(1);
  });

  it('stands in no table of the database, which backups take along, and in no line of the log', {
    timeout: 60_000,
  }, async () => {
    const tables = new Set<string>();
    for await (const { table, text } of everyText(world.db.owner)) if (leaks(text)) tables.add(table);
    expect([...tables]).toEqual([]);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.filter(leaks)).toEqual([]);
  });

  it('lies in no file but those set apart, which no backup takes along', { timeout: 60_000 }, async () => {
    const { dataDir } = world.house.config;
    const [apart, elsewhere]: [string[], string[]] = [[], []];
    for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const at = join(entry.parentPath, entry.name);
      const here = at.slice(dataDir.length + 1);
      if (!leaks(here) && !leaks(await saidIn(await readFile(at)).catch(() => ''))) continue;
      (here.startsWith('blocked/') ? apart : elsewhere).push(here);
    }
    expect(elsewhere).toEqual([]);
    expect(apart.length).toBeGreaterThan(3);
    expect(apart.some((p) => p.startsWith('blocked/imports/reading/'))).toBe(true);
  });
});
