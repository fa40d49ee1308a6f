import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import type { DueKind } from '#kernel/due';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { people } from '../filing/testing/people.ts';
import { uploaded } from '../transfer/testing/handover.ts';
import type { Guidance } from './index.ts';

let kept: KeptHouse;
let guidance: Guidance;
let civil: string;
let school: string;
let elsewhere: string;
let otherArchive: string;
let clerk: Actor;
let officer: Actor;
let teacher: Actor;
let supervisor: Actor;
let receiving: Actor;
let strange: Actor;
let strangeClerk: Actor;

const system = systemActor('test');
const code = (c: string) => ({ code: c });
const today = () => kept.house.today();
const year = () => Number(today().slice(0, 4));

beforeAll(async () => {
  kept = await keptHouse();
  guidance = kept.house.guidance;
  const { holdings } = kept.house;
  otherArchive = await holdings.addArchive(system, {
    parentId: null,
    code: '990199',
    name: '白鹭县档案馆',
    level: 'county',
  });
  const agency = (archiveId: string, c: string, name: string) =>
    holdings.addAgency(system, { archiveId, code: c, name });
  civil = await agency(kept.archive, 'A01', '县民政局');
  school = await agency(kept.archive, 'A02', '县第一中学');
  elsewhere = await agency(otherArchive, 'B01', '邻县粮食局');
  const of = people(kept.archive);
  clerk = of.clerk(civil);
  officer = of.officer(civil);
  teacher = of.officer(school);
  supervisor = of.supervisor();
  receiving = of.receiving();
  strange = people(otherArchive).supervisor('邻馆监督');
  strangeClerk = people(otherArchive).officer(elsewhere, '邻县经办');
});
afterAll(() => kept.close());

const PAGE = { cursor: undefined, limit: 100 };
const dues = async (who: Actor, kinds?: DueKind[]) => (await guidance.due(who, { ...PAGE, kinds })).items;
const kindsOf = async (who: Actor) => (await dues(who)).map((d) => [d.kind, d.agencyName].join(' '));

describe('a notice', () => {
  it('goes to those it names, each notes it once, and the archive sees who did', async () => {
    const id = await guidance.issue(supervisor, {
      archiveId: kept.archive,
      title: '关于报送年度归档情况的通知',
      body: '请于期限内报送。',
      dueOn: `${year() + 1}-01-31`,
      agencies: null,
      uploadIds: [],
    });
    const seen = await guidance.notice(clerk, id);
    expect(seen.to.map((t) => t.agencyName)).toEqual(['县民政局']);
    expect(seen.mayAcknowledge).toEqual([civil]);
    expect((await guidance.waiting(clerk, 10)).map((d) => d.kind)).toContain('notice');
    for (const other of [strange, strangeClerk])
      await expect(guidance.notice(other, id)).rejects.toMatchObject(code('notice.notFound'));
    await guidance.acknowledge(officer, id, { agencyId: civil, note: '已知悉' });
    await expect(guidance.acknowledge(clerk, id, { agencyId: civil, note: '' })).rejects.toMatchObject(
      code('notice.wrongState'),
    );
    await expect(guidance.acknowledge(clerk, id, { agencyId: school, note: '' })).rejects.toMatchObject(
      code('notice.notFound'),
    );
    await expect(guidance.acknowledge(supervisor, id, { agencyId: school, note: '' })).rejects.toMatchObject(
      code('actor.forbidden'),
    );
    const all = await guidance.notice(supervisor, id);
    expect(all).toMatchObject({
      notice: { agencies: 2, acknowledged: 1 },
      mayManage: true,
      mayAcknowledge: [],
    });
    expect(all.to.map((t) => [t.agencyName, t.acknowledgedByName, t.note])).toEqual([
      ['县第一中学', null, null],
      ['县民政局', '主管', '已知悉'],
    ]);
    expect(await guidance.remind(receiving, id)).toEqual({ reminded: 1 });
    await expect(guidance.remind(officer, id)).rejects.toMatchObject(code('actor.forbidden'));
    expect((await guidance.notice(teacher, id)).to).toMatchObject([{ reminders: 1 }]);
    expect(await kindsOf(clerk)).not.toContain('notice 县民政局');
    expect(await kindsOf(teacher)).toContain('notice 县第一中学');
    await guidance.withdraw(supervisor, id, '另发');
    expect(await kindsOf(teacher)).not.toContain('notice 县第一中学');
    await expect(guidance.acknowledge(teacher, id, { agencyId: school, note: '' })).rejects.toMatchObject(
      code('notice.wrongState'),
    );
  });

  it('is written by the archive alone, to agencies it looks after, and bears no classification', async () => {
    const order = { archiveId: kept.archive, title: '通知', body: '', dueOn: null, uploadIds: [] };
    for (const [who, agencies] of [
      [officer, [civil]],
      [strange, [civil]],
      [supervisor, [elsewhere]],
      [supervisor, [civil, elsewhere]],
    ] as const)
      await expect(guidance.issue(who, { ...order, agencies })).rejects.toMatchObject(code('notice.nobody'));
    await expect(
      guidance.issue(supervisor, { ...order, title: '【机密】通知', agencies: [civil] }),
    ).rejects.toMatchObject(code('notice.marked'));
    await expect(
      guidance.issue(supervisor, { ...order, dueOn: '2020-01-01', agencies: [civil] }),
    ).rejects.toMatchObject(code('notice.dueOn'));
  });

  it('carries files, which those it went to read and no others', async () => {
    const path = join(kept.folder, '表样.txt');
    await writeFile(path, '表样内容');
    await mkdir(kept.house.staging.folder, { recursive: true });
    const upload = await uploaded(kept.house.staging.folder, supervisor, path, '表样.txt');
    const id = await guidance.issue(supervisor, {
      archiveId: kept.archive,
      title: '附表样',
      body: '',
      dueOn: null,
      agencies: [civil],
      uploadIds: [upload],
    });
    const { files } = await guidance.notice(clerk, id);
    const { content } = await guidance.openFile(clerk, id, files[0]!.id);
    expect(await text(content())).toBe('表样内容');
    for (const other of [teacher, strange])
      await expect(guidance.openFile(other, id, files[0]!.id)).rejects.toMatchObject(code('notice.notFound'));
    await guidance.tidy();
    expect(await text((await guidance.openFile(clerk, id, files[0]!.id)).content())).toBe('表样内容');
  });

  it('is reminded of by the house once when its day comes near and once when it is over', async () => {
    const id = await guidance.issue(supervisor, {
      archiveId: kept.archive,
      title: '近期',
      body: '',
      dueOn: today(),
      agencies: [school],
      uploadIds: [],
    });
    const reminders = async () => (await guidance.notice(teacher, id)).to[0]!.reminders;
    await guidance.tidy();
    await guidance.tidy();
    expect(await reminders()).toBe(1);
    await sql`update guidance.notice set due_on = due_on - 30 where id = ${id}`.execute(kept.db.owner);
    await sql`update guidance.notice_to set reminded_at = reminded_at - interval '40 days' where notice_id = ${id}`.execute(
      kept.db.owner,
    );
    await guidance.tidy();
    await guidance.tidy();
    expect(await reminders()).toBe(2);
    expect((await dues(teacher, ['notice'])).find((d) => d.id === id)?.isLate).toBe(true);
  });
});

