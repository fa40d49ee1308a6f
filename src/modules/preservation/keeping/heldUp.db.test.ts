import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesystemStore, type Lock, type Store } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { type CopiesHouse, copiesHouse, SYSTEM } from '../../../../test/support/copies.ts';

/** More than one round takes at a time. */
const MANY = 66;
const pool = createDigestPool(1);
let house: CopiesHouse;
/** The second store as another process has it open. */
let other: Store;
let minutes = 0;

beforeAll(async () => {
  house = await copiesHouse({ copiesWanted: 2 });
  await house.addStore('second');
  const root = house.at('second');
  other = filesystemStore({ root, staging: `${root}.staging`, pool });
});
afterAll(async () => {
  await house.close();
  await pool.close();
});

const later = () => house.house.clock.set(new Date(Date.UTC(2026, 2, 1, 3, ++minutes)).toISOString());
const copyOf = async (objectId: string) => {
  const r = await sql<{ condition: string; tried_at: Date | null; trouble: string | null }>`
    select c.condition, c.tried_at, c.trouble from preservation.copy c join preservation.store s on s.id = c.store_id
    where s.name = 'second' and object_id = ${objectId}`.execute(house.house.db.owner);
  return r.rows[0];
};
const alarms = () => house.copies.alarms(SYSTEM, { limit: 10 });
const WAITS = { tried_at: null, trouble: null };

describe('a copy whose object another process is writing in that store', () => {
  it('waits, counts as no failure, and is made when the other has finished', async () => {
    const fresh = await house.put({ 'a.txt': 'one' });
    const lock = await other.lock(fresh.path);
    await house.copies.catchUp();
    expect(await copyOf(fresh.objectId)).toEqual({ condition: 'wanted', ...WAITS });
    await lock.release();
    later();
    await house.copies.catchUp();
    expect(await copyOf(fresh.objectId)).toEqual({ condition: 'sound', ...WAITS });

    await house.put({ 'a.txt': 'two' }, fresh.unitId);
    const again = await other.lock(fresh.path);
    await house.copies.catchUp();
    expect(await copyOf(fresh.objectId)).toEqual({ condition: 'behind', ...WAITS });
    await again.release();
    later();
    await house.copies.catchUp();
    expect(await copyOf(fresh.objectId)).toEqual({ condition: 'sound', ...WAITS });
    expect(await alarms()).toEqual([]);
  });

  it('holds no other up, however many wait', async () => {
    const all = [];
    for (let i = 0; i < MANY; i++) all.push(await house.put({ 'a.txt': `object ${i}` }));
    all.sort((a, b) => (a.objectId < b.objectId ? -1 : 1));
    const last = all.pop()!;
    const locks: Lock[] = [];
    for (const { path } of all) locks.push(await other.lock(path));
    await house.copies.catchUp();
    expect(await copyOf(last.objectId)).toMatchObject({ condition: 'sound' });
    expect(await copyOf(all[0]!.objectId)).toEqual({ condition: 'wanted', ...WAITS });
    for (const lock of locks) await lock.release();
    later();
    await house.copies.catchUp();
    for (const { objectId } of all) expect(await copyOf(objectId)).toEqual({ condition: 'sound', ...WAITS });
    expect(await alarms()).toEqual([]);
  });

  it('is mended when the other has finished, too', async () => {
    const bad = await house.put({ 'a.txt': 'to be damaged' });
    await house.copies.catchUp();
    await rm(join(house.at('second'), bad.path, 'v1/content/a.txt'));
    await house.copies.verifyNow({ objectId: bad.objectId, repair: false });
    expect(await copyOf(bad.objectId)).toMatchObject({ condition: 'damaged', tried_at: null });
    const lock = await other.lock(bad.path);
    await house.copies.catchUp();
    expect(await copyOf(bad.objectId)).toMatchObject({ condition: 'damaged', tried_at: null });
    await lock.release();
    later();
    await house.copies.catchUp();
    expect(await copyOf(bad.objectId)).toEqual({ condition: 'sound', ...WAITS });
  });
});
