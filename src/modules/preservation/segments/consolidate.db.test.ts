import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { type Database, openDatabase, sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { openPreservation } from '#modules/preservation';
import { freshDatabase } from '../../../../test/support/database.ts';
import { dumpOf } from '../../../../test/support/dumps.ts';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type Keeping, keepingOver, rebuildOver, segmentsOver } from '../../../../test/support/keeping.ts';
import { readSegment } from './reading.ts';

let house: SmallHouse;
let keeping: Keeping;
let fonds = '';
let chain = '';
const units: string[] = [];
let archivist: ReturnType<SmallHouse['person']>;
const ended: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  house = await smallHouse();
  keeping = await keepingOver(house.db, house.clock);
  archivist = house.person(ALL, house.county);
  fonds = (
    await house.holdings.addFonds(archivist, { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
  chain = `fonds-${fonds}`;
  for (let n = 1; n <= 7; n++) await busyHour(n);
});
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});
afterAll(async () => {
  await keeping.close();
  await house.close();
});

/** What is made, corrected and taken out between two segments. */
async function busyHour(n: number): Promise<void> {
  units.push(
    await house.holdings.createUnit(archivist, { fondsId: fonds, title: `第${n}件`, level: 'file' }),
  );
  await sql`update holdings.unit set title = title || ${`·${n}`} where id = ${units[0]!}`.execute(
    house.db.owner,
  );
  if (n === 5) await sql`delete from holdings.unit where id = ${units[2]!}`.execute(house.db.owner);
  await keeping.segments.flush();
}
const looseNumbers = async (on: Database = house.db) =>
  (
    await sql<{ n: number; level: number }>`select number as n, level from preservation.loose_segment
      where stream = ${chain} order by number`.execute(on.owner)
  ).rows.map((r) => `${r.n}/${r.level}`);
const end = async () =>
  (
    await sql<{ n: number }>`select number as n from preservation.stream where stream = ${chain}`.execute(
      house.db.owner,
    )
  ).rows[0]!.n;

/** The root as it is, elsewhere, to be harmed and rebuilt from. */
async function copyOfRoot() {
  const folder = await mkdtemp(join(tmpdir(), 'lantai-consolidated-'));
  await cp(join(keeping.folder, 'storage'), join(folder, 'storage'), { recursive: true });
  const fresh = await freshDatabase();
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 4 });
  const digests = createDigestPool(1);
  ended.push(async () => {
    await db.close();
    await fresh.drop();
    await digests.close();
    await rm(folder, { recursive: true, force: true });
  });
  const preservation = await openPreservation({
    ...{
      db,
      clock: house.clock,
      newId,
      digests,
      log: silentLog,
      audit: createAuditTrail(house.clock, newId, 'sha256'),
    },
    storage: { kind: 'folder', root: join(folder, 'storage') },
    scratch: join(folder, 'scratch'),
    cache: { folder: join(folder, 'cache'), bytes: 1e6 },
    attachObjects: async () => {},
    snapshots: async () => new Map(),
    texts: async () => [],
  });
  const segments = segmentsOver(db, house.clock, preservation, folder);
  return {
    db,
    segments,
    at: (number: number) =>
      join(folder, 'storage', preservation.repository.pathOf(`urn:lantai:segment:${chain}:${number}`)),
    rebuild: () => rebuildOver(db, house.clock, { preservation, segments }),
  };
}
async function alter(object: string, name = /rows\/.*\.jsonl$/): Promise<void> {
  const file = (await readdir(object, { recursive: true })).find((n) => name.test(n))!;
  const bytes = await readFile(join(object, file));
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(join(object, file), bytes);
}
/** Tables of the catalogue alone: the index is made by the house's own writing. */
async function expectSame(db: Database, but?: string): Promise<void> {
  const [before, after] = [await dumpOf(house.db), await dumpOf(db)];
  for (const [table, lines] of before)
    if (!table.startsWith('search.') && table !== but)
      expect([table, after.get(table)]).toEqual([table, lines]);
}
const codes = (r: { troubles: { first: { code: string }[] } }) => r.troubles.first.map((t) => t.code);

