import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';

let kept: KeptHouse;
let keeper: Actor;
let ids: string[];

beforeAll(async () => {
  kept = await keptHouse();
  keeper = kept.person('保管');
  ids = await kept.hold([
    { code: 'J019-WS·2003·D10-0001', title: '关于救济的通知', text: '关于救济的通知' },
    { code: 'J019-WS·2003·D10-0002', title: '关于低保的通知', text: '关于低保的通知' },
  ]);
});
afterAll(() => kept.close());

const YEAR = { days: 365, whole: true };
const heldSince = (at: Date | null) => [{ id: kept.archive, code: '990111', heldSince: at }];
const longAgo = new Date('2020-01-01T00:00:00Z');
const run = async () => {
  const r = await sql<{
    id: string;
  }>`select id from checks.run where about = 'calendar' order by id desc limit 1`.execute(kept.db.owner);
  return r.rows[0]!.id;
};

describe('what is held', () => {
  it('is checked by the calendar once it is due, and not before', async () => {
    const { checks } = kept.house;
    expect(await checks.keepCalendar({ days: 0, whole: false }, heldSince(longAgo))).toBe(0);
    expect(await checks.keepCalendar(YEAR, heldSince(null))).toBe(0);
    expect(await checks.keepCalendar(YEAR, heldSince(new Date()))).toBe(0);
    expect(await checks.keepCalendar(YEAR, heldSince(longAgo))).toBe(1);
    expect(await checks.keepCalendar(YEAR, heldSince(longAgo))).toBe(0);
    const id = await run();
    await kept.run('check-records', { id });
    const { run: done, items } = await checks.report(keeper, id);
    expect(done).toMatchObject({ stage: 'BC', about: 'calendar', state: 'done', units: 2 });
    expect(items.every((i) => i.item.sample === 100)).toBe(true);
  });

  it('that is not qualified raises an alarm, and is noted at the object it is about', async () => {
    const { checks, copies, preservation } = kept.house;
    // A byte of a held file changes under everybody's hands.
    const file = await preservation.file(keeper, ids[0]!, 1);
    await writeFile(await file.localPath(), '关于救济的通告');
    await sql`update checks.run set created_at = ${longAgo} where about = 'calendar'`.execute(kept.db.owner);
    expect(await checks.keepCalendar(YEAR, heldSince(longAgo))).toBe(1);
    const id = await run();
    await kept.run('check-records', { id });
    expect((await checks.report(keeper, id)).run.verdict).toBe('unqualified');
    const alarms = await copies.alarms(keeper, { archiveId: kept.archive, limit: 10 });
    expect(alarms.filter((a) => a.code === 'natures')).toMatchObject([
      { archiveId: kept.archive, state: 'open', detail: { check: id } },
    ]);
    const events = await sql<{
      object: string;
      outcome: string;
    }>`select object_id as object, outcome from preservation.event
      where type = 'validation' and detail->>'check' = ${id}`.execute(kept.db.owner);
    expect(events.rows).toContainEqual({ object: `urn:uuid:${ids[0]}`, outcome: 'failure' });
  });
});
