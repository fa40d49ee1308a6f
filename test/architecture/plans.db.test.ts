import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, scopeOf } from '#kernel/actor';
import { PUBLIC, type Scope, sql } from '#kernel/db';
import { indexUnits } from '#modules/search';
import { type SmallHouse, smallHouse } from '../support/house.ts';

/** Entries: enough that reading all of them shows, few enough for every day. */
const UNITS = 30_000;
let house: SmallHouse;
let reader: Actor;
let fonds: string;
let pages: { unit: number; entry: number };

beforeAll(async () => {
  house = await smallHouse();
  const keeper = house.person(['holdings.read', 'holdings.write', 'content.read'], house.county);
  reader = house.person(['holdings.read', 'content.read'], house.county);
  fonds = (
    await house.holdings.addFonds(keeper, { archiveId: house.county, number: 'J019', name: '石桥县民政局' })
  ).id;
  const { rows } = await sql<{ id: string; code: string; title: string; sort: string; n: number }>`
    insert into holdings.unit (id, archive_id, fonds_id, level, position, reference_code, sort_key, title, category, year, access_status)
    select gen_random_uuid(), ${house.county}, ${fonds}, 'item', 'a' || lpad(n::text, 9, '0'), 'J019-WS·2003·D30-' || lpad(n::text, 6, '0'),
      'J0219 WS!042003!D0230 ' || lpad(n::text, 8, '0'), '关于第' || n || '号' || (array['春季植树造林', '水库移民安置', '婚姻登记', '土地承包'])[1 + n % 4] || '的通知',
      'WS', 1950 + n % 60, case when n % 10 = 0 then 'open' else 'unreviewed' end
    from generate_series(1, ${UNITS}::int) as g (n)
    returning id, reference_code as code, title, sort_key as sort, year as n`.execute(house.db.owner);
  await house.db.system(async (tx) => {
    for (let i = 0; i < rows.length; i += 5_000)
      await indexUnits(
        tx,
        rows.slice(i, i + 5_000).map((r, k) => ({
          unitId: r.id, archiveId: house.county, fondsNo: 'J019', level: 'item', accessStatus: (i + k) % 10 === 9 ? 'open' : 'unreviewed',
          classification: 'public', title: r.title, referenceCode: r.code, sortKey: r.sort, category: 'WS', year: r.n,
        })), // biome-ignore format: one entry
      );
    await sql`select search.settle()`.execute(tx);
  });
  await sql`analyze`.execute(house.db.owner);
  await sql`vacuum analyze search.entry`.execute(house.db.owner);
  const size = await sql<{
    unit: number;
    entry: number;
  }>`select pg_relation_size('holdings.unit') / 8192 as unit,
    pg_relation_size('search.entry') / 8192 as entry`.execute(house.db.owner);
  pages = size.rows[0]!;
});
afterAll(() => house.close());

/** Pages a statement reads as the application's role for somebody, functions it calls included. */
async function read(scope: Scope, statement: ReturnType<typeof sql>): Promise<number> {
  return house.db.as(scope, async (tx) => {
    await statement.execute(tx);
    const r = await sql<{
      'QUERY PLAN': { Plan: Record<string, number> }[];
    }>`explain (analyze, buffers, format json) ${statement}`.execute(tx);
    const plan = r.rows[0]!['QUERY PLAN'][0]!.Plan;
    return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
  });
}

const find = (ask: object) =>
  sql`select search.find(${JSON.stringify({
    title: null, catalogue: null, page: null, code: null, code_term: null, code_prefix: null, checks: [], filters: null, archives: null,
    from: null, to: null, sort: 'relevance', after: null, limit: 51, facets: true, ...ask,
  })}::jsonb)`; // biome-ignore format: one question

describe('hot queries, asked as the application under row-level security', () => {
  it('read a page of a fonds along its index', async () => {
    const list = sql`select id, title from holdings.unit u where u.archive_id = ${house.county}
      and u.under_id = ${fonds} and (u.position, u.id) > ('a000020000', '00000000-0000-0000-0000-000000000000'::uuid)
      order by u.position, u.id limit 51`;
    expect(await read(scopeOf(reader), list)).toBeLessThan(pages.unit / 20);
  });

  it('have the rule of visibility written into the query, which asks a row a tenth as long as a function called for it', async () => {
    for (const rule of ['exists_for', 'content_for']) {
      const asker = `(f,2026-01-01,"{${house.county}}",{},{},{},{},{})`;
      const { rows } = await sql<{ 'QUERY PLAN': string }>`explain select count(*) from search.entry e
        where search.${sql.raw(rule)}(e, ${sql.lit(asker)}::search.reach)`.execute(house.db.owner);
      expect(rows.map((r) => r['QUERY PLAN']).join('\n')).not.toContain(rule);
    }
  });

  it('ask of the pages of a volume by the plan of the query, not by a function called for each page', async () => {
    for (const table of ['preservation.content', 'preservation.page', 'digitisation.page_text']) {
      const plan = await house.db.as(scopeOf(reader), async (tx) => {
        const { rows } = await sql<{
          'QUERY PLAN': string;
        }>`explain select * from ${sql.raw(table)} where unit_id = ${fonds}`.execute(tx);
        return rows.map((r) => r['QUERY PLAN']).join('\n');
      });
      expect(plan).toMatch(/SubPlan|Join|Nested/);
      expect(plan).not.toContain('in_reach(');
    }
  });

  it('find one unit by its id and by its code', async () => {
    const one = sql`select id from holdings.unit u where u.archive_id = ${house.county} and u.reference_code = 'J019-WS·2003·D30-020001'`;
    expect(await read(scopeOf(reader), one)).toBeLessThan(20);
  });

  it('find rare words through the inverted index, for staff and for the public', async () => {
    const rare = find({
      title: "'t第7'",
      catalogue: "'t第7' & 't7号'",
      page: "'p第7' & 'p7号'",
      checks: [['%第7号%']],
    });
    for (const scope of [scopeOf(reader), PUBLIC])
      expect(await read(scope, rare)).toBeLessThan(pages.entry / 5);
  });

  it('find a code without looking at other entries', async () => {
    const code = find({
      title: "'tj019'", catalogue: "'oj019ws2003'", page: "'pj019ws2003'", code: 'j019ws2003d30020001',
      code_term: "'Kj019ws2003d30020'", code_prefix: "'Kj019ws2003d30020' | 'Kj019ws2003d30020001':*",
    }); // biome-ignore format: one question
    expect(await read(scopeOf(reader), code)).toBeLessThan(pages.entry / 3);
  });

  it('stop early where a word stands in a quarter of all entries', async () => {
    const common = find({
      title: "'t植树'",
      catalogue: "'t植树' | 'o植树'",
      page: "'p植树'",
      facets: false,
      sort: 'reference',
    });
    expect(await read(scopeOf(reader), common)).toBeLessThan(pages.entry * 3);
  });
});