describe('small segments', () => {
  it('are left alone while they are few', async () => {
    expect(await looseNumbers()).toEqual(['1/0', '2/0', '3/0', '4/0', '5/0', '6/0', '7/0']);
    expect(await keeping.segments.consolidate(chain)).toBeUndefined();
    expect(await end()).toBe(7);
  });

  it('become one that names them and holds the last state of their rows, and what waits', async () => {
    await sql`update holdings.unit set title = '刚改的' where id = ${units[1]!}`.execute(house.db.owner);
    expect(await keeping.segments.consolidate(chain, 7)).toMatchObject({ number: 8, consolidated: 7 });
    expect(await looseNumbers()).toEqual(['8/1']);
    // What is left to write lies in the chain of the archive: who changed the title, and when.
    expect(await keeping.segments.lag()).toMatchObject({ streams: 1 });
    const found = (await readSegment(keeping.preservation.repository, chain, 8))!;
    const one = (await readSegment(keeping.preservation.repository, chain, 1))!;
    const before = (await readSegment(keeping.preservation.repository, chain, 7))!;
    expect(found.segment).toMatchObject({ formatVersion: 1, previous: { number: 7, sha512: before.sha512 } });
    expect(found.segment.consolidates).toMatchObject({ level: 1, segments: { length: 7 } });
    expect(found.segment.consolidates?.segments[0]).toEqual({ number: 1, sha512: one.sha512 });
    const rows = found.segment.tables.find((t) => t.table === 'holdings.unit')!;
    expect(rows.rows.reduce((n, p) => n + p.rows, 0)).toBe(6);
    expect(rows.gone.reduce((n, p) => n + p.rows, 0)).toBe(1);
    await keeping.segments.flush();
    expect((await keeping.segments.compare()).differences).toEqual([]);
  });

  it('need not be read any more: a rebuild is exact without their rows, and says what is amiss with them', async () => {
    const root = await copyOfRoot();
    const whole = await root.rebuild();
    expect(codes(whole)).toEqual([]);
    await expectSame(root.db);
    expect(await looseNumbers(root.db)).toEqual(['8/1']);

    const harmed = await copyOfRoot();
    for (const n of [1, 2, 3]) await alter(harmed.at(n));
    await rm(harmed.at(5), { recursive: true });
    // An empty database has nothing to lose: rows of segments that others stand in for are not even opened.
    expect(codes(await harmed.rebuild())).toEqual(['segment.missing']);
    // But for the row of the object that is gone.
    await expectSame(harmed.db, 'preservation.object');
  });

  it('are read when what stands in for them is damaged: what they hold is not lost', async () => {
    const root = await copyOfRoot();
    await alter(root.at(8));
    const done = await root.rebuild();
    expect(codes(done)).toContain('ocfl.contentDamaged');
    const titles = await sql<{
      title: string;
    }>`select title from holdings.unit where fonds_id = ${fonds} order by title`.execute(root.db.owner);
    // What waited when they were drawn together stood in that one alone.
    expect(titles.rows).toHaveLength(6);
    expect(titles.rows.map((r) => r.title)).toContain('第2件');
  });

  it('that were exchanged since are told of', async () => {
    const root = await copyOfRoot();
    // Number 3 put together anew, sound in itself.
    const object = root.at(3);
    const file = join(object, 'v1/content/segment.json');
    const text = (await readFile(file, 'utf8')).replace(/"takenAt": "\d{4}/, '"takenAt": "2001');
    const sha = (s: string | Buffer) => createHash('sha512').update(s).digest('hex');
    const old = sha(await readFile(file));
    await writeFile(file, text);
    for (const folder of ['', 'v1/']) {
      const path = join(object, folder, 'inventory.json');
      const inventory = (await readFile(path, 'utf8')).replaceAll(old, sha(text));
      await writeFile(path, inventory);
      await writeFile(`${path}.sha512`, `${sha(inventory)} inventory.json\n`);
    }
    const done = await root.rebuild();
    expect(codes(done)).toContain('segment.chain');
    expect(done.troubles.first.some((t) => /segment 8 stands in for/.test(t.message))).toBe(true);
    await expectSame(root.db, 'preservation.object');
  });

  it('are drawn together again, level by level, and a lost one stops it with a word', async () => {
    for (let n = 8; n <= 14; n++) await busyHour(n);
    expect(await keeping.segments.consolidate(chain, 7)).toMatchObject({ number: 16, consolidated: 7 });
    expect(await looseNumbers()).toEqual(['8/1', '16/1']);
    expect(await keeping.segments.consolidate(chain, 2)).toMatchObject({ number: 17, consolidated: 2 });
    expect(await looseNumbers()).toEqual(['17/2']);
    await keeping.segments.flush();
    const root = await copyOfRoot();
    expect(codes(await root.rebuild())).toEqual([]);
    await expectSame(root.db);
    for (const n of [18, 19]) await busyHour(n);
    const lost = keeping.preservation.repository.pathOf(`urn:lantai:segment:${chain}:18`);
    const aside = join(keeping.folder, 'aside');
    await cp(join(keeping.folder, 'storage', lost), aside, { recursive: true });
    await rm(join(keeping.folder, 'storage', lost), { recursive: true });
    const refused = await keeping.segments.consolidate(chain, 2).catch((e: unknown) => e);
    expect(isRefusal(refused) && refused.code).toBe('segments.rootOlder');
    expect(await end()).toBe(19);
    await cp(aside, join(keeping.folder, 'storage', lost), { recursive: true });
    // The lock of the refused one ends with its connection, a moment after it was closed.
    await vi.waitFor(
      async () => expect(await keeping.segments.consolidate(chain, 2)).toMatchObject({ number: 20 }),
      10_000,
    );
  });
});
