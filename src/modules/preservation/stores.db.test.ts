import { randomUUID } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filesystemReader, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { type CopiesHouse, copiesHouse, SYSTEM } from '../../../test/support/copies.ts';

let house: CopiesHouse;
beforeEach(async () => {
  house = await copiesHouse();
});
afterEach(() => house.close());

const view = async (name: string) => (await house.copies.stores(SYSTEM)).find((v) => v.store.name === name)!;
const openCodes = async () =>
  (await house.copies.alarms(SYSTEM, { states: ['open'], limit: 100 })).map(
    (a) => `${a.storeName} ${a.code}`,
  );

const waiting = async () =>
  (await house.copies.alarmsWaiting(SYSTEM, 300))
    .filter((a) => a.objectId === null)
    .map((a) => `${a.storeName} ${a.code} ${a.state}`);

async function findings(root: string): Promise<unknown[]> {
  const pool = createDigestPool(1);
  try {
    const { findings } = await validateRoot(filesystemReader(root, pool));
    return findings.filter((f) => f.severity !== 'info');
  } finally {
    await pool.close();
  }
}

it('a store that vanishes is said to be away, keeps the others going, and catches up when it is back', async () => {
  await house.addStore('second');
  await house.addStore('third');
  await house.put({ 'a.txt': 'before' });
  await house.copies.catchUp();
  await rename(house.at('second'), house.at('gone'));
  await house.put({ 'a.txt': 'while it is away' });
  await house.copies.catchUp();
  expect((await view('second')).store.reach).toBe('unreachable');
  expect((await view('third')).counts.sound).toBe(2);
  // A moment of weakness is no alarm.
  expect(await openCodes()).toEqual([]);
  house.house.clock.set('2026-03-01T03:00:00Z');
  await house.copies.catchUp();
  expect(await openCodes()).toEqual(['second unreachable']);
  const report = await house.copies.verifyNow({ repair: true });
  expect(report).toMatchObject({ unreachable: ['second'], damaged: 0, missing: 0 });
  expect((await view('second')).counts).toMatchObject({ sound: 1, wanted: 1, missing: 0 });

  await rename(house.at('gone'), house.at('second'));
  await house.copies.catchUp();
  expect((await view('second')).store.reach).toBe('reachable');
  expect((await view('second')).counts.sound).toBe(2);
  expect(await openCodes()).toEqual([]);
});

it('the empty folder a disk leaves that is not mounted is not written to', async () => {
  await house.addStore('second');
  await house.put({ 'a.txt': 'words' });
  await house.copies.catchUp();
  await rename(house.at('second'), house.at('gone'));
  await mkdir(house.at('second'));
  await house.put({ 'a.txt': 'more words' });
  await house.copies.catchUp();
  expect(await readdir(house.at('second'))).toEqual([]);
  expect((await view('second')).store.reach).toBe('unreachable');
});

it('a store that comes back old is found out by its note, and brought on', async () => {
  await house.addStore('second');
  const changed = await house.put({ 'a.txt': 'first version' });
  await house.copies.catchUp();
  for (const part of ['second', 'second.staging'])
    await cp(house.at(part), house.at(`old-${part}`), { recursive: true });
  house.house.clock.set('2026-03-02T02:00:00Z');
  await house.put({ 'a.txt': 'second version' }, changed.unitId);
  const added = await house.put({ 'a.txt': 'added later' });
  await house.copies.catchUp();
  expect((await view('second')).counts.sound).toBe(2);
  for (const part of ['second', 'second.staging']) {
    await rm(house.at(part), { recursive: true });
    await rename(house.at(`old-${part}`), house.at(part));
  }
  await house.copies.catchUp();
  // Told, and over when what it lacked was brought on; it waits for somebody to take note all the same.
  expect(await openCodes()).toEqual([]);
  expect(await waiting()).toEqual(['second cameBackOld solved']);
  expect((await view('second')).counts).toMatchObject({ sound: 2, behind: 0 });
  expect(await readFile(join(house.at('second'), changed.path, 'v2/content/a.txt'), 'utf8')).toBe(
    'second version',
  );
  expect(await readFile(join(house.at('second'), added.path, 'v1/content/a.txt'), 'utf8')).toBe(
    'added later',
  );
  expect(await findings(house.at('second'))).toEqual([]);
});

it('a store that waits for a new version has not come back old, when it is verified meanwhile', async () => {
  await house.addStore('second');
  const changed = await house.put({ 'a.txt': 'first version' });
  await house.copies.catchUp();
  await house.put({ 'a.txt': 'second version' }, changed.unitId);
  expect((await view('second')).counts.behind).toBe(1);
  expect(await house.copies.verifyNow({ repair: false })).toMatchObject({ behind: 1 });
  expect(await openCodes()).toEqual([]);
});

