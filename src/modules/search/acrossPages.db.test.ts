import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PUBLIC, type Scope, SYSTEM, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import {
  find,
  indexArchives,
  indexPages,
  indexUnits,
  removePages,
  renewIndex,
  type UnitEntry,
} from './index.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';

let test: TestDatabase;
const archive = newId();
const unit: UnitEntry = {
  unitId: newId(),
  archiveId: archive,
  fondsNo: 'J019',
  level: 'item',
  accessStatus: 'restricted',
  classification: 'public',
  title: '文书',
  referenceCode: 'J019-WS·1961·Y-0001',
  sortKey: 'J019-WS·1961·Y-0001',
};

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(() => test.close());
beforeEach(() =>
  test.db.system(async (tx) => {
    await sql`truncate search.entry, search.page, search.archive`.execute(tx);
    await indexArchives(tx, [{ id: archive, path: [archive], code: 'P', name: '档案馆' }]);
    await indexUnits(tx, [unit]);
  }),
);

const write = (...pages: [pageNo: number, text: string][]) =>
  test.db.system((tx) =>
    indexPages(
      tx,
      unit.unitId,
      pages.map(([pageNo, text]) => ({ pageNo, text, confidence: null })),
    ),
  );
const ask = async (q: string, scope: Scope = SYSTEM) => {
  const found = await test.db.as(scope, (tx) => find(tx, { q }));
  return { total: found.total, snippets: found.hits[0]?.snippets ?? [] };
};
const marked = (s: { text: string; highlights: [number, number][] }) =>
  s.highlights.map(([a, b]) => s.text.slice(a, b));

describe('a phrase that runs over two pages', () => {
  it('is found, on the page it begins on, with the phrase marked', async () => {
    await write([1, '全县各公社：关于发放救\n— 1 —'], [2, '济粮的通知，望遵照执行。\n— 2 —']);
    const found = await ask('发放救济粮');
    expect(found.total).toBe(1);
    expect(found.snippets.map((s) => [s.page, marked(s)])).toEqual([[1, ['发放救济粮']]]);
    expect((await ask('"poor relief"')).total).toBe(0);
  });

  it('is found between words too, and from one sixteen of pages to the next, in either order of writing', async () => {
    await write([17, 'relief of those in need']);
    await write([16, 'a letter about poor']);
    const found = await ask('"poor relief"');
    expect(found.snippets.map((s) => s.page)).toEqual([16]);
    await write([32, '水库加'], [33, '固工程']);
    expect((await ask('水库加固工程')).snippets.map((s) => s.page)).toEqual([32]);
  });

  it('is found no more when either page changes or goes, and words of one page are shown on that page alone', async () => {
    await write([1, '发放救'], [2, '济粮的通知']);
    expect((await ask('济粮的通知')).snippets.map((s) => s.page)).toEqual([2]);
    expect((await ask('发放救')).snippets.map((s) => s.page)).toEqual([1]);
    await write([1, '移民安']);
    expect([(await ask('发放救济粮')).total, (await ask('移民安济粮')).total]).toEqual([0, 1]);
    await test.db.system((tx) => removePages(tx, unit.unitId, [1]));
    expect([(await ask('移民安济粮')).total, (await ask('济粮的通知')).total]).toEqual([0, 1]);
  });

  it('does not run over pages that are missing, nor to those who may not look into the record', async () => {
    await write([1, '发放救'], [3, '济粮的通知']);
    expect((await ask('发放救济粮')).total).toBe(0);
    await write([2, '济粮的办法']);
    expect((await ask('发放救济粮')).total).toBe(1);
    expect((await ask('发放救济粮', PUBLIC)).total).toBe(0);
  });

  it('is found in what was written before, once the index is renewed', async () => {
    await write([1, '发放救'], [2, '济粮的通知']);
    await test.db.system(async (tx) => {
      await sql`update search.page set folded = split_part(folded, chr(10), 1)`.execute(tx);
      await indexUnits(tx, [unit]);
    });
    expect((await ask('发放救济粮')).total).toBe(0);
    await renewIndex(test.db, async (_, last) => (last === null ? [unit] : []), { whole: true });
    expect((await ask('发放救济粮')).total).toBe(1);
  });
});
