import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { leastIdAt, newId } from '#kernel/ids';
import { type IntakeHouse, intakeHouse } from './house.ts';

const OLD = 200_000;
let all: IntakeHouse;
let oa: Awaited<ReturnType<IntakeHouse['admitted']>>;
beforeAll(async () => {
  all = await intakeHouse({ LANTAI_INTAKE_KEEP_DAYS: '30' });
  oa = await all.admitted();
});
afterAll(() => all?.close());

/** Lines of so many days ago, a millisecond apart, with ids of their moment. */
const lines = (many: number, daysAgo: number) =>
  sql`insert into intake.arrival (id, system_id, archive_id, agency_id, at, way,
    kind, sender_id, outcome, code)
  select (lpad(to_hex(ms >> 16), 8, '0') || '-' || lpad(to_hex(ms & 65535), 4, '0') || '-7000-8000-' ||
      lpad(to_hex(n), 12, '0'))::uuid, ${oa.id}, ${all.archiveId}, ${all.civil}, to_timestamp(ms / 1000.0), 'api', 'record',
    'x-' || n, 'refused', 'intake.findings'
  from (select n, (extract(epoch from now() - make_interval(days => ${daysAgo})) * 1000)::bigint + n as ms
    from generate_series(1, ${many}) as n) as made`.execute(all.db.owner);
const left = async (table: 'arrival' | 'drop_entry') => {
  const r = await sql<{ n: number }>`select count(*)::int as n from intake.${sql.raw(table)}`.execute(
    all.db.owner,
  );
  return r.rows[0]?.n;
};

describe('lines of what came in', () => {
  it('go after their days, two hundred thousand at once, and those that are younger stay', async () => {
    const said = { metadata: { title: '留下', date: '2025-01-01' } };
    const url = '/api/v1/intake/records/stays';
    const send = async () => {
      const answer = await all.app.inject({ method: 'PUT', url, headers: oa.headers, payload: said });
      return answer.json<{ outcome: string; recordId: string }>();
    };
    const { recordId } = await send();
    await lines(OLD, 31);
    await lines(1_000, 29);
    expect(await left('arrival')).toBe(OLD + 1_001);
    expect(await all.house.intake.prune()).toBe(OLD);
    expect(await left('arrival')).toBe(1_001);
    expect(await all.house.intake.prune()).toBe(0);
    // What was taken is known, and told, without its line.
    await sql`delete from intake.arrival`.execute(all.db.owner);
    expect(await send()).toMatchObject({ outcome: 'unchanged', recordId });
    const told =
      await sql`select 1 from audit.entry where target_id = ${recordId} and act = 'record.registered'`;
    expect((await told.execute(all.db.owner)).rows).toHaveLength(1);
  }, 180_000);

  it('of drop folders go with them once they are over; what is under way stays', async () => {
    const entry = (step: string, daysAgo: number) => {
      const at = new Date(Date.now() - daysAgo * 86_400_000);
      const id = leastIdAt(at).slice(0, 24) + newId().slice(24);
      return sql`insert into intake.drop_entry (id, system_id, name, step, leased_until, at, ended_at)
        values (${id}, ${oa.id}, ${`${step}-${daysAgo}`}, ${step}, ${at}, ${at}, ${step === 'over' ? at : null})`.execute(
        all.db.owner,
      );
    };
    for (const [step, days] of [
      ['over', 40],
      ['answered', 40],
      ['over', 10],
    ] as const)
      await entry(step, days);
    expect(await all.house.intake.prune()).toBe(1);
    expect(await left('drop_entry')).toBe(2);
  });
});
