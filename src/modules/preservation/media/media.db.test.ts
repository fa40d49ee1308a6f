import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesystemReader, validateRoot } from '#formats/ocfl';
import { createDigestPool } from '#kernel/checksums';
import { sql } from '#kernel/db';
import { type KeptHouse, keptHouse } from '../../../../test/support/keptHouse.ts';
import type { Medium } from './store/media.ts';

const run = promisify(execFile);
const pool = createDigestPool(1);
let kept: KeptHouse;
let units: string[];
let folder: string;
beforeAll(async () => {
  kept = await keptHouse();
  folder = join(kept.config.dataDir, 'media');
  units = await kept.hold(
    Array.from({ length: 6 }, (_, i) => ({
      code: `J019-WS·2003·D10-000${i + 1}`,
      title: `=第${i + 1}件，“旧表”`,
      text: `第${i + 1}件的正文`,
    })),
  );
});
afterAll(async () => {
  await pool.close();
  await kept.close();
});

const order = () => ({ archiveId: kept.archive, kind: 'optical', mediumBytes: 20_000_000 });
async function plan(title = '第一批', choice: object = {}): Promise<string> {
  const id = await kept.house.media.makePlan(kept.keeper, { ...order(), title, ...choice });
  await kept.run('plan-media', { id });
  return id;
}
const mediaOf = async (planId: string) =>
  (await kept.house.media.media(kept.keeper, { planId, limit: 200 })).items;
async function write(m: Medium, name = m.number): Promise<string> {
  await kept.house.media.write(kept.keeper, m.id, name);
  await kept.run('write-medium', { id: m.id, folder: join(folder, name), by: { id: null, name: '王某' } });
  return join(folder, name);
}
const test = (m: Medium, path: string, scope: 'sample' | 'all' = 'all') =>
  kept.run('test-medium', { id: m.id, folder: path, scope, by: { id: null, name: '王某' } });
async function fileBelow(at: string, name: string): Promise<string> {
  for (const e of await readdir(at, { withFileTypes: true, recursive: true }))
    if (e.isFile() && e.name === name) return join(e.parentPath, e.name);
  throw new Error(`no ${name}`);
}

