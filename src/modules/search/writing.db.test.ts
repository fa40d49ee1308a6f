import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { archivesScope, PUBLIC, type Scope, SYSTEM, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { find, indexFonds, indexPages, indexUnits, type UnitEntry, updateAccess } from './index.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';

let test: TestDatabase;
const [county, other] = [newId(), newId()];
const OPEN = { status: 'open', opensOn: null, embargo: null, embargoUntil: null } as const;
const BEYOND = /beyond the reach/;

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test?.close());
beforeEach(async () => {
  await sql`truncate search.entry, search.page, search.fonds`.execute(test.db.owner);
});

const unit = (title: string, more: Partial<UnitEntry> = {}): UnitEntry => ({
  unitId: newId(),
  archiveId: county,
  fondsNo: 'J019',
  level: 'item',
  accessStatus: 'restricted',
  classification: 'public',
  title,
  category: 'WS',
  sortKey: title,
  ...more,
});
/** A post for one category of the county's. */
const forCategory = (category: string): Scope => {
  const reached = { ...archivesScope([]).exists, parts: [`${county}/${category}`] };
  return { exists: reached, content: reached };
};
const found = async (q: string): Promise<string[]> =>
  (await test.db.as(SYSTEM, (tx) => find(tx, { q }))).hits.map((h) => h.title);

describe('what a transaction of the application writes into the index', () => {
  it('is what belongs to its archives', async () => {
    const one = unit('水库加固');
    await test.db.as(archivesScope([county]), (tx) => indexUnits(tx, [one]));
    expect(await found('水库')).toEqual(['水库加固']);
    await test.db.as(archivesScope([county]), (tx) => indexUnits(tx, [{ ...one, title: '桥梁加固' }]));
    expect(await found('加固')).toEqual(['桥梁加固']);
    for (const scope of [PUBLIC, archivesScope([other]), archivesScope([])]) {
      await expect(test.db.as(scope, (tx) => indexUnits(tx, [one]))).rejects.toThrow(BEYOND);
      await expect(test.db.as(scope, (tx) => updateAccess(tx, [one.unitId], OPEN))).rejects.toThrow(BEYOND);
    }
    expect(await found('加固')).toEqual(['桥梁加固']);
  });

  it('is never the entry of another archive’s unit, whatever archive it is said to be of', async () => {
    const theirs = unit('水库加固', { archiveId: other });
    await test.db.system((tx) => indexUnits(tx, [theirs]));
    await expect(
      test.db.as(archivesScope([county]), (tx) =>
        indexUnits(tx, [unit('甲'), { ...theirs, archiveId: county, title: '乙' }]),
      ),
    ).rejects.toThrow(BEYOND);
    expect(await found('水库')).toEqual(['水库加固']);
    expect(await found('甲')).toEqual([]);
  });

  it('is what belongs to the category of a post that is limited to it', async () => {
    const photo = unit('合影', { category: 'ZP' });
    await test.db.as(forCategory('ZP'), (tx) => indexUnits(tx, [photo]));
    await test.db.as(forCategory('ZP'), (tx) => updateAccess(tx, [photo.unitId], OPEN));
    await expect(test.db.as(forCategory('WS'), (tx) => indexUnits(tx, [photo]))).rejects.toThrow(BEYOND);
    await expect(
      test.db.as(forCategory('WS'), (tx) => indexUnits(tx, [{ ...photo, category: 'WS' }])),
    ).rejects.toThrow(BEYOND);
    await expect(
      test.db.as(forCategory('ZP'), (tx) => indexUnits(tx, [{ ...photo, category: null }])),
    ).rejects.toThrow(BEYOND);
    expect((await test.db.as(PUBLIC, (tx) => find(tx, { q: '合影' }))).total).toBe(1);
  });

  it('keeps the words of pages the writer may not look into', async () => {
    const one = unit('会议记录');
    await test.db.system((tx) => indexUnits(tx, [one]));
    await test.db.system((tx) =>
      indexPages(tx, one.unitId, [
        { pageNo: 1, text: '水库加固' },
        { pageNo: 40, text: '蚕桑' },
      ]),
    );
    const blind: Scope = { exists: archivesScope([county]).exists, content: PUBLIC.content };
    await test.db.as(blind, (tx) => indexUnits(tx, [{ ...one, title: '会议纪要' }]));
    for (const q of ['水库', '蚕桑', '纪要 蚕桑']) expect(await found(q), q).toEqual(['会议纪要']);
    expect((await test.db.as(blind, (tx) => find(tx, { q: '水库' }))).total).toBe(0);
  });

  it('names fonds of its archives alone', async () => {
    const label = (archiveId: string) => ({ archiveId, number: 'J019', name: '民政局' });
    await test.db.as(archivesScope([county]), (tx) => indexFonds(tx, [label(county)]));
    await expect(
      test.db.as(archivesScope([county]), (tx) => indexFonds(tx, [label(county), label(other)])),
    ).rejects.toThrow(BEYOND);
  });

  it('goes by functions that give others’ pages to nobody', async () => {
    const theirs = unit('甲', { archiveId: other });
    await test.db.system((tx) => indexUnits(tx, [theirs]));
    await test.db.system((tx) => indexPages(tx, theirs.unitId, [{ pageNo: 1, text: '水库加固' }]));
    await test.db.as(archivesScope([county]), async (tx) => {
      const id = theirs.unitId;
      for (const read of [
        sql`select * from search.with_pages(${[id]}::uuid[])`,
        sql`select * from search.described(${id}, 16)`,
        sql`select * from search.folded_pages(${id}, 1, 16)`,
      ])
        expect((await read.execute(tx)).rows).toEqual([]);
      await sql`select search.put_segment(${id}, 1, ''), search.drop_segments(${id}, '{}')`.execute(tx);
    });
    expect(await found('水库')).toEqual(['甲']);
  });

  it('takes no statement in the place of a column', async () => {
    const put = (names: string[], cells: string[]) =>
      test.db.as(archivesScope([county]), (tx) =>
        sql`select search.put_entries(${names}::text[], ${cells}::text[])`.execute(tx),
      );
    await expect(put(['unit_id) select 1; --'], [`${newId()}\u001f`])).rejects.toThrow();
    await expect(put(['ctid', 'unit_id'], ['(0,1)\u001f', `${newId()}\u001f`])).rejects.toThrow();
    expect((await sql`select from search.entry`.execute(test.db.owner)).rows).toEqual([]);
  });
});
