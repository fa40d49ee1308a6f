import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, CAPABILITIES } from '#kernel/actor';
import { type Database, openDatabase } from '#kernel/db';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { buildServer } from '../../src/http/server.ts';
import { SESSION_COOKIE } from '../../src/http/session.ts';
import { readConfig } from '../../src/main/config.ts';
import { routesOf } from '../../src/main/routes.ts';
import { prepareQueues } from '../../src/main/serve.ts';
import { type House, openHouse } from '../../src/main/wire.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';

const TOKEN = `everybody-${'0'.repeat(30)}`;

/** Houses over databases of their own and one storage root, in a folder of the test's own. Close them. */
export async function housesOfOneRoot() {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-houses-'));
  const opened: { house: House; db: Database; fresh: FreshDatabase }[] = [];
  return {
    folder,
    /** @param storage the storage root, shared by all that name none */
    async open(name: string, storage = 'storage'): Promise<{ house: House; db: Database }> {
      const fresh = await freshDatabase();
      const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 8 });
      await prepareQueues(db, silentLog);
      const config = readConfig({
        LANTAI_DATA: join(folder, name),
        LANTAI_STORAGE: join(folder, storage),
        LANTAI_DATABASE_URL: fresh.url,
        LANTAI_OCR_WORKERS: '0',
        LANTAI_SEGMENT_DELAY_SECONDS: '86400',
      });
      const house = await openHouse({ config, db, publicUrl: 'http://archive.example', log: silentLog });
      opened.push({ house, db, fresh });
      return { house, db };
    },
    async close() {
      for (const o of opened) {
        await o.house.close();
        await o.db.close();
        await o.fresh.drop();
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Houses = Awaited<ReturnType<typeof housesOfOneRoot>>;

/** The workbook of every fonds, as somebody takes it out who may see everything. */
export async function exportsOf(house: House): Promise<Map<string, string>> {
  const archives = await house.holdings.archives();
  const everybody: Actor = {
    kind: 'person',
    id: newId(),
    name: '王某',
    language: 'zh-CN',
    factors: 'two',
    ...{
      rights: new Map(archives.map((a) => [a.id, new Set(CAPABILITIES)])),
      authenticatedAt: house.clock.now(),
    },
    today: '2026-03-01',
  };
  const app = await buildServer({
    log: silentLog,
    archives: house.holdings.archives,
    publicUrl: 'http://archive.example',
    identity: {
      ...house.identity,
      actorOf: async (token: string) => (token === TOKEN ? everybody : undefined),
    },
    secure: false,
    trustProxy: false,
    routes: routesOf(house),
    ready: async () => true,
  });
  const found = new Map<string, string>();
  for (const archive of archives) {
    const { items } = await house.holdings.fondsList(everybody, { archiveId: archive.id, limit: 1000 });
    for (const f of items) {
      const out = await app.inject({
        url: `/api/v1/archives/${archive.id}/units.xlsx?fonds=${f.id}&lang=zh-CN`,
        headers: { cookie: `${SESSION_COOKIE}=${TOKEN}` },
      });
      if (out.statusCode !== 200) throw new Error(`the export of ${f.number} ended with ${out.statusCode}`);
      found.set(`${archive.code} ${f.number}`, createHash('sha256').update(out.rawPayload).digest('hex'));
    }
  }
  await app.close();
  return found;
}
