/**
 * Searching a catalogue of a million entries and a hundred thousand pages: p50 and p95 of a page of fifty hits with
 * total and facets, asked as the application's role; beside it what PostgreSQL does by itself (pg_trgm, ILIKE) for the
 * first fifty titles with a word, without rights, counts or order.
 */
import { sql } from 'kysely';
import { archivesScope, type Database, PUBLIC, type Scope, SYSTEM, type Tx } from '#kernel/db';
import {
  completionsOf,
  find,
  fold,
  indexArchives,
  indexFonds,
  indexPages,
  indexUnits,
  type SearchRequest,
  settle,
  type UnitEntry,
} from '#modules/search';
import {
  ARCHIVES,
  archiveName,
  inventedEntry,
  inventedId,
  inventedPage,
} from './support/invented-catalogue.ts';

export const name = 'search';

export interface SearchBench {
  /** An empty database with the schema; it is filled, and left filled for another run. */
  db: Database;
  print(line: string): void;
  entries?: number;
  pages?: number;
  /** Times each query is asked. */
  rounds?: number;
}

const PAGES_PER_UNIT = 5;
const CHUNK = 5000;
const archiveId = (n: number): string => inventedId(90_000_000 + n);
const staff = archivesScope([archiveId(3)]);

function entryOf(n: number): UnitEntry {
  const e = inventedEntry(n);
  const day = `${e.date.slice(0, 4)}-${e.date.slice(4, 6)}-${e.date.slice(6)}`;
  return {
    ...e,
    archiveId: archiveId(e.archive),
    classification: 'public',
    sortKey: e.referenceCode,
    dateText: day,
    dateFrom: day,
    dateTo: day,
    creator: e.responsible,
    docNo: e.documentNo,
  };
}

async function fill({ db, print }: SearchBench, entries: number, pages: number): Promise<void> {
  await db.system(async (tx) => {
    const all = Array.from({ length: ARCHIVES }, (_, n) => n);
    await indexArchives(
      tx,
      all.map((n) => ({
        id: archiveId(n),
        path: [...new Set([archiveId(0), archiveId(n)])],
        code: `A${n}`,
        name: archiveName(n),
      })),
    );
    const fonds = new Map<string, Parameters<typeof indexFonds>[1][number]>();
    for (let n = 0; n < Math.min(entries, 150_000); n += 250) {
      const e = inventedEntry(n);
      fonds.set(`${e.archive}/${e.fondsNo}`, {
        archiveId: archiveId(e.archive),
        number: e.fondsNo,
        name: e.fondsName,
      });
    }
    await indexFonds(tx, [...fonds.values()]);
  });
  let started = performance.now();
  for (let n = 0; n < entries; n += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, entries - n) }, (_, i) => entryOf(n + i));
    await db.system((tx) => indexUnits(tx, rows));
  }
  await settle(db.owner);
  print(`written: ${rate(entries, started)} entries/s, their making by script included`);
  started = performance.now();
  for (let n = 0; n < pages; n += PAGES_PER_UNIT * 20) {
    await db.system(async (tx) => {
      for (let u = n / PAGES_PER_UNIT; u < n / PAGES_PER_UNIT + 20; u++)
        await indexPages(tx, inventedId((u * 7) % entries), pagesOf(u));
    });
  }
  await settle(db.owner);
  if (pages > 0) print(`written: ${rate(pages, started)} pages/s of 500 characters`);
  await sql`vacuum analyze search.entry`.execute(db.owner);
  await sql`vacuum analyze search.page`.execute(db.owner);
}

const pagesOf = (u: number) =>
  Array.from({ length: PAGES_PER_UNIT }, (_, i) => ({
    pageNo: i + 1,
    text: inventedPage(u * PAGES_PER_UNIT + i),
    confidence: 90,
  }));

const rate = (count: number, since: number): string =>
  Math.round((count * 1000) / (performance.now() - since)).toLocaleString('en');

