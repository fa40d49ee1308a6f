import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import type { HandoverChoice } from '#modules/filing';
import { openPackage } from '#modules/preservation';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { textOf } from '../../formats/print/testing.ts';
import { type Desk, deskOf } from './testing/desk.ts';
import { uploaded } from './testing/handover.ts';

const system = systemActor('test');
let kept: KeptHouse;
let desk: Desk;
let records: string[];

const place = () => ({ archiveId: kept.archive, agencyId: desk.agencyId, year: 2021 });

beforeAll(async () => {
  kept = await keptHouse();
  const { filing, holdings, staging } = kept.house;
  desk = await deskOf(kept);
  await holdings.addFonds(kept.keeper, {
    archiveId: kept.archive,
    agencyId: desk.agencyId,
    number: 'J020',
    name: '县民政局',
  });
  const add = async (input: object) => (await filing.register(desk.who.clerk, place(), input)).id;
  const attach = async (id: string, name: string, text: string) => {
    const path = join(desk.out, newId());
    await writeFile(path, text);
    const upload = await uploaded(staging.folder, desk.who.clerk, path, name);
    await filing.attach(desk.who.clerk, id, { uploadIds: [upload] });
  };
  const shared = { creator: '县民政局', retention: 'Y', classCode: 'YW', className: '业务' };
  records = [
    await add({
      ...shared,
      title: '关于2021年低保工作的通知',
      docNo: '石民〔2021〕5号',
      date: '20210305',
      pages: 3,
      classification: 'internal',
      description: { mainTo: '各乡镇人民政府', genre: '通知', urgency: '平急', note: '原件' },
    }),
    await add({ ...shared, title: '关于敬老院建设的批复', docNo: '石民〔2021〕9号', date: '20210901' }),
    await add({ ...shared, title: '一张签到表', retention: 'D10', date: '20211001' }),
    await add({
      ...shared,
      category: 'ZP',
      title: '重阳节慰问',
      date: '20211014',
      description: { place: '城关镇', volumeNo: '1' },
    }),
  ];
  const annex = await add({ ...shared, title: '低保对象名册', date: '20210304', docNo: '附表1' });
  await attach(records[0]!, '通知 正文.txt', '通知正文');
  await attach(annex, '名册.txt', '名册第一');
  await attach(annex, '名册（续）.txt', '名册第二');
  await attach(records[1]!, '批复.txt', '批复');
  await attach(records[2]!, '签到.txt', '签到');
  await attach(records[3]!, '重阳.txt', '照片');
  await filing.group(desk.who.clerk, records[0]!, [{ id: annex, part: 'annex' }]);
  // As a system of the agency told it when it sent the record.
  await sql`insert into filing.event (record_id, seq, action, at, agent, basis)
    values (${records[0]}, 0, '签发', '2021-03-04T16:20:00+08:00', '尚局长', '发文稿纸')`.execute(
    kept.house.db.owner,
  );
  await filing.number(desk.who.clerk, place(), { order: 'date', again: false });
  const filed = await filing.prepareFiling(desk.who.clerk, place(), { note: '本年无其他文件' });
  await filing.confirmFiling(desk.who.officer, filed);
});
afterAll(() => kept.close());

const choice = (c: Partial<HandoverChoice> = {}): HandoverChoice => ({
  year: 2021,
  retentions: null,
  categories: null,
  classCodes: null,
  from: null,
  to: null,
  ...c,
});
const begun = () =>
  kept.house.transfers.begin(desk.who.clerk, {
    ...place(),
    planId: null,
    title: '县民政局2021年度档案移交',
    content: '永久、三十年',
    fonds: null,
  });
const batchOf = (id: string) => kept.house.transfers.one(desk.who.clerk, id);
const recordOf = async (n: number) => (await kept.house.filing.record(desk.who.clerk, records[n]!)).record;
const states = async () => [(await recordOf(0)).state, (await recordOf(1)).state, (await recordOf(2)).state];
const correct = async (n: number, title: string) =>
  kept.house.filing.correctRecord(desk.who.officer, records[n]!, {
    version: (await recordOf(n)).version,
    input: { title },
    reason: '题名不规范',
  });

