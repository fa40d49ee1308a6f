import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type Keeping, keepingOver } from '../../../../test/support/keeping.ts';
import { KEPT_TABLES } from '../../../main/kept.ts';
import { readSegment } from './reading.ts';
import { STREAMS } from './tables.ts';

let house: SmallHouse;
let keeping: Keeping;
let fonds: string;
let archivist: ReturnType<SmallHouse['person']>;
beforeAll(async () => {
  house = await smallHouse();
  keeping = await keepingOver(house.db, house.clock);
  archivist = house.person(ALL, house.county);
  fonds = await house.holdings
    .addFonds(archivist, { archiveId: house.county, number: 'J019', name: '县民政局' })
    .then((f) => f.id);
});
afterAll(async () => {
  await keeping.close();
  await house.close();
});

const add = (title: string) => house.holdings.createUnit(archivist, { fondsId: fonds, title });
const newest = async (stream: string) => {
  const r = await sql<{
    number: number;
  }>`select number from preservation.stream where stream = ${stream}`.execute(house.db.owner);
  return r.rows[0]?.number ?? 0;
};
/** What a segment says, with its lines by table. */
async function segment(stream: string, number: number) {
  const found = await readSegment(keeping.preservation.repository, stream, number);
  if (!found) throw new Error(`no segment ${number} of ${stream}`);
  const lines = async (path: string): Promise<string[]> => {
    const { stream: bytes } = await keeping.preservation.repository.openFile(found.object, path, {
      verify: true,
    });
    const chunks: Buffer[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8').split('\n').slice(0, -1);
  };
  const rows = new Map<string, Record<string, unknown>[]>();
  const gone = new Map<string, unknown[]>();
  for (const t of found.segment.tables) {
    rows.set(
      t.table,
      (await Promise.all(t.rows.map((p) => lines(p.path)))).flat().map((l) => JSON.parse(l)),
    );
    gone.set(
      t.table,
      (await Promise.all(t.gone.map((p) => lines(p.path)))).flat().map((l) => JSON.parse(l)),
    );
  }
  return { ...found, rows, gone };
}

describe('segments', () => {
  it('note the changes of each table that comes back, as its module names it', async () => {
    const r = await sql<{ tbl: string; args: string; kinds: number }>`select tgrelid::regclass::text as tbl,
        min(encode(tgargs, 'escape')) as args, count(*)::int as kinds
      from pg_trigger where tgname in ('kept_insert', 'kept_update', 'kept_delete') group by 1 order by 1`.execute(
      house.db.owner,
    );
    const told = [...KEPT_TABLES, STREAMS].map((t) => ({
      tbl: t.table,
      args: [t.kind, t.column, ...t.key].map((a) => `${a}\\000`).join(''),
      kinds: 3,
    }));
    expect(r.rows).toEqual(told.sort((a, b) => (a.tbl < b.tbl ? -1 : 1)));
  });

  it('hold every row once it is flushed, and nothing waits then', async () => {
    const id = await add('民政工作会议记录');
    expect((await keeping.segments.lag()).rows).toBeGreaterThan(0);
    await keeping.segments.flush();
    expect(await keeping.segments.lag()).toEqual({ rows: 0, streams: 0, since: null });
    const s = await segment(`fonds-${fonds}`, await newest(`fonds-${fonds}`));
    expect(s.segment.of).toMatchObject({ fondsNumber: 'J019', fondsName: '县民政局' });
    expect(s.rows.get('holdings.unit')!.map((u) => u.id)).toContain(id);
    const house_ = await segment('house', 1);
    expect(house_.rows.get('holdings.archive')).toHaveLength(4);
    expect(await keeping.segments.flush()).toEqual([]);
  });

  it('hold what changed alone, name what is gone, and follow each other by digest', async () => {
    const [a, b] = [await add('甲'), await add('乙')];
    await keeping.segments.flush();
    const before = await newest(`fonds-${fonds}`);
    await sql`update holdings.unit set title = '丙' where id = ${a}`.execute(house.db.owner);
    await sql`delete from holdings.unit where id = ${b}`.execute(house.db.owner);
    await keeping.segments.flush();
    const last = await segment(`fonds-${fonds}`, before + 1);
    expect(last.rows.get('holdings.unit')!.map((u) => [u.id, u.title])).toEqual([[a, '丙']]);
    expect(last.gone.get('holdings.unit')).toEqual([[b]]);
    expect(last.segment.previous).toEqual({
      number: before,
      sha512: (await segment(`fonds-${fonds}`, before)).sha512,
    });
  });

  it('note many rows made by one statement as spans of ids, and hold just these', async () => {
    await keeping.segments.flush();
    const other = await house.holdings.addFonds(archivist, {
      archiveId: house.county,
      number: 'J020',
      name: '县教育局',
    });
    const rows = 25_000;
    await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title)
      select ('0190f000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${house.county},
        case when n % 5 = 0 then ${fonds}::uuid else ${other.id}::uuid end, 'item', 'a' || n, '题名 ' || n
      from generate_series(1, ${rows}::int) n`.execute(house.db.owner);
    const notes = await sql<{
      n: number;
    }>`select count(*)::int as n from preservation.unsaved where tbl = 'holdings.unit'`.execute(
      house.db.owner,
    );
    expect(notes.rows[0]!.n).toBe(2);
    await keeping.segments.flush();
    const s = await segment(`fonds-${other.id}`, 1);
    const ids = s.rows.get('holdings.unit')!.map((u) => u.id);
    expect(ids).toHaveLength((rows / 5) * 4);
    expect(new Set(ids).size).toBe(ids.length);
    expect(s.segment.tables.find((t) => t.table === 'holdings.unit')!.rows.map((p) => p.rows)).toEqual([
      10_000, 10_000,
    ]);
  });

  it('goes on behind a segment a killed writer had put into the root', async () => {
    const id = await add('丁');
    const before = await newest(`fonds-${fonds}`);
    // The writer dies between the root and the database: notes and state stay as they were.
    const keep = await sql<{
      row: string;
    }>`select to_jsonb(u)::text as row from preservation.unsaved u where stream = ${`fonds-${fonds}`}`.execute(
      house.db.owner,
    );
    const [state] = (
      await sql<{
        sha512: string;
      }>`select sha512 from preservation.stream where stream = ${`fonds-${fonds}`}`.execute(house.db.owner)
    ).rows;
    await keeping.segments.flush();
    const objectId = `urn:lantai:segment:fonds-${fonds}:${before + 1}`;
    await house.db.system(async (tx) => {
      await sql`insert into preservation.unsaved overriding system value
        select r.* from unnest(${keep.rows.map((k) => k.row)}::jsonb[]) j, jsonb_populate_record(null::preservation.unsaved, j) r`.execute(
        tx,
      );
      await sql`update preservation.stream set number = ${before}, sha512 = ${state!.sha512} where stream = ${`fonds-${fonds}`}`.execute(
        tx,
      );
      await sql`delete from preservation.object where object_id = ${objectId}`.execute(tx);
      await sql`insert into preservation.intent (object_id, kind, archive_id) values (${objectId}, 'segment', ${house.county})`.execute(
        tx,
      );
    });
    await keeping.segments.flush();
    expect(await newest(`fonds-${fonds}`)).toBe(before + 2);
    const again = await segment(`fonds-${fonds}`, before + 2);
    expect(again.rows.get('holdings.unit')!.map((u) => u.id)).toContain(id);
    const entered = await sql`select from preservation.object where object_id = ${objectId}`.execute(
      house.db.owner,
    );
    expect(entered.rows).toHaveLength(1);
  });

  it('stops where the root has what the database does not know, or lacks what it knows, and says which', async () => {
    await keeping.segments.flush();
    expect((await keeping.segments.compare()).differences).toEqual([]);
    const stream = `fonds-${fonds}`;
    const number = await newest(stream);
    const refused = async () => {
      await add(newId());
      const e = await keeping.segments.flush().catch((x: unknown) => x);
      return isRefusal(e) ? e.code : e;
    };
    const set = (n: number, digest: string) =>
      sql`update preservation.stream set number = ${n}, sha512 = ${digest} where stream = ${stream}`.execute(
        house.db.owner,
      );
    const sha = async (n: number) => (await segment(stream, n)).sha512;
    const [last, before] = [await sha(number), await sha(number - 1)];
    await set(number - 1, before);
    await sql`delete from preservation.object where object_id = ${`urn:lantai:segment:${stream}:${number}`}`.execute(
      house.db.owner,
    );
    expect(await refused()).toBe('segments.rootNewer');
    expect((await keeping.segments.compare()).differences).toMatchObject([{ stream, root: 'newer' }]);
    await set(number + 1, last);
    expect(await refused()).toBe('segments.rootOlder');
    expect((await keeping.segments.compare()).differences).toMatchObject([{ stream, root: 'older' }]);
    await set(number, before);
    expect(await refused()).toBe('segments.rootOlder');
    expect((await keeping.segments.compare()).differences).toMatchObject([{ stream, root: 'damaged' }]);
    await set(number, last);
    await keeping.segments.flush();
    expect(await newest(stream)).toBe(number + 1);
  });

  it('are written anew, all of them, behind what a root has that lost some for good', async () => {
    const stream = `fonds-${fonds}`;
    await keeping.segments.flush();
    const number = await newest(stream);
    const { repository } = keeping.preservation;
    for (const n of [number, number - 1])
      await rm(join(keeping.folder, 'storage', repository.pathOf(`urn:lantai:segment:${stream}:${n}`)), {
        recursive: true,
      });
    await keeping.segments.renew();
    await keeping.segments.flush();
    const s = await segment(stream, number - 1);
    const all = await sql<{
      n: number;
    }>`select count(*)::int as n from holdings.unit where fonds_id = ${fonds}`.execute(house.db.owner);
    expect(s.rows.get('holdings.unit')).toHaveLength(all.rows[0]!.n);
    expect(s.segment.previous?.number).toBe(number - 2);
    expect((await keeping.segments.compare()).differences).toEqual([]);
  });
});
