import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, auditActor, CAPABILITIES, systemActor } from '#kernel/actor';
import { type Database, openDatabase, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { Thread } from '#kernel/threads';
import { TEXT_JOB } from '#modules/digitisation';
import { seed } from '../../src/cli/demo/seed.ts';
import { beginState } from '../../src/cli/demo/state.ts';
import { importSheets } from '../../src/cli/demo/steps/catalogues.ts';
import { takeScansIn, writeTransfer } from '../../src/cli/demo/steps/scans.ts';
import { RECEIVER, transferSheets } from '../../src/cli/demo/transfer/documents.ts';
import { buildServer } from '../../src/http/server.ts';
import { SESSION_COOKIE } from '../../src/http/session.ts';
import { readConfig } from '../../src/main/config.ts';
import { rebuildHouse } from '../../src/main/rebuilding.ts';
import { routesOf } from '../../src/main/routes.ts';
import { prepareQueues, work } from '../../src/main/serve.ts';
import { cliHouse } from '../../src/main/service.ts';
import { type House, openHouse } from '../../src/main/wire.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { dumpOf } from '../support/dumps.ts';

const TOKEN = `everybody-${'0'.repeat(30)}`;
let folder = '';
const opened: { house: House; db: Database; fresh: FreshDatabase }[] = [];

/** A house of its own database over the one storage root. */
async function open(name: string): Promise<{ house: House; db: Database }> {
  const fresh = await freshDatabase();
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 8 });
  await prepareQueues(db, silentLog);
  const config = readConfig({
    LANTAI_DATA: join(folder, name),
    LANTAI_STORAGE: join(folder, 'storage'),
    LANTAI_DATABASE_URL: fresh.url,
    LANTAI_OCR_WORKERS: '0',
    LANTAI_SEGMENT_DELAY_SECONDS: '86400',
  });
  const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
  opened.push({ house, db, fresh });
  return { house, db };
}

/** The workbook of every fonds, as somebody takes it out who may see everything. */
async function exportsOf(house: House): Promise<Map<string, string>> {
  const archives = await house.holdings.archives();
  const everybody: Actor = {
    ...{ kind: 'person', id: newId(), name: '王某', language: 'zh-CN', factors: 'two' },
    ...{ rights: new Map(archives.map((a) => [a.id, new Set(CAPABILITIES)])), authenticatedAt: house.clock.now() },
    today: '2026-03-01',
  };
  const app = await buildServer({
    ...{ log: silentLog, archives: house.holdings.archives, publicUrl: 'http://archive.example' },
    identity: {
      ...house.identity,
      actorOf: async (token: string) => (token === TOKEN ? everybody : undefined),
    },
    ...{ secure: false, trustProxy: false, routes: routesOf(house), ready: async () => true },
  });
  const found = new Map<string, string>();
  for (const archive of archives) {
    const { items } = await house.holdings.fondsList(everybody, { archiveId: archive.id, limit: 1000 });
    for (const f of items) {
      const out = await app.inject({
        url: `/api/v1/archives/${archive.id}/units.xlsx?fonds=${f.id}&lang=zh-CN`,
        headers: { cookie: `${SESSION_COOKIE}=${TOKEN}` },
      });
      expect([out.statusCode, f.number]).toEqual([200, f.number]);
      found.set(`${archive.code} ${f.number}`, createHash('sha256').update(out.rawPayload).digest('hex'));
    }
  }
  await app.close();
  return found;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lantai-sample-'));
});
afterAll(async () => {
  for (const o of opened) {
    await o.house.close();
    await o.db.close();
    await o.fresh.drop();
  }
  await rm(folder, { recursive: true, force: true });
});

describe('the sample network', () => {
  it('comes back from its storage root alone: every export, every table, to the last byte', {
    timeout: 600_000,
  }, async () => {
    const { house, db } = await open('first');
    await work(house);
    const actor = systemActor('test');
    const signal = new AbortController().signal;
    const state = await beginState(join(folder, 'first'));
    const seeding = cliHouse(house, actor);
    await seed({ house: seeding, state, signal, note: () => {} });
    const transfer = join(folder, 'transfer');
    const path = join(transfer, '目录.xlsx');
    await importSheets(seeding, { archive: RECEIVER, path, sheets: transferSheets() }, signal);
    const thread = new Thread({ script: new URL('../../src/cli/demo/pages/thread.ts', import.meta.url) });
    await writeTransfer(thread, join(transfer, '原文'), signal);
    await thread.stop();
    await takeScansIn(seeding, join(transfer, '原文'), RECEIVER, signal);
    const held = await sql<{ id: string }>`select distinct unit_id as id from preservation.content`.execute(
      db.owner,
    );
    const read = house.jobKinds.find((k) => k.name === TEXT_JOB)!;
    for (const { id } of held.rows)
      await (read.run as (job: object) => Promise<unknown>)({
        id: newId(),
        data: { unitId: id },
        attempt: 1,
        signal,
        progress: () => {},
      });
    await house.preservation.saveTexts();
    await house.segments.flush();
    await house.jobs.stop();

    const before = { exports: await exportsOf(house), tables: await dumpOf(db) };
    expect(before.exports.size).toBeGreaterThan(20);
    expect(before.tables.get('holdings.unit')!.length).toBeGreaterThan(3_000);
    expect(before.tables.get('digitisation.page_text')!.length).toBeGreaterThan(10);

    const second = await open('second');
    const done = await rebuildHouse(
      { ...second.house, newId },
      { actor: auditActor(actor), acceptLoss: false },
    );
    expect(done.troubles.first).toEqual([]);
    const after = { exports: await exportsOf(second.house), tables: await dumpOf(second.db) };
    expect(Object.fromEntries(after.exports)).toEqual(Object.fromEntries(before.exports));
    for (const [table, lines] of before.tables)
      expect([table, after.tables.get(table)]).toEqual([table, lines]);
  });
});
