/**
 * A catalogue of a million or of ten million entries in one archive, put in by COPY in minutes: fonds of very different sizes,
 * each with year series, below them terms of retention with items, and files with theirs; and one fonds in which everything
 * stands in one long row. The same numbers give the same entries. No name is taken from life.
 */
import { matchKey, sortKey } from '#formats/reference-codes';
import { type Database, sql, type Tx } from '#kernel/db';
import { bulkTransaction, copyInto } from '#kernel/db/copy';
import { CopyBuffer } from '#kernel/db/copy-buffer';
import { countAnew, positionsAfter } from '#modules/holdings';
import { inventedId, randomFrom } from './invented-catalogue.ts';
import { DEPARTMENTS, inventedPerson, inventedTitle } from './invented-titles.ts';

export interface ManyUnits {
  /** Entries in all. */
  units: number;
  /** Fonds beside the one with the long row. */
  fonds: number;
  /** Entries of the long row; a tenth of all where absent, at most a million. */
  siblings?: number;
  /** Told now and then how many are in. */
  progress?(done: number): void;
}

export interface MadeUnits {
  archiveId: string;
  /** The largest first. */
  fonds: { id: string; number: string; units: number }[];
  /** The fonds of which all entries stand directly below it. */
  flat: { id: string; number: string; units: number };
  units: number;
}

const ARCHIVE = 90_000_100;
const FONDS = 80_000_000;
const ROWS = 20_000;
const FIRST_YEAR = 1950;
const YEARS = 72;
const ITEMS_OF_FILE = 24;

const COLUMNS = `id, archive_id, fonds_id, parent_id, level, position, reference_code, sort_key, match_key, title, creator, doc_no,
  date_text, date_from, date_to, category, year, retention, access_status, pages, page_count, description, child_count,
  created_at, updated_at, opens_on`;

/** @param db an installation with the schema and without this archive */
export async function makeMany(db: Database, wanted: ManyUnits): Promise<MadeUnits> {
  const siblings = wanted.siblings ?? Math.min(1_000_000, Math.floor(wanted.units / 10));
  const archiveId = inventedId(ARCHIVE);
  const sizes = sizesOf(wanted.units - siblings, wanted.fonds);
  const fonds = sizes.map((units, n) => ({ id: inventedId(FONDS + n), number: numberOf(n), units }));
  const flat = { id: inventedId(FONDS + wanted.fonds), number: 'X001', units: siblings };
  await bulkTransaction(db, async (tx) => {
    await sql`insert into holdings.archive (id, path, code, name, level)
      values (${archiveId}, array[${archiveId}]::uuid[], '990300', '望江县档案馆', 'county')`.execute(tx);
    await sql`insert into holdings.fonds (id, archive_id, number, name)
      select f.id, ${archiveId}, f.number, f.name from unnest(${[...fonds, flat].map((f) => f.id)}::uuid[],
        ${[...fonds, flat].map((f) => f.number)}::text[], ${[...fonds, flat].map((f) => nameOf(f.number))}::text[])
        as f (id, number, name)`.execute(tx);
  });
  await withoutIndexes(db, async (tx) => {
    const made = new Maker(tx, archiveId, wanted.progress);
    for (const f of fonds) await made.tree(f);
    await made.row(flat);
    await made.end();
  });
  await sql`update holdings.fonds f set child_count = c.n from (select fonds_id, count(*)::int as n from holdings.unit
    where parent_id is null and archive_id = ${archiveId} group by fonds_id) c where c.fonds_id = f.id`.execute(
    db.owner,
  );
  for (const table of ['unit', 'fonds'])
    await sql`select holdings.mark_siblings(id) from ${sql.raw(`holdings.${table}`)} where child_count > 2000`.execute(
      db.owner,
    );
  await db.system(countAnew);
  await sql`insert into holdings.unit_changed_at (archive_id, at, unit_id) select archive_id, updated_at, id
    from holdings.unit where archive_id = ${archiveId} order by updated_at, id`.execute(db.owner);
  await sql`vacuum (analyze) holdings.unit_changed_at`.execute(db.owner);
  await sql`vacuum (analyze) holdings.unit`.execute(db.owner);
  await sql`vacuum (analyze) holdings.unit_count`.execute(db.owner);
  await sql`analyze holdings.fonds`.execute(db.owner);
  return { archiveId, fonds, flat, units: wanted.units };
}

/** Some fonds are a hundred times as large as others. */
function sizesOf(units: number, fonds: number): number[] {
  const shares = Array.from({ length: fonds }, (_, n) => 1 / (n + 3));
  const all = shares.reduce((a, b) => a + b, 0);
  const sizes = shares.map((s) => Math.floor((s / all) * units));
  sizes[0]! += units - sizes.reduce((a, b) => a + b, 0);
  return sizes;
}

