import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicActor, scopeOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { parseConditions, readConditions } from './conditions.ts';
import type { UnitFilter } from './filter.ts';
import { type Place, readSorting } from './sorting.ts';
import { tablePage } from './store/page.ts';

let house: SmallHouse;
let fonds: string;
let other: string;

const SOME = 60;

beforeAll(async () => {
  house = await smallHouse();
  const add = async (number: string, name: string) =>
    (await house.holdings.addFonds(archivist(), { archiveId: house.county, number, name })).id;
  [fonds, other] = [await add('J019', '县民政局'), await add('J020', '县水利局')];
  await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, reference_code, sort_key, title, creator, date_text,
      date_from, date_to, category, year, retention, pages, description, updated_at)
    select uuidv7(), ${house.county}, case when n % 3 = 0 then ${other}::uuid else ${fonds}::uuid end, case when n % 7 = 0 then 'file' else 'item' end,
      'a' || lpad(n::text, 4, '0'), 'J019-WS·' || lpad(n::text, 4, '0'), 'J019' || lpad(n::text, 4, '0'),
      case when n % 4 = 0 then '关于水库除险的通知' || n else '结婚登记' || n % 10 end,
      case n % 5 when 0 then null when 1 then '县民政局' else '县水利局' end,
      case when n % 6 = 0 then null else '19' || (50 + n % 40) end, case when n % 6 = 0 then null else make_date(1950 + n % 40, 1 + n % 12, 5) end,
      case when n % 6 = 0 then null else make_date(1950 + n % 40, 12, 31) end,
      case when n % 2 = 0 then 'WS' else 'KJ' end, case when n % 9 = 0 then null else 1950 + n % 40 end, 'D30', n,
      case when n % 8 = 0 then '{"persons":"李华;王芳","own:lake":"镜湖","extra":{"旧档号":"民5号"}}'::jsonb else '{}' end,
      timestamptz '2026-01-01' + n * interval '1 hour'
    from generate_series(1, ${SOME}) n`.execute(house.db.owner);
});
afterAll(() => house.close());

const archivist = () => house.person(ALL, house.county);
const list = (
  where: unknown[] = [],
  o: { sort?: string; cursor?: string; limit?: number; elements?: string[] } = {},
) =>
  house.holdings.listUnits(
    archivist(),
    { archiveId: house.county, where: readConditions(where) },
    { sort: 'code', limit: 200, ...o },
  );
const found = async (...where: unknown[]) => (await list(where)).items.map((u) => Number(u.pages));
const numbers = (fits: (n: number) => boolean) => Array.from({ length: SOME }, (_, i) => i + 1).filter(fits);

describe('a table of entries', () => {
  it('is narrowed by any column and any element of the description, all conditions together', async () => {
    expect(await found(['title', 'contains', '水库'])).toEqual(numbers((n) => n % 4 === 0));
    expect(await found(['title', 'lacks', '水库'])).toEqual(numbers((n) => n % 4 !== 0));
    expect(await found(['title', 'begins', '结婚'])).toEqual(numbers((n) => n % 4 !== 0));
    expect(await found(['creator', 'is', '县民政局'])).toEqual(numbers((n) => n % 5 === 1));
    expect(await found(['creator', 'isNot', '县民政局'])).toEqual(numbers((n) => n % 5 !== 1));
    expect(await found(['creator', 'empty'])).toEqual(numbers((n) => n % 5 === 0));
    expect(await found(['date', 'filled'])).toEqual(numbers((n) => n % 6 !== 0));
    expect(await found(['year', 'between', 1950, 1955], ['category', 'is', 'WS'])).toEqual(
      numbers((n) => n % 9 !== 0 && n % 40 <= 5 && n % 2 === 0),
    );
    expect(await found(['year', 'oneOf', 1951, 1953])).toEqual(
      numbers((n) => n % 9 !== 0 && [1, 3].includes(n % 40)),
    );
    expect(await found(['date', 'is', '1951'])).toEqual(numbers((n) => n % 6 !== 0 && n % 40 === 1));
    expect(await found(['date', 'between', '1951-02', '1953'])).toEqual(
      numbers((n) => n % 6 !== 0 && ((n % 40 === 1 && n % 12 >= 1) || [2, 3].includes(n % 40))),
    );
    expect(await found(['pages', 'from', 58])).toEqual([58, 59, 60]);
    expect(await found(['persons', 'contains', '李华'])).toEqual(numbers((n) => n % 8 === 0));
    expect(await found(['own:lake', 'is', '镜湖'], ['pages', 'to', 16])).toEqual([8, 16]);
    expect(await found(['extra:旧档号', 'begins', '民'], ['pages', 'to', 8])).toEqual([8]);
    expect(await found(['note', 'filled'])).toEqual([]);
    expect(await found(['changed', 'to', '2026-01-01'])).toEqual(numbers((n) => n < 16));
    // What a pattern would take for anything is taken as it is written.
    expect(await found(['title', 'contains', '%'])).toEqual([]);
  });

  it('refuses conditions nobody could mean', async () => {
    for (const where of [
      '{}',
      'no json',
      '[["nothing","is","x"]]',
      '[["title","from","x"]]',
      '[["year","is","neunzehn"]]',
      '[["year","between",1950]]',
      '[["date","is","1953-02-29"]]',
      '[["title","is",""]]',
      '[["title","is",{"a":1}]]',
    ])
      expect(() => parseConditions(where), where).toThrow(
        expect.objectContaining({ code: 'filter.invalid' }),
      );
    await expect(list([], { sort: 'nothing' })).rejects.toMatchObject({ code: 'table.sort' });
    await expect(list([], { cursor: 'x' })).rejects.toMatchObject({ code: 'cursor.invalid' });
  });

  it('is turned over forwards and backwards, whatever it is sorted by, without losing or repeating an entry', async () => {
    const sorts = ['code', 'title', 'date', 'year', 'creator', 'changed', 'pages', 'persons', 'position'];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...sorts.flatMap((s) => [s, `-${s}`])),
        fc.integer({ min: 1, max: 25 }),
        fc.boolean(),
        async (sort, limit, narrowed) => {
          const where = narrowed ? [['category', 'is', 'WS']] : [];
          const whole = (await list(where, { sort })).items.map((u) => u.id);
          expect(whole.length).toBe(narrowed ? SOME / 2 : SOME);
          const forwards: string[] = [];
          let page = await list(where, { sort, limit });
          expect(page.before).toBeNull();
          for (;;) {
            expect(page.total).toBe(whole.length);
            forwards.push(...page.items.map((u) => u.id));
            if (!page.next) break;
            page = await list(where, { sort, limit, cursor: page.next });
          }
          expect(forwards).toEqual(whole);
          let backwards = page.items.map((u) => u.id);
          while (page.before) {
            page = await list(where, { sort, limit, cursor: page.before });
            backwards = [...page.items.map((u) => u.id), ...backwards];
          }
          expect(backwards).toEqual(whole);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is the same walked along an index as gathered, also where walks stop on the way', async () => {
    const walking = { gathered: -1, leastWalked: 7, mostWalked: 9 };
    const filter = {
      archiveId: house.county,
      where: readConditions([
        ['pages', 'from', 20],
        ['title', 'contains', '水库'],
      ]),
    };
    for (const sort of ['code', '-code', 'date', '-date', 'title', '-creator', 'changed']) {
      const whole = (
        await list(
          [
            ['pages', 'from', 20],
            ['title', 'contains', '水库'],
          ],
          { sort },
        )
      ).items.map((u) => u.id);
      for (const towards of ['next', 'before'] as const) {
        const met: string[] = [];
        let stops = 0;
        let place: Place | undefined;
        if (towards === 'before')
          place = {
            towards,
            value: null,
            id: sort.startsWith('-')
              ? '00000000-0000-0000-0000-000000000000'
              : 'ffffffff-ffff-ffff-ffff-ffffffffffff',
          };
        if (towards === 'before' && ['code', '-code'].includes(sort)) continue;
        for (let more = true; more; ) {
          const page = await house.db.as(scopeOf(archivist()), (tx) =>
            tablePage(tx, filter, { sorting: readSorting(sort), place, limit: 3 }, walking),
          );
          met.push(...page.met.map((m) => m.id));
          stops += page.stopped ? 1 : 0;
          more = page.more;
          const at = page.stopped ?? page.met.at(-1);
          if (at) place = { towards, ...at };
        }
        expect(stops).toBeGreaterThan(0);
        expect(towards === 'next' ? met : met.reverse(), `${sort} ${towards}`).toEqual(whole);
      }
    }
  });

  it('passes over other facets on its walk and gives what gathering gives', async () => {
    const walking = { gathered: -1, leastWalked: 5, mostWalked: 7 };
    const filters: unknown[][] = [
      [['category', 'is', 'WS']],
      [['level', 'is', 'file'], ['year', 'from', 1960]],
      [['year', 'is', 1955]],
      [['year', 'is', 1955], ['retention', 'is', 'D30'], ['title', 'contains', '结婚']],
      [['year', 'oneOf', 1951, 1957, 1980], ['pages', 'to', 50]],
      [['year', 'empty'], ['category', 'is', 'KJ']],
    ]; // biome-ignore format: a filter a row
    const page = (filter: UnitFilter, sort: string, place?: Place, limits?: typeof walking) =>
      house.db.as(scopeOf(archivist()), (tx) =>
        tablePage(tx, filter, { sorting: readSorting(sort), place, limit: limits ? 2 : 200 }, limits),
      );
    for (const narrowed of [{}, { fonds }])
      for (const where of filters) {
        const filter = { archiveId: house.county, ...narrowed, where: readConditions(where) };
        for (const sort of ['code', '-code', 'date', '-date', 'title', 'creator', '-changed']) {
          const whole = await page(filter, sort);
          expect(whole.total).toBe(whole.met.length);
          const met: string[] = [];
          let place: Place | undefined;
          for (let more = true; more; ) {
            const part = await page(filter, sort, place, walking);
            met.push(...part.met.map((m) => m.id));
            more = part.more;
            const at = part.stopped ?? part.met.at(-1);
            if (at) place = { towards: 'next', ...at };
          }
          expect(met, `${JSON.stringify(filter)} ${sort}`).toEqual(whole.met.map((m) => m.id));
        }
      }
  });

  it('finds the facets behind the order in each index it walks along', async () => {
    const r = await sql<{ name: string; definition: string }>`select indexname as name, indexdef as definition
      from pg_indexes where schemaname = 'holdings' and indexname = any(${[
        'unit_order',
        'unit_fonds_order',
        'unit_dates',
        'unit_year_dates',
        'unit_titles',
        'unit_creators',
      ]})`.execute(house.db.owner);
    expect(r.rows).toHaveLength(6);
    for (const { definition } of r.rows)
      expect(definition).toMatch(/, id, level, category,( year,)? retention, access_status\)$/);
  });

  it('puts empty values last, forwards and backwards sorted', async () => {
    for (const sort of ['date', '-date']) {
      const dates = (await list([], { sort })).items.map((u) => u.dateFrom);
      const filled = dates.filter((d) => d !== null);
      expect(dates.slice(0, filled.length)).toEqual(filled);
      expect(filled).toEqual(sort === 'date' ? [...filled].sort() : [...filled].sort().reverse());
    }
  });

  it('shows elements of the description to who works in the archive', async () => {
    const wanted = { elements: ['persons', 'own:lake', 'extra:旧档号', 'title', 'nothing'], limit: 1 };
    const [row] = (await list([['pages', 'is', 8]], wanted)).items;
    expect(row?.elements).toEqual({ persons: '李华;王芳', 'own:lake': '镜湖', 'extra:旧档号': '民5号' });
    const nobody = await house.holdings.listUnits(
      publicActor(),
      { archiveId: house.county },
      { sort: 'code', ...wanted },
    );
    expect(nobody.items).toEqual([]);
  });

  it('is totalled and grouped, from kept counts and by reading alike', async () => {
    const filter = { archiveId: house.county, where: readConditions([['category', 'is', 'WS']]) };
    const sum = (ns: number[]) => ns.reduce((a, b) => a + b, 0);
    const ws = numbers((n) => n % 2 === 0);
    const counted = await house.holdings.totalsOfTable(archivist(), filter);
    expect(counted).toEqual({ units: ws.length, pages: sum(ws), digitalPages: 0, exact: true });
    const read = {
      archiveId: house.county,
      where: readConditions([
        ['category', 'is', 'WS'],
        ['pages', 'from', 50],
      ]),
    };
    expect(await house.holdings.totalsOfTable(archivist(), read)).toMatchObject({
      units: 6,
      pages: 330,
      exact: true,
    });
    const byFonds = await house.holdings.groupsOfTable(archivist(), filter, 'fonds');
    expect(byFonds.groups.map((g) => [g.label, g.units])).toEqual([
      ['J019 县民政局', 20],
      ['J020 县水利局', 10],
    ]);
    const byYear = await house.holdings.groupsOfTable(archivist(), { archiveId: house.county }, 'year');
    expect(byYear.groups.find((g) => g.value === null)?.units).toBe(numbers((n) => n % 9 === 0).length);
    const byCreator = await house.holdings.groupsOfTable(archivist(), read, 'creator');
    expect(byCreator.groups).toEqual([
      { value: '县水利局', label: null, units: 3, pages: 164, digitalPages: 0 },
      { value: null, label: null, units: 2, pages: 110, digitalPages: 0 },
      { value: '县民政局', label: null, units: 1, pages: 56, digitalPages: 0 },
    ]);
    // The public has no part in the kept counts: what it sees is counted by reading.
    expect(await house.holdings.totalsOfTable(publicActor(), filter)).toMatchObject({
      units: 0,
      exact: true,
    });
  });
});
