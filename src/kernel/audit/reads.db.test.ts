import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.ts';
import { createAuditTrail, createReadTrail } from '../audit.ts';
import { fixedClock } from '../clock.ts';
import { type Database, openDatabase, sql } from '../db.ts';
import { newId } from '../ids.ts';
import { partsOfDay } from './reads.ts';

let fresh: FreshDatabase;
let db: Database;
const clock = fixedClock('2026-03-01T02:00:00Z');

beforeAll(async () => {
  fresh = await freshDatabase();
  db = openDatabase({ url: fresh.url, appUrl: fresh.appUrl, max: 4 });
});
afterAll(async () => {
  await db.close();
  await fresh.drop();
});

const trail = () =>
  createReadTrail({
    db,
    clock,
    audit: createAuditTrail(clock, newId, 'sha256'),
    timeZone: 'Asia/Shanghai',
  });

async function entries(target: string): Promise<number> {
  const r = await sql<{ n: number }>`select count(*)::int as n from audit.entry
    where target_id = ${target}`.execute(db.owner);
  return r.rows[0]!.n;
}

const reading = (personId: string, id: string) => ({
  personId,
  act: 'unit.contentRead',
  target: { type: 'unit', id },
});
const entry = (personId: string, id: string) => async () => ({
  ...reading(personId, id),
  actor: { id: personId, name: '王某' },
  archiveId: null,
});

describe('reads of what is not public', () => {
  it('are one entry per person, thing and part of the day, over several processes too', async () => {
    const [a, b, thing] = [newId(), newId(), newId()];
    const processes = [trail(), trail(), trail()];
    const pages = Array.from({ length: 12 }, (_, n) => processes[n % 3]!);
    await Promise.all(pages.map((p) => p.auditRead(reading(a, thing), entry(a, thing))));
    expect(await entries(thing)).toBe(1);
    await processes[0]!.auditRead(reading(b, thing), entry(b, thing));
    expect(await entries(thing)).toBe(2);
    clock.set('2026-03-01T09:00:00Z');
    await processes[0]!.auditRead(reading(a, thing), entry(a, thing));
    expect(await entries(thing)).toBe(3);
  });

  it('are not written for what is public', async () => {
    const thing = newId();
    await trail().auditRead(reading(newId(), thing), async () => undefined);
    expect(await entries(thing)).toBe(0);
  });

  it('count the parts of the day by the clock on the wall', () => {
    const part = partsOfDay('Asia/Shanghai');
    expect(part(new Date('2026-03-01T15:59:59Z'))).toBe('2026-03-01/3');
    expect(part(new Date('2026-03-01T16:00:00Z'))).toBe('2026-03-02/0');
    expect(part(new Date('2026-03-01T22:00:00Z'))).toBe('2026-03-02/1');
  });
});