const numberOf = (n: number): string =>
  `${'JABCDEFGHK'[Math.floor(n / 999) % 10]}${String((n % 999) + 1).padStart(3, '0')}`;
const nameOf = (number: string): string => `望江县第${number}号机关`;

/** Indexes, keys and triggers are laid aside while rows come in, and made again behind them: half an hour becomes minutes. */
async function withoutIndexes(db: Database, work: (tx: Tx) => Promise<void>): Promise<void> {
  const indexes = await sql<{ name: string; definition: string }>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
    where indrelid = 'holdings.unit'::regclass and not exists (select from pg_constraint c where c.conindid = indexrelid)`.execute(
    db.owner,
  );
  const keys = await sql<{ name: string; definition: string }>`
    select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
    where conrelid = 'holdings.unit'::regclass and contype in ('f', 'u') order by contype desc`.execute(
    db.owner,
  );
  await bulkTransaction(db, async (tx) => {
    for (const { name } of keys.rows)
      await sql`alter table holdings.unit drop constraint ${sql.id(name)}`.execute(tx);
    for (const { name } of indexes.rows) await sql.raw(`drop index ${name}`).execute(tx);
    await sql`alter table holdings.unit disable trigger user`.execute(tx);
    await work(tx);
    await sql`alter table holdings.unit enable trigger user`.execute(tx);
  });
  await bulkTransaction(db, async (tx) => {
    await sql`set local maintenance_work_mem = '512MB'`.execute(tx);
    for (const { definition } of indexes.rows) await sql.raw(definition).execute(tx);
    for (const { name, definition } of keys.rows)
      await sql`alter table holdings.unit add constraint ${sql.id(name)} ${sql.raw(definition)}`.execute(tx);
  });
}

interface Row {
  fondsId: string;
  parentId: string | null;
  level: 'series' | 'file' | 'item';
  position: string;
  code: string;
  title: string;
  category: string;
  year: number;
  retention: string | null;
  children: number;
}

class Maker {
  readonly #tx: Tx;
  readonly #archiveId: string;
  readonly #progress: ((done: number) => void) | undefined;
  #n = 0;
  #rows = new CopyBuffer(ROWS * 700);
  #count = 0;
  #writing: Promise<void> = Promise.resolve();
  #positions: string[] = positionsAfter(null, 1_024);

  constructor(tx: Tx, archiveId: string, progress?: (done: number) => void) {
    this.#tx = tx;
    this.#archiveId = archiveId;
    this.#progress = progress;
  }

  /** Year series, below each terms of retention with their items, and files with theirs. */
  async tree(f: { id: string; number: string; units: number }): Promise<void> {
    const years = Math.max(1, Math.min(YEARS, Math.floor(f.units / 200)));
    for (let y = 0, left = f.units; y < years && left > 0; y++) {
      const here = y === years - 1 ? left : Math.floor(f.units / years);
      left -= here;
      await this.#year(f, 2021 - y, y, here);
    }
  }

  async #year(f: { id: string; number: string }, year: number, at: number, units: number): Promise<void> {
    const terms = units >= 20 ? ['Y', 'D30', 'D10'] : [];
    const below = units - 1 - terms.length;
    // Half by item below the terms, half in files.
    const byItem = terms.length > 0 ? Math.floor(below / 2) : 0;
    const inFiles = below - byItem;
    const files = Math.ceil(inFiles / (ITEMS_OF_FILE + 1));
    const series = await this.#put({
      fondsId: f.id, parentId: null, level: 'series', position: this.#position(at), code: `${f.number}-WS·${year}`,
      title: `${year}年`, category: 'WS', year, retention: null, children: terms.length + files,
    }); // biome-ignore format: a row of columns
    for (const [i, term] of terms.entries()) {
      const items = Math.floor(byItem / 3) + (i < byItem % 3 ? 1 : 0);
      const parent = await this.#put({
        fondsId: f.id, parentId: series, level: 'series', position: this.#position(i),
        code: `${f.number}-WS·${year}·${term}`, title: term === 'Y' ? '永久' : `定期${term.slice(1)}年`, category: 'WS',
        year, retention: term, children: items,
      }); // biome-ignore format: a row of columns
      for (let n = 0; n < items; n++) {
        const code = `${f.number}-WS·${year}·${term}-${String(n + 1).padStart(4, '0')}`;
        await this.#item({
          fondsId: f.id,
          parentId: parent,
          at: n,
          code,
          category: 'WS',
          year,
          retention: term,
        });
      }
    }
    let left = inFiles;
    for (let n = 0; n < files; n++) {
      const items = Math.min(ITEMS_OF_FILE, left - 1);
      left -= items + 1;
      const retention = ['Y', 'D30', 'D10', 'D30'][n % 4]!;
      const category = ['KJ', 'KU', 'KU', 'ZY', 'ZY', 'ZP', 'ZY', 'KJ', 'SW', 'ZY'][(year + n) % 10]!;
      const code = `${f.number}-${category}·${year}·${retention}-${String(n + 1).padStart(4, '0')}`;
      const parent = await this.#put({
        fondsId: f.id, parentId: series, level: 'file', position: this.#position(terms.length + n), code,
        title: inventedTitle(randomFrom(this.#n * 31 + 7), year), category, year, retention, children: items,
      }); // biome-ignore format: a row of columns
      for (let i = 0; i < items; i++) {
        const own = `${code}-${String(i + 1).padStart(3, '0')}`;
        await this.#item({ fondsId: f.id, parentId: parent, at: i, code: own, category, year, retention });
      }
    }
  }

  /** Everything directly below the fonds. */
  async row(f: { id: string; number: string; units: number }): Promise<void> {
    for (let n = 0; n < f.units; n++) {
      const year = FIRST_YEAR + (n % YEARS);
      const retention = ['Y', 'D30', 'D10'][n % 3]!;
      const code = `${f.number}-ZY·${year}·${retention}-${String(n + 1).padStart(7, '0')}`;
      await this.#item({ fondsId: f.id, parentId: null, at: n, code, category: 'ZY', year, retention });
    }
  }

  async end(): Promise<void> {
    this.#send();
    await this.#writing;
    this.#progress?.(this.#n);
  }

  #position(at: number): string {
    if (at >= this.#positions.length)
      for (const key of positionsAfter(this.#positions.at(-1)!, this.#positions.length))
        this.#positions.push(key);
    return this.#positions[at]!;
  }

  #item(r: Pick<Row, 'fondsId' | 'parentId' | 'code' | 'category' | 'year' | 'retention'> & { at: number }) {
    const { fondsId, parentId, code, category, year, retention } = r;
    const title = inventedTitle(randomFrom(this.#n * 31 + 7), year);
    const position = this.#position(r.at);
    return this.#put({
      fondsId, parentId, level: 'item', position, code, title, category, year, retention, children: 0,
    }); // biome-ignore format: a row of columns
  }

  async #put(r: Row): Promise<string> {
    const id = inventedId(this.#n);
    const random = randomFrom(this.#n * 7919 + 17);
    const item = r.level === 'item';
    const key = sortKey(r.code);
    const [month, day] = [1 + Math.floor(random() * 12), 1 + Math.floor(random() * 28)];
    const date = `${r.year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
    const status = random();
    const open = status < 0.05;
    const pages = item ? 1 + Math.floor(random() * random() * 60) : null;
    const changed = new Date(Date.UTC(2023, 0, 1) + Math.floor(random() * 94_608_000) * 1_000).toISOString();
    const department = DEPARTMENTS[Math.floor(random() * DEPARTMENTS.length)]!;
    const row = this.#rows;
    row.put(id).put(this.#archiveId).put(r.fondsId).put(r.parentId).put(r.level).put(r.position);
    row.put(r.code).put(key).put(matchKey(key)).put(r.title);
    row.put(item || r.level === 'file' ? `望江县${department}` : null);
    row.put(
      item && random() < 0.7 ? `望${department[0]}〔${r.year}〕${1 + Math.floor(random() * 300)}号` : null,
    );
    row.put(item ? date.replaceAll('-', '') : `${r.year}`);
    row.put(item ? date : `${r.year}-01-01`).put(item ? date : `${r.year}-12-31`);
    row.put(r.category).put(r.year).put(r.retention);
    row.put(open ? 'open' : status < 0.15 ? 'restricted' : status < 0.2 ? 'delayed' : 'unreviewed');
    row.put(pages).put(item && random() < 0.3 ? pages : 0);
    row.put(JSON.stringify(described(random, department, this.#n))).put(r.children);
    row.put(changed).put(changed).put(null).end();
    this.#n++;
    if (++this.#count === ROWS) {
      await this.#writing;
      this.#send();
      if (this.#n % 500_000 === 0) this.#progress?.(this.#n);
    }
    return id;
  }

  /** The next rows are made while these are written. */
  #send(): void {
    if (this.#count === 0) return;
    const rows = this.#rows.bytes();
    this.#writing = copyInto(this.#tx, `holdings.unit (${COLUMNS})`, [rows]);
    this.#writing.catch(() => {});
    this.#rows = new CopyBuffer(ROWS * 700);
    this.#count = 0;
  }
}

function described(random: () => number, department: string, n: number): Record<string, string> {
  const d: Record<string, string> = { dept: department, boxNo: String(1 + Math.floor(n / 40)) };
  if (random() < 0.3) d.persons = `${inventedPerson(random)};${inventedPerson(random)}`;
  if (random() < 0.2) d.genre = ['通知', '报告', '请示', '批复'][Math.floor(random() * 4)]!;
  if (random() < 0.05) d.note = '原件破损，已修裱';
  return d;
}
