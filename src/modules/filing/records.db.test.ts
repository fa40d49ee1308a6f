import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import type { Tx } from '#kernel/db';
import { newId } from '#kernel/ids';
import type { Filing, Registration } from './index.ts';
import { type FilingHouse, filingHouse } from './testing/house.ts';
import { people } from './testing/people.ts';

let all: FilingHouse;
let filing: Filing;
let clerk: Actor;
let officer: Actor;
let receiving: Actor;
let stranger: Actor;

beforeAll(async () => {
  all = await filingHouse();
  filing = all.filing;
  const of = people(all.house.county);
  clerk = of.clerk(all.civil);
  officer = of.officer(all.civil);
  receiving = of.receiving();
  stranger = of.officer(all.school);
  const id = await filing.draftSchedule(clerk, {
    archiveId: all.house.county,
    agencyId: all.civil,
    title: '表',
    template: 'civil-affairs',
  });
  await filing.submitSchedule(officer, id);
  await filing.approveSchedule(of.supervisor(), id, { inForceFrom: '2025-01-01', note: '' });
});
afterAll(() => all.close());

const place = (year = 2025) => ({ archiveId: all.house.county, agencyId: all.civil, year });
const code = (c: string) => ({ code: c });
const add = async (input: Registration, year = 2025) =>
  (await filing.register(clerk, place(year), { creator: '县民政局', ...input })).id;
const version = async (id: string) => (await filing.record(clerk, id)).record.version;

describe('a record of an agency', () => {
  it('is registered with what the schedule says, and is the agency’s alone', async () => {
    const { suggestions } = await filing.suggest(clerk, place(), { title: '2025年第一季度低保发放花名册' });
    const id = await add({
      title: '2025年第一季度低保发放花名册',
      date: '20250401',
      pages: 12,
      lineKey: suggestions[0]!.line.key,
    });
    const { record, mayChange, faults } = await filing.record(clerk, id);
    expect(record).toMatchObject({ retention: 'D30', classCode: 'YW', category: 'WS', state: 'registered' });
    expect(mayChange).toBe('plain');
    expect(faults.map((f) => f.field)).not.toContain('title');
    for (const other of [receiving, stranger])
      await expect(filing.record(other, id)).rejects.toMatchObject(code('record.notFound'));
    expect((await filing.records(receiving, { limit: 10, cursor: undefined })).items).toEqual([]);
    await expect(filing.register(stranger, place(), { title: 'x' })).rejects.toMatchObject(
      code('agency.notFound'),
    );
    await expect(filing.register(receiving, place(), { title: 'x' })).rejects.toMatchObject(
      code('actor.forbidden'),
    );
    await expect(filing.years(stranger, place())).rejects.toMatchObject(code('agency.notFound'));
  });

  it('is classified by the schedule where it is sure enough, and left alone where it is not', async () => {
    const sure = await add({ title: '2018年城乡低保发放花名册' }, 2018);
    const unsure = await add({ title: '一份说不清的东西' }, 2018);
    const given = await add({ title: '2018年低保名册', retention: 'Y' }, 2018);
    expect(await filing.classifyAsSuggested(clerk, [sure, unsure, given])).toEqual({
      classified: 1,
      left: 2,
    });
    expect((await filing.record(clerk, sure)).record).toMatchObject({ retention: 'D30', classCode: 'YW' });
    expect((await filing.record(clerk, given)).record.retention).toBe('Y');
  });

  it('is taken once by the sender’s own id of it', async () => {
    const arrival = { source: 'oa', senderKey: '2025-77' };
    const first = await filing.register(clerk, place(2024), { title: '通知' }, arrival);
    const again = await filing.register(clerk, place(2024), { title: '通知' }, arrival);
    expect([first.isNew, again.isNew, again.id === first.id]).toEqual([true, false, true]);
  });

  it('comes in rows: all of them, or none and why', async () => {
    const rows = [
      { title: '关于婚姻登记的通知', retention: '30年', classCode: 'YW' },
      { title: '', retention: '很久' },
    ];
    const refused = await filing.registerRows(clerk, place(2023), rows);
    expect(refused).toMatchObject({ registered: 0, refused: [{ row: 2, code: 'record.field' }] });
    expect(
      (await filing.records(clerk, { agencyId: all.civil, year: 2023, limit: 10, cursor: undefined })).items,
    ).toEqual([]);
    expect(await filing.registerRows(clerk, place(2023), rows.slice(0, 1))).toEqual({
      registered: 1,
      refused: [],
    });
  });

  it('loses its number when it goes to another class, and is not written over another’s version', async () => {
    const id = await add({ title: '换类', retention: 'D10', classCode: 'XZ' }, 2022);
    await filing.number(clerk, place(2022), { order: 'date', again: false });
    const { record } = await filing.record(clerk, id);
    expect(record.referenceCode).toBe('J012-WS·2022·D10·XZ-0001');
    await filing.correctRecord(clerk, id, { version: record.version, input: { title: '换了题名' } });
    expect((await filing.record(clerk, id)).record.referenceCode).toBe(record.referenceCode);
    await expect(
      filing.correctRecord(clerk, id, { version: record.version, input: { title: 'y' } }),
    ).rejects.toMatchObject(code('record.changed'));
    await filing.classify(clerk, [id], { retention: 'Y' });
    expect((await filing.record(clerk, id)).record.referenceCode).toBe(null);
  });
});

