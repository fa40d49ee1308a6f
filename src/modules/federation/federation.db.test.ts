import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, openDatabase, PUBLIC, sql } from '#kernel/db';
import { silentLog } from '#kernel/log';
import { type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { createPublisher } from './publishing/publisher.ts';
import { addressesOf, openedLast } from './store/addresses.ts';
import { horizon, pageOfList } from './store/harvested.ts';

/** Entries: enough that reading all of them shows. */
const UNITS = 20_000;
let house: SmallHouse;
let db: Database;
let fonds: string;
let rare: string;

beforeAll(async () => {
  house = await smallHouse();
  db = house.db;
  const keeper = house.person(['holdings.read', 'holdings.write'], house.county);
  fonds = (
    await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
  await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title, access_status)
    select gen_random_uuid(), ${house.county}, ${fonds}, 'item', 'a' || lpad(n::text, 9, '0'), '第' || n || '号', 'open'
    from generate_series(1, ${UNITS}::int) as g (n)`.execute(db.owner);
  // One of few entries, the newest: where it is looked for along all others, all of them are read.
  rare = (await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'J020', name: '县志办' }))
    .id;
  await createPublisher(db, silentLog, { partSize: 5_000 }).turn();
  // As if they had come over years.
  await sql`update federation.published p set datestamp = p.datestamp - make_interval(secs => s.n) from
    (select unit_id, row_number() over (order by unit_id) as n from federation.published) s where s.unit_id = p.unit_id`.execute(
    db.owner,
  );
  await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title, access_status)
    select gen_random_uuid(), ${house.county}, ${rare}, 'item', 'a' || lpad(n::text, 9, '0'), '第' || n || '号', 'open'
    from generate_series(1, 20) as g (n)`.execute(db.owner);
  await createPublisher(db, silentLog).turn();
  await sql`update federation.published set datestamp = datestamp - interval '1 minute' where fonds_id = ${rare}`.execute(
    db.owner,
  );
  await sql`vacuum analyze federation.published`.execute(db.owner);
  await sql`vacuum analyze holdings.unit`.execute(db.owner);
});
afterAll(() => house?.close());

const states = async (ids: readonly string[]) => {
  const r = await sql<{
    id: string;
    deleted: boolean;
    stamp: Date;
  }>`select unit_id as id, deleted, datestamp as stamp
    from federation.published where unit_id = any(${[...ids]}::uuid[])`.execute(db.owner);
  return new Map(r.rows.map((row) => [row.id, row]));
};
const some = async (n: number) =>
  (
    await sql<{ id: string }>`select id from holdings.unit order by random() limit ${n}`.execute(db.owner)
  ).rows.map((r) => r.id);

/** Rows of what is published that a question reads, asked as the public. */
function read(ask: Parameters<Database['as']>[1]): Promise<number> {
  return db.as(PUBLIC, async (tx) => {
    const soFar = async () =>
      (
        await sql<{ n: number }>`select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int as n
          from pg_stat_xact_all_tables where schemaname = 'federation' and relname = 'published'`.execute(tx)
      ).rows[0]!.n;
    const before = await soFar();
    await ask(tx);
    return (await soFar()) - before;
  });
}

describe('what is published', () => {
  it('is read page by page at the same cost wherever the page lies and however much there is', async () => {
    const { end } = await db.as(PUBLIC, horizon);
    const deep = {
      datestamp: new Date(Date.now() - 7_000_000).toISOString(),
      id: '00000000-0000-0000-0000-000000000000',
    };
    for (const of of [{}, { archive: house.county }, { fonds }, { fonds: rare }])
      for (const after of [undefined, deep]) {
        const list = { ...of, ...(after ? { after } : {}), limit: 51 };
        const found = await db.as(PUBLIC, (tx) => pageOfList(tx, list, end));
        expect(found.length).toBe('fonds' in of && of.fonds === rare ? 20 : 51);
        const rows = await read((tx) => pageOfList(tx, list, end));
        expect(rows).toBeGreaterThanOrEqual(20);
        expect(rows, JSON.stringify(list)).toBeLessThan(200);
      }
    expect(await read((tx) => addressesOf(tx, 2, undefined, 100))).toBeLessThan(200);
    expect(await read((tx) => openedLast(tx, 10))).toBeLessThan(200);
    expect((await db.as(PUBLIC, (tx) => addressesOf(tx, 2, undefined, 100))).open.length).toBe(100);
    expect((await db.as(PUBLIC, (tx) => openedLast(tx, 10))).length).toBe(10);
  });

  it('follows thousands of changes in one act, and costs little where nothing is open', async () => {
    const publisher = createPublisher(db, silentLog);
    const began = Date.now();
    await sql`update holdings.unit set title = title || '改' where fonds_id = ${fonds}`.execute(db.owner);
    expect(Date.now() - began).toBeLessThan(60_000);
    expect(await publisher.turn()).toBe(UNITS);
    expect(await publisher.turn()).toBe(0);
    const [id] = await some(1);
    await sql`update holdings.unit set position = position || 'b'  where id = ${id}`.execute(db.owner);
    expect(await publisher.turn()).toBe(0);
  });

  it('comes out right whatever happens while it is published', async () => {
    const publisher = createPublisher(db, silentLog, { atOnce: 7 });
    const ids = await some(60);
    const flip = async () => {
      for (let n = 0; n < 150; n++) {
        const id = ids[n % ids.length]!;
        await sql`update holdings.unit set access_status = case access_status when 'open' then 'restricted' else 'open' end where id = ${id}`.execute(
          db.owner,
        );
      }
    };
    let going = true;
    const publish = async () => {
      while (going) await publisher.turn();
    };
    const publishing = publish();
    await Promise.all([flip(), flip()]);
    going = false;
    await publishing;
    await publisher.turn();
    const open = new Set(
      (
        await sql<{
          id: string;
        }>`select id from holdings.unit where id = any(${ids}::uuid[]) and access_status = 'open'`.execute(
          db.owner,
        )
      ).rows.map((r) => r.id),
    );
    const found = await states(ids);
    expect(ids.filter((id) => found.get(id)!.deleted === open.has(id))).toEqual([]);
    expect(
      (await sql`select 1 from federation.progress where writing_from is not null`.execute(db.owner)).rows,
    ).toEqual([]);
  });

  it('is published by one process at a time', async () => {
    const [id] = await some(1);
    await sql`update holdings.unit set title = '又改' where id = ${id}`.execute(db.owner);
    const second = openDatabase({ url: db.url, appUrl: db.appUrl, max: 3 });
    try {
      const done = await Promise.all([
        createPublisher(db, silentLog).turn(),
        createPublisher(second, silentLog).turn(),
      ]);
      expect(done.reduce((a, b) => a + b)).toBe(1);
    } finally {
      await second.close();
    }
  });

  it('can not be changed, nor what waits be read, by the application', async () => {
    for (const statement of [
      sql`update federation.published set deleted = false`,
      sql`delete from federation.published`,
      sql`insert into federation.waiting values (gen_random_uuid(), true)`,
      sql`select * from federation.waiting`,
      sql`select federation.note(array[gen_random_uuid()])`,
    ])
      await expect(db.as(PUBLIC, (tx) => statement.execute(tx))).rejects.toThrow(/permission denied/);
  });
});
