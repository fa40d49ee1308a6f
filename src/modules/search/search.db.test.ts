import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { archivesScope, PUBLIC, type Scope, SYSTEM, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import {
  find,
  indexArchives,
  indexFonds,
  indexIsCurrent,
  indexPages,
  indexUnits,
  removePages,
  removeUnits,
  renewIndex,
  type SearchRequest,
  type SearchResult,
  type UnitEntry,
  type UnitsAfter,
  updateAccess,
} from './index.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';

let test: TestDatabase;
const [province, county, other] = [newId(), newId(), newId()];

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(async () => {
  await test?.close();
});
beforeEach(async () => {
  await test.db.system(async (tx) => {
    await sql`truncate search.entry, search.page, search.archive, search.fonds`.execute(tx);
    await indexArchives(tx, [
      { id: province, path: [province], code: 'P', name: '某省档案馆' },
      { id: county, path: [province, county], code: 'P-1', name: '临泽县档案馆', nameHant: '臨澤縣檔案館' },
      { id: other, path: [other], code: 'Q', name: '白石县档案馆' },
    ]);
    await indexFonds(tx, [{ archiveId: county, number: 'J019', name: '临泽县民政局' }]);
  });
});

const ACCESS = { opensOn: null, embargo: null, embargoUntil: null };
let serial = 0;
const unit = (title: string, more: Partial<UnitEntry> = {}): UnitEntry => ({
  unitId: newId(),
  archiveId: county,
  fondsNo: 'J019',
  level: 'item',
  accessStatus: 'open',
  classification: 'public',
  title,
  referenceCode: `J019-WS·2003·D30-${String(++serial).padStart(4, '0')}`,
  sortKey: `J019-WS·2003·D30-${String(serial).padStart(4, '0')}`,
  ...more,
});
const put = (...units: UnitEntry[]): Promise<void> => test.db.system((tx) => indexUnits(tx, units));
const ask = (request: SearchRequest, scope: Scope = SYSTEM): Promise<SearchResult> =>
  test.db.as(scope, (tx) => find(tx, request));
const titles = async (q: string, scope?: Scope): Promise<string[]> =>
  (await ask({ q }, scope)).hits.map((h) => h.title);

describe('finding', () => {
  it('gives with each hit the day it opens and the end of an embargo', async () => {
    await put(
      unit('开放日未到', { opensOn: '2031-05-01' }),
      unit('封存中', { embargoUntil: '2032-01-01' }),
      unit('无日期'),
    );
    const days = (await ask({ sort: 'reference' })).hits.map((h) => [h.title, h.opensOn, h.embargoUntil]);
    expect(days).toEqual([
      ['开放日未到', '2031-05-01', null],
      ['封存中', null, '2032-01-01'],
      ['无日期', null, null],
    ]);
  });

  it('finds Chinese by any part of it, in either script, by one character and by many', async () => {
    await put(unit('王某與李某結婚登記申請書'), unit('关于春季植树造林的通知'));
    for (const q of [
      '婚',
      '结婚',
      '結婚',
      '婚登记',
      '结婚登记申请书',
      '王某与李某结婚登记申请书',
      '結婚 申請',
    ])
      expect(await titles(q), q).toEqual(['王某與李某結婚登記申請書']);
    for (const q of ['婚结', '结登', '结婚申请', '离婚', '结婚 通知']) expect(await titles(q), q).toEqual([]);
  });

  it('finds by the code in any spelling and puts it first', async () => {
    const wanted = unit('甲', { referenceCode: 'Z109-WS·2011·Y-办公室-0001' });
    await put(unit('Z109-WS·2011·Y-办公室-0001 的说明'), wanted, unit('乙', { otherCodes: ['旧-12-3'] }));
    for (const q of ['Z109-WS·2011·Y-办公室-0001', 'z109ws2011y办公室0001', 'Ｚ109—WS.2011.Y—辦公室—0001']) {
      const found = await ask({ q });
      expect(found.hits[0], q).toMatchObject({ id: wanted.unitId, why: 'referenceCode' });
    }
    expect((await ask({ q: 'Z109-WS·2011' })).hits.map((h) => h.title)).toContain('甲');
    expect(await titles('旧-12-3')).toEqual(['乙']);
  });

  it('finds document numbers whatever their brackets', async () => {
    await put(unit('批复', { other: ['民婚〔2003〕12号'] }), unit('批复', { other: ['民婚〔2003〕112号'] }));
    for (const q of ['民婚〔2003〕12号', '民婚[2003]12号', '民婚（2003）12號'])
      expect((await ask({ q })).total, q).toBe(1);
  });

  it('finds years and days in text and in dates alike', async () => {
    await put(
      unit('有日期', { dateFrom: '1945-08-15', dateTo: '1945-08-15' }),
      unit('有年份', { dateFrom: '1945-01-01', dateTo: '1945-12-31' }),
      unit('1945年8月15日公告'),
      unit('无关', { dateFrom: '1946-08-15', dateTo: '1946-08-15' }),
    );
    for (const q of ['1945', '1945年']) expect((await ask({ q })).total, q).toBe(3);
    for (const q of ['19450815', '1945-8-15', '1945年8月15日', '1945.08.15'])
      expect((await titles(q)).sort(), q).toEqual(['1945年8月15日公告', '有日期']);
    expect((await ask({ q: '194508' })).total).toBe(2);
  });

  it('finds Latin words without regard to case and by their beginning', async () => {
    await put(unit('Correspondence of the Mission School'));
    for (const q of ['mission', 'MISS', 'mission school', '"mission school"', 'corr'])
      expect((await ask({ q })).total, q).toBe(1);
    for (const q of ['ission', '"school mission"']) expect((await ask({ q })).total, q).toBe(0);
  });

  it('ranks the title before other elements and these before pages, with snippets of the pages', async () => {
    const onPage = unit('丙');
    await put(unit('乙', { other: ['蚕桑生产'] }), onPage, unit('蚕桑生产通知'));
    const text = `${'开头。'.repeat(30)}全县蠶桑\n生產情况${'结尾。'.repeat(40)}`;
    await test.db.system((tx) => indexPages(tx, onPage.unitId, [{ pageNo: 3, text, confidence: 87 }]));
    const found = await ask({ q: '蚕桑生产' });
    expect(found.hits.map((h) => h.why)).toEqual(['title', 'description', 'pages']);
    const [snippet] = found.hits[2]!.snippets;
    expect(snippet).toMatchObject({ page: 3, field: 'page', confidence: 87 });
    expect(snippet!.highlights.map(([s, e]) => snippet!.text.slice(s, e))).toEqual(['蠶桑 生產']);
  });

  it('finds words of which some are in the description and some on pages far apart', async () => {
    const file = unit('张三案卷');
    await put(file);
    await test.db.system((tx) =>
      indexPages(tx, file.unitId, [
        { pageNo: 1, text: '水库加固' },
        { pageNo: 15, text: '移民安置' },
        { pageNo: 40, text: '蚕桑生产' },
      ]),
    );
    for (const q of ['张三 水库', '水库 安置', '张三 蚕桑', '蚕桑生产'])
      expect((await ask({ q })).total, q).toBe(1);
    expect((await ask({ q: '水库移民' })).total).toBe(0);
  });

  it('answers an empty query with all there is, and signs alone with nothing', async () => {
    await put(unit('甲'), unit('乙'));
    expect((await ask({})).total).toBe(2);
    expect((await ask({ q: '——《》' })).total).toBe(0);
  });

  it('offers queries that find something where one finds nothing', async () => {
    await put(unit('结婚登记申请书'));
    expect((await ask({ q: '结婚 蚕桑' })).suggestions).toEqual([
      { kind: 'fewerWords', q: '结婚', total: 1, totalIsExact: true },
    ]);
    expect((await ask({ q: '结婚登记通知' })).suggestions.map((s) => s.q)).toContain('结婚登');
  });

  it('is not led astray by signs of LIKE, tsquery or SQL', async () => {
    await put(unit("a'b"), unit('100% of it_'));
    for (const q of ["' | 'x", '%', "a'b", '\\', "x') or true --", '!a', 'a:*', '_'])
      await expect(ask({ q, fonds: ["'"], categories: ["'\\"] })).resolves.toMatchObject({ total: 0 });
  });
});

describe('rights', () => {
  it('count for nothing what the asker may not see, in hits, totals, facets, snippets and suggestions', async () => {
    const closed = unit('结婚登记甲', { accessStatus: 'restricted', archiveId: other, fondsNo: 'J001' });
    const internal = unit('结婚登记乙', { classification: 'internal' });
    const open = unit('结婚登记丙');
    await put(closed, internal, open);
    await test.db.system((tx) => indexPages(tx, closed.unitId, [{ pageNo: 1, text: '结婚登记' }]));
    const anybody = await ask({ q: '结婚' }, PUBLIC);
    expect(anybody.hits.map((h) => h.id)).toEqual([open.unitId]);
    expect(anybody.total).toBe(1);
    expect(anybody.facets.archive).toEqual([{ value: county, label: '临泽县档案馆', count: 1 }]);
    expect(anybody.facets.access).toEqual([{ value: 'open', count: 1 }]);
    expect((await ask({ q: '甲 蚕桑' }, PUBLIC)).suggestions).toEqual([]);
    expect((await ask({ q: '结婚' }, archivesScope([other]))).total).toBe(2);
    expect((await ask({ q: '结婚' }, archivesScope([county]))).total).toBe(2);
    expect((await ask({ q: '结婚' })).total).toBe(3);
  });

  it('change with the transaction that withdraws or opens', async () => {
    const page = unit('甲');
    await put(page);
    await test.db.system((tx) => indexPages(tx, page.unitId, [{ pageNo: 1, text: '水库加固' }]));
    expect(await titles('水库', PUBLIC)).toEqual(['甲']);
    await test.db.as(archivesScope([county]), (tx) =>
      updateAccess(tx, [page.unitId], { ...ACCESS, status: 'delayed' }),
    );
    expect(await titles('水库', PUBLIC)).toEqual([]);
    expect((await ask({ access: ['delayed'] })).total).toBe(1);
    await test.db.as(archivesScope([county]), (tx) =>
      updateAccess(tx, [page.unitId], { ...ACCESS, status: 'open' }),
    );
    expect(await titles('水库', PUBLIC)).toEqual(['甲']);
  });

  it("hold against the application's role: it reads no table of the search", async () => {
    await expect(test.db.as(PUBLIC, (tx) => sql`select from search.entry`.execute(tx))).rejects.toThrow(
      /permission denied/,
    );
    await expect(test.db.as(PUBLIC, (tx) => sql`select from search.page`.execute(tx))).rejects.toThrow(
      /permission denied/,
    );
    await expect(test.db.as(PUBLIC, (tx) => sql`select search.settle()`.execute(tx))).rejects.toThrow(
      /permission denied/,
    );
  });
});

describe('filters, order and pages', () => {
  const make = (n: number): UnitEntry =>
    unit(`会议纪要${'长'.repeat(n % 7)}`, {
      year: 1990 + (n % 10),
      category: n % 3 ? 'WS' : 'KJ',
      retention: n % 2 ? 'Y' : 'D30',
      dateFrom: n % 5 === 0 ? null : `${1990 + (n % 10)}-0${1 + (n % 9)}-11`,
      archiveId: n % 4 ? county : other,
      accessStatus: n % 6 ? 'open' : 'restricted',
    });

  it('narrow by every facet, and the facets count what is left', async () => {
    await put(...Array.from({ length: 60 }, (_, n) => make(n)));
    const count = async (request: SearchRequest): Promise<number> =>
      (await ask({ q: '会议', ...request })).total;
    expect(await count({ categories: ['KJ'] })).toBe(20);
    expect(await count({ from: 1991, to: 1993 })).toBe(18);
    expect(await count({ from: 1995 })).toBe(30);
    expect(await count({ archives: [province] })).toBe(45);
    expect(await count({ archives: ['P-1', 'Q'] })).toBe(60);
    expect(await count({ archives: ['nowhere'] })).toBe(0);
    expect(await count({ retentions: ['Y', 'D30'], access: ['restricted'] })).toBe(10);
    expect(await count({ fonds: [`${other}/J019`] })).toBe(15);
    const { facets } = await ask({ q: '会议', categories: ['KJ'] });
    expect(facets.category).toEqual([{ value: 'KJ', count: 20 }]);
    expect(facets.year.reduce((sum, y) => sum + y.count, 0)).toBe(20);
    expect(facets.fonds.find((f) => f.value === `${county}/J019`)?.label).toBe('J019 临泽县民政局');
  });

  it.each(['relevance', 'dateAsc', 'dateDesc', 'reference'] as const)(
    'go through everything once by %s',
    async (sort) => {
      const all = Array.from({ length: 60 }, (_, n) => make(n));
      await put(...all);
      const seen: string[] = [];
      const dates: string[] = [];
      let cursor: string | null = null;
      do {
        const page: SearchResult = await ask({ q: '会议', sort, limit: 7, ...(cursor ? { cursor } : {}) });
        seen.push(...page.hits.map((h) => h.id));
        dates.push(...page.hits.map((h) => all.find((u) => u.unitId === h.id)?.dateFrom ?? '?'));
        expect(page.total).toBe(60);
        cursor = page.next;
      } while (cursor);
      expect(new Set(seen).size).toBe(60);
      expect(seen).toHaveLength(60);
      const known = dates.filter((d) => d !== '?');
      if (sort === 'dateAsc') expect(dates).toEqual([...known.toSorted(), ...Array(12).fill('?')]);
      if (sort === 'dateDesc') expect(dates).toEqual([...known.toSorted().reverse(), ...Array(12).fill('?')]);
    },
  );

  it.each(['relevance', 'dateAsc', 'dateDesc', 'reference'] as const)(
    'go through more than is counted exactly by %s, and say that the total is estimated',
    async (sort) => {
      const all = Array.from({ length: 15_000 }, (_, n) => make(n));
      await put(...all);
      const first = await ask({ q: '会议', sort, limit: 200 });
      expect(first.totalIsExact).toBe(false);
      expect(first.total).toBeGreaterThan(10_000);
      expect(first.total).toBeLessThan(20_000);
      const seen = first.hits.map((h) => h.id);
      for (let cursor = first.next; cursor && seen.length < 3000; ) {
        const page = await ask({ q: '会议', sort, limit: 200, cursor, facets: false });
        seen.push(...page.hits.map((h) => h.id));
        cursor = page.next;
      }
      expect(new Set(seen).size).toBe(3000);
      const wanted = (u: UnitEntry): string => u.dateFrom ?? '9';
      if (sort === 'dateAsc') {
        const days = seen.map((id) => wanted(all.find((u) => u.unitId === id)!));
        expect(days).toEqual(all.map(wanted).toSorted().slice(0, 3000));
      }
      if (sort === 'reference') {
        expect(seen).toEqual(
          all
            .toSorted((a, b) => (a.sortKey! < b.sortKey! ? -1 : 1))
            .slice(0, 3000)
            .map((u) => u.unitId),
        );
      }
    },
  );
});

describe('writing', () => {
  it('may be repeated, replaces, and keeps the pages when the description changes', async () => {
    const one = unit('旧题名');
    await put(one);
    await put(one);
    await test.db.system((tx) => indexPages(tx, one.unitId, [{ pageNo: 1, text: '水库加固' }]));
    await test.db.system((tx) =>
      indexPages(tx, one.unitId, [
        { pageNo: 1, text: '水库加固' },
        { pageNo: 17, text: '移民' },
      ]),
    );
    await put({ ...one, title: '新题名', accessStatus: 'restricted' });
    expect((await ask({ q: '旧题名' })).total).toBe(0);
    for (const q of ['新题名', '新题名 水库', '新题名 移民']) expect((await ask({ q })).total, q).toBe(1);
    expect((await ask({ q: '水库' }, PUBLIC)).total).toBe(0);
    await test.db.system((tx) => removePages(tx, one.unitId, [17]));
    expect((await ask({ q: '移民' })).total).toBe(0);
    await test.db.system((tx) => removeUnits(tx, [one.unitId, newId()]));
    expect((await ask({})).total).toBe(0);
  });

  it('takes pages before the description is there', async () => {
    const one = unit('甲');
    await test.db.system((tx) => indexPages(tx, one.unitId, [{ pageNo: 2, text: '水库加固' }]));
    await put(one);
    expect(await titles('水库')).toEqual(['甲']);
  });

  it('is renewed from the catalogue while it stands, from where an interrupted renewal stopped', async () => {
    const many = Array.from({ length: 2300 }, (_, n) => unit(`第${n}号移民安置`));
    many.sort((a, b) => (a.unitId < b.unitId ? -1 : 1));
    await test.db.system((tx) => indexUnits(tx, many));
    const stranger = unit('将消失');
    await put(stranger);
    const page = [{ pageNo: 1, text: '水库加固' }];
    await test.db.system((tx) => indexPages(tx, many[7]!.unitId, page));
    const after: UnitsAfter = async (_, last, limit) =>
      many
        .map((u) => ({ ...u, title: u.title.replace('移民', '库区') }))
        .filter((u) => last === null || u.unitId > last)
        .slice(0, limit);
    const stop = new AbortController();
    const interrupted = renewIndex(test.db, after, {
      whole: true,
      signal: stop.signal,
      progress: () => stop.abort(),
    });
    await expect(interrupted).rejects.toThrow();
    expect((await ask({ q: '库区' })).total).toBe(1000);
    expect(await indexIsCurrent(test.db)).toBe(false);
    expect(await renewIndex(test.db, after)).toBe(1300);
    expect(await indexIsCurrent(test.db)).toBe(true);
    expect((await ask({ q: '库区' })).total).toBe(2300);
    expect((await ask({ q: '移民' })).total).toBe(0);
    expect(await titles('将消失')).toEqual([]);
    expect(await titles('水库 库区')).toEqual(['第7号库区安置']);
    expect(await renewIndex(test.db, after)).toBe(0);
  });

  it('finds long numbers and codes as they are, though they share their terms with others', async () => {
    await put(unit('甲', { referenceCode: 'J019-WS·2003-1200771', other: ['身份证310101199001017771'] }));
    await put(unit('乙', { referenceCode: 'J019-WS·2003-1200772', other: ['身份证310101199001018771'] }));
    expect(await titles('310101199001017771')).toEqual(['甲']);
    expect(await titles('1200771')).toEqual(['甲']);
    expect(await titles('J019-WS·2003-1200772')).toEqual(['乙']);
    expect((await ask({ q: 'j019ws20031200772' })).hits.map((h) => h.why)).toEqual(['referenceCode']);
    expect((await titles('J019-WS·2003-12')).toSorted()).toEqual(['乙', '甲']);
    expect((await titles('J019-WS·2003-12007')).toSorted()).toEqual(['乙', '甲']);
    expect(await titles('J019-WS·2003-12007711')).toEqual([]);
  });
});
