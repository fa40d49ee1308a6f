import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { archivesScope, type Database, openDatabase, PUBLIC, type Scope, sql, type Tx } from '#kernel/db';
import { prepareLogin } from '#kernel/db/login';
import { giveSealKey, sealKey, sealOf, type Told, toldOf } from '#kernel/db/seal';
import { newId } from '#kernel/ids';
import { indexPages, indexUnits } from '#modules/search';
import { contractWorld, furnish, type Things, type World } from './world.ts';

const TIME_ZONE = 'Asia/Shanghai';

let world: World;
let things: Things;
/** The application's tables, as far as it may read. */
let tables: string[];
/** Two processes with one connection each. */
let one: Database;
let other: Database;

beforeAll(async () => {
  world = await contractWorld();
  things = await furnish(world, world.theirs);
  const { db, theirs } = world;
  await db.system(async (tx) => {
    await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title, access_status, opens_on)
      values (${newId()}, ${theirs}, ${things.fonds}, 'item', 'zz', '以后开放的', 'open', '2999-01-01')`.execute(
      tx,
    );
    await sql`insert into preservation.page (unit_id, archive_id, page_no, ordinal, file_page)
      values (${things.units}, ${theirs}, 1, 1, 1)`.execute(tx);
    await sql`insert into digitisation.page_text (unit_id, archive_id, page_no, state, origin, engine, text, read_at)
      values (${things.units}, ${theirs}, 1, 'ready', 'ocr', 'x', '名册第一页', now())`.execute(tx);
    await indexUnits(tx, [
      {
        unitId: things.units!, archiveId: theirs, fondsNo: 'J019', level: 'item', accessStatus: 'restricted',
        classification: 'public', title: '未开放的名册',
      },
    ]); // biome-ignore format: one entry
    await indexPages(tx, things.units!, [{ pageNo: 1, text: '名册第一页' }]);
  });
  const open = { url: db.url, appUrl: db.appUrl, max: 1, timeZone: TIME_ZONE };
  one = openDatabase(open);
  other = openDatabase(open);
  const { rows } = await sql<{ name: string }>`select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and c.relrowsecurity and has_table_privilege('lantai_app', c.oid, 'select')`.execute(
    db.owner,
  );
  tables = rows.map((r) => r.name);
});
afterAll(async () => {
  await Promise.all([one?.close(), other?.close()]);
  await world?.close();
});

const ASK = {
  title: "'t名'", catalogue: "'t名册' | 't名'", page: "'p名册' | 'p名'", code: null, code_term: null, code_prefix: null, checks: [['%名册%']],
  filters: null, archives: null, from: null, to: null, sort: 'relevance', after: null, limit: 51, facets: false,
}; // biome-ignore format: one question

/** How many rows of each table a transaction sees, and what it finds. */
async function seen(tx: Tx): Promise<Record<string, number>> {
  const counts = tables.map((t) => sql`select ${t}::text as name, count(*)::int as n from ${sql.raw(t)}`);
  const { rows } = await sql<{ name: string; n: number }>`${sql.join(counts, sql` union all `)}
    union all select 'found', jsonb_array_length(search.find(${JSON.stringify(ASK)}::jsonb) -> 'hits')
    union all select 'text of pages', count(*)::int from search.folded_pages(${things.units}, 1, 9)
    union all select 'indexed pages', count(*)::int from search.with_pages(array[${things.units}]::uuid[])`.execute(
    tx,
  );
  return Object.fromEntries(rows.map((r) => [r.name, r.n]));
}

async function set(tx: Tx, settings: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(settings))
    await sql`select set_config(${`lantai.${name}`}, ${value}, true)`.execute(tx);
}

const ours = () => archivesScope([world.ours]);
const theirs = () => archivesScope([world.theirs]);
const told = (scope: Scope): Record<string, string> => ({ ...toldOf(scope, TIME_ZONE) });
const key = () => sealKey(world.db.url, world.db.appUrl)!;
/** What the settings and the seal are in a transaction of somebody else. */
const sealed = (db: Database, scope: Scope) =>
  db.as(scope, async (tx) => {
    const { rows } = await sql<Told & { seal: string }>`select ${sql.join(
      ['scope', 'archives', 'reach', 'today', 'timezone', 'seal'].map(
        (s) => sql`current_setting(${`lantai.${s}`}) as ${sql.ref(s)}`,
      ),
    )}`.execute(tx);
    return rows[0]!;
  });

describe('what a transaction is told of the asker', () => {
  it('shows the asker’s own, with a seal', async () => {
    const mine = await one.as(theirs(), seen);
    expect(mine).toMatchObject({
      'holdings.unit': 2,
      'holdings.access_change': 1,
      'preservation.page': 1,
      'digitisation.page_text': 1,
      'access.certificate': 1,
      'lantai.data_key': 1,
      'lantai.job': 1,
      found: 1,
      'text of pages': 1,
      'indexed pages': 1,
    });
    expect(mine['audit.entry']).toBeGreaterThan(3);
    const nobodys = await one.as(PUBLIC, seen);
    expect(nobodys).toMatchObject({ 'holdings.unit': 0, 'audit.entry': 0, found: 0, 'text of pages': 0 });
    expect(await one.as(ours(), seen)).toMatchObject({ 'holdings.unit': 0, found: 0 });
  });

  it('is believed in parallel workers too, and there no more than elsewhere', async () => {
    const mine = await one.as(theirs(), seen);
    const inWorkers = async (tx: Tx) => {
      const name = await sql<{ name: string }>`select name from pg_settings
        where name in ('debug_parallel_query', 'force_parallel_mode')`.execute(tx);
      await sql`select set_config(${name.rows[0]!.name}, 'on', true),
        set_config('max_parallel_workers_per_gather', '2', true)`.execute(tx);
      // A call that depends on a row is made in the worker; a sub-query without is made before it starts.
      const calls = await sql<{ n: number; leader: boolean }>`
        select cardinality(lantai.scope_archives()) + cardinality(lantai.reach('content', 'archives')) as n,
          lantai.leader() is not null as leader`.execute(tx);
      return { calls: calls.rows, seen: await seen(tx) };
    };
    expect(await one.as(theirs(), inWorkers)).toEqual({ calls: [{ n: 2, leader: true }], seen: mine });
    const smuggled = await one.as(PUBLIC, async (tx) => {
      await set(tx, { ...told(theirs()), scope: 'all' });
      return inWorkers(tx);
    });
    expect(smuggled).toEqual({ calls: [{ n: 0, leader: true }], seen: await one.as(PUBLIC, seen) });
  });

  it.each<[string, () => Record<string, string>]>([
    ['all', () => ({ scope: 'all' })],
    ['other archives', () => ({ archives: told(theirs()).archives! })],
    ['other things in reach', () => ({ reach: told(theirs()).reach! })],
    ['another day', () => ({ today: '2999-12-31' })],
    ['another clock', () => ({ timezone: 'Pacific/Kiritimati' })],
    ['all of it', () => ({ ...told(theirs()), scope: 'all', today: '2999-12-31' })],
    ['all of it with no seal', () => ({ ...told(theirs()), scope: 'all', seal: '' })],
    [
      'all of it with a made-up seal',
      () => ({ ...told(theirs()), scope: 'all', seal: `x.${'0'.repeat(64)}` }),
    ],
    [
      'fields moved over line ends',
      () => ({ scope: `archives\n${told(theirs()).archives}`, archives: '{}' }),
    ],
  ])('is worth nothing when SQL smuggled in sets %s', async (_what, settings) => {
    const nobodys = await one.as(PUBLIC, seen);
    for (const scope of [ours(), PUBLIC]) {
      const got = await one.as(scope, async (tx) => {
        await set(tx, settings());
        return seen(tx);
      });
      expect(got).toEqual(nobodys);
    }
    // Nor for what comes after on the connection.
    await one.as(ours(), async (tx) => {
      for (const [name, value] of Object.entries(settings()))
        await sql`select set_config(${`lantai.${name}`}, ${value}, false)`.execute(tx);
    });
    expect(await one.as(PUBLIC, seen)).toEqual(nobodys);
  });

  it('never makes the day later than it is anywhere', async () => {
    const day = await one.as({ ...ours(), today: '2026-03-01' }, async (tx) => {
      await set(tx, { today: '2999-12-31' });
      return sql<{
        late: boolean;
      }>`select lantai.today() > (now() at time zone 'Etc/GMT+12')::date as late`.execute(tx);
    });
    expect(day.rows).toEqual([{ late: false }]);
  });

  it('writes nothing of other archives when SQL smuggled in widens it', async () => {
    const smuggled = (statement: ReturnType<typeof sql>) =>
      one.as(ours(), async (tx) => {
        await set(tx, { ...told(theirs()), scope: 'all' });
        return statement.execute(tx);
      });
    const none = [
      sql`update holdings.unit set title = 'x'`,
      sql`delete from holdings.unit`,
      sql`update access.certificate set matter = 'x'`,
      sql`delete from preservation.page`,
      sql`update digitisation.page_text set text = 'x'`,
      sql`select search.drop_segments(${things.units}, '{}')`,
      sql`update lantai.job set title = 'x'`,
    ];
    for (const statement of none) {
      const affected = await smuggled(statement).then(
        (r) => r.numAffectedRows ?? 0n,
        (e: { code?: string }) => e.code,
      );
      expect([0n, 1n, '42501']).toContain(affected);
    }
    for (const statement of [
      sql`insert into holdings.fonds (id, archive_id, number, name) values (${newId()}, ${world.theirs}, 'X1', 'x')`,
      sql`insert into lantai.job (id, archive_id, kind, title) values (${newId()}, ${world.theirs}, 'test', 'x')`,
      sql`insert into lantai.data_key (id, archive_id, purpose, cipher, sealed, created_at)
        values (${newId()}, ${world.theirs}, 'test', 'aes-256-gcm', 'x', now())`,
      sql`select search.put_fonds(${JSON.stringify([{ archive: world.theirs, number: 'J019', name: 'x' }])}::jsonb)`,
    ])
      await expect(smuggled(statement)).rejects.toMatchObject({ code: '42501' });
    const titles = await sql`select title from holdings.unit union all select matter from access.certificate
      union all select text from digitisation.page_text union all select title from lantai.job
      union all select name from search.fonds where number = 'J019'`.execute(world.db.owner);
    expect(titles.rows).not.toContainEqual({ title: 'x' });
    expect(await one.as(theirs(), seen)).toMatchObject({ 'holdings.unit': 2, found: 1, 'text of pages': 1 });
  });
});

describe('a seal', () => {
  const withIt = (db: Database, settings: Record<string, string>) =>
    db.as(PUBLIC, async (tx) => {
      await set(tx, settings);
      return seen(tx);
    });
  const processOf = async (db: Database) =>
    (await db.as(PUBLIC, (tx) => sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx))).rows[0]!
      .pid;

  it('seen on one connection is worth nothing on another', async () => {
    const nobodys = await other.as(PUBLIC, seen);
    expect(await withIt(other, { ...(await sealed(one, theirs())) })).toEqual(nobodys);
  });

  it('is worth nothing with anything changed, or with another time', async () => {
    const nobodys = await one.as(PUBLIC, seen);
    const got = await sealed(one, ours());
    expect(await withIt(one, { ...got, archives: told(theirs()).archives! })).toEqual(nobodys);
    expect(await withIt(one, { ...got, ...told(theirs()) })).toEqual(nobodys);
    const [, mac] = (await sealed(one, theirs())).seal.split('.');
    const soon = Math.floor(Date.now() / 1000) + 50;
    expect(await withIt(one, { ...told(theirs()), seal: `${soon}.${mac}` })).toEqual(nobodys);
  });

  it('is good for a minute of its process', async () => {
    const pid = await processOf(one);
    const now = Math.floor(Date.now() / 1000);
    const at = (seconds: number, process = pid) =>
      withIt(one, {
        ...told(theirs()),
        seal: sealOf(key(), toldOf(theirs(), TIME_ZONE), process, now + seconds),
      });
    expect(await at(0)).toMatchObject({ 'holdings.unit': 2 });
    for (const wrong of [at(-90), at(90), at(0, pid + 1), at(0, 0)])
      expect(await wrong).toMatchObject({ 'holdings.unit': 0, 'audit.entry': 0, found: 0 });
  });

  it('is made by a key the login can neither read nor change', async () => {
    for (const statement of [
      'select * from lantai.seal_key',
      "update lantai.seal_key set inner_block = ''",
      'delete from lantai.seal_key',
      'alter function lantai.seal_fits(int) security invoker',
    ])
      await expect(one.as(ours(), (tx) => sql.raw(statement).execute(tx))).rejects.toMatchObject({
        code: '42501',
      });
  });

  it('is not made of text that has line ends, which tell its fields apart', () => {
    expect(() => sealOf(key(), { ...toldOf(PUBLIC, TIME_ZONE), today: '2026-03-01\n' }, 1, 1)).toThrow(
      'line end',
    );
  });

  it('fits though the clocks of program and database go differently', async () => {
    const clock = Date.now;
    const late = vi.spyOn(Date, 'now').mockImplementation(() => clock() - 7 * 3600_000);
    try {
      for (let n = 0; n < 3; n++)
        expect(await one.as(theirs(), seen)).toMatchObject({ 'holdings.unit': 2, found: 1 });
    } finally {
      late.mockRestore();
    }
    expect(await one.as(theirs(), seen)).toMatchObject({ 'holdings.unit': 2 });
  });

  it('of another key is refused loudly, until the next start gives the database the right one', async () => {
    const client = await world.db.connect();
    try {
      await giveSealKey(client, Buffer.alloc(32, 7));
    } finally {
      client.release();
    }
    await expect(one.as(theirs(), seen)).rejects.toThrow('another key');
    await prepareLogin(world.db.url);
    expect(await one.as(theirs(), seen)).toMatchObject({ 'holdings.unit': 2 });
  });

  it('is not asked of the owner, who can do what it pleases anyway', async () => {
    const asOwner = openDatabase({ url: world.db.url, max: 1 });
    try {
      expect(await asOwner.as(theirs(), seen)).toMatchObject({ 'holdings.unit': 2, found: 1 });
      expect(await asOwner.as(PUBLIC, seen)).toMatchObject({ 'holdings.unit': 0, found: 0 });
    } finally {
      await asOwner.close();
    }
  });
});

it('the key is drawn from the owner’s password, else from the login’s', () => {
  const owner = (password: string) => sealKey(`postgresql://owner${password}@localhost/x`)?.toString('hex');
  expect(owner(':p')).toMatch(/^[0-9a-f]{64}$/);
  expect(owner(':p')).not.toBe(owner(':q'));
  expect(
    sealKey('postgresql://owner:p@elsewhere:99/y?a=b', 'postgresql://w:x@localhost/x')?.toString('hex'),
  ).toBe(owner(':p'));
  expect(owner('')).toBeUndefined();
  expect(sealKey('postgresql://owner@localhost/x', 'postgresql://web:p@localhost/x')).toBeDefined();
});