/** The list of files as it is handed out. */
async function listOf(by: Actor, id: string): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of (await kept.house.transfers.fileList(by, id)).lines) pieces.push(piece);
  return pieces.join('');
}
const digestOf = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

describe('a batch made of filed records', () => {
  let id: string;

  it('takes what archives take in by itself; a record is in one batch only, and who withdraws it frees its records', async () => {
    const first = await begun();
    await kept.house.transfers.draw(desk.who.clerk, first, choice());
    expect(await batchOf(first)).toMatchObject({ source: 'records', entries: 3, files: 5 });
    expect(await states()).toEqual(['inBatch', 'inBatch', 'filed']);
    const second = await begun();
    await expect(kept.house.transfers.draw(desk.who.clerk, second, choice())).rejects.toMatchObject({
      code: 'transfer.noRecords',
    });
    // Another choice takes the place of the first: here by numbers.
    const { referenceCode } = await recordOf(1);
    const narrow = choice({ from: referenceCode, to: referenceCode, categories: ['WS'] });
    await kept.house.transfers.draw(desk.who.clerk, first, narrow);
    expect(await states()).toEqual(['filed', 'inBatch', 'filed']);
    await desk.act(desk.who.clerk, first, 'withdraw', { reason: '重新组批' });
    expect(await states()).toEqual(['filed', 'filed', 'filed']);
    await expect(kept.house.transfers.draw(desk.who.stranger, second, choice())).rejects.toMatchObject({
      code: 'transfer.notFound',
    });
  });

  it('is laid out when it is checked, and its records stand fast from then on', async () => {
    id = await begun();
    await kept.house.transfers.draw(desk.who.clerk, id, choice());
    await desk.act(desk.who.clerk, id, 'precheck');
    // Killed in the midst of it, it begins anew.
    await kept.runUntil('transfer', { id }, () => true).catch(() => {});
    await desk.goOn(id);
    expect(await batchOf(id)).toMatchObject({ state: 'checked', kind: 'handover', entries: 3 });
    expect(await states()).toEqual(['handingOver', 'handingOver', 'filed']);
    await expect(correct(0, '改了')).rejects.toMatchObject({ code: 'record.wrongState' });
    const draft = await textOf((await kept.house.transfers.sheet(desk.who.clerk, id, 'zh-CN')).pdf);
    expect(draft[0]).toContain('草稿');
    await desk.act(desk.who.clerk, id, 'revise');
    expect(await states()).toEqual(['inBatch', 'inBatch', 'filed']);
  });

  it('comes back, the records themselves are mended, and what is sent again is written anew', async () => {
    await desk.weighed(id);
    const before = (await batchOf(id)).manifest;
    await desk.act(desk.who.receiving, id, 'propose', {
      decision: { accepts: 'none', reason: '题名', leftOut: [] },
    });
    await desk.act(desk.who.decider, id, 'return', { reason: '题名不规范' });
    await correct(1, '关于同意敬老院建设的批复');
    await desk.weighed(id);
    expect(await batchOf(id)).toMatchObject({ round: 2, state: 'reviewing' });
    // What was done with each record came along, and is looked at.
    const runId = (await kept.house.transfers.one(desk.who.decider, id)).arrivalCheck?.runId ?? '';
    const { items } = await kept.house.checks.report(desk.who.decider, runId);
    const process = items.find(({ item }) => item.slug === 'process-md');
    expect(process?.result?.state).toBe('passed');
    expect((await batchOf(id)).manifest).not.toBe(before);
  });

  it('is taken in with all its records are: description, files and what was done with them', async () => {
    const { referenceCode: out } = await recordOf(3);
    // Each file as it lies in quarantine is in the list both sides sign the digest of.
    const listed = await listOf(desk.who.receiving, id);
    const quarantine = join(kept.house.config.dataDir, 'transfer', 'quarantine', id);
    for (const line of listed.trim().split('\n')) {
      const { path, bytes, sha256 } = JSON.parse(line);
      const content = await readFile(join(quarantine, path));
      expect([content.length, digestOf(content)]).toEqual([bytes, sha256]);
    }
    await desk.act(desk.who.receiving, id, 'propose', {
      decision: { accepts: 'part', reason: '照片另行移交', leftOut: [{ code: out, reason: '照片另行移交' }] },
    });
    await desk.act(desk.who.decider, id, 'accept');
    await desk.goOn(id);
    const { manifest, number, state } = await batchOf(id);
    expect(state).toBe('accepted');
    // What was in quarantine has gone; its list is what both signed, for both.
    expect(digestOf(listed)).toBe(manifest);
    expect(await listOf(desk.who.clerk, id)).toBe(listed);
    const { text } = await kept.house.transfers.paper(desk.who.clerk, id, 'register');
    const [paper = ''] = await textOf(
      (await kept.house.transfers.sheet(desk.who.receiving, id, 'zh-CN')).pdf,
    );
    for (const said of [
      number,
      '移交电子档案数量',
      '段明理',
      '陆馆长',
      '照片另行移交',
      '在线',
      digestOf(text).slice(0, 16),
    ])
      expect(paper).toContain(said);
    expect(paper).not.toContain('草稿');
    expect(await states()).toEqual(['handedOver', 'handedOver', 'filed']);
    expect(await recordOf(3)).toMatchObject({ state: 'filed', handoverId: null });
    expect((await recordOf(0)).handoverId).toBe(id);
    // The archive's entry is the agency's record, under one id.
    const { origin } = await kept.house.filing.record(desk.who.clerk, records[0]!);
    expect(origin).toMatchObject([{ action: '签发', agent: '尚局长', basis: '发文稿纸' }]);
    const { unit } = await kept.house.holdings.readUnit(kept.keeper, records[0]!);
    expect(unit).toMatchObject({
      referenceCode: (await recordOf(0)).referenceCode,
      title: '关于2021年低保工作的通知',
      docNo: '石民〔2021〕5号',
      date: '20210305',
      dateFrom: '2021-03-05',
      creator: '县民政局',
      retention: 'Y',
      classification: 'internal',
      category: 'WS',
      year: 2021,
      pages: 3,
      description: {
        mainTo: '各乡镇人民政府',
        genre: '通知',
        urgency: '平急',
        note: '原件',
        dept: '业务',
        itemNo: '1',
        extra: { 件内文件: '附件：低保对象名册（附表1，20210304，县民政局）' },
      },
    });
    expect((await kept.house.holdings.readUnit(kept.keeper, records[1]!)).unit.title).toBe(
      '关于同意敬老院建设的批复',
    );
    const held = await openPackage(kept.house.preservation.repository, `urn:uuid:${records[0]}`);
    const files: string[][] = [];
    for await (const f of held!.files()) {
      const { stream } = await kept.house.preservation.repository.openFile(held!.object, f.path);
      files.push([f.name, Buffer.concat(await stream.toArray()).toString()]);
    }
    expect(files).toEqual([
      ['通知 正文.txt', '通知正文'],
      ['名册.txt', '名册第一'],
      ['名册（续）.txt', '名册第二'],
    ]);
    let told = '';
    for (const { logicalPath } of held!.object.files())
      if (/package/.test(logicalPath)) {
        const { stream } = await kept.house.preservation.repository.openFile(held!.object, logicalPath);
        told += Buffer.concat(await stream.toArray()).toString();
      }
    for (const said of [
      '签发',
      '发文稿纸',
      'record.registered',
      'record.filesAttached',
      'filing.confirmed',
      '段明理',
    ])
      expect(told).toContain(said);
    expect(await kept.house.holdings.findByCode(system, kept.archive, out!).catch((e) => e.code)).toBe(
      'unit.notFound',
    );
  });
});
