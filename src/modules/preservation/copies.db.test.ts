import { appendFile, cp, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesystemReader, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { type CopiesHouse, copiesHouse, SYSTEM } from '../../../test/support/copies.ts';

let house: CopiesHouse;
let second: string;
let third: string;
const pool = createDigestPool(1);

beforeAll(async () => {
  house = await copiesHouse({ copiesWanted: 2 });
});
afterAll(async () => {
  await house.close();
  await pool.close();
});

const conditions = async (objectId: string) =>
  Object.fromEntries(
    (await house.copies.objectCopies(SYSTEM, objectId)).copies.map((c) => [c.storeName, c.condition]),
  );
const counts = async (name: string) =>
  (await house.copies.stores(SYSTEM)).find((v) => v.store.name === name)!.counts;
const typesOf = async (objectId: string) =>
  (
    await sql<{ type: string; outcome: string }>`select type, outcome from preservation.event
    where object_id = ${objectId} order by at, id`.execute(house.house.db.owner)
  ).rows.map((e) => `${e.type} ${e.outcome}`);
const findings = async (root: string) =>
  (await validateRoot(filesystemReader(root, pool))).findings.filter((f) => f.severity !== 'info');

describe('copies', () => {
  let first: Awaited<ReturnType<CopiesHouse['put']>>;

  it('are wanted by a new store for what is held, made, read back, and only then count', async () => {
    first = await house.put({ 'a.txt': 'eins', 'pages/1.txt': 'zwei', 'big.bin': Buffer.alloc(300_000, 3) });
    for (let i = 0; i < 5; i++) await house.put({ 'a.txt': `object ${i}` });
    second = (await house.addStore('second')).id;
    expect((await house.copies.overview(SYSTEM)).atRisk.heldTooFew).toBe(6);
    await house.copies.catchUp();
    expect(await counts('second')).toMatchObject({ sound: 6, wanted: 0 });
    expect(await counts('main')).toMatchObject({ sound: 6 });
    expect(await findings(house.at('second'))).toEqual([]);
    expect((await house.copies.overview(SYSTEM)).atRisk.heldTooFew).toBe(0);
    expect(await typesOf(first.objectId)).toEqual(['replication success']);
  });

  it('of a segment are made and verified without an event, which would make the next segment', async () => {
    const { db, clock } = house.house;
    const owner = {
      objectId: 'urn:lantai:segment:test:1',
      kind: 'segment',
      archiveId: null,
      unitId: null,
    } as const;
    const next = {
      files: [{ logicalPath: 'rows.jsonl', source: { bytes: Buffer.from('{}\n') } }],
      message: 'segment',
      user: { name: 'test', address: 'urn:test' },
      created: clock.now(),
    };
    const [outcome] = await house.preservation.writing.put([{ ...owner, next }]);
    if (!outcome || 'error' in outcome) throw outcome?.error;
    await db.system((tx) => house.preservation.writing.enter(tx, owner, outcome.result));
    await house.copies.catchUp();
    await house.copies.verifyNow({ objectId: owner.objectId, repair: false });
    expect(await conditions(owner.objectId)).toEqual({ main: 'sound', second: 'sound' });
    expect(await typesOf(owner.objectId)).toEqual([]);
    await rm(join(house.at('second'), house.preservation.repository.pathOf(owner.objectId)), {
      recursive: true,
    });
    await house.copies.verifyNow({ objectId: owner.objectId, repair: true });
    expect(await typesOf(owner.objectId)).toEqual(['fixity check failure', 'repair success']);
    await sql`delete from preservation.object where object_id = ${owner.objectId}`.execute(db.owner);
  });

  it('follow a new version, and take objects held from then on', async () => {
    await house.put({ 'a.txt': 'eins, corrected' }, first.unitId);
    await house.put({ 'a.txt': 'and once more' }, first.unitId);
    expect(await conditions(first.objectId)).toEqual({ main: 'sound', second: 'behind' });
    const later = await house.put({ 'a.txt': 'later' });
    expect(await conditions(later.objectId)).toEqual({ main: 'sound', second: 'wanted' });
    await house.copies.catchUp();
    expect(await conditions(first.objectId)).toEqual({ main: 'sound', second: 'sound' });
    expect(await findings(house.at('second'))).toEqual([]);
    const object = join(house.at('second'), first.path);
    expect(await readFile(join(object, 'v3/content/a.txt'), 'utf8')).toBe('and once more');
  });

  it('of one store are nothing to do with those of another: losing a store leaves the others as they were', async () => {
    third = (await house.addStore('third')).id;
    await house.copies.catchUp();
    expect(await counts('third')).toMatchObject({ sound: 7 });
    await house.copies.loseStore(SYSTEM, third, 'the disk broke');
    expect(await conditions(first.objectId)).toMatchObject({ main: 'sound', second: 'sound' });
    expect((await house.copies.overview(SYSTEM)).stores).toBe(2);
    const acts = await sql<{
      act: string;
    }>`select act from audit.entry where act like 'store.%' order by id`.execute(house.house.db.owner);
    expect(acts.rows.map((a) => a.act)).toEqual(['store.added', 'store.added', 'store.lost']);
  });

  it('a store is only taken out when all is held elsewhere as often as wanted', async () => {
    await expect(house.copies.removeStore(SYSTEM, second, 'too old')).rejects.toMatchObject({
      code: 'store.heldTooFew',
    });
    const fourth = await house.addStore('fourth');
    const drained = await house.copies.updateStore(SYSTEM, second, {
      version: (await house.copies.stores(SYSTEM)).find((v) => v.store.id === second)!.store.version,
      state: 'draining',
    });
    expect(drained.state).toBe('draining');
    await expect(house.copies.removeStore(SYSTEM, second, 'too old')).rejects.toMatchObject({
      code: 'store.heldTooFew',
    });
    const whileDraining = await house.put({ 'a.txt': 'not for the one that is drained' });
    await house.copies.catchUp();
    expect(await conditions(whileDraining.objectId)).toEqual({ main: 'sound', fourth: 'sound' });
    await house.copies.removeStore(SYSTEM, second, 'too old');
    expect((await house.copies.stores(SYSTEM)).find((v) => v.store.id === second)!.store.state).toBe(
      'removed',
    );
    expect(await readdir(house.at('second'))).not.toEqual([]);
    expect(fourth.state).toBe('active');
  });
});

describe('verifying and mending', () => {
  const damage: Record<string, (object: string, other: string) => Promise<void>> = {
    'a flipped bit': async (object) => {
      const path = join(object, 'v1/content/big.bin');
      const bytes = await readFile(path);
      bytes[12_345]! ^= 1;
      await writeFile(path, bytes);
    },
    'a file cut short': (object) => truncate(join(object, 'v1/content/big.bin'), 5),
    'a file that is gone': (object) => rm(join(object, 'v1/content/a.txt')),
    'files exchanged': async (object) => {
      await rename(join(object, 'v1/content/a.txt'), join(object, 'v1/content/x'));
      await rename(join(object, 'v1/content/b.txt'), join(object, 'v1/content/a.txt'));
      await rename(join(object, 'v1/content/x'), join(object, 'v1/content/b.txt'));
    },
    'a file too many': (object) => writeFile(join(object, 'v1/content/stray.txt'), 'who put me here'),
    'a damaged inventory': (object) => appendFile(join(object, 'inventory.json'), ' '),
    'a sidecar that lies': (object) =>
      writeFile(join(object, 'inventory.json.sha512'), 'abc inventory.json\n'),
    'a declaration that is gone': (object) => rm(join(object, '0=ocfl_object_1.1')),
    'no object at all': (object) => rm(object, { recursive: true }),
    'another object in its place': async (object, other) => {
      await rm(object, { recursive: true });
      await cp(other, object, { recursive: true });
    },
    'a folder where a file was': async (object) => {
      await rm(join(object, 'v1/content/a.txt'));
      await mkdir(join(object, 'v1/content/a.txt'));
      await writeFile(join(object, 'v1/content/a.txt/x'), 'x');
    },
  };

  for (const [where, store] of [
    ['the storage root', 'main'],
    ['a further store', 'fourth'],
  ] as const)
    for (const [what, harm] of Object.entries(damage))
      it(`finds ${what} in ${where}, tells of it, and mends it from a good copy`, async () => {
        const files = { 'a.txt': `a ${what} ${where}`, 'b.txt': 'b', 'big.bin': Buffer.alloc(200_000, what) };
        const { objectId, path } = await house.put(files);
        const other = await house.put({ 'other.txt': what });
        await house.copies.catchUp();
        await harm(join(house.at(store), path), join(house.at(store), other.path));
        const found = await house.copies.verifyNow({ objectId, repair: false });
        expect(found).toMatchObject({ checked: 2, sound: 1, remaining: 1 });
        expect(found.findings[0]).toMatchObject({ objectId, store });
        expect((await conditions(objectId))[store]).toMatch(/damaged|missing/);
        const alarm = (await house.copies.alarmsWaiting(SYSTEM, 50)).find((a) => a.objectId === objectId)!;
        expect(alarm).toMatchObject({ state: 'open', storeName: store, archiveId: house.house.county });

        const mended = await house.copies.verifyNow({ objectId, repair: true });
        expect(mended).toMatchObject({ repaired: 1, remaining: 0 });
        expect(await conditions(objectId)).toEqual({ main: 'sound', fourth: 'sound' });
        expect(await house.copies.verifyNow({ objectId, repair: false })).toMatchObject({
          sound: 2,
          remaining: 0,
        });
        expect(await readFile(join(house.at(store), path, 'v1/content/a.txt'), 'utf8')).toBe(files['a.txt']);
        expect(await typesOf(objectId)).toContain('repair success');
        // Mended by itself, it still waits for somebody to take note.
        const after = (await house.copies.alarmsWaiting(SYSTEM, 50)).find((a) => a.objectId === objectId)!;
        expect(after).toMatchObject({ id: alarm.id, state: 'solved' });
        await house.copies.decideAlarm(SYSTEM, alarm.id, 'acknowledged', 'seen');
        expect((await house.copies.alarmsWaiting(SYSTEM, 50)).some((a) => a.id === alarm.id)).toBe(false);
      });

  it('keeps the damaged bytes', async () => {
    const { objectId, path } = await house.put({ 'a.txt': 'worth keeping' });
    await house.copies.catchUp();
    await writeFile(join(house.main, path, 'v1/content/a.txt'), 'damaged bytes');
    await house.copies.verifyNow({ objectId, repair: true });
    const kept = (await readdir(`${house.main}.quarantine`, { recursive: true })).filter((p) =>
      p.endsWith('content/a.txt'),
    );
    const texts = await Promise.all(
      kept.map((k) => readFile(join(`${house.main}.quarantine`, k), 'utf8').catch(() => '')),
    );
    expect(texts).toContain('damaged bytes');
  });

  it('never lets a bad copy over a good one: with every copy damaged nothing is touched', async () => {
    const { objectId, path } = await house.put({ 'a.txt': 'the only words' });
    await house.copies.catchUp();
    for (const [n, store] of ['main', 'fourth'].entries())
      await writeFile(join(house.at(store), path, 'v1/content/a.txt'), `bad ${n}`);
    const report = await house.copies.verifyNow({ objectId, repair: true });
    expect(report).toMatchObject({ damaged: 2, repaired: 0, remaining: 2 });
    expect(report.findings.map((f) => f.repair)).toEqual(['undecided', 'undecided']);
    expect(await readFile(join(house.main, path, 'v1/content/a.txt'), 'utf8')).toBe('bad 0');
    expect(await readFile(join(house.at('fourth'), path, 'v1/content/a.txt'), 'utf8')).toBe('bad 1');
    const codes = (await house.copies.alarmsWaiting(SYSTEM, 50))
      .filter((a) => a.objectId === objectId)
      .map((a) => a.code);
    expect(codes).toContain('undecided');
  });

  it('goes through what waits longest by itself, and mends what it finds', async () => {
    const { objectId, path } = await house.put({ 'a.txt': 'checked in turn' });
    await house.copies.catchUp();
    await writeFile(join(house.main, path, 'v1/content/a.txt'), 'checked in turN');
    await house.copies.catchUp();
    // Verified lately: not its turn yet.
    expect(await readFile(join(house.main, path, 'v1/content/a.txt'), 'utf8')).toBe('checked in turN');
    house.house.clock.set('2026-07-01T00:00:00Z');
    await house.copies.catchUp();
    expect(await readFile(join(house.main, path, 'v1/content/a.txt'), 'utf8')).toBe('checked in turn');
    expect(await conditions(objectId)).toEqual({ main: 'sound', fourth: 'sound' });
    const main = (await house.copies.stores(SYSTEM)).find((v) => v.store.isMain)!;
    expect(main.fixity).toMatchObject({ late: 0, neverChecked: 0 });
  });
});
