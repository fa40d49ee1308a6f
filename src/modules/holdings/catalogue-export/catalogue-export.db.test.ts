import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type ImportBench, importBench } from '../../../../test/support/imports.ts';
import { type CatalogueFormat, exportCatalogue } from './index.ts';

let house: SmallHouse;
let bench: ImportBench;
let archivist: Actor;
let folder = '';

beforeAll(async () => {
  house = await smallHouse();
  bench = await importBench(house.db);
  archivist = house.person(ALL, house.county, house.neighbour);
  folder = await mkdtemp(join(tmpdir(), 'lantai-export-'));
});
afterAll(async () => {
  await bench.close();
  await house.close();
  await rm(folder, { recursive: true });
});

/** What an archive holds, in the order of its tree, by what people see. */
async function held(archive: string) {
  const r = await sql<Record<string, unknown>>`with recursive t as (
      select u.*, array[f.number, u.position] as place, 1 as depth, f.number as fonds from holdings.unit u
        join holdings.fonds f on f.id = u.fonds_id where u.parent_id is null and u.archive_id = ${archive}
      union all
      select u.*, t.place || u.position, t.depth + 1, t.fonds from holdings.unit u join t on u.parent_id = t.id)
    select t.fonds, t.depth, t.level, t.reference_code, t.title, t.creator, t.doc_no, t.date_text, t.date_from, t.date_to,
      t.category, t.year, t.retention, t.classification, t.pages, t.description - 'identifiers' as description,
      array(select code from holdings.code_alias a where a.unit_id = t.id order by a.at, a.code) as former
    from t order by t.place`.execute(house.db.owner);
  return r.rows;
}
const fondsOf = async (archive: string) =>
  (
    await sql<object>`select number, name, dates, history, custody, scope from holdings.fonds
      where archive_id = ${archive} order by number`.execute(house.db.owner)
  ).rows;

async function clear() {
  await sql`delete from holdings.code_alias`.execute(house.db.owner);
  await sql`delete from holdings.unit`.execute(house.db.owner);
  await sql`delete from holdings.fonds`.execute(house.db.owner);
}

let files = 0;
async function send(id: string, format: CatalogueFormat, who = archivist) {
  const target = join(folder, `${++files}.${format === 'xlsx' ? 'xlsx' : format === 'ead3' ? 'xml' : 'csv'}`);
  return { target, done: await exportCatalogue(house, who, { id, format, target }) };
}
async function bring(archiveId: string, path: string) {
  const id = await bench.imports.createFromFile(archivist, { archiveId, path, fileName: path });
  await bench.imports.workNow(archivist, id, 'run');
  return bench.imports.read(archivist, id);
}

interface Sown {
  title: string;
  level: string;
  code: string | null;
  texts: Record<string, string>;
  extra: Record<string, string>;
  below: Sown[];
}

/** A fonds with entries below one another, written straight into the database. */
async function sow(trees: readonly Sown[], number = 'J900', texts: Partial<Record<string, string>> = {}) {
  const fondsId = newId();
  await sql`insert into holdings.fonds (id, archive_id, number, name, history, custody, scope)
    values (${fondsId}, ${house.county}, ${number}, ${texts.name ?? '县粮食局'}, ${texts.history ?? null},
      ${texts.custody ?? null}, ${texts.scope ?? null})`.execute(house.db.owner);
  const put = async (units: readonly Sown[], parent: string | null): Promise<void> => {
    for (const [n, u] of units.entries()) {
      const id = newId();
      const { creator = null, docNo = null, date = null, ...rest } = u.texts;
      const extra = Object.keys(u.extra).length > 0 ? { extra: u.extra } : {};
      await sql`insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position, title, reference_code, sort_key,
          creator, doc_no, date_text, description, child_count)
        values (${id}, ${house.county}, ${fondsId}, ${parent}, ${u.level}, ${`a${String(n).padStart(4, '0')}`}, ${u.title}, ${u.code},
          ${u.code ?? ''}, ${creator}, ${docNo}, ${date}, ${JSON.stringify({ ...rest, ...extra })}::jsonb, ${u.below.length})`.execute(
        house.db.owner,
      );
      await put(u.below, id);
    }
  };
  await put(trees, null);
  return fondsId;
}

/** Text as it stands in a catalogue: no blanks at its ends. Formulas, leading zeros, marks of direction, astral characters. */
const awkward = fc.oneof(
  fc.constantFrom('=1+1', '+86', '-', '@SUM(A1)', '0007', '1E5', 'TRUE', '_x0041_', "'quoted", '"', ',', '2003', '公开', '\u202eabc'),
  fc.string({ unit: fc.constantFrom('甲', '𠮷', 'א', '\u200f', '\u202b', 'a', '0', ',', '"', '\n', ' ', '&', '<', ';', '\t'), minLength: 1, maxLength: 12 }),
).map((s) => `x${s}`.trim()); // biome-ignore format: a table of texts
const line = awkward.map((s) => s.replace(/\s+/g, ' '));
const heading = fc.oneof(
  fc.constantFrom('题名', 'Title', '备注', '原件情况', 'Reference code (unitid)', '(=)', '档号 (Lantai)', 'x (=2)', 'own:colour'),
  line,
).map((s) => s.trim()); // biome-ignore format: a list of headings