it('a storage root older than the database gets what it lacks from the copies', async () => {
  await house.addStore('second');
  const changed = await house.put({ 'a.txt': 'first version' });
  await house.copies.catchUp();
  await cp(house.main, house.at('old-main'), { recursive: true });
  await house.put({ 'a.txt': 'second version' }, changed.unitId);
  const added = await house.put({ 'a.txt': 'added later' });
  await house.copies.catchUp();
  await rm(house.main, { recursive: true });
  await rename(house.at('old-main'), house.main);
  const found = await house.copies.verifyNow({ repair: false });
  expect(found).toMatchObject({ behind: 1, missing: 1, remaining: 2 });
  const mended = await house.copies.verifyNow({ repair: true });
  expect(mended).toMatchObject({ repaired: 2, remaining: 0 });
  expect(await readFile(join(house.main, changed.path, 'v2/content/a.txt'), 'utf8')).toBe('second version');
  expect(await readFile(join(house.main, added.path, 'v1/content/a.txt'), 'utf8')).toBe('added later');
  expect(await findings(house.main)).toEqual([]);
});

it('a whole disk gone is one alarm about the store and not thousands about copies', async () => {
  await house.addStore('second');
  for (let i = 0; i < 130; i++) await house.put({ 'a.txt': `object ${i}` });
  await house.copies.catchUp();
  for (const name of await readdir(house.at('second')))
    if (/^[0-9a-f]{2}$/.test(name)) await rm(join(house.at('second'), name), { recursive: true });
  await house.copies.verifyNow({ repair: false });
  const codes = await openCodes();
  expect(codes.filter((c) => c === 'second missing')).toHaveLength(99);
  expect((await house.copies.alarms(SYSTEM, { states: ['open'], limit: 200 })).length).toBe(101);
  expect((await view('second')).counts.missing).toBe(130);
  // Nobody fills a disk anew that may only be away, until somebody took note.
  await house.copies.catchUp();
  expect((await view('second')).counts.missing).toBe(130);
  const many = (await house.copies.alarms(SYSTEM, { states: ['open'], limit: 200 })).find(
    (a) => a.code === 'manyFailing',
  )!;
  await house.copies.decideAlarm(SYSTEM, many.id, 'acknowledged', 'the disk was replaced');
  // Some were looked at again meanwhile, in vain; these rest a while.
  house.house.clock.set('2026-03-01T05:00:00Z');
  await house.copies.catchUp();
  expect((await view('second')).counts).toMatchObject({ missing: 0, sound: 130 });
  expect((await house.copies.alarms(SYSTEM, { states: ['open', 'acknowledged'], limit: 200 })).length).toBe(
    0,
  );
});

it('a disk that is back after many copies were missed is found out by itself, and its alarm ends', async () => {
  await house.addStore('second');
  for (let i = 0; i < 120; i++) await house.put({ 'a.txt': `object ${i}` });
  await house.copies.catchUp();
  const folders = (await readdir(house.at('second'))).filter((n) => /^[0-9a-f]{2}$/.test(n));
  await mkdir(house.at('elsewhere'));
  for (const n of folders) await rename(join(house.at('second'), n), join(house.at('elsewhere'), n));
  await house.copies.verifyNow({ repair: false });
  await house.copies.catchUp();
  expect(await waiting()).toEqual(['second manyFailing open']);
  expect((await view('second')).counts.missing).toBe(120);
  for (const n of folders) await rename(join(house.at('elsewhere'), n), join(house.at('second'), n));
  // What was looked at in vain rests a while.
  house.house.clock.set('2026-03-01T05:00:00Z');
  await house.copies.catchUp();
  expect((await view('second')).counts).toMatchObject({ missing: 0, sound: 120 });
  expect(await waiting()).toEqual(['second manyFailing solved']);
  expect(await openCodes()).toEqual([]);
});

it('a copy that knows more than everybody else is left alone, and a person told', async () => {
  await house.addStore('second');
  const { objectId, path, unitId } = await house.put({ 'a.txt': 'first version' });
  await house.copies.catchUp();
  await cp(join(house.main, path), house.at('first-version'), { recursive: true });
  const { db } = house.house;
  const { sql } = await import('#kernel/db');
  const before = await sql<{ head: string; digest: string }>`select head, inventory_digest as digest
    from preservation.object where object_id = ${objectId}`.execute(db.owner);
  await house.put({ 'a.txt': 'second version' }, unitId);
  await house.copies.catchUp();
  // Both the root and the database put back from before.
  await rm(join(house.main, path), { recursive: true });
  await rename(house.at('first-version'), join(house.main, path));
  await sql`update preservation.object set head = ${before.rows[0]!.head}, inventory_digest = ${before.rows[0]!.digest}
    where object_id = ${objectId}`.execute(db.owner);
  const report = await house.copies.verifyNow({ objectId, repair: true });
  expect(report.findings.map((f) => f.condition)).toContain('ahead');
  await house.copies.catchUp();
  expect(await readFile(join(house.at('second'), path, 'v2/content/a.txt'), 'utf8')).toBe('second version');
  expect(await openCodes()).toContain('second ahead');
});

