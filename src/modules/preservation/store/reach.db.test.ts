import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql, type Tx } from '#kernel/db';
import { type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { copiesFrom, doubtSince, hasCopies, oldestChecked, unsoundCopies } from './copies.ts';
import { fixityOf } from './figures.ts';
import { forgetCopies, MAIN_STORE, planObjects } from './stores.ts';

const OBJECTS = 30_000;
const SECOND = '00000000-0000-4000-8000-000000000002';
let house: SmallHouse;
beforeAll(async () => {
  house = await smallHouse();
  const { owner } = house.db;
  await sql`insert into preservation.store (id, name, location, planned, added_at, added_by)
    values (${SECOND}, 'second', '{"kind":"folder","root":"/x"}', true, now(), 'x')`.execute(owner);
  await sql`insert into preservation.object (object_id, kind, archive_id, unit_id, head, inventory_digest, files, bytes, entered_at, changed_at)
    select 'urn:uuid:' || lpad(to_hex(n), 8, '0'), 'unit', ${house.county}, gen_random_uuid(), 'v1', md5(n::text), 5, 1000, now(), now() - n * interval '1 second'
    from generate_series(1, ${OBJECTS}::int) n`.execute(owner);
  // The later half of the other store's copies are made, as if in turn.
  await sql`update preservation.copy set condition = 'sound', checked_at = now() where store_id = ${SECOND}
    and object_id > ${`urn:uuid:${(OBJECTS / 2).toString(16).padStart(8, '0')}`}`.execute(owner);
  await sql`vacuum analyze preservation.copy`.execute(owner);
  await sql`vacuum analyze preservation.object`.execute(owner);
});
afterAll(() => house.close());

/** How many rows of copies and objects a question reads, of thirty and of sixty thousand. */
async function read(question: (tx: Tx) => Promise<unknown>): Promise<number> {
  const stop = new Error('taken back');
  let rows = 0;
  await house.db
    .system(async (tx) => {
      const count = async () => {
        const r = await sql<{ n: string }>`select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as n
          from pg_stat_xact_user_tables where schemaname = 'preservation' and relname in ('copy', 'object')`.execute(
          tx,
        );
        return Number(r.rows[0]!.n);
      };
      const before = await count();
      await question(tx);
      rows = (await count()) - before;
      throw stop;
    })
    .catch((e: unknown) => {
      if (e !== stop) throw e;
    });
  return rows;
}
const half = `urn:uuid:${(OBJECTS / 2).toString(16).padStart(8, '0')}`;
const now = new Date('2100-01-01T00:00:00Z');

it.each<[string, number, (tx: Tx) => Promise<unknown>]>([
  ['the next copies to verify', 100, (tx) => oldestChecked(tx, MAIN_STORE, { before: now, limit: 100 })],
  [
    'the next copies to make',
    100,
    (tx) =>
      unsoundCopies(tx, SECOND, {
        conditions: ['behind', 'wanted'],
        triedBefore: now,
        limit: 100,
        except: ['urn:uuid:another'],
      }),
  ],
  ['the next copies of the whole', 100, (tx) => copiesFrom(tx, MAIN_STORE, { after: half, limit: 100 })],
  ['whether any copy is damaged', 1, (tx) => hasCopies(tx, SECOND, { conditions: ['damaged', 'missing'] })],
  [
    'whether any was tried in vain',
    1,
    (tx) => hasCopies(tx, SECOND, { conditions: ['wanted'], tried: true }),
  ],
  ['the next copies to forget', 200, (tx) => forgetCopies(tx, SECOND, 100)],
  ['copies of a store that came back old', 100, (tx) => doubtSince(tx, SECOND, new Date(0), 100)],
  ['the next objects to plan', 100, (tx) => planObjects(tx, SECOND, 100)],
  ['how many were not verified in time', 100, (tx) => fixityOf(tx, MAIN_STORE, now, 100)],
])('%s read no more than they give', async (_, given, question) => {
  expect(await read(question)).toBeLessThanOrEqual(8 * given + 50);
});
