/**
 * The tree of a catalogue of ten million entries, a million of them in one row: opening places at random, deep ones, the first, the
 * middle and the last of the million, the way to an entry, a jump to a code; asked as the application's role. Beside it a bare
 * query by index for as many rows, with the rights of the application and without; and what it would cost to skip rows.
 */

import { archivesScope, type Database, sql } from '#kernel/db';
import { randomFrom } from './support/invented-catalogue.ts';
import { tableStock, timings } from './support/table-stock.ts';

export const name = 'tree';

const ROUNDS = 200;
const LIMIT = 100;

export async function run({ db, print, units }: { db: Database; print(line: string): void; units?: number }) {
  const { archiveId, flat, holdings, actor: asker, stop } = await tableStock(db, print, units);
  const { window, path, jump } = holdings.arrangement;
  const random = randomFrom(7);
  const places = await sampled(db, sql`child_count > 0`);
  const deep = await sampled(db, sql`level = 'item' and parent_id is not null`);
  const parents = await sampled(db, sql`level = 'file'`);
  const any = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const scope = archivesScope([archiveId]);
  const { results, timed: measure } = timings(print, ROUNDS);
  await measure('a place at random', () => window(asker, any(places), { at: 0, limit: LIMIT }));
  await measure('a file deep down', () => window(asker, any(parents), { at: 0, limit: LIMIT }));
  await measure('the first of a million siblings', () => window(asker, flat.id, { at: 0, limit: LIMIT }));
  const middle = Math.floor(flat.units / 2);
  await measure('the middle of a million siblings', () =>
    window(asker, flat.id, { at: middle, limit: LIMIT }),
  );
  await measure('the last of a million siblings', () =>
    window(asker, flat.id, { at: flat.units - LIMIT, limit: LIMIT }),
  );
  await measure('anywhere among a million siblings', () =>
    window(asker, flat.id, { at: Math.floor(random() * flat.units), limit: LIMIT }),
  );
  const among = await sampled(db, sql`fonds_id = ${flat.id}`);
  await measure('around one of a million siblings', () =>
    window(asker, flat.id, { around: any(among), limit: LIMIT }),
  );
  await measure('the way to an entry deep down', () => path(asker, any(deep)));
  await measure('the way to one of a million siblings', () => path(asker, any(among)));
  await measure('a code among a million siblings', () =>
    jump(asker, flat.id, { code: `${flat.number}-ZY·${1950 + Math.floor(random() * 72)}·D30-0500000` }),
  );
  const rows = (
    place: string,
  ) => sql`select id, reference_code, title, child_count from holdings.unit where under_id = ${place}
    order by position, id limit ${LIMIT}`;
  await measure('peer: the bare query by index, as the owner', () =>
    db.system((tx) => rows(any(places)).execute(tx)),
  );
  await measure('peer: the same as the application', () =>
    db.as(scope, (tx) => rows(any(places)).execute(tx)),
  );
  const skipped = performance.now();
  await db.as(scope, (tx) =>
    sql`select id, title from holdings.unit where under_id = ${flat.id} order by position, id limit ${LIMIT} offset ${middle}`.execute(
      tx,
    ),
  );
  print(
    `peer: skipping half a million rows, once                     ${Math.round(performance.now() - skipped)} ms`,
  );
  await explain(db, scope, flat.id, middle, print);
  await writing(db, flat, archiveId, print);
  await stop();
  return results;
}

/** Ids drawn by chance. */
async function sampled(db: Database, which: ReturnType<typeof sql>): Promise<string[]> {
  const r = await sql<{
    id: string;
  }>`select id from holdings.unit tablesample system (1) where ${which} limit 500`.execute(db.owner);
  if (r.rows.length > 0) return r.rows.map((x) => x.id);
  return (
    await sql<{ id: string }>`select id from holdings.unit where ${which} limit 500`.execute(db.owner)
  ).rows.map((x) => x.id);
}

/** How the window is read, as the application under row-level security. */
async function explain(
  db: Database,
  scope: ReturnType<typeof archivesScope>,
  place: string,
  nth: number,
  print: (line: string) => void,
): Promise<void> {
  await db.as(scope, async (tx) => {
    const start = await sql<{
      position: string;
      id: string;
    }>`select place_key as position, id from holdings.nth_below(${place}, ${nth})`.execute(tx);
    const { position, id } = start.rows[0]!;
    const plan = await sql<{
      'QUERY PLAN': string;
    }>`explain (analyze, buffers, costs off) select id, title from holdings.unit u
      where u.under_id = ${place} and (u.position, u.id) >= (${position}, ${id}::uuid) order by u.position, u.id limit ${LIMIT}`.execute(
      tx,
    );
    for (const row of plan.rows) print(`  ${row['QUERY PLAN']}`);
  });
}

/** What keeping the marks costs: entries come in at the end and in the middle of the million, with the triggers and without. */
async function writing(
  db: Database,
  flat: { id: string; units: number },
  archiveId: string,
  print: (line: string) => void,
): Promise<void> {
  const insert = sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title)
    select uuidv7(), ${archiveId}, ${flat.id}, 'item', 'z' || lpad(n::text, 6, '0'), 'x' from generate_series(1, 5000) n`;
  for (const kept of [true, false]) {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const at = performance.now();
      await db
        .system(async (tx) => {
          if (!kept) await sql`alter table holdings.unit disable trigger siblings_inserted`.execute(tx);
          await insert.execute(tx);
          throw new Error('taken back');
        })
        .catch(() => {});
      times.push(performance.now() - at);
    }
    print(
      `5,000 entries into the million, marks and counts ${kept ? 'kept    ' : 'not kept'}      ${Math.round(Math.min(...times))} ms`,
    );
  }
}
