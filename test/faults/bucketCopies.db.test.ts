import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStore, type S3Location, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { type CopiesHouse, copiesHouse, SYSTEM } from '../support/copies.ts';
import { s3Missing, s3Program, startS3, type TestS3 } from '../support/s3.ts';
import { type TroubledLine, troubledLine } from '../support/troubledLine.ts';

const TOP = ['inventory.json.sha512', '0=ocfl_object_1.1', 'inventory.json'];
const VICTIMS = process.env.LANTAI_FAULT_ROUNDS
  ? ['v1/content/a.txt', 'v1/content/b.bin', 'v1/inventory.json', ...TOP]
  : ['v1/content/b.bin', '0=ocfl_object_1.1'];

describe.skipIf(!s3Program)(`copies on an S3 server${s3Missing}`, () => {
  let s3: TestS3;
  let line: TroubledLine;
  let house: CopiesHouse;
  let location: S3Location;
  const pool = createDigestPool(1);
  beforeAll(async () => {
    s3 = await startS3();
    line = await troubledLine(s3.endpoint);
  });
  afterAll(async () => {
    await line.close();
    await s3.stop();
    await pool.close();
  });
  beforeEach(async () => {
    house = await copiesHouse({ copiesWanted: 2 });
    location = s3.location();
    await house.addBucket('bucket', { ...location, endpoint: line.endpoint });
  });
  afterEach(async () => {
    line.trouble(() => undefined);
    await house.close();
  });

  /** Where a file of the bucket lies on this machine. */
  const inBucket = (path: string) => join(s3.folder, location.prefix, path);
  const counts = async (name = 'bucket') =>
    (await house.copies.stores(SYSTEM)).find((v) => v.store.name === name)!.counts;
  const codes = async () =>
    (await house.copies.alarms(SYSTEM, { states: ['open'], limit: 100 })).map(
      (a) => `${a.storeName} ${a.code}`,
    );
  const conditions = async (objectId: string) =>
    Object.fromEntries(
      (await house.copies.objectCopies(SYSTEM, objectId)).copies.map((c) => [c.storeName, c.condition]),
    );
  async function rootErrors(): Promise<string[]> {
    const { store, close } = await openStore(location, { pool });
    try {
      const { findings } = await validateRoot(store);
      return findings.filter((f) => f.severity === 'error').map((f) => `${f.code} ${f.path}`);
    } finally {
      close();
    }
  }
  /** What was tried in vain rests a while. */
  const later = () =>
    house.house.clock.set(new Date(house.house.clock.now().getTime() + 3_600_000).toISOString());

  it('are made, follow new versions, are read back whole, and are a sound storage root', async () => {
    const first = await house.put({
      'a.txt': 'eins',
      'pages/1.txt': 'zwei',
      'big.bin': Buffer.alloc(9_000_000, 3),
    });
    for (let n = 0; n < 5; n++) await house.put({ 'a.txt': `object ${n}` });
    expect((await house.copies.overview(SYSTEM)).atRisk.heldTooFew).toBe(6);
    await house.copies.catchUp();
    expect(await counts()).toMatchObject({ sound: 6, wanted: 0 });
    expect((await house.copies.overview(SYSTEM)).atRisk.heldTooFew).toBe(0);
    await house.put({ 'a.txt': 'eins, corrected' }, first.unitId);
    await house.put({ 'a.txt': 'and once more' }, first.unitId);
    expect(await conditions(first.objectId)).toEqual({ main: 'sound', bucket: 'behind' });
    await house.copies.catchUp();
    expect(await conditions(first.objectId)).toEqual({ main: 'sound', bucket: 'sound' });
    expect(await readFile(inBucket(`${first.path}/v3/content/a.txt`), 'utf8')).toBe('and once more');
    expect(await house.copies.verifyNow({ repair: false })).toMatchObject({
      checked: 12,
      sound: 12,
      remaining: 0,
    });
    expect(await rootErrors()).toEqual([]);
  });

  it('mend the storage root: a flipped bit, a file and an object that are gone', async () => {
    const objects = [];
    for (let n = 0; n < 3; n++)
      objects.push(await house.put({ 'a.txt': `object ${n}`, 'b.bin': Buffer.alloc(90_000, n) }));
    await house.copies.catchUp();
    const [bit, file, all] = objects.map((o) => join(house.main, o.path)) as [string, string, string];
    const bytes = await readFile(join(bit, 'v1/content/b.bin'));
    bytes[777]! ^= 1;
    await writeFile(join(bit, 'v1/content/b.bin'), bytes);
    await rm(join(file, 'v1/content/a.txt'));
    await rm(all, { recursive: true });
    expect(await house.copies.verifyNow({ storeName: 'main', repair: false })).toMatchObject({
      remaining: 3,
    });
    expect((await codes()).sort()).toEqual(['main damaged', 'main damaged', 'main missing']);
    expect(await house.copies.verifyNow({ storeName: 'main', repair: true })).toMatchObject({
      repaired: 3,
      remaining: 0,
    });
    for (const [n, o] of objects.entries()) {
      expect(await readFile(join(house.main, o.path, 'v1/content/a.txt'), 'utf8')).toBe(`object ${n}`);
      const events = await sql<{
        type: string;
        detail: { from?: string };
      }>`select type, detail from preservation.event
        where object_id = ${o.objectId} and type = 'repair'`.execute(house.house.db.owner);
      expect(events.rows.map((e) => e.detail.from)).toEqual(['bucket']);
    }
    expect(await codes()).toEqual([]);
  });

  it('that are damaged are found, told of, and never taken for good', async () => {
    const { objectId, path } = await house.put({ 'a.txt': 'words that count' });
    await house.copies.catchUp();
    await writeFile(inBucket(`${path}/v1/content/a.txt`), 'words that counT');
    expect(await house.copies.verifyNow({ objectId, repair: false })).toMatchObject({ sound: 1, damaged: 1 });
    expect(await conditions(objectId)).toEqual({ main: 'sound', bucket: 'damaged' });
    expect((await house.copies.overview(SYSTEM)).atRisk.heldTooFew).toBe(1);
    expect(await codes()).toEqual(['bucket damaged']);
    // Nor is the good one mended from it.
    await house.copies.verifyNow({ objectId, storeName: 'main', repair: true });
    expect(await readFile(join(house.main, path, 'v1/content/a.txt'), 'utf8')).toBe('words that count');
    // With every copy damaged nothing is touched.
    await writeFile(join(house.main, path, 'v1/content/a.txt'), 'words that coUnt');
    expect(await house.copies.verifyNow({ objectId, repair: true })).toMatchObject({
      repaired: 0,
      remaining: 2,
    });
    expect(await readFile(inBucket(`${path}/v1/content/a.txt`), 'utf8')).toBe('words that counT');
    expect(await readFile(join(house.main, path, 'v1/content/a.txt'), 'utf8')).toBe('words that coUnt');
  });

  const edit = async (path: string, to: (bytes: Buffer) => Buffer) =>
    writeFile(path, to(await readFile(path)));
  const damage: Record<string, (object: string) => Promise<void>> = {
    'a flipped bit': (object) =>
      edit(join(object, 'v1/content/big.bin'), (bytes) => {
        bytes[8_765_432]! ^= 1;
        return bytes;
      }),
    'a file cut short': (object) => edit(join(object, 'v1/content/b.txt'), (bytes) => bytes.subarray(0, 2)),
    'a file that is gone': (object) => rm(join(object, 'v1/content/b.txt')),
    'a file too many': (object) => writeFile(join(object, 'v1/content/stray.txt'), 'who put me here'),
    'a damaged inventory': (object) =>
      edit(join(object, 'inventory.json'), (bytes) => Buffer.concat([bytes, Buffer.from(' ')])),
    'a damaged inventory of a version': (object) =>
      edit(join(object, 'v1/inventory.json'), (bytes) => bytes.subarray(1)),
    'a sidecar that lies': (object) =>
      writeFile(join(object, 'inventory.json.sha512'), 'abc inventory.json\n'),
    'no declaration': (object) => rm(join(object, '0=ocfl_object_1.1')),
  };

  const DAMAGED = Object.keys(damage).slice(0, process.env.LANTAI_FAULT_ROUNDS ? undefined : 2);
  it.each(DAMAGED)('that are damaged are mended from a good one: %s', async (what) => {
    const files = { 'a.txt': 'eins', 'b.txt': 'zwei', 'big.bin': Buffer.alloc(17_000_000, 3) };
    const { objectId, path, unitId } = await house.put(files);
    await house.put({ 'a.txt': 'eins, corrected' }, unitId);
    await house.copies.catchUp();
    await damage[what]!(inBucket(path));
    expect(await house.copies.verifyNow({ objectId, repair: false })).toMatchObject({ damaged: 1 });
    expect(await codes()).toEqual(['bucket damaged']);
    expect(await house.copies.verifyNow({ objectId, repair: true })).toMatchObject({
      repaired: 1,
      remaining: 0,
    });
    expect(await conditions(objectId)).toEqual({ main: 'sound', bucket: 'sound' });
    expect(await codes()).toEqual([]);
    expect(await rootErrors()).toEqual([]);
    const events = await sql<{ detail: { from: string; by: string; files: number; takenOut: number } }>`
      select detail from preservation.event where object_id = ${objectId} and type = 'repair'`.execute(
      house.house.db.owner,
    );
    const strays = what === 'a file too many' ? 1 : 0;
    expect(events.rows.map((e) => e.detail)).toMatchObject([
      { from: 'main', by: 'files', files: 1 - strays, takenOut: strays },
    ]);
    // What was bad is kept, and nothing is left of the work.
    const kept = (await readdir(join(s3.folder, `${location.prefix}.quarantine`), { recursive: true })).map(
      String,
    );
    expect(kept.some((f) => f.endsWith('/why.json'))).toBe(true);
    expect(kept.some((f) => f.includes('/object/'))).toBe(
      what !== 'a file that is gone' && what !== 'no declaration',
    );
    const staging = join(s3.folder, `${location.prefix}.staging`);
    const left = await readdir(staging, { recursive: true }).catch(() => []);
    expect(left.filter((f) => f.includes('mending'))).toEqual([]);
  });

  it('are not mended with what the server does not keep', async () => {
    const { objectId, path } = await house.put({ 'a.txt': 'words that count' });
    await house.copies.catchUp();
    const at = inBucket(`${path}/v1/content/a.txt`);
    await writeFile(at, 'words that counT');
    // What is laid aside to be put in place turns bad before it is read back.
    let struck = 0;
    line.trouble((method, url) => {
      if (method !== 'GET' || !url.includes('/mending/') || struck > 0) return undefined;
      const ready = join(s3.folder, decodeURIComponent(url.split('?')[0]!).split('/').slice(2).join('/'));
      writeFileSync(ready, 'words that coUnt');
      struck++;
      return undefined;
    });
    expect(await house.copies.verifyNow({ objectId, repair: true })).toMatchObject({
      repaired: 0,
      remaining: 1,
    });
    expect(struck).toBe(1);
    expect(await readFile(at, 'utf8')).toBe('words that counT');
    expect((await conditions(objectId)).bucket).toBe('damaged');
    line.trouble(() => undefined);
    expect(await house.copies.verifyNow({ objectId, repair: true })).toMatchObject({ repaired: 1 });
    expect(await readFile(at, 'utf8')).toBe('words that count');
  });

  it('that the server did not keep as they were sent are no copies, whichever file it was', async () => {
    const { objectId, path } = await house.put({
      'a.txt': 'what was sent',
      'b.bin': Buffer.alloc(70_000, 5),
    });
    for (const victim of VICTIMS) {
      const at = inBucket(`${path}/${victim}`);
      let struck = 0;
      // The server has taken it, and what lies there is another byte.
      line.trouble((method) => {
        if (method !== 'GET' || struck > 0 || !existsSync(at)) return undefined;
        const bytes = readFileSync(at);
        bytes[bytes.length >> 1]! ^= 1;
        writeFileSync(at, bytes);
        struck++;
        return undefined;
      });
      later();
      await house.copies.catchUp();
      expect(struck, victim).toBe(1);
      line.trouble(() => undefined);
      expect((await conditions(objectId)).bucket, victim).not.toBe('sound');
      expect((await house.copies.overview(SYSTEM)).atRisk.heldTooFew).toBe(1);
      expect(await codes(), victim).toContain('bucket notKeeping');
      // A server that keeps what it is given gets it all, and the alarm is over.
      await rm(inBucket(path), { recursive: true, force: true });
      await house.copies.verifyNow({ objectId, repair: false });
      // Whose commit was cut short may still be at work, for all anybody knows: its lock lapses first.
      for (let tries = 0; (await conditions(objectId)).bucket !== 'sound'; tries++) {
        expect(tries, victim).toBeLessThan(30);
        if (tries > 0) await pause(1_000);
        later();
        await house.copies.catchUp();
      }
      expect(await codes()).toEqual([]);
      expect(await rootErrors()).toEqual([]);
      await rm(inBucket(path), { recursive: true, force: true });
      await sql`update preservation.copy set condition = 'wanted', checked_at = null, copied_at = null, head = null,
        inventory_digest = null where object_id = ${objectId} and condition = 'sound' and store_id in
        (select id from preservation.store where name = 'bucket')`.execute(house.house.db.owner);
    }
  });
});
