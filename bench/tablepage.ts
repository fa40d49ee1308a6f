/**
 * A page of fifty of a table of ten million entries, with two filters and a sort, drawn at random, asked as the application's role;
 * the page after it; and, beside them, a bare query by an index for fifty rows under the same rights.
 */
import { archivesScope, type Database, sql } from '#kernel/db';
import { randomFrom } from './support/invented-catalogue.ts';
import { spread, tableStock } from './support/table-stock.ts';

export const name = 'table-page';

/** Asked before the measuring begins: nobody works in an archive that was opened a second ago. */
const WARMING = 300;
const ROUNDS = 150;
const TARGET_MS = 100;

export async function run({ db, print, units }: { db: Database; print(line: string): void; units?: number }) {
  const { archiveId, fonds, holdings, actor, stop } = await tableStock(db, print, units);
  const random = randomFrom(11);
  const of = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const filters = {
    category: () => ({ category: of(['WS', 'KJ', 'KU', 'ZY', 'ZP', 'SW']) }),
    year: () => ({ year: 1950 + Math.floor(random() * 72) }),
    retention: () => ({ retention: of(['Y', 'D30', 'D10']) }),
    level: () => ({ level: of(['item', 'file']) }),
    access: () => ({ access: of(['open', 'restricted', 'unreviewed', 'delayed']) }),
    fonds: () => ({ fonds: of(fonds).id }),
  };
  const kinds = Object.values(filters);
  const sorts = ['code', 'title', 'date', '-date', 'creator', '-changed', 'changed', '-code'];
  const first: number[] = [];
  const next: number[] = [];
  let stopped = 0;
  const slow: { ms: number; what: string }[] = [];
  let warm = false;
  const timed = async (times: number[], what: string, cursor?: string, filter = {}, sort = 'code') => {
    const started = performance.now();
    const page = await holdings.listUnits(actor, { archiveId, ...filter }, { sort, limit: 50, cursor });
    const ms = performance.now() - started;
    if (!warm) return page;
    times.push(ms);
    slow.push({ ms, what });
    if (page.stopped) stopped++;
    return page;
  };
  for (let n = -WARMING; n < ROUNDS; n++) {
    warm = n >= 0;
    const one = Math.floor(random() * kinds.length);
    const other = (one + 1 + Math.floor(random() * (kinds.length - 1))) % kinds.length;
    const filter = { ...kinds[one]!(), ...kinds[other]!() };
    const sort = of(sorts);
    const what = `${JSON.stringify(filter)} by ${sort}`;
    const page = await timed(first, what, undefined, filter, sort);
    if (page.next) await timed(next, `${what}, next page`, page.next, filter, sort);
  }
  const bare: number[] = [];
  for (let n = 0; n < ROUNDS; n++) {
    const { id } = of(fonds);
    const started = performance.now();
    await db.as(archivesScope([archiveId]), (tx) =>
      sql`select * from holdings.unit where fonds_id = ${id} order by sort_key, id limit 50`.execute(tx),
    );
    bare.push(performance.now() - started);
  }
  await stop();
  const results = {
    first: spread(first),
    next: spread(next),
    bare: spread(bare),
    stopped,
    targetMs: TARGET_MS,
  };
  print(
    `a page with two filters and a sort: p50 ${results.first.p50} ms, p95 ${results.first.p95} ms (limit ${TARGET_MS})`,
  );
  print(
    `the page after it: p50 ${results.next.p50} ms, p95 ${results.next.p95} ms; ${stopped} walks ended before the page was full`,
  );
  print(`bare query by an index for as many rows: p50 ${results.bare.p50} ms, p95 ${results.bare.p95} ms`);
  for (const { ms, what } of slow.sort((a, b) => b.ms - a.ms).slice(0, 5))
    print(`  slowest: ${ms.toFixed(0)} ms ${what}`);
  return results;
}
