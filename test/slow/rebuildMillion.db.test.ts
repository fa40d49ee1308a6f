import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditActor, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { rebuildHouse } from '../../src/main/rebuilding.ts';
import { digestsOf } from '../support/dumps.ts';
import { exportsOf, type Houses, housesOfOneRoot } from '../support/houses.ts';

const ENTRIES = Number(process.env.LANTAI_REBUILD_ENTRIES ?? 1_000_000);

let houses: Houses;
beforeAll(async () => {
  houses = await housesOfOneRoot();
});
afterAll(() => houses.close());

describe('a million entries', () => {
  it('come back from their segments: every export, every column of every row', {
    timeout: 3_600_000,
  }, async () => {
    const { house, db } = await houses.open('first');
    const actor = systemActor('test');
    const county = await house.holdings.addArchive(actor, {
      parentId: null,
      code: '990111',
      name: '石桥县档案馆',
      level: 'county',
    });
    for (const number of ['J001', 'J002', 'J003', 'J004'])
      await house.holdings.addFonds(actor, { archiveId: county, number, name: `全宗 ${number}` });
    // A tenth are files, and what follows each stands in it; written as imports are, many at a time.
    for (let from = 1; from <= ENTRIES; from += 50_000)
      await sql`insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position, reference_code, sort_key, title, creator,
          date_text, date_from, date_to, category, year, retention, access_status, pages, description, child_count)
        select ('0190f000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${county}, f.id,
          case when n % 10 = 0 then null else ('0190f000-0000-7000-8000-' || lpad(to_hex(n - n % 10), 12, '0'))::uuid end,
          case when n % 10 = 0 then 'file' else 'item' end, 'a' || lpad(n::text, 8, '0'), f.number || '-' || n, f.number || lpad(n::text, 9, '0'),
          '关于加强防汛抗旱工作的通知 ' || n, '县水利局', '20030501', '2003-05-01', '2003-05-01', 'WS', 1950 + n % 70,
          case when n % 3 = 0 then 'Y' else 'D30' end, case when n % 4 = 0 then 'open' else 'unreviewed' end, n % 40,
          jsonb_build_object('boxNo', (n / 30)::text, 'note', '原件' || n), case when n % 10 = 0 then 9 else 0 end
        from generate_series(${from}::int, ${Math.min(ENTRIES, from + 49_999)}::int) n
          join lateral (select id, number from holdings.fonds where archive_id = ${county} and number = 'J00' || 1 + n / 10 % 4) f on true
        where n >= 10`.execute(db.owner);
    await sql`update holdings.fonds f set child_count = (select count(*) from holdings.unit where under_id = f.id)`.execute(
      db.owner,
    );
    await sql`update holdings.unit u set child_count = (select count(*) from holdings.unit k where k.parent_id = u.id)
      where id in (select max(id::text)::uuid from holdings.unit where level = 'file')`.execute(db.owner);
    await house.segments.flush();
    const before = { exports: await exportsOf(house), tables: await digestsOf(db) };

    const second = await houses.open('second');
    const started = performance.now();
    const done = await rebuildHouse(
      { ...second.house, newId },
      { actor: auditActor(actor), acceptLoss: false },
    );
    const seconds = (performance.now() - started) / 1000;
    console.log(
      `${done.counts.rows} rows in ${seconds.toFixed(0)} s with the index, ${Math.round(done.counts.rows / seconds)} rows/s`,
    );
    expect(done.troubles.first).toEqual([]);
    expect(Object.fromEntries(await digestsOf(second.db))).toEqual(Object.fromEntries(before.tables));
    expect(Object.fromEntries(await exportsOf(second.house))).toEqual(Object.fromEntries(before.exports));
  });
});