const CASES: ReadonlyArray<[label: string, request: SearchRequest, asker: Scope]> = [
  ['rare phrase', { q: '白石县林业局关于撤销' }, SYSTEM],
  ['word of two in 30 % of titles', { q: '登记' }, SYSTEM],
  ['one character', { q: '民' }, SYSTEM],
  ['one rare character', { q: '潘' }, SYSTEM],
  ['two words', { q: '结婚 张' }, SYSTEM],
  ['three words, few hits', { q: '水利局 防汛 1975年' }, SYSTEM],
  ['eight characters', { q: '土地房产所有证登' }, SYSTEM],
  ['eight characters, common', { q: '结婚登记申请书' }, SYSTEM],
  ['traditional query', { q: '農村合作醫療' }, SYSTEM],
  ['Latin word', { q: 'mission' }, SYSTEM],
  ['reference code', { q: inventedEntry(215).referenceCode }, SYSTEM],
  ['beginning of a code', { q: 'J001-WS·1962' }, SYSTEM],
  ['year', { q: '1975' }, SYSTEM],
  ['common, one archive', { q: '登记', archives: ['A3'] }, SYSTEM],
  ['common, category and years', { q: '登记', categories: ['WS'], from: 1970, to: 1980 }, SYSTEM],
  ['common, newest first', { q: '登记', sort: 'dateDesc' }, SYSTEM],
  ['common, by code', { q: '登记', sort: 'reference' }, SYSTEM],
  ['common, staff of one archive', { q: '登记' }, staff],
  ['common, the public', { q: '登记' }, PUBLIC],
  ['rare phrase, the public', { q: '白石县林业局关于撤销' }, PUBLIC],
  ['one character, the public', { q: '民' }, PUBLIC],
  ['eight characters, the public', { q: '结婚登记申请书' }, PUBLIC],
  ['no words, the public', {}, PUBLIC],
  ['no words', {}, SYSTEM],
  ['either of two, not a third', { q: '(结婚 OR 离婚) -张' }, SYSTEM],
  ['without a common word', { q: '登记 NOT 结婚' }, SYSTEM],
  ['without, the public', { q: '登记 NOT 结婚' }, PUBLIC],
  ['in titles', { q: '题名:防汛' }, SYSTEM],
  ['responsible agency', { q: '责任者:水利局 防汛' }, SYSTEM],
  ['document number', { q: `文号:${inventedEntry(215).documentNo}` }, SYSTEM],
  ['wildcard', { q: '结婚*申请' }, SYSTEM],
  ['range of years', { q: '登记 年度:1970..1980' }, SYSTEM],
  ['range of days alone', { q: '日期:1975-05..1975-06' }, SYSTEM],
  ['year in numerals', { q: '一九七五年' }, SYSTEM],
];

/** Queries of which the hundredth page is turned to as well, twenty hits each. */
const DEEP: ReadonlyArray<[label: string, request: SearchRequest, asker: Scope]> = [
  ['common', { q: '登记', limit: 20 }, SYSTEM],
  ['common, the public', { q: '登记', limit: 20 }, PUBLIC],
  ['common, newest first', { q: '登记', sort: 'dateDesc', limit: 20 }, SYSTEM],
  ['two words', { q: '结婚 张', limit: 20 }, SYSTEM],
];
/** What is typed while somebody waits for its completions. */
const TYPED = ['结', '结婚', '结婚登记', '水利局关于', '1975年', 'mis', '白石县林业局关于撤销'];

async function timed(rounds: number, work: () => Promise<string>): Promise<string> {
  const times: number[] = [];
  let said = '';
  for (let i = 0; i <= rounds; i++) {
    const started = performance.now();
    said = await work();
    if (i > 0) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1).padStart(8);
  return `p50 ${at(0.5)} ms  p95 ${at(0.95)} ms  p99 ${at(0.99)} ms  ${said}`;
}