const sown = (depth: number): fc.Arbitrary<Sown> =>
  fc.record({
    title: line,
    level: depth === 0 ? fc.constant('item') : fc.constantFrom('series', 'file', 'item'),
    code: fc.constant(null),
    texts: fc.dictionary(fc.constantFrom('note', 'abstract', 'creator', 'docNo', 'location', 'persons'), awkward, { maxKeys: 3 }).map(
      (t) => Object.fromEntries(Object.entries(t).map(([k, v]) => [k, k === 'creator' || k === 'docNo' ? v.replace(/\s+/g, ' ') : v])),
    ),
    extra: fc.dictionary(heading, awkward, { maxKeys: 3 }),
    below: depth === 0 ? fc.constant([]) : fc.array(sown(depth - 1), { maxLength: 3 }),
  }); // biome-ignore format: a table of fields

/** Codes make entries differ that say the same. */
let codes = 0;
const numbered = (units: readonly Sown[]): Sown[] =>
  units.map((u) => ({
    ...u,
    code: u.title.length % 3 === 0 ? null : `J900-${++codes}`,
    below: numbered(u.below),
  }));

describe('a workbook taken out', () => {
  it('comes in again as it was, whatever entries say', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(sown(2), { minLength: 1, maxLength: 4 }), async (trees) => {
        await clear();
        const id = await sow(numbered(trees), 'J900', {
          history: '设于\n一九五一年',
          scope: 'x'.repeat(70_000),
        });
        const { target } = await send(id, 'xlsx');
        const was = await held(house.county);
        const imp = await bring(house.neighbour, target);
        expect(imp.problems.filter((p) => p.rejecting)).toEqual([]);
        const now = await held(house.neighbour);
        expect(now).toEqual(was.map((u) => ({ ...u, year: u.year })));
        expect(await fondsOf(house.neighbour)).toEqual(await fondsOf(house.county));
      }),
      { numRuns: Number(process.env.LANTAI_RUNS ?? 12) },
    );
  });
});

const item = (title: string, code: string | null, texts: Record<string, string> = {}, extra: Record<string, string> = {}): Sown => ({
  title, code, texts, extra, level: 'item', below: [],
}); // biome-ignore format: a row of fields
const volume = (title: string, code: string, below: Sown[]): Sown => ({
  title, code, below, level: 'file', texts: { date: '19530000-19550000', note: '第一行\n第二行' }, extra: { 移交批次: '3' },
}); // biome-ignore format: a row of fields
const CATALOGUE: Sown[] = [
  volume('统购统销', 'J901-1-1', [
    item('关于粮食统购的通知', 'J901-1-1-1', {
      docNo: '粮字〔1953〕7号',
      creator: '县粮食局',
      persons: '张三; 李四',
    }),
    item('=SUM(A1)', 'J901-1-1-0002', {}, { Title: '原题' }),
  ]),
  volume('借粮', 'J901-1-2', [
    item('借条', null),
    item('清单', 'J901-1-2-2', { boxNo: 'Box 3, Folder 2', language: '汉文' }),
  ]),
  item('散件', 'J901-1-3'),
];

describe('what is taken out', () => {
  it.each(['xlsx', 'ead3', 'atom-csv', 'dc-csv'] as const)(
    'as %s comes in again with its tree and all it says',
    async (format) => {
      await clear();
      const id = await sow(CATALOGUE, 'J901', { custody: '1956年移交' });
      await sql`insert into holdings.code_alias (archive_id, code, unit_id, basis, actor_name)
      select archive_id, 'J901-旧-7', id, '改号', '王某' from holdings.unit where title = '借条'`.execute(
        house.db.owner,
      );
      const { target, done } = await send(id, format);
      expect(done).toMatchObject({ format, entries: 7, leftOut: 0, fonds: 1 });
      const was = await held(house.county);
      const imp = await bring(house.neighbour, target);
      expect(imp.problems.filter((p) => p.rejecting)).toEqual([]);
      const now = await held(house.neighbour);
      // What a form of another product says beside, such as who keeps it, stays under its heading.
      const said = (u: Record<string, unknown>) => {
        const { extra = {}, ...rest } = u.description as { extra?: Record<string, string> };
        const kept = Object.fromEntries(Object.entries(extra).filter(([h]) => h in BESIDE === false));
        return {
          ...u,
          description: { ...rest, ...(Object.keys(kept).length > 0 ? { extra: kept } : {}) },
          ...DERIVED,
        };
      };
      expect(now.map(said)).toEqual(was.map(said));
      if (format !== 'dc-csv')
        expect(await fondsOf(house.neighbour)).toMatchObject([{ number: 'J901', custody: '1956年移交' }]);
    },
  );

  it('of one entry has what it stands under, and of a closed one nothing for who may not take it out', async () => {
    await clear();
    await sow(CATALOGUE, 'J901');
    const unit = await sql<{ id: string }>`select id from holdings.unit where title = '借条'`.execute(
      house.db.owner,
    );
    const { target, done } = await send(unit.rows[0]!.id, 'xlsx');
    expect(done).toMatchObject({ entries: 2, leftOut: 0 });
    await bring(house.neighbour, target);
    expect((await held(house.neighbour)).map((u) => [u.depth, u.title])).toEqual([
      [1, '借粮'],
      [2, '借条'],
    ]);
    const guest = house.person(['holdings.read'], house.county);
    await expect(send(unit.rows[0]!.id, 'ead3', guest)).rejects.toMatchObject({ code: 'actor.forbidden' });
  });

  it('of a whole archive is no finding aid', async () => {
    await expect(send('990111', 'ead3')).rejects.toMatchObject({ code: 'export.oneFonds' });
    const { done } = await send('990111', 'xlsx');
    expect(done.fonds).toBe(1);
  });
});

const BESIDE: Record<string, true> = {
  repository: true,
  culture: true,
  eventTypes: true,
  'dc.publisher': true,
};
/** Days and years are read from the words. */
const DERIVED = { date_from: null, date_to: null, year: null, category: null };
