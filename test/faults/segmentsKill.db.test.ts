import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, sql } from '#kernel/db';
import { freshDatabase } from '../support/database.ts';
import { dumpOf } from '../support/dumps.ts';
import { ALL, type SmallHouse, smallHouse } from '../support/house.ts';
import { type Keeping, keepingOver, segmentsOver } from '../support/keeping.ts';

/** Each adds eight thousand rows and is drawn together with all before it: more than some make no other moments. */
const ROUNDS = Math.min(12, Number(process.env.LANTAI_FAULT_ROUNDS ?? 2));
const CHILD = fileURLToPath(new URL('../../bench/support/rebuild-process.ts', import.meta.url));

/** Runs a process that flushes or rebuilds and kills it after some time. @returns what it printed when it came to its end before */
async function runAndKill(
  stage: string,
  url: string,
  folder: string,
  ms: number,
): Promise<string | undefined> {
  const child = spawn(process.execPath, [CHILD, stage, url, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  // One that never ends is killed some streams, and some moments, after it began.
  const streams = 1 + Math.floor(Math.random() * 5);
  const begun = new Promise<void>((resolve) => {
    if (stage !== 'consolidate') return resolve();
    child.stdout.on('data', () => {
      if (out.split('\n').length > streams) resolve();
    });
  });
  const killing = begun.then(() => pause(ms)).then(() => child.kill('SIGKILL'));
  const code = await ended;
  await killing;
  if (code !== null && code !== 0) throw new Error(err);
  return code === 0 ? out : undefined;
}

let house: SmallHouse;
let keeping: Keeping;
let fonds = '';
beforeAll(async () => {
  house = await smallHouse();
  keeping = await keepingOver(house.db, house.clock);
  const archivist = house.person(ALL, house.county);
  fonds = (
    await house.holdings.addFonds(archivist, { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(async () => {
  await keeping.close();
  await house.close();
});

/** What people and imports do to a catalogue between two looks. */
async function change(round: number): Promise<void> {
  await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title, reference_code, sort_key)
    select ('0190f000-0000-7' || lpad(to_hex(${round}::int), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${house.county},
      ${fonds}, 'item', 'a' || lpad(n::text, 6, '0'), '题名 ' || n, 'J019-' || ${round}::int || '-' || n, 'J' || n
    from generate_series(1, 8000) n`.execute(house.db.owner);
  await sql`update holdings.unit set title = title || '。' where right(id::text, 2) = '0a'`.execute(
    house.db.owner,
  );
  await sql`delete from holdings.unit where right(id::text, 2) = '0b'`.execute(house.db.owner);
  await sql`update holdings.fonds f set child_count = (select count(*) from holdings.unit where under_id = f.id) where id = ${fonds}`.execute(
    house.db.owner,
  );
  await sql`insert into holdings.code_counter (archive_id, scope, last) values (${house.county}, 'x', ${round})
    on conflict (archive_id, scope) do update set last = excluded.last`.execute(house.db.owner);
}

describe('killed at any moment', () => {
  it('what waits for its segment loses nothing, and a rebuild comes to its end', {
    timeout: 600_000 + ROUNDS * 120_000,
  }, async () => {
    let killed = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      await change(round);
      // The process takes half a second to begin; what follows is reading, writing, entering.
      const done = await runAndKill('flush', house.db.url, keeping.folder, 500 + Math.random() * 2_500);
      if (done === undefined) killed++;
      await runAndKill('consolidate', house.db.url, keeping.folder, Math.random() * 300);
    }
    const reopened = await keepingAgain();
    await reopened.flush();
    expect(await reopened.lag()).toMatchObject({ rows: 0 });
    await reopened.consolidate(`fonds-${fonds}`, 2);
    await reopened.flush();
    const drawn = await sql<{
      n: number;
    }>`select max(level)::int as n from preservation.loose_segment`.execute(house.db.owner);
    expect(drawn.rows[0]!.n).toBeGreaterThan(0);
    expect((await reopened.compare()).differences).toEqual([]);

    const fresh = await freshDatabase();
    const db = openDatabase({ url: fresh.url, max: 2 });
    try {
      let out: string | undefined;
      // Longer each time by a part of itself: on a slow machine small steps would take a hundred.
      for (let ms = 700; out === undefined; ms *= 1.2 + Math.random() * 0.6) {
        out = await runAndKill('rebuild', fresh.url, keeping.folder, ms);
        if (out === undefined) killed++;
      }
      expect(JSON.parse(out)).toMatchObject({ troubles: 0 });
      expect(killed).toBeGreaterThan(0);
      const [before, after] = [await dumpOf(house.db), await dumpOf(db)];
      // This catalogue was written past the index.
      for (const [table, lines] of before)
        if (!table.startsWith('search.'))
          expect([table, after.get(table)?.length]).toEqual([table, lines.length]);
      for (const [table, lines] of before)
        if (!table.startsWith('search.')) expect([table, after.get(table)]).toEqual([table, lines]);
    } finally {
      await db.close();
      await fresh.drop();
    }
  });
});

/** The storage root as a process finds it that starts after a kill. */
async function keepingAgain() {
  await keeping.preservation.repository.sweepStaging();
  await keeping.preservation.writing.settle(-1);
  return segmentsOver(house.db, house.clock, keeping.preservation, join(keeping.folder, 'again'));
}
