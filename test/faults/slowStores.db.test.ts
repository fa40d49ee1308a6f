import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CopiesHouse, copiesHouse, SYSTEM } from '../support/copies.ts';
import { s3Missing, s3Program, startS3 } from '../support/s3.ts';
import { troubledLine } from '../support/troubledLine.ts';

const run = promisify(execFile);
let house: CopiesHouse;
beforeEach(async () => {
  // So long a call takes on no busy machine, and not for as long as the product waits.
  const calls = { callMs: 4_500, idleMs: 3_000, tries: 1 };
  house = await copiesHouse({}, { slowMs: 1_000, goneMs: 1_500, calls });
});
afterEach(() => house.close());

const view = async (name: string) => (await house.copies.stores(SYSTEM)).find((v) => v.store.name === name)!;
const openCodes = async () =>
  (await house.copies.alarms(SYSTEM, { states: ['open'], limit: 100 })).map(
    (a) => `${a.storeName} ${a.code}`,
  );
async function until(what: () => Promise<boolean>, ms = 120_000): Promise<void> {
  for (const end = performance.now() + ms; !(await what()); await pause(50))
    if (performance.now() > end) throw new Error('waited in vain');
}

/** A file whose opening hangs, as every call does on a network disk whose server is gone. Let it go again. */
async function hanging(path: string): Promise<() => Promise<void>> {
  const [aside, pipe] = ['aside', 'pipe'].map((what) => house.at(`${what}-${randomUUID()}`)) as [
    string,
    string,
  ];
  await rename(path, aside);
  await run('mkfifo', [path]);
  return async () => {
    // Whoever waits is let in, and finds nothing; who comes later finds the file.
    await rename(path, pipe);
    await rename(aside, path);
    for (let tries = 0; tries < 10; tries++, await pause(20))
      try {
        closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
      } catch {
        return;
      }
  };
}

describe.skipIf(process.platform === 'win32')('a disk that hangs', () => {
  it('is away after a moment, is not asked again and again, and holds up neither the others nor reading', async () => {
    await house.addStore('second');
    await house.addStore('third');
    const held = await house.put({ 'a.txt': 'held before' });
    await house.copies.catchUp();
    const letGo = await hanging(join(house.at('second.staging'), 'store.json'));
    try {
      // More often than there are threads for reading files in this process.
      for (let n = 0; n < 5; n++) {
        const put = await house.put({ 'a.txt': `while it hangs ${n}` });
        await house.copies.catchUp();
        expect(await readFile(join(house.at('third'), put.path, 'v1/content/a.txt'), 'utf8')).toContain(
          `${n}`,
        );
      }
      expect((await view('second')).store).toMatchObject({
        reach: 'unreachable',
        trouble: 'no answer within 1.5 seconds',
      });
      house.house.clock.set('2026-03-01T03:00:00Z');
      await house.copies.catchUp();
      expect(await openCodes()).toEqual(['second unreachable']);
      // What is damaged elsewhere is mended without it.
      await rm(join(house.main, held.path, 'v1/content/a.txt'));
      expect(await house.copies.verifyNow({ objectId: held.objectId, repair: true })).toMatchObject({
        repaired: 1,
        unreachable: ['second'],
      });
    } finally {
      await letGo();
    }
    await until(async () => {
      await house.copies.catchUp();
      return (await view('second')).counts.sound === 6;
    });
    expect(await openCodes()).toEqual([]);
  });

  it('while it is read through keeps no other store from being read through', async () => {
    await house.addStore('second');
    const objects = [];
    for (let n = 0; n < 4; n++) objects.push(await house.put({ 'a.txt': `object ${n}` }));
    await house.copies.catchUp();
    const lets = [];
    for (const { path } of objects)
      lets.push(await hanging(join(house.at('second'), path, 'v1/content/a.txt')));
    const hung = house.copies.verifyNow({ storeName: 'second', repair: false });
    let ended = false;
    void hung.finally(() => {
      ended = true;
    });
    await pause(500);
    const main = await house.copies.verifyNow({ mainOnly: true, repair: false });
    expect(main).toMatchObject({ checked: 4, sound: 4 });
    expect(ended).toBe(false);
    while (!ended) {
      for (const letGo of lets.splice(0)) await letGo();
      await pause(50);
    }
    // Met while they hung, they were looked at once more.
    expect(await hung).toMatchObject({ checked: 4, remaining: 0 });
  });
});

describe.skipIf(!s3Program)(`a server that is slow${s3Missing}`, () => {
  it('is told of after a while, gets its copies all the same, and holds up no other store', async () => {
    const s3 = await startS3();
    const line = await troubledLine(s3.endpoint);
    try {
      await house.addBucket('bucket', { ...s3.location(), endpoint: line.endpoint });
      line.lateMs = 200;
      line.trouble(() => 'late');
      await house.addStore('third');
      for (let n = 0; n < 6; n++) await house.put({ 'a.txt': `object ${n}` });
      house.copies.caretaker.start();
      await until(async () => (await view('third')).counts.sound === 6);
      expect((await view('bucket')).counts.sound).toBeLessThan(6);
      await until(async () => (await view('bucket')).counts.sound === 6);
      line.lateMs = 900;
      await until(async () => {
        await house.copies.catchUp();
        return (await view('bucket')).store.reach === 'slow';
      });
      expect(await openCodes()).toEqual([]);
      house.house.clock.set('2026-03-01T03:00:00Z');
      await house.copies.catchUp();
      expect(await openCodes()).toEqual(['bucket slow']);
      line.trouble(() => undefined);
      await house.copies.catchUp();
      expect(await openCodes()).toEqual([]);
      expect((await view('bucket')).store.reach).toBe('reachable');
    } finally {
      await house.copies.caretaker.stop();
      await line.close();
      await s3.stop();
    }
  });

  it('that falls silent in the middle of a copy is waited for no longer than the limits, and nothing counts as held', async () => {
    const s3 = await startS3();
    const line = await troubledLine(s3.endpoint);
    try {
      await house.addBucket('bucket', { ...s3.location(), endpoint: line.endpoint });
      await house.put({ 'a.txt': 'words', 'b.bin': Buffer.alloc(300_000, 1) });
      line.trouble((method, path) =>
        method === 'GET' && path.includes('/content/') ? 'silence' : undefined,
      );
      const before = performance.now();
      await house.copies.catchUp();
      expect(performance.now() - before).toBeLessThan(60_000);
      const { counts } = await view('bucket');
      expect(counts).toMatchObject({ sound: 0, wanted: 1 });
      const [failure] = (await house.copies.objectCopies(SYSTEM, (await anyObject())!)).copies.filter(
        (c) => c.storeName === 'bucket',
      );
      expect(failure?.trouble).toMatch(/did not answer|no answer|slow/i);
      line.trouble(() => undefined);
      house.house.clock.set('2026-03-01T03:00:00Z');
      await until(async () => {
        await house.copies.catchUp();
        return (await view('bucket')).counts.sound === 1;
      });
    } finally {
      await line.close();
      await s3.stop();
    }
  });
});

async function anyObject(): Promise<string | undefined> {
  const { sql } = await import('#kernel/db');
  const r = await sql<{ id: string }>`select object_id as id from preservation.object limit 1`.execute(
    house.house.db.owner,
  );
  return r.rows[0]?.id;
}
