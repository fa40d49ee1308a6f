import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../support/house.ts';

/** Entries of the fonds that goes: files with items below them, more than several steps of a thousand. */
const FILES = 300;
const ITEMS = 20;
const ALL_OF_THEM = FILES * (ITEMS + 1);
let house: SmallHouse;

beforeAll(async () => {
  house = await smallHouse();
  await house.jobs.prepare(['rearrange']);
});
afterAll(() => house.close());

/** Works on it in a process of its own and kills it: once it said so many lines, and a moment later. @returns whether it came to its end before */
async function workAndKill(id: string, lines: number, moment: number): Promise<boolean> {
  const script = fileURLToPath(new URL('../support/rearrange-once.ts', import.meta.url));
  const child = spawn(process.execPath, [script, house.db.url, house.db.appUrl ?? '', id], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  await new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.split('\n').length > lines) setTimeout(() => child.kill('SIGKILL'), moment);
    });
  });
  return out.includes('done');
}

const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> =>
  (await query.execute(house.db.owner)).rows[0]!;

it('bringing fonds together that is killed again and again loses no entry, doubles none, and goes back whole', async () => {
  const archivist = house.person(ALL, house.county);
  const fondsOf = async (number: string) =>
    (await house.holdings.addFonds(archivist, { archiveId: house.county, number, name: number })).id;
  const [from, to] = [await fondsOf('K001'), await fondsOf('K002')];
  await sql`with files as (
      insert into holdings.unit (id, archive_id, fonds_id, level, position, title, reference_code, sort_key)
      select uuidv7(), ${house.county}, ${from}, 'file', 'a' || lpad(n::text, 5, '0'), '卷' || n, 'K001-1-' || n, 'K001-1-' || lpad(n::text, 5, '0')
      from generate_series(1, ${FILES}) n returning id, reference_code)
    insert into holdings.unit (id, archive_id, fonds_id, parent_id, level, position, title, reference_code, sort_key)
    select uuidv7(), ${house.county}, ${from}, f.id, 'item', 'a' || lpad(n::text, 5, '0'), '件' || n, f.reference_code || '-' || n, f.reference_code || '-' || n
    from files f cross join generate_series(1, ${ITEMS}) n`.execute(house.db.owner);
  const { id } = await house.holdings.arrangement.begin(
    archivist,
    { kind: 'merge', fondsId: from, to: { fondsId: to, parentId: null }, codes: 'keep' },
    '机构合并',
  );
  for (const [lines, moment] of [
    [1, 120],
    [2, 0],
    [2, 60],
    [3, 20],
  ] as const)
    expect(await workAndKill(id, lines, moment)).toBe(false);
  const midway = await house.holdings.arrangement.one(archivist, id);
  expect(midway.done).toBeGreaterThan(0);
  expect(midway.done).toBeLessThan(ALL_OF_THEM);
  await house.holdings.arrangement.run(id);
  expect(await house.holdings.arrangement.one(archivist, id)).toMatchObject({
    state: 'done',
    done: ALL_OF_THEM,
  });
  const there = sql<{ moved: number; once: number; codes: number }>`select count(*)::int as moved,
    count(*) filter (where version = 2)::int as once, count(distinct reference_code)::int as codes
    from holdings.unit where fonds_id = ${to}`;
  expect(await one(there)).toEqual({ moved: ALL_OF_THEM, once: ALL_OF_THEM, codes: ALL_OF_THEM });
  const wrong = sql<{
    n: number;
  }>`select count(*)::int as n from holdings.unit u join holdings.unit p on p.id = u.parent_id
    where p.fonds_id <> u.fonds_id`;
  expect(await one(wrong)).toEqual({ n: 0 });
  const { changeset } = await house.holdings.changeset(archivist, id, { limit: 1 });
  expect(changeset.changes).toBe(ALL_OF_THEM);
  const back = await house.holdings.undo(archivist, id, '合并有误');
  expect(await workAndKill(back.id, 3, 20)).toBe(false);
  await house.holdings.arrangement.run(back.id);
  const left = sql<{
    here: number;
    child: number;
  }>`select (select count(*)::int from holdings.unit where fonds_id = ${from}) as here,
    (select child_count from holdings.fonds where id = ${to}) as child`;
  expect(await one(left)).toEqual({ here: ALL_OF_THEM, child: 0 });
});