it('damaged bytes in the storage root are never copied', async () => {
  const { objectId, path } = await house.put({ 'a.txt': 'whole', 'b.txt': 'well' });
  await writeFile(join(house.main, path, 'v1/content/a.txt'), 'wholE');
  await house.addStore('second');
  await house.copies.catchUp();
  expect((await view('second')).counts).toMatchObject({ sound: 0, wanted: 1 });
  expect(await openCodes()).toContain('main damaged');
  await writeFile(join(house.main, path, 'v1/content/a.txt'), 'whole');
  await house.copies.verifyNow({ objectId, repair: false });
  house.house.clock.set('2026-03-01T05:00:00Z');
  await house.copies.catchUp();
  expect((await view('second')).counts).toMatchObject({ sound: 1, wanted: 0 });
});

it('a place that is used already, or lies within one, is not taken twice', async () => {
  await house.addStore('second');
  await expect(house.addStore('second')).rejects.toMatchObject({ code: 'store.duplicate' });
  const at = (root: string) =>
    house.copies.addStore(SYSTEM, {
      name: 'other',
      secrets: null,
      megabytesPerSecond: null,
      location: { kind: 'folder', root },
    });
  await expect(at(house.at('second'))).rejects.toMatchObject({ code: 'store.taken' });
  await expect(at(join(house.main, 'within'))).rejects.toMatchObject({ code: 'store.taken' });
  await mkdir(house.at('full'));
  await writeFile(join(house.at('full'), 'holiday.jpg'), 'x');
  await expect(at(house.at('full'))).rejects.toMatchObject({ code: 'ocfl.notEmpty' });
});

it('only who looks after stores at the top adds one, and shows afresh who they are', async () => {
  const place = {
    name: 'mine',
    secrets: null,
    megabytesPerSecond: null,
    location: { kind: 'folder', root: house.at('mine') } as const,
  };
  const county = house.house.person(['stores.manage'], house.house.county);
  await expect(house.copies.addStore(county, place)).rejects.toMatchObject({ code: 'actor.forbidden' });
  const stale = {
    ...house.house.person(['stores.manage'], house.house.province),
    authenticatedAt: new Date(0),
  };
  await expect(house.copies.addStore(stale, place)).rejects.toMatchObject({ code: 'session.stale' });
  const keeper = house.house.person(['stores.manage', 'preservation.read'], house.house.province);
  expect((await house.copies.addStore(keeper, place)).name).toBe('mine');
});

it('alarms and figures of an archive are for who looks after its holdings alone', async () => {
  const { objectId, path } = await house.put({ 'a.txt': 'of the county' });
  await rm(join(house.main, path), { recursive: true });
  await house.copies.verifyNow({ repair: false });
  const { county, neighbour } = house.house;
  const custodian = house.house.person(['preservation.read', 'preservation.manage'], county);
  const other = house.house.person(['preservation.read', 'preservation.manage'], neighbour);
  const [alarm] = await house.copies.alarmsWaiting(custodian, 10);
  expect(alarm).toMatchObject({ objectId, code: 'missing' });
  expect(await house.copies.alarmsWaiting(other, 10)).toEqual([]);
  await expect(house.copies.decideAlarm(other, alarm!.id, 'solved', 'mine')).rejects.toMatchObject({
    code: 'alarm.notFound',
  });
  await expect(house.copies.objectCopies(other, objectId)).rejects.toMatchObject({ code: 'object.notFound' });
  expect((await house.copies.failures(other, { conditions: ['missing'], limit: 10 })).length).toBe(0);
  expect((await house.copies.failures(custodian, { conditions: ['missing'], limit: 10 })).length).toBe(1);
  expect(await house.copies.overview(other)).toMatchObject({ objects: 0, alarmsOpen: 0 });
  expect(await house.copies.overview(custodian)).toMatchObject({ objects: 1, alarmsOpen: 1 });
  expect((await house.copies.stores(custodian))[0]!.addressShown).toBe(false);
});

it('a county has all of its own verified, nothing of its neighbour, and the house is not its to verify', async () => {
  const { county, neighbour } = house.house;
  await house.addStore('second');
  await house.put({ 'a.txt': 'ours' });
  const { path } = await house.put({ 'a.txt': 'theirs' }, randomUUID(), neighbour);
  await house.copies.catchUp();
  await writeFile(join(house.main, path, 'v1/content/a.txt'), 'thairs');
  const custodian = house.house.person(['preservation.manage'], county);
  const all = { objectId: null, storeId: null, repair: true };
  await expect(house.copies.askCheck(custodian, { ...all, archiveId: null })).rejects.toMatchObject({
    code: 'actor.forbidden',
  });
  await expect(house.copies.askCheck(custodian, { ...all, archiveId: neighbour })).rejects.toMatchObject({
    code: 'archive.notFound',
  });
  expect(await house.copies.askCheck(custodian, { ...all, archiveId: county })).toEqual(expect.any(String));
  expect(await house.copies.verifyNow({ archiveId: county, repair: true })).toMatchObject({
    checked: 2,
    sound: 2,
  });
  expect(await house.copies.verifyNow({ archiveId: neighbour, repair: false })).toMatchObject({
    checked: 2,
    damaged: 1,
  });
});
