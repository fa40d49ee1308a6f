import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { carried } from '#kernel/carried';
import { archivesScope, sql } from '#kernel/db';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../support/house.ts';

const ENTRIES = 1_000;
const KILLS = 4;
let house: SmallHouse;

beforeAll(async () => {
  house = await smallHouse();
  await house.jobs.prepare(['bulk-edit', 'undo-changes']);
});
afterAll(() => house.close());

/** Works on it in a process of its own and kills it after some steps. @returns whether it came to its end before */
async function workAndKill(id: string, actor: object, steps: number): Promise<boolean> {
  const script = fileURLToPath(new URL('../support/bulk-once.ts', import.meta.url));
  const words = [script, house.db.url, house.db.appUrl ?? '', id, JSON.stringify(actor)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let out = '';
  await new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.split('\n').length > steps) child.kill('SIGKILL');
    });
  });
  return out.includes('done');
}

it('a change of many entries that is killed again and again changes each of them once, and is taken back as a whole', async () => {
  const archivist = house.person(ALL, house.county);
  const fonds = await house.holdings.addFonds(archivist, {
    archiveId: house.county,
    number: 'J019',
    name: '县民政局',
  });
  await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title)
    select uuidv7(), ${house.county}, ${fonds.id}, 'item', 'a' || lpad(n::text, 5, '0'), '婚姻登记' || n
    from generate_series(1, ${ENTRIES}) n`.execute(house.db.owner);
  const { id } = await house.holdings.beginBulk(archivist, {
    archiveId: house.county,
    selection: { filter: { fonds: fonds.id } },
    acts: [{ do: 'append', field: 'title', value: '（已核）' }],
  });
  const actor = carried(archivist, house.county);
  for (let n = 0; n < KILLS; n++) expect(await workAndKill(id, actor, 2 + n)).toBe(false);
  const midway = await house.holdings.bulkState(archivist, id);
  expect(midway.changed).toBeGreaterThan(0);
  expect(midway.changed).toBeLessThan(ENTRIES);
  expect(await house.holdings.runBulk(archivist, id, { part: 25 })).toMatchObject({
    changed: ENTRIES,
    skipped: {},
  });
  const { rows } = await sql<{ wrong: number; once: number }>`select
      count(*) filter (where title !~ '^婚姻登记\\d+（已核）$')::int as wrong, count(*) filter (where version = 2)::int as once
    from holdings.unit where fonds_id = ${fonds.id}`.execute(house.db.owner);
  expect(rows[0]).toEqual({ wrong: 0, once: ENTRIES });
  const { changeset } = await house.holdings.changeset(archivist, id, { limit: 1 });
  expect(changeset.changes).toBe(ENTRIES);
  const waiting = await sql`select from search.pending`.execute(house.db.owner);
  expect(waiting.rows).toHaveLength(0);
  const found = await house.db.as(archivesScope([house.county]), (tx) =>
    find(tx, { q: '婚姻登记777（已核）' }),
  );
  expect(found.hits[0]?.title).toBe('婚姻登记777（已核）');
  await house.holdings.undo(archivist, id);
  const back = await sql<{ n: number }>`select count(*)::int as n from holdings.unit
    where fonds_id = ${fonds.id} and title ~ '^婚姻登记\\d+$'`.execute(house.db.owner);
  expect(back.rows[0]?.n).toBe(ENTRIES);
});
