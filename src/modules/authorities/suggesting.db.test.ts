import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, publicActor, scopeOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { type ListHouse, listHouse } from '../../../test/support/lists.ts';

/** Enough that reading all of them shows; more where somebody measures. */
const AUTHORITIES = Number(process.env.LANTAI_AUTHORITIES ?? 20_000);
let house: ListHouse;
let keeper: Actor;
let pages = 0;

beforeAll(async () => {
  house = await listHouse();
  keeper = house.person(['holdings.read', 'holdings.write'], house.county);
  await sql`with made as (
      insert into authorities.authority (id, network_id, archive_id, kind, name, key, created_by_name, updated_by_name, restricted)
      select gen_random_uuid(), ${house.province}, ${house.county}, (array['body', 'body', 'person', 'place'])[1 + n % 4], x.name, x.name, '', '', n % 10 = 0
      from generate_series(1, ${AUTHORITIES}::int) n cross join lateral (select
        (array['石桥县', '青岚市', '白鹭县', '云江省', '柳林镇'])[1 + n % 5] || chr(20000 + n % 977) || chr(21000 + n % 991)
        || (array['民政局', '粮食局', '人民公社', '生产大队', '供销合作社', '中学', '医院'])[1 + n % 7] as name) x
      returning id, archive_id, class, name, key)
    insert into authorities.name (id, authority_id, archive_id, class, position, form, name, key)
    select gen_random_uuid(), id, archive_id, class, 0, 'authorised', name, key from made`.execute(
    house.db.owner,
  );
  await sql`vacuum analyze authorities.authority`.execute(house.db.owner);
  await sql`vacuum analyze authorities.name`.execute(house.db.owner);
  pages = (
    await sql<{
      n: number;
    }>`select (pg_relation_size('authorities.authority') + pg_relation_size('authorities.name')) / 8192 as n`.execute(
      house.db.owner,
    )
  ).rows[0]!.n;
}, 300_000);
afterAll(() => house.close());

const QUESTIONS = ['石', '石桥县', '民政', '人民公社', '供销合作社', '县民', '医院'];

describe('suggestions, asked as the application under row-level security', () => {
  it.each(QUESTIONS)('for %s come without reading all of the list', async (q) => {
    for (const who of [keeper, publicActor()]) {
      const found = await house.authorities.suggest(who, { q, limit: 12 });
      expect(found.length).toBeGreaterThan(0);
      const read = await house.db.as(scopeOf(who), async (tx) => {
        const statement = sql`select * from authorities.suggest(${q}, ${q.length > 1 ? [...q].slice(1).map((c, i) => `${q[i]}${c}`) : null}::text[],
          ${['agent', 'place', 'subject', 'function']}::text[], null, null, null, 12)`;
        const r = await sql<{
          'QUERY PLAN': { Plan: Record<string, number> }[];
        }>`explain (analyze, buffers, format json) ${statement}`.execute(tx);
        const plan = r.rows[0]!['QUERY PLAN'][0]!.Plan;
        return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0);
      });
      // At most 2,000 names of a class that hold it are looked at, and the records of those that are shown.
      expect(read).toBeLessThan(Math.max(pages, 5_000));
    }
  });

  it.runIf(process.env.LANTAI_AUTHORITIES)(
    'take how long',
    async () => {
      const lines: string[] = [];
      for (const who of [keeper, publicActor()])
        for (const q of [...QUESTIONS, '没有的']) {
          const times: number[] = [];
          for (let i = 0; i < 40; i++) {
            const begin = performance.now();
            await house.authorities.suggest(who, { q, limit: 12 });
            times.push(performance.now() - begin);
          }
          times.sort((a, b) => a - b);
          lines.push(`${who.kind} ${q}: median ${times[20]!.toFixed(1)} p95 ${times[38]!.toFixed(1)} ms`);
        }
      process.stdout.write(`${lines.join('\n')}\n`);
    },
    300_000,
  );
});
