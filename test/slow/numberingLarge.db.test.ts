import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { type IntakeHouse, intakeHouse } from '../intake/house.ts';

const RECORDS = 100_000;
const DAY = '2025-03-01';
let all: IntakeHouse;
beforeAll(async () => {
  all = await intakeHouse();
});
afterAll(() => all?.close());

const timed = async <T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> => {
  const begun = performance.now();
  const result = await work();
  return { seconds: (performance.now() - begun) / 1_000, result };
};

it('numbers a hundred thousand records of a year, and once more in another order, in a few minutes', async () => {
  const { id: fonds } = (await all.house.holdings.fondsOfAgencies([all.civil]))[0] ?? { id: '' };
  await sql`insert into filing.record (id, archive_id, agency_id, fonds_id, title, doc_no, date_text, date_from, date_to,
      category, year, retention, class_code, class_name, registered_by_name, registered_at, updated_at)
    select gen_random_uuid(), ${all.archiveId}, ${all.civil}, ${fonds}, '关于第' || n || '号事项的通知', '石民〔2025〕' || n || '号',
      ${DAY}, ${DAY}::date + n % 300, ${DAY}::date + n % 300, 'WS', 2025, (array['Y','D30','D10'])[1 + n % 3],
      'C' || n % 20, '科室' || n % 20, '经办', now(), now()
    from generate_series(1, ${RECORDS}) as n`.execute(all.db.owner);
  await sql`analyze filing.record`.execute(all.db.owner);
  const of = { archiveId: all.archiveId, agencyId: all.civil, year: 2025 };
  const first = await timed(() =>
    all.house.filing.number(all.clerk.actor, of, { order: 'date', again: false }),
  );
  expect(first.result).toMatchObject({ numbered: RECORDS, left: [] });
  const again = await timed(() =>
    all.house.filing.number(all.clerk.actor, of, { order: 'docNo', again: true }),
  );
  expect(again.result).toMatchObject({ numbered: RECORDS, left: [] });
  const codes = await sql<{
    codes: number;
    highest: number;
  }>`select count(distinct reference_code)::int as codes,
    max(item_no)::int as highest from filing.record where agency_id = ${all.civil}`.execute(all.db.owner);
  expect(codes.rows[0]).toEqual({ codes: RECORDS, highest: expect.any(Number) });
  process.stdout.write(
    `numbering ${RECORDS} records: ${first.seconds.toFixed(1)} s, again in another order: ${again.seconds.toFixed(1)} s\n`,
  );
  expect(first.seconds).toBeLessThan(180);
  expect(again.seconds).toBeLessThan(300);
}, 900_000);
