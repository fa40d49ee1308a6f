import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carried } from '#kernel/carried';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { beginChange } from './begin.ts';

let house: SmallHouse;
let fonds: string;

beforeAll(async () => {
  house = await smallHouse();
  await house.jobs.prepare(['undo-changes']);
  fonds = (
    await house.holdings.addFonds(archivist(), { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(() => house.close());

const archivist = () => house.person(ALL, house.county);
const made = (input: object = {}) =>
  house.holdings.createUnit(archivist(), { fondsId: fonds, title: '原题名', ...input });
const unit = async (id: string) => (await house.holdings.readUnit(archivist(), id)).unit;
const lastOf = async (id: string) => {
  const { items } = await house.holdings.versions(archivist(), id, { limit: 1 });
  return items[0]!.changesetId;
};
/** A change of many at one stroke. */
const changeAll = (ids: readonly string[], set: ReturnType<typeof sql>) =>
  house.db.system(async (tx) => {
    const id = await beginChange({ newId: house.newId, clock: house.clock }, tx, archivist(), {
      archiveId: house.county,
      kind: 'bulk',
    });
    await sql`update holdings.unit set ${set}, version = version + 1 where id = any(${ids}::uuid[])`.execute(
      tx,
    );
    return id;
  });

describe('taking a change back', () => {
  it('gives a correction of one entry back, is history itself, and can be taken back again', async () => {
    const id = await made({ description: { note: '注' } });
    await house.holdings.correctUnit(archivist(), id, 1, {
      title: '改',
      date: '1958',
      description: { note: null },
    });
    const change = await lastOf(id);
    expect(await house.holdings.undo(archivist(), change, '弄错了')).toMatchObject({
      undone: 1,
      left: 0,
      jobId: null,
    });
    expect(await unit(id)).toMatchObject({
      title: '原题名',
      date: null,
      dateFrom: null,
      year: null,
      description: { note: '注' },
      version: 3,
    });
    await expect(house.holdings.undo(archivist(), change)).rejects.toMatchObject({ code: 'change.undone' });
    const undone = await lastOf(id);
    const { changeset } = await house.holdings.changeset(archivist(), undone, { limit: 5 });
    expect(changeset).toMatchObject({ kind: 'undo', undoes: change, reason: '弄错了', changes: 1 });
    await house.holdings.undo(archivist(), undone);
    expect(await unit(id)).toMatchObject({ title: '改', date: '19580000', year: 1958 });
  });

  it('leaves what others changed since, and lists it', async () => {
    const [one, two] = [await made(), await made()];
    const change = await changeAll([one, two], sql`title = '统一', creator = '县民政局'`);
    await house.holdings.correctUnit(archivist(), two, 2, { title: '别人再改' });
    const { id } = await house.holdings.undo(archivist(), change);
    expect(await unit(one)).toMatchObject({ title: '原题名', creator: null });
    expect(await unit(two)).toMatchObject({ title: '别人再改', creator: null });
    const { changeset, left } = await house.holdings.changeset(archivist(), id, { limit: 5 });
    expect(changeset.leftCount).toBe(1);
    expect(left).toMatchObject([{ unitId: two, why: 'changed', fields: ['title'] }]);
  });

  it('gives codes back, keeps the ones given up as other names, and leaves a code another bears meanwhile', async () => {
    const [one, two] = [
      await made({ referenceCode: 'J019-WS·1998·Y-0001' }),
      await made({ referenceCode: 'J019-WS·1998·Y-0002' }),
    ];
    const renumbered = async (id: string, code: string) => {
      const { version } = await unit(id);
      await house.holdings.correctUnit(archivist(), id, version, { referenceCode: code, codeReason: '重编' });
      return lastOf(id);
    };
    const first = await renumbered(one, 'J019-WS·1998·Y-0101');
    await house.holdings.undo(archivist(), first);
    expect(await unit(one)).toMatchObject({ referenceCode: 'J019-WS·1998·Y-0001' });
    expect(await house.holdings.findByCode(archivist(), house.county, 'J019-WS·1998·Y-0101')).toBe(one);
    const second = await renumbered(two, 'J019-WS·1998·Y-0102');
    // A stranger's road: the code is borne by another although it was somebody's former one.
    await sql`delete from holdings.code_alias where code = 'J019-WS·1998·Y-0002'`.execute(house.db.owner);
    await sql`delete from holdings.code_void where code = 'J019-WS·1998·Y-0002'`.execute(house.db.owner);
    await made({ referenceCode: 'J019-WS·1998·Y-0002' });
    const { id } = await house.holdings.undo(archivist(), second);
    expect(await unit(two)).toMatchObject({ referenceCode: 'J019-WS·1998·Y-0102' });
    expect((await house.holdings.changeset(archivist(), id, { limit: 5 })).left).toMatchObject([
      { why: 'codeTaken', fields: ['reference_code'] },
    ]);
  });

  it('lets entries that exchanged their codes exchange them back', async () => {
    const [one, two] = [
      await made({ referenceCode: 'J019-KJ-001' }),
      await made({ referenceCode: 'J019-KJ-002' }),
    ];
    const swap = await house.db.system(async (tx) => {
      const id = await beginChange({ newId: house.newId, clock: house.clock }, tx, archivist(), {
        archiveId: house.county,
        kind: 'renumber',
        reason: '顺序颠倒',
      });
      const code = (unitId: string, to: string | null) =>
        sql`update holdings.unit set reference_code = ${to}, version = version + 1 where id = ${unitId}`.execute(
          tx,
        );
      await code(one, null);
      await code(two, 'J019-KJ-001');
      await code(one, 'J019-KJ-002');
      return id;
    });
    await house.holdings.undo(archivist(), swap);
    expect(await unit(one)).toMatchObject({ referenceCode: 'J019-KJ-001' });
    expect(await unit(two)).toMatchObject({ referenceCode: 'J019-KJ-002' });
  });

  it('moves entries back with the counts of what they stand under, but never below themselves', async () => {
    const [a, b] = [await made({ level: 'series' }), await made({ level: 'series' })];
    const item = await made();
    await house.holdings.moveUnit(archivist(), item, { parentId: a, version: 1 });
    await house.holdings.undo(archivist(), await lastOf(item));
    expect(await unit(item)).toMatchObject({ parentId: null });
    expect(await unit(a)).toMatchObject({ childCount: 0 });
    // b was below a and came out; then a went below b.
    await house.holdings.moveUnit(archivist(), b, { parentId: a, version: 1 });
    await house.holdings.moveUnit(archivist(), b, { parentId: null, version: 2 });
    const out = await lastOf(b);
    await house.holdings.moveUnit(archivist(), a, { parentId: b, version: (await unit(a)).version });
    const { id } = await house.holdings.undo(archivist(), out);
    expect(await unit(b)).toMatchObject({ parentId: null });
    expect((await house.holdings.changeset(archivist(), id, { limit: 5 })).left).toMatchObject([
      { why: 'place' },
    ]);
  });

  it('is for who may write the entry; of a part of an archive, only there', async () => {
    const [ws, zp] = [await made({ category: 'WS' }), await made({ category: 'ZP' })];
    const change = await changeAll([ws, zp], sql`title = '统一'`);
    await expect(house.holdings.undo(house.person(ALL, house.neighbour), change)).rejects.toMatchObject({
      code: 'change.notFound',
    });
    const photographs = {
      ...archivist(),
      posts: [
        {
          archiveId: house.county,
          role: 'photographs',
          capabilities: new Set(ALL),
          categories: new Set(['ZP']),
          fonds: null,
        },
      ],
    };
    await house.holdings.undo(photographs, change);
    expect(await unit(zp)).toMatchObject({ title: '原题名' });
    expect(await unit(ws)).toMatchObject({ title: '统一' });
  });

  it('of many is a job that goes on where it was broken off', async () => {
    const ids = await house.db.system(async (tx) => {
      const r = await sql<{
        id: string;
      }>`insert into holdings.unit (id, archive_id, fonds_id, level, position, title)
        select uuidv7(), ${house.county}, ${fonds}, 'item', 'a0', '第' || n || '件' from generate_series(1, 2500) n returning id`.execute(
        tx,
      );
      return r.rows.map((x) => x.id);
    });
    const change = await changeAll(ids, sql`title = '统一'`);
    const { id, jobId } = await house.holdings.undo(archivist(), change);
    expect(jobId).not.toBeNull();
    const stop = new AbortController();
    const run = (signal: AbortSignal, progress: () => void) =>
      house.holdings.jobs[0]!.run({
        id: jobId!,
        data: { id, actor: carried(archivist(), house.county) },
        attempt: 1,
        signal,
        progress,
      });
    const left = async () =>
      (
        await sql<{ n: number }>`select count(*)::int as n from holdings.unit
          where title = '统一' and id = any(${ids}::uuid[])`.execute(house.db.owner)
      ).rows[0]!.n;
    // After one chunk the process is stopped; the job begins anew.
    await expect(run(stop.signal, () => stop.abort())).rejects.toThrow();
    expect(await left()).toBe(1_500);
    expect(await run(new AbortController().signal, () => {})).toMatchObject({ undone: 2500, left: 0 });
    expect(await left()).toBe(0);
  });
});