describe('media sets', () => {
  it('are planned, written, read back, registered, tested, and planned no second time', async () => {
    const { media } = kept.house;
    const id = await plan();
    const { plan: made } = await media.plan(kept.keeper, id);
    expect(made).toMatchObject({ state: 'planned', media: 1, tooLarge: 0 });
    expect(made.number).toMatch(/^990111-M-\d{4}-0001$/);
    const all = await mediaOf(id);
    expect(all.map((m) => [m.number.slice(-4), m.purpose, m.state])).toEqual([
      ['A001', 'sealed', 'planned'],
      ['B001', 'offsite', 'planned'],
      ['C001', 'use', 'planned'],
    ]);
    const sealed = all[0]!;
    await expect(media.write(kept.keeper, sealed.id, '/etc')).rejects.toMatchObject({ code: 'media.folder' });
    await expect(media.write(kept.keeper, sealed.id, '../../..')).rejects.toMatchObject({
      code: 'media.folder',
    });
    const path = await write(sealed);
    expect((await readdir(path)).sort()).toEqual([
      'README.txt',
      'manifest-sha512.txt',
      'medium.json',
      'ocfl',
      'register.csv',
    ]);
    // By a tool that is not ours.
    await run('sha512sum', ['--quiet', '-c', 'manifest-sha512.txt'], { cwd: path });
    const root = await validateRoot(filesystemReader(join(path, 'ocfl'), pool));
    expect(root.findings.filter((f) => f.severity === 'error')).toEqual([]);
    const register = await readFile(join(path, 'register.csv'), 'utf8');
    expect(register).toContain(`urn:uuid:${units[0]}`);
    expect(register, 'no cell is a formula').toContain(`'=第1件，“旧表”`);
    expect(await readFile(join(path, 'README.txt'), 'utf8')).toContain('sha512sum -c');

    const object = `urn:uuid:${units[0]}`;
    expect((await media.ofObject(kept.keeper, object)).counted).toBe(1);
    await media.move(kept.keeper, sealed.id, { place: '库房3-2-1', reason: '入库', condition: 'good' });
    await media.move(kept.keeper, sealed.id, { place: '异地库房', reason: '移库' });
    const seen = await media.medium(kept.keeper, sealed.id);
    expect(seen.medium).toMatchObject({ state: 'inPlace', place: '异地库房', condition: 'good' });
    expect(seen.moves.map((m) => [m.fromPlace, m.toPlace])).toEqual([
      ['库房3-2-1', '异地库房'],
      [null, '库房3-2-1'],
    ]);
    expect(await test(sealed, path)).toMatchObject({ outcome: 'passed', bad: 0 });
    expect(await test(sealed, path, 'sample')).toMatchObject({ outcome: 'passed' });
    const events = await sql<{ type: string }>`select distinct type from preservation.event
      where object_id = ${object} order by 1`.execute(kept.db.owner);
    expect(events.rows.map((e) => e.type)).toEqual(expect.arrayContaining(['fixity check', 'replication']));
    const again = await plan('第二批');
    expect((await media.plan(kept.keeper, again)).plan).toMatchObject({ state: 'givenUp', objects: 0 });
  });

  it('are of one fonds or of some years where asked so, and say beforehand what they come to', async () => {
    const { media } = kept.house;
    await kept.hold([
      { code: 'J019-WS·1998·D10-0001', title: '九八年', text: '九八年的正文', year: 1998 },
      { code: 'J019-WS·1999·D10-0001', title: '九九年', text: '九九年的正文', year: 1999 },
    ]);
    const of1998 = { fondsId: kept.fonds, yearFrom: 1998, yearTo: 1998 };
    expect(await media.estimate(kept.keeper, { ...order(), ...of1998 })).toMatchObject({
      objects: 1,
      media: 1,
      exact: true,
    });
    const id = await plan('一九九八年', of1998);
    expect((await media.plan(kept.keeper, id)).plan).toMatchObject({ objects: 1, ...of1998 });
    const { items } = await media.objects(kept.keeper, id, { limit: 10 });
    expect(items.map((o) => o.unit?.title)).toEqual(['九八年']);
    await expect(plan('倒过来', { yearFrom: 2000, yearTo: 1999 })).rejects.toMatchObject({
      code: 'media.years',
    });
    // What was chosen is spoken for; the next plan takes the rest.
    expect(await media.estimate(kept.keeper, { ...order(), yearFrom: 1990, yearTo: 1999 })).toMatchObject({
      objects: 1,
    });
    await media.giveUp(kept.keeper, id, '试算');
  });

  it('say which objects lost a copy when a medium is altered, cut or another', async () => {
    const { media } = kept.house;
    const [, offsite] = (await media.media(kept.keeper, { archiveId: kept.archive, limit: 10 })).items;
    const path = await write(offsite!);
    const held = await fileBelow(join(path, 'ocfl'), '0001.txt');
    await writeFile(held, 'another text');
    expect(await test(offsite!, path)).toMatchObject({ outcome: 'failed', bad: 1, lost: 1 });
    const { items } = await media.losses(kept.keeper, offsite!.id, { limit: 10 });
    expect(items).toHaveLength(1);
    const holding = (await media.ofObject(kept.keeper, items[0]!)).media;
    expect(holding.map((h) => h.current)).toEqual([true, false]);
    expect((await media.medium(kept.keeper, offsite!.id)).medium).toMatchObject({
      condition: 'damaged',
      testOutcome: 'failed',
    });
    // The other medium of the plan was tested before that: it is to be tested again.
    const due = await media.due(kept.keeper, kept.archive);
    expect(due.due.map((m) => m.number.slice(-4))).toEqual(['A001']);
    expect(due.figures).toMatchObject({ media: 2, failed: 1 });
    await rm(join(path, 'manifest-sha512.txt'));
    expect(await test(offsite!, path)).toMatchObject({ outcome: 'failed', bad: 1 });
    expect((await media.losses(kept.keeper, offsite!.id, { limit: 100 })).items.length).toBe(
      offsite!.objects,
    );
  });

  it('go on where a killed writing was, and take no medium that holds something else', async () => {
    const { media } = kept.house;
    const third = (await media.media(kept.keeper, { archiveId: kept.archive, limit: 10 })).items[2]!;
    await mkdir(join(folder, 'taken'), { recursive: true });
    await writeFile(join(folder, 'taken', 'holiday.jpg'), 'x');
    await expect(write(third, 'taken')).rejects.toMatchObject({ code: 'media.notEmpty' });
    const order = { id: third.id, folder: join(folder, 'third'), by: { id: null, name: '王某' } };
    await media.write(kept.keeper, third.id, 'third');
    let steps = 0;
    const stopped = kept.runUntil('write-medium', order, () => ++steps === 3);
    await expect(stopped).rejects.toThrow();
    expect((await media.medium(kept.keeper, third.id)).medium.state).toBe('writing');
    await kept.run('write-medium', order);
    expect((await media.medium(kept.keeper, third.id)).medium).toMatchObject({
      state: 'written',
      trouble: null,
    });
    await run('sha512sum', ['--quiet', '-c', 'manifest-sha512.txt'], { cwd: join(folder, 'third') });
  });

  it('holds an object as it was planned, though it has a newer version by then; the newer is planned next', async () => {
    const { media, preservation } = kept.house;
    const [unit = ''] = await kept.hold([{ code: 'J019-WS·2003·D10-0011', title: '后来', text: '第一版' }]);
    const id = await plan('第三批');
    const before = (await preservation.repository.getObject(`urn:uuid:${unit}`)).head;
    await preservation.keepReports({ id: null, name: 'test' }, [
      {
        unit: { id: unit, archiveId: kept.archive },
        name: 'test',
        parts: [{ found: 'nothing' }],
        deed: { type: 'validation', detail: {} },
      },
    ]);
    const after = (await preservation.repository.getObject(`urn:uuid:${unit}`)).head;
    expect(after).not.toBe(before);
    const [m] = await mediaOf(id);
    const path = await write(m!);
    const inventory = JSON.parse(
      await readFile(await fileBelow(join(path, 'ocfl'), 'inventory.json'), 'utf8'),
    ) as {
      head: string;
    };
    expect(inventory.head).toBe(before);
    expect((await media.ofObject(kept.keeper, `urn:uuid:${unit}`)).counted).toBe(0);
    const next = await plan('第四批');
    const objects = (await media.objects(kept.keeper, next, { limit: 50 })).items;
    expect(objects.map((o) => [o.objectId, o.head])).toContainEqual([`urn:uuid:${unit}`, after]);
  });

  it('are migrated: the new one takes the place, the old one is kept for its years', async () => {
    const { media } = kept.house;
    const [old] = (await media.media(kept.keeper, { archiveId: kept.archive, state: 'inPlace', limit: 10 }))
      .items;
    const next = await media.migrate(kept.keeper, old!.id, 'ssd');
    const { medium } = await media.medium(kept.keeper, next);
    expect(medium).toMatchObject({ number: `${old!.number}R1`, kind: 'ssd', replaces: old!.id });
    await write(medium);
    await media.move(kept.keeper, next, { place: '库房3-2-2', reason: '替换' });
    const replaced = (await media.medium(kept.keeper, old!.id)).medium;
    expect(replaced.state).toBe('replaced');
    await expect(media.end(kept.keeper, old!.id, { how: 'destroyed', reason: '老化' })).rejects.toMatchObject(
      { code: 'medium.keep' },
    );
    await media.end(kept.keeper, old!.id, { how: 'withdrawn', reason: '老化' });
  });

  it('are signed off by hand before a certificate of destruction says that nothing is left', async () => {
    const { disposals, media } = kept.house;
    const unit = units[5]!;
    const id = await disposals.propose(kept.keeper, {
      archiveId: kept.archive,
      unitIds: [unit],
      title: '到期',
      reason: '期满',
      basis: '鉴定意见',
    });
    for (const name of ['李某', '赵某']) await disposals.decide(kept.person(name), id, 'agreed', null);
    expect(await kept.run('destroy-content', { id })).toMatchObject({ state: 'destroying' });
    const waiting = (await disposals.places(kept.keeper, id, { state: 'waiting', limit: 50 })).items;
    expect(new Set(waiting.map((w) => w.place))).toEqual(new Set(['medium']));
    expect(waiting.length).toBeGreaterThanOrEqual(3);
    expect((await disposals.certificate(kept.keeper, id)).certificate).toBeNull();
    for (const w of waiting) await disposals.signOff(kept.keeper, id, w.placeId, '两人监督粉碎');
    expect(await kept.run('destroy-content', { id })).toMatchObject({ state: 'done' });
    expect((await media.medium(kept.keeper, waiting[0]!.placeId)).medium.state).toBe('destroyed');
    const { certificate } = await disposals.certificate(kept.keeper, id);
    expect(JSON.parse(certificate ?? '{}')).toMatchObject({
      payload: {
        places: expect.arrayContaining([expect.objectContaining({ place: 'medium', signedOffBy: '王某' })]),
      },
    });
  });
});
