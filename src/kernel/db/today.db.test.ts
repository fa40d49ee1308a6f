import { expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { dayIn } from '../calendar.ts';
import { openDatabase, PUBLIC, type Scope, sql } from '../db.ts';

async function todayIn(fresh: FreshDatabase, timeZone: string | undefined, scope: Scope): Promise<string> {
  const db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 1, timeZone });
  try {
    return await db.as(scope, async (tx) => {
      const row = await sql<{ day: string }>`select lantai.today() as day`.execute(tx);
      return row.rows[0]!.day;
    });
  } finally {
    await db.close();
  }
}

it('counts days by the clock of the configured place, unless the asking names its day', async () => {
  const fresh = await freshDatabase();
  try {
    // Twenty-six hours apart: never the same day.
    expect(await todayIn(fresh, 'Pacific/Kiritimati', PUBLIC)).toBe(dayIn(new Date(), 'Pacific/Kiritimati'));
    expect(await todayIn(fresh, 'Etc/GMT+12', PUBLIC)).toBe(dayIn(new Date(), 'Etc/GMT+12'));
    expect(await todayIn(fresh, undefined, PUBLIC)).toBe(dayIn(new Date(), 'Asia/Shanghai'));
    expect(await todayIn(fresh, 'Etc/GMT+12', { ...PUBLIC, today: '2026-03-01' })).toBe('2026-03-01');
  } finally {
    await fresh.drop();
  }
});