describe('files of a record', () => {
  it('lie by their digest, once for the same content, and go when nobody has them', async () => {
    const [one, two] = [await add({ title: '甲' }, 2021), await add({ title: '乙' }, 2021)];
    for (const id of [one, two])
      await filing.attach(clerk, id, { uploadIds: [await all.uploaded(clerk, '正文.txt', '同样的内容')] });
    const sha512 = createHash('sha512').update('同样的内容').digest('hex');
    const { files } = await filing.record(clerk, one);
    expect(files).toMatchObject([{ name: '正文.txt', sha512, position: 1 }]);
    const opened = await filing.openFile(clerk, one, files[0]!.id);
    expect(await text(opened.content())).toBe('同样的内容');
    await expect(filing.openFile(stranger, one, files[0]!.id)).rejects.toMatchObject(code('record.notFound'));
    expect(await readdir(join(all.folder, 'filing', sha512.slice(0, 2)))).toEqual([sha512]);
    expect(await readdir(join(all.folder, 'staging'))).toEqual([]);
    await filing.detach(clerk, one, { fileId: files[0]!.id });
    all.house.clock.set('2030-01-01T00:00:00Z');
    expect(await filing.sweep()).toBe(0);
    await filing.removeRecord(clerk, two);
    expect(await filing.sweep()).toBe(1);
    all.house.clock.set('2026-03-01T02:00:00Z');
  });
});

describe('an item of several documents', () => {
  it('holds them in the order of the rule, and lets them go again', async () => {
    const main = await add({ title: '关于修建敬老院的批复', date: '20210305' }, 2021);
    const [annex, coming] = [
      await add({ title: '附件：预算表' }, 2021),
      await add({ title: '城关镇关于修建敬老院的请示', date: '20210201' }, 2021),
    ];
    await filing.group(clerk, main, [{ id: coming }, { id: annex }]);
    const { parts } = await filing.record(clerk, main);
    expect(parts.map((p) => [p.record.part, p.record.title])).toEqual([
      ['annex', '附件：预算表'],
      ['incoming', '城关镇关于修建敬老院的请示'],
    ]);
    await expect(filing.removeRecord(clerk, main)).rejects.toMatchObject(code('record.hasParts'));
    const other = await add({ title: '别的年度' }, 2020);
    await expect(filing.group(clerk, main, [{ id: other }])).rejects.toMatchObject(code('record.otherYear'));
    await filing.ungroup(clerk, main, [coming]);
    expect((await filing.record(clerk, main)).parts).toHaveLength(1);
    const list = await filing.records(clerk, {
      agencyId: all.civil,
      year: 2021,
      limit: 50,
      cursor: undefined,
    });
    expect(list.items.map((r) => r.id)).toContain(coming);
    expect(list.items.map((r) => r.id)).not.toContain(annex);
  });
});