describe('what is due', () => {
  it('tells an agency of schedules, years, plans, returned batches and questions, and no other agency of them', async () => {
    const { filing, transfers } = kept.house;
    expect(await kindsOf(teacher)).toContain('scheduleNone 县第一中学');
    const schedule = await filing.draftSchedule(clerk, {
      archiveId: kept.archive,
      agencyId: civil,
      title: '保管期限表',
      template: 'civil-affairs',
    });
    await filing.submitSchedule(officer, schedule);
    expect(await kindsOf(supervisor)).toContain('scheduleSubmitted 县民政局');
    expect((await guidance.waiting(supervisor, 10)).map((d) => d.kind)).toContain('scheduleSubmitted');
    await filing.returnSchedule(supervisor, schedule, '补充会计类');
    expect(await kindsOf(clerk)).toContain('scheduleReturned 县民政局');
    await filing.submitSchedule(officer, schedule);
    await filing.approveSchedule(supervisor, schedule, { inForceFrom: `${year() - 6}-01-01`, note: '' });
    expect(await kindsOf(clerk)).toEqual(
      expect.arrayContaining(['scheduleOld 县民政局', 'yearNotFiled 县民政局']),
    );
    const years = (await dues(supervisor, ['yearNotFiled'])).map((d) => [d.year, d.dueOn]);
    expect(years).toEqual([[year() - 1, `${year()}-06-30`]]);
    await transfers.plan(receiving, {
      archiveId: kept.archive,
      agencyId: civil,
      year: year(),
      content: '2015年文书',
      dueOn: `${year() - 1}-12-31`,
      items: null,
      note: null,
    });
    const [plan] = await dues(clerk, ['plan']);
    expect(plan).toMatchObject({ label: '2015年文书', isLate: true, side: 'agency' });
    await filing.remark(supervisor, {
      about: 'agency',
      aboutId: civil,
      archiveId: kept.archive,
      kind: 'question',
      text: '照片如何归档？',
    });
    expect((await dues(clerk, ['question'])).map((d) => d.side)).toEqual(['agency']);
    for (const other of [teacher, strange, strangeClerk])
      expect((await dues(other)).filter((d) => d.agencyId === civil)).toEqual([]);
  });

  it('is paged by the day without a gap or a double, and filtered', async () => {
    const whole = await dues(supervisor);
    expect(whole.length).toBeGreaterThan(5);
    expect(whole.map((d) => d.day)).toEqual(whole.map((d) => d.day).toSorted());
    const paged = [];
    let cursor: string | undefined;
    do {
      const page = await guidance.due(supervisor, { cursor, limit: 2 });
      paged.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(paged).toEqual(whole);
    const late = (await guidance.due(supervisor, { ...PAGE, late: true })).items;
    expect(late).toEqual(whole.filter((d) => d.isLate));
    const { items } = await guidance.dueByAgency(supervisor, { archiveId: kept.archive, ...PAGE });
    expect(items.map((a) => a.name)).toEqual(['县民政局', '县第一中学']);
    for (const a of items)
      expect(a.kinds.reduce((n, k) => n + k.all, 0)).toBe(
        whole.filter((d) => d.agencyId === a.agencyId && d.side === 'agency').length,
      );
    const one = await guidance.dueByAgency(supervisor, {
      archiveId: kept.archive,
      cursor: undefined,
      limit: 1,
    });
    const two = await guidance.dueByAgency(supervisor, {
      archiveId: kept.archive,
      cursor: one.next ?? undefined,
      limit: 1,
    });
    expect([...one.items, ...two.items]).toEqual(items);
    expect(two.next).toBeNull();
  });
});

describe('what is said about a batch', () => {
  it('reaches the other side, is answered there and settled, and nobody else sees it', async () => {
    const { filing, transfers } = kept.house;
    const batch = await transfers.begin(clerk, {
      archiveId: kept.archive,
      agencyId: civil,
      planId: null,
      title: '2015年移交',
      content: '',
      fonds: null,
    });
    const asked = await filing.remark(clerk, {
      about: 'batch',
      aboutId: batch,
      kind: 'question',
      text: '缺页的文件怎么处理？',
    });
    for (const other of [teacher, strange, strangeClerk]) {
      await expect(
        filing.remark(other, { about: 'batch', aboutId: batch, kind: 'question', text: 'x' }),
      ).rejects.toMatchObject(code('remark.notFound'));
      expect(await filing.remarks(other, batch)).toEqual([]);
      await expect(filing.answer(other, asked, 'x')).rejects.toMatchObject(code('remark.notFound'));
    }
    const waiting = await guidance.waiting(receiving, 50);
    expect(waiting.find((d) => d.id === asked)).toMatchObject({
      about: 'batch',
      aboutId: batch,
      side: 'archive',
    });
    await filing.answer(receiving, asked, '在备考表中说明。');
    expect((await guidance.waiting(receiving, 50)).map((d) => d.id)).not.toContain(asked);
    const said = await filing.remarks(clerk, batch);
    expect(said.map((r) => [r.kind, r.side])).toEqual([
      ['question', 'agency'],
      ['answer', 'archive'],
    ]);
    expect(said[0]!.settledByName).toBe('接收');
    expect(said[0]!.label).toContain('2015年移交');
  });
});

describe('My work', () => {
  it('shows a batch that waits however many older ones wait for others', async () => {
    const { transfers } = kept.house;
    const mine = await transfers.begin(teacher, {
      archiveId: kept.archive,
      agencyId: school,
      planId: null,
      title: '最新的一批',
      content: '',
      fonds: null,
    });
    // 260 that the same person prepared and may not send: older, and open.
    await sql`insert into transfer.batch (id, archive_id, agency_id, agency_code, agency_name, number, title, state, prepared_by,
        prepared_by_name, prepared_at, created_at, moved_at)
      select gen_random_uuid(), ${kept.archive}, ${school}, 'A02', '县第一中学', 'N' || n, '旧批次', 'checked', gen_random_uuid(), '某人',
        now(), now(), now() - make_interval(days => 400 - n) from generate_series(1, 260) as n`.execute(
      kept.db.owner,
    );
    await sql`insert into transfer.move (batch_id, seq, archive_id, agency_id, round, act, from_state, to_state, person_id, person_name, at)
      select id, 1, archive_id, agency_id, 1, 'begin', 'preparing', 'preparing', ${teacher.id}, '主管', now()
      from transfer.batch where title = '旧批次'`.execute(kept.db.owner);
    expect((await transfers.waiting(teacher, 10)).map((w) => w.batch.id)).toEqual([mine]);
    const decider = people(kept.archive).receiving('同事');
    expect(await transfers.waiting(decider, 300)).toEqual([]);
  });
});