/** Prints the figures. */
export async function run(bench: SearchBench): Promise<void> {
  const entries = bench.entries ?? Number(process.env.LANTAI_BENCH_UNITS ?? 1_000_000);
  const { db, print, pages = entries / 10, rounds = 50 } = bench;
  const there = await sql<{ n: number }>`select count(*) as n from search.entry where segment = 0`.execute(
    db.owner,
  );
  if (there.rows[0]!.n === 0) await fill(bench, entries, pages);
  const sizes = await sql<{ entries: number; pages: number; heap: string; terms: string; indexes: string }>`
    select (select count(*) from search.entry where segment = 0) as entries, (select count(*) from search.page) as pages,
      pg_size_pretty(pg_table_size('search.entry')) as heap, pg_size_pretty(pg_relation_size('search.entry_terms')) as terms,
      pg_size_pretty(pg_indexes_size('search.entry')) as indexes`.execute(db.owner);
  const s = sizes.rows[0]!;
  print(
    `${s.entries.toLocaleString('en')} entries, ${s.pages.toLocaleString('en')} pages: table ${s.heap}, inverted index ${s.terms}, all indexes ${s.indexes}`,
  );
  for (const [label, request, asker] of CASES) {
    const line = await timed(rounds, async () => {
      const found = await db.as(asker, (tx) => find(tx, request));
      return `${found.totalIsExact ? '' : 'about '}${found.total.toLocaleString('en')} found`;
    });
    print(`${label.padEnd(32)}${line}`);
  }
  for (const [label, request, asker] of DEEP) {
    let cursor: string | null = null;
    for (let page = 1; page < 100; page++) {
      const found = await db.as(asker, (tx) =>
        find(tx, { ...request, facets: false, ...(cursor && { cursor }) }),
      );
      cursor = found.next;
      if (cursor === null) break;
    }
    if (cursor === null) continue;
    const at = cursor;
    const line = await timed(rounds, async () => {
      const found = await db.as(asker, (tx) => find(tx, { ...request, cursor: at }));
      return `${found.hits.length} on it`;
    });
    print(`${`${label}: page 100`.padEnd(32)}${line}`);
  }
  for (const q of TYPED) {
    const line = await timed(rounds, async () => {
      const found = await db.as(PUBLIC, (tx) => completionsOf(tx, q));
      return `${found.length} completions`;
    });
    print(`${`typed ${q}`.padEnd(32)}${line}`);
  }
  await fullScan(db, print);
  await peer(db, print, rounds);
}

/** What the same questions cost without an index: every description is looked at. */
async function fullScan(db: Database, print: (line: string) => void): Promise<void> {
  for (const q of ['白石县林业局关于撤销', '登记']) {
    const line = await timed(2, async () => {
      const n = await sql<{ n: number }>`select count(*) as n from search.entry
        where segment = 0 and folded like ${`%${fold(q)}%`}`.execute(db.owner);
      return `${n.rows[0]!.n.toLocaleString('en')} counted`;
    });
    print(`full scan ${q}`.padEnd(32) + line);
  }
}

/** The same titles under pg_trgm in a table of their own, asked by ILIKE. */
async function peer(db: Database, print: (line: string) => void, rounds: number): Promise<void> {
  const trgm = await sql`select from pg_available_extensions where name = 'pg_trgm'`.execute(db.owner);
  if (trgm.rows.length === 0) {
    print('peer pg_trgm: not measured, this PostgreSQL does not have it');
    return;
  }
  await sql`create extension if not exists pg_trgm schema public`.execute(db.owner);
  await sql`drop table if exists search.bench_peer`.execute(db.owner);
  await sql`create table search.bench_peer as select unit_id, folded from search.entry where segment = 0`.execute(
    db.owner,
  );
  const started = performance.now();
  await sql`create index bench_peer_folded on search.bench_peer using gin (folded public.gin_trgm_ops)`.execute(
    db.owner,
  );
  await sql`vacuum analyze search.bench_peer`.execute(db.owner);
  const size = await sql<{
    size: string;
  }>`select pg_size_pretty(pg_relation_size('search.bench_peer_folded')) as size`.execute(db.owner);
  print(
    `peer: pg_trgm over the same folded text, index ${size.rows[0]!.size}, built in ${((performance.now() - started) / 1000).toFixed(0)} s`,
  );
  for (const q of ['白石县林业局关于撤销', '登记', '民', '土地房产所有证登', '农村合作医疗', 'mission']) {
    const pattern = `%${fold(q)}%`;
    const first = await timed(rounds, () => first50(db, pattern));
    print(`peer ${q}: first 50 in no order`.padEnd(32) + first);
    const count = await timed(Math.min(rounds, 5), async () => {
      const n = await sql<{
        n: number;
      }>`select count(*) as n from search.bench_peer where folded ilike ${pattern}`.execute(db.owner);
      return `${n.rows[0]!.n.toLocaleString('en')} counted`;
    });
    print(`peer ${q}: counted`.padEnd(32) + count);
  }
  await sql`drop table search.bench_peer`.execute(db.owner);
}

async function first50(db: Database, pattern: string): Promise<string> {
  const rows = await db.system((tx: Tx) =>
    sql`select unit_id from search.bench_peer where folded ilike ${pattern} limit 50`.execute(tx),
  );
  return `${rows.rows.length} fetched`;
}