describe('the filing of a year', () => {
  it('numbers class by class in order, says what is missing, and is confirmed by another person', async () => {
    const ids: string[] = [];
    for (const [n, month] of ['03', '01', '02'].entries())
      ids.push(
        await add(
          {
            title: `第${n}号通知`,
            date: `2019${month}01`,
            retention: 'D10',
            classCode: 'XZ',
            docNo: `石民〔2019〕${n}号`,
            pages: 2,
          },
          2019,
        ),
      );
    const bare = await add({ title: '没有期限的' }, 2019);
    expect(await filing.number(clerk, place(2019), { order: 'date', again: false })).toMatchObject({
      numbered: 3,
      left: [{ id: bare, element: 'retention' }],
    });
    const codes = async () =>
      Promise.all(ids.map(async (id) => (await filing.record(clerk, id)).record.itemNo));
    expect(await codes()).toEqual([3, 1, 2]);
    await filing.number(clerk, place(2019), { order: 'docNo', again: true });
    expect(await codes()).toEqual([1, 2, 3]);
    await expect(filing.prepareFiling(clerk, place(2019), { note: '' })).rejects.toMatchObject(
      code('filing.missing'),
    );
    await filing.removeRecord(clerk, bare);
    await filing.removeRecord(clerk, ids[1]!);
    await filing.attach(clerk, ids[0]!, { uploadIds: [await all.uploaded(clerk, '通知.txt', '%PDF-')] });

    const missing = await filing.missing(clerk, place(2019));
    const told = new Map(missing.gaps.map((g) => [g.code, g]));
    expect(told.get('gap')).toMatchObject({
      count: 1,
      blocking: false,
      examples: [{ label: 'J012-WS·2019·D10·XZ-', detail: '2' }],
    });
    expect(told.get('noFile')).toMatchObject({ count: 1, examples: [{ id: ids[2] }] });
    expect(told.get('emptyLine')!.count).toBeGreaterThan(30);
    expect(missing).toMatchObject({ items: 2, files: 1 });
    await expect(filing.prepareFiling(clerk, place(2019), { note: ' ' })).rejects.toMatchObject(
      code('filing.noNote'),
    );

    const id = await filing.prepareFiling(clerk, place(2019), { note: '2号文件作废；其余无此类文件。' });
    await expect(
      filing.correctRecord(clerk, ids[0]!, { version: await version(ids[0]!), input: { title: 'x' } }),
    ).rejects.toMatchObject(code('record.wrongState'));
    await expect(filing.prepareFiling(officer, place(2019), { note: 'x' })).rejects.toMatchObject(
      code('filing.duplicate'),
    );
    await expect(filing.confirmFiling(clerk, id)).rejects.toMatchObject(code('actor.forbidden'));
    await expect(filing.confirmFiling({ ...officer, id: clerk.id }, id)).rejects.toMatchObject(
      code('filing.samePerson'),
    );
    await expect(filing.confirmFiling(stranger, id)).rejects.toMatchObject(code('filing.notFound'));
    await filing.withdrawFiling(clerk, id);
    const again = await filing.prepareFiling(clerk, place(2019), { note: '2号文件作废。' });
    await filing.confirmFiling(officer, again);
    const { counts, filings } = await filing.years(receiving, place());
    expect(counts.find((c) => c.year === 2019)).toMatchObject({ registered: 0, filed: 2 });
    expect(filings).toMatchObject([
      { number: 2, state: 'filed', items: 2, files: 1, digest: expect.stringMatching(/^[0-9a-f]{128}$/) },
    ]);
    expect((await filing.record(receiving, ids[0]!)).record.state).toBe('filed');
    await expect(filing.record(stranger, ids[0]!)).rejects.toMatchObject(code('record.notFound'));
  });

  it('leaves filed records to be corrected for a reason alone, and their class alone', async () => {
    const [r] = (
      await filing.records(clerk, { agencyId: all.civil, year: 2019, limit: 5, cursor: undefined })
    ).items;
    const fix = (by: Actor, more: object) =>
      filing.correctRecord(by, r!.id, { version: r!.version, input: { title: '改正的题名' }, ...more });
    await expect(fix(clerk, { reason: '错字' })).rejects.toMatchObject(code('actor.forbidden'));
    await expect(fix(officer, {})).rejects.toMatchObject(code('record.noReason'));
    await expect(fix(officer, { reason: '错', input: { retention: 'Y' } })).rejects.toMatchObject(
      code('record.numbered'),
    );
    await fix(officer, { reason: '错字' });
    await expect(filing.removeRecord(clerk, r!.id)).rejects.toMatchObject(code('actor.forbidden'));
  });

  it('is read by the transfer in order, with files to open, and goes over to the archive', async () => {
    const seen: unknown[] = [];
    for await (const r of filing.filedRecords(all.civil, 2019))
      seen.push([
        r.referenceCode,
        r.metadata.docNo,
        r.fondsNumber,
        await Promise.all(r.files.map((f) => text(f.open()))),
      ]);
    expect(seen).toEqual([
      ['J012-WS·2019·D10·XZ-0001', '石民〔2019〕0号', 'J012', ['%PDF-']],
      ['J012-WS·2019·D10·XZ-0003', '石民〔2019〕2号', 'J012', []],
    ]);
    const ids: string[] = [];
    for await (const r of filing.filedRecords(all.civil, 2019)) ids.push(r.id);
    const of = { archiveId: all.house.county, agencyId: all.civil };
    const any = { categories: null, classCodes: null, from: null, to: null };
    const handoverId = newId();
    const draw = (retentions: string[] | null) => (tx: Tx) =>
      filing.drawRecords(tx, handoverId, of, { year: 2019, retentions, ...any });
    // Ten years: no archive takes that in of itself.
    await expect(all.house.db.system(draw(null))).rejects.toMatchObject({ code: 'transfer.noRecords' });
    expect(await all.house.db.system(draw(['D10']))).toMatchObject({ items: 2, files: 1 });
    expect((await filing.record(officer, ids[0]!)).mayChange).toBe('reason');
    await expect(
      all.house.db.system((tx) =>
        filing.drawRecords(tx, newId(), of, { year: 2019, retentions: ['D10'], ...any }),
      ),
    ).rejects.toMatchObject({ code: 'transfer.noRecords' });
    const move = (to: 'handingOver' | 'handedOver', except?: string[]) =>
      all.house.db.system((tx) => filing.moveHandover(tx, handoverId, { to, except }));
    expect(await move('handingOver')).toBe(2);
    expect((await filing.record(officer, ids[0]!)).mayChange).toBe('no');
    expect(await move('handedOver', ['J012-WS·2019·D10·XZ-0003'])).toBe(1);
    expect(await all.house.db.system((tx) => filing.moveHandover(tx, handoverId, { to: 'filed' }))).toBe(1);
    expect((await filing.record(officer, ids[1]!)).record).toMatchObject({
      state: 'filed',
      handoverId: null,
    });
    expect((await filing.record(officer, ids[0]!)).mayChange).toBe('no');
  });
});
