import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuditTrail } from '#kernel/audit';
import { createDigestPool } from '#kernel/checksums';
import { type Database, openDatabase, sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { silentLog } from '#kernel/log';
import { indexEntriesAfter } from '#modules/holdings';
import { openPreservation } from '#modules/preservation';
import { renewIndex } from '#modules/search';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/database.ts';
import { dumpOf } from '../../../../test/support/dumps.ts';
import { type Keeping, rebuildOver, segmentsOver } from '../../../../test/support/keeping.ts';
import { type ScanningHouse, scanningHouse } from '../../../../test/support/scanning.ts';

let s: ScanningHouse;
let keeping: Pick<Keeping, 'preservation' | 'segments'>;
const opened: { fresh: FreshDatabase; db: Database }[] = [];
beforeAll(async () => {
  s = await scanningHouse();
  keeping = {
    preservation: s.preservation,
    segments: segmentsOver(s.house.db, s.house.clock, s.preservation, s.folder),
  };
  const fonds = (await s.house.holdings.fondsList(s.archivist, { archiveId: s.house.county, limit: 1 }))
    .items[0]!;
  const series = await s.house.holdings.createUnit(s.archivist, {
    fondsId: fonds.id,
    title: '永久',
    level: 'series',
  });
  const file = await s.house.holdings.createUnit(s.archivist, {
    fondsId: fonds.id,
    parentId: series,
    title: '案卷一',
    level: 'file',
  });
  for (const n of [1, 2, 3])
    await s.house.holdings.createUnit(s.archivist, {
      fondsId: fonds.id,
      parentId: file,
      title: `文件 ${n}`,
      referenceCode: `J019-2003-D30-000${n}`,
    });
  const disc = join(s.folder, 'disc');
  await mkdir(disc);
  await writeFile(join(disc, 'J019-2003-D30-0001.txt'), '关于防汛工作的通知\n');
  await writeFile(join(disc, 'J019-2003-D30-0002.txt'), '关于救灾款物的请示\n');
  const done = await s.importFolder(disc);
  expect(done.done.state).toBe('done');
  const held = await sql<{ id: string }>`select unit_id as id from preservation.content order by 1`.execute(
    s.house.db.owner,
  );
  for (const { id } of held.rows) await s.run('read-text', { unitId: id });
  await s.preservation.saveTexts();
  const second = await s.house.holdings.createUnit(s.archivist, { fondsId: fonds.id, title: '更正前' });
  await sql`update holdings.unit set title = '更正后', version = 2 where id = ${second}`.execute(
    s.house.db.owner,
  );
  await sql`insert into holdings.code_counter (archive_id, scope, last) values (${s.house.county}, 'x', 7)`.execute(
    s.house.db.owner,
  );
  await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, actor_name) values (${s.house.county}, '旧号-1', ${second}, '重编', '王某')`.execute(
    s.house.db.owner,
  );
  // A parent that came later than what is below it, and many times changed.
  await keeping.segments.flush();
  await sql`update holdings.unit set title = title || '。' where id = ${series}`.execute(s.house.db.owner);
  await keeping.segments.flush();
  await sql`delete from holdings.unit where title = '文件 3'`.execute(s.house.db.owner);
  await sql`update holdings.unit set child_count = 2 where id = ${file}`.execute(s.house.db.owner);
  await keeping.segments.flush();
  // One that came into another fonds: its row lies in two chains.
  const { archiveId } = fonds;
  const other = await s.house.holdings.addFonds(s.archivist, { archiveId, number: 'Z999', name: '后设全宗' });
  await s.house.holdings.arrangement.begin(
    s.archivist,
    { kind: 'move', selection: { ids: [second] }, to: { fondsId: other.id, parentId: null }, codes: 'keep' },
    '归入后设全宗',
  );
  await keeping.segments.flush();
  // What was changed here by SQL, the index does not know.
  await renewIndex(s.house.db, indexEntriesAfter, { whole: true });
});
afterAll(async () => {
  for (const o of opened) {
    await o.db.close();
    await o.fresh.drop();
  }
  await s.close();
});

async function empty(): Promise<Database> {
  const fresh = await freshDatabase();
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 4 });
  opened.push({ fresh, db });
  return db;
}
const over = (db: Database) => ({
  preservation: s.preservation,
  segments: segmentsOver(db, s.house.clock, s.preservation, s.folder),
});

describe('a rebuild', () => {
  it('brings everything back into an empty database, as it was to the last byte', async () => {
    const before = await dumpOf(s.house.db);
    const db = await empty();
    const done = await rebuildOver(db, s.house.clock, over(db));
    expect(done.troubles.first).toEqual([]);
    const after = await dumpOf(db);
    for (const [table, lines] of before) expect([table, after.get(table)]).toEqual([table, lines]);
    expect(before.get('preservation.content')).toHaveLength(2);
    expect(before.get('digitisation.page_text')).toHaveLength(2);
    expect(before.get('search.page')).toHaveLength(2);
    expect(await keeping.segments.lag()).toMatchObject({ rows: 0 });
    const waits =
      await sql`select stream, tbl, keys from preservation.unsaved where tbl <> 'preservation.stream'`.execute(
        db.owner,
      );
    expect(waits.rows).toEqual([]);
    expect((await over(db).segments.compare()).differences).toEqual([]);
  });

  it('changes nothing in the database that the root was written from', async () => {
    const before = await dumpOf(s.house.db);
    const done = await rebuildOver(s.house.db, s.house.clock, keeping);
    expect(done.troubles.first).toEqual([]);
    expect(Object.fromEntries(await dumpOf(s.house.db))).toEqual(Object.fromEntries(before));
  });

  const code = (e: unknown) => (isRefusal(e) ? e.code : e);
  /** A storage root of the test's own: a copy of the one there is. */
  async function copyOfRoot(db: Database) {
    const folder = await mkdtemp(join(s.folder, 'root-'));
    await cp(join(s.folder, 'storage'), join(folder, 'storage'), { recursive: true });
    const digests = createDigestPool(1);
    const preservation = await openPreservation({
      ...{
        db,
        clock: s.house.clock,
        newId,
        digests,
        storage: { kind: 'folder', root: join(folder, 'storage') },
      },
      cache: { folder: join(folder, 'cache'), bytes: 1e6 },
      audit: createAuditTrail(s.house.clock, newId, 'sha256'),
      attachObjects: async () => {},
      log: silentLog,
      scratch: join(folder, 'scratch'),
      snapshots: async () => new Map(),
      texts: async () => [],
    });
    const segments = segmentsOver(db, s.house.clock, preservation, folder);
    const at = (objectId: string) => join(folder, 'storage', preservation.repository.pathOf(objectId));
    return { preservation, segments, at, close: () => digests.close() };
  }
  const fondsStream = async () =>
    (
      await sql<{
        stream: string;
        number: number;
      }>`select stream, number from preservation.stream where stream like 'fonds-%'`.execute(s.house.db.owner)
    ).rows[0]!;

  it('names a segment that is lost, altered or swapped, and brings back the rest', {
    timeout: 180_000,
  }, async () => {
    const { stream, number } = await fondsStream();
    expect(number).toBeGreaterThanOrEqual(3);
    const id = (n: number) => `urn:lantai:segment:${stream}:${n}`;
    const attempts: [string, (at: (objectId: string) => string) => Promise<void>, string[]][] = [
      ['lost in between', (at) => rm(at(id(2)), { recursive: true }), ['segment.missing']],
      ['lost at the end', (at) => rm(at(id(number)), { recursive: true }), ['segment.missing']],
      ['a flipped byte', (at) => alterOne(at(id(1))), ['ocfl.contentDamaged']],
      [
        'another one in its place',
        async (at) => {
          await rm(at(id(1)), { recursive: true });
          await cp(at(id(2)), at(id(1)), { recursive: true });
        },
        ['object.unreadable', 'segment.missing'],
      ],
    ];
    for (const [what, harm, codes] of attempts) {
      const db = await empty();
      const root = await copyOfRoot(db);
      await harm(root.at);
      const done = await rebuildOver(db, s.house.clock, root);
      const named = new Set(done.troubles.first.map((t) => t.code));
      for (const c of codes) expect([what, [...named]]).toEqual([what, expect.arrayContaining([c])]);
      expect((await sql`select from holdings.archive`.execute(db.owner)).rows).toHaveLength(4);
      await root.close();
    }
  });

  it('is not stopped by a damaged object, and names it', async () => {
    const db = await empty();
    const root = await copyOfRoot(db);
    const [held] = (
      await sql<{ id: string }>`select object_id as id from preservation.content order by 1`.execute(
        s.house.db.owner,
      )
    ).rows;
    await writeFile(join(root.at(held!.id), 'inventory.json'), '{}');
    const done = await rebuildOver(db, s.house.clock, root);
    expect(done.troubles.first.map((t) => t.code)).toContain('object.unreadable');
    expect((await sql`select from preservation.content`.execute(db.owner)).rows).toHaveLength(1);
    expect((await sql`select from holdings.unit`.execute(db.owner)).rows).toHaveLength(
      (await sql`select from holdings.unit`.execute(s.house.db.owner)).rows.length,
    );
    await root.close();
  });

  it('leaves out what a tombstone names, wherever it turned up again', async () => {
    const db = await empty();
    const root = await copyOfRoot(db);
    const [held] = (
      await sql<{
        id: string;
        unit: string;
      }>`select object_id as id, unit_id as unit from preservation.content order by 1`.execute(
        s.house.db.owner,
      )
    ).rows;
    const line = JSON.stringify({ kind: 'unit', unit: held!.unit, object: held!.id });
    await root.preservation.repository.putVersion(`urn:lantai:disposal:${newId()}`, {
      files: [{ logicalPath: 'list/00001.jsonl', source: { bytes: Buffer.from(`${line}\n`) } }],
      message: 'test',
      user: { name: 'test', address: 'urn:test' },
      created: new Date(),
    });
    const done = await rebuildOver(db, s.house.clock, root);
    expect(done.troubles.first.map((t) => t.code)).toEqual(['object.destroyed']);
    expect(
      (await sql`select from preservation.content where unit_id = ${held!.unit}`.execute(db.owner)).rows,
    ).toEqual([]);
    const unit = await sql`select object_id, page_count from holdings.unit where id = ${held!.unit}`.execute(
      db.owner,
    );
    expect(unit.rows).toEqual([{ object_id: null, page_count: 0 }]);
    await root.close();
  });

  it('refuses in an install that was set up anew with an archive of its own by the same code', async () => {
    const db = await empty();
    const id = newId();
    await sql`insert into holdings.archive (id, path, code, name, level) values (${id}, array[${id}]::uuid[], '990111', '石桥县档案馆', 'county')`.execute(
      db.owner,
    );
    expect(await rebuildOver(db, s.house.clock, over(db), { acceptLoss: true }).catch(code)).toBe(
      'rebuild.otherArchive',
    );
    expect((await sql`select from holdings.archive`.execute(db.owner)).rows).toHaveLength(1);
    expect((await over(db).segments.compare()).differences).toMatchObject([
      { stream: 'house', root: 'newer' },
    ]);
  });

  it('refuses where the root lacks what the database knows, and changes nothing then', async () => {
    const root = await copyOfRoot(s.house.db);
    const { stream, number } = await fondsStream();
    await rm(root.at(`urn:lantai:segment:${stream}:${number}`), { recursive: true });
    const before = await dumpOf(s.house.db);
    expect(await rebuildOver(s.house.db, s.house.clock, root).catch(code)).toBe('rebuild.loss');
    expect(Object.fromEntries(await dumpOf(s.house.db))).toEqual(Object.fromEntries(before));
    expect((await root.segments.compare()).differences).toMatchObject([{ stream, root: 'older' }]);
    await root.close();
  });

  it('brings a database that was restored older than the root up to it', async () => {
    const db = await empty();
    await rebuildOver(db, s.house.clock, over(db));
    // Others worked on after the backup was made.
    await sql`update holdings.unit set title = '后来改的' where title = '更正后'`.execute(s.house.db.owner);
    await keeping.segments.flush();
    await renewIndex(s.house.db, indexEntriesAfter, { whole: true });
    expect((await over(db).segments.compare()).differences).toMatchObject([
      { root: 'newer' },
      { root: 'newer' },
      { root: 'newer' },
    ]);
    await sql`update holdings.unit set title = 'x' where title = '永久。'`.execute(db.owner);
    expect(await over(db).segments.flush().catch(code)).toBe('segments.rootNewer');
    // What was done in the older database since is nowhere in the root.
    expect(await rebuildOver(db, s.house.clock, over(db)).catch(code)).toBe('rebuild.loss');
    await rebuildOver(db, s.house.clock, over(db), { acceptLoss: true });
    expect(Object.fromEntries(await dumpOf(db))).toEqual(Object.fromEntries(await dumpOf(s.house.db)));
    expect((await over(db).segments.compare()).differences).toEqual([]);
  });

  it('goes on where it was stopped, at whichever step', async () => {
    const db = await empty();
    let steps = 0;
    for (let stopAt = 1; ; stopAt++) {
      const stop = new AbortController();
      let seen = 0;
      const order = {
        signal: stop.signal,
        progress: () => {
          seen++;
          steps++;
          if (seen === stopAt) stop.abort(new Error('killed'));
        },
      };
      const done = await rebuildOver(db, s.house.clock, over(db), order).catch((e: Error) => e.message);
      if (typeof done === 'object') {
        expect(done.resumed).toBe(true);
        expect(done.troubles.first).toEqual([]);
        break;
      }
      expect(done).toBe('killed');
    }
    expect(steps).toBeGreaterThan(10);
    expect(Object.fromEntries(await dumpOf(db))).toEqual(Object.fromEntries(await dumpOf(s.house.db)));
  });
});

/** Changes one byte of some content file below a folder. */
async function alterOne(object: string): Promise<void> {
  const names = await readdir(object, { recursive: true });
  const path = join(object, names.find((n) => n.endsWith('.jsonl'))!);
  const bytes = await readFile(path);
  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(path, bytes);
}
