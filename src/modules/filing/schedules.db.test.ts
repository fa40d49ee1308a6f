import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSheets } from '#formats/sheets';
import { sql } from '#kernel/db';
import type { SmallHouse } from '../../../test/support/house.ts';
import type { Filing } from './index.ts';
import { type FilingHouse, filingHouse } from './testing/house.ts';
import { people } from './testing/people.ts';

let all: FilingHouse;
let house: SmallHouse;
let filing: Filing;
let civil: string;
let school: string;

beforeAll(async () => {
  all = await filingHouse();
  ({ house, filing, civil, school } = all);
});
afterAll(() => all.close());

const of = () => people(house.county);
const draft = (
  agencyId: string,
  actor = of().clerk(agencyId),
  template: string | undefined = 'civil-affairs',
) =>
  filing.draftSchedule(actor, {
    archiveId: house.county,
    agencyId,
    title: '归档范围和保管期限表',
    ...(template && { template }),
  });
const code = (c: string) => ({ code: c });

describe('a retention schedule', () => {
  it('is printed with where it stands, and written out as a workbook of all its lines, for who may read it', async () => {
    const drafter = of().clerk(civil);
    const id = await draft(civil, drafter);
    const { lines } = await filing.schedule(drafter, id);
    const failed = (e: Error) => expect.unreachable(e.message);
    const at = join(all.folder, 'schedule.xlsx');
    await writeFile(at, await filing.scheduleSheet(drafter, id, { language: 'zh-CN', failed }));
    const rows: string[][] = [];
    const book = await openSheets(at);
    for (const sheet of book.sheets)
      for await (const some of sheet.rows()) rows.push(...some.map((row) => row.cells));
    await book.close();
    expect(rows[0]?.slice(0, 3)).toEqual(['序号', '类目名称', '类目代码']);
    expect(rows.slice(1).map((r) => r[4])).toEqual(lines.map((l) => l.matter));
    const pdf = await filing.printSchedule(drafter, id, 'zh-CN');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const other = of().clerk(school);
    await expect(filing.printSchedule(other, id, 'zh-CN')).rejects.toMatchObject(code('schedule.notFound'));
    await expect(filing.scheduleSheet(other, id, { language: 'en', failed })).rejects.toMatchObject(
      code('schedule.notFound'),
    );
    await filing.discardSchedule(drafter, id);
  });

  it('goes from draft to force between two sides, and is its agency’s alone until it is submitted', async () => {
    const { clerk, officer, supervisor } = of();
    const drafter = clerk(civil);
    const head = officer(civil);
    const archive = supervisor();
    const id = await draft(civil, drafter);
    const { schedule, lines } = await filing.schedule(drafter, id);
    expect(schedule).toMatchObject({
      number: 1,
      state: 'draft',
      mayWrite: true,
      maySubmit: false,
      side: 'agency',
    });
    expect(lines.length).toBeGreaterThan(40);
    await expect(filing.schedule(archive, id)).rejects.toMatchObject(code('schedule.notFound'));
    await expect(filing.schedule(officer(school), id)).rejects.toMatchObject(code('schedule.notFound'));
    await expect(draft(civil)).rejects.toMatchObject(code('schedule.duplicate'));

    const changed = lines.map((l, i) => (i === 0 ? { ...l, retention: 'D30' } : l));
    await filing.writeLines(drafter, id, { version: schedule.version, lines: changed });
    await expect(
      filing.writeLines(drafter, id, { version: schedule.version, lines: changed }),
    ).rejects.toMatchObject(code('schedule.changed'));
    const compared = await filing.compare(drafter, id, 'template');
    expect(compared?.differences).toMatchObject([{ kind: 'changed', fields: ['retention'], shorter: true }]);

    await expect(filing.submitSchedule(drafter, id)).rejects.toMatchObject(code('actor.forbidden'));
    await filing.submitSchedule(head, id);
    expect((await filing.schedule(archive, id)).schedule).toMatchObject({
      state: 'submitted',
      mayDecide: true,
    });
    await expect(filing.schedule(officer(school), id)).rejects.toMatchObject(code('schedule.notFound'));

    await filing.remark(archive, {
      about: 'scheduleLine',
      aboutId: id,
      lineKey: lines[0]!.key,
      kind: 'comment',
      text: '会议记录应永久保管。',
    });
    const approve = { inForceFrom: '2026-04-01', note: '' };
    await expect(filing.approveSchedule(archive, id, approve)).rejects.toMatchObject(
      code('schedule.unsettled'),
    );
    await expect(filing.returnSchedule(head, id, 'x')).rejects.toMatchObject(code('actor.forbidden'));
    await filing.returnSchedule(archive, id, '');
    const back = await filing.schedule(drafter, id);
    expect(back.schedule).toMatchObject({ state: 'returned', mayWrite: true });
    await filing.writeLines(drafter, id, { version: back.schedule.version, lines });
    await filing.submitSchedule(head, id);
    const [comment] = await filing.remarks(archive, id);
    await expect(filing.settle(head, comment!.id)).rejects.toMatchObject(code('remark.forbidden'));
    await filing.settle(archive, comment!.id);
    await filing.approveSchedule(archive, id, approve);
    expect((await filing.schedule(drafter, id)).schedule).toMatchObject({
      state: 'approved',
      standing: 'toCome',
      mayWrite: false,
    });
    all.today.set('2026-04-01');
    expect((await filing.schedule(drafter, id)).schedule).toMatchObject({
      standing: 'inForce',
      reviewOn: '2031-04-01',
    });
    await expect(filing.writeLines(drafter, id, { version: 99, lines })).rejects.toMatchObject(
      code('schedule.wrongState'),
    );
    expect(await filing.compare(drafter, id, 'template')).toMatchObject({ differences: [] });
  });

  it('is never changed once approved, whoever asks the database', async () => {
    const { db } = house;
    const { rows } = await sql<{
      id: string;
    }>`select id from filing.schedule where state = 'approved'`.execute(db.owner);
    const id = rows[0]!.id;
    for (const statement of [
      sql`update filing.schedule set title = 'x' where id = ${id}`,
      sql`delete from filing.schedule where id = ${id}`,
      sql`update filing.schedule_line set retention = 'D10' where schedule_id = ${id}`,
      sql`delete from filing.schedule_line where schedule_id = ${id}`,
    ])
      await expect(statement.execute(db.owner)).rejects.toThrow(/never changed/);
  });

  it('says what a record is to be filed under, and why; nothing where none is in force', async () => {
    const clerk = of().clerk(civil);
    const found = await filing.suggest(
      clerk,
      { archiveId: house.county, agencyId: civil },
      { title: '2026年第一季度低保发放花名册' },
    );
    expect(found.suggestions[0]).toMatchObject({ retention: 'D30' });
    const none = await filing.suggest(
      of().clerk(school),
      { archiveId: house.county, agencyId: school },
      { title: '毕业生名册' },
    );
    expect(none).toEqual({ schedule: null, suggestions: [] });
    await expect(
      filing.suggest(of().clerk(school), { archiveId: house.county, agencyId: civil }, { title: 'x' }),
    ).rejects.toMatchObject(code('agency.notFound'));
  });

  it('is followed by a next version that begins with its lines and is compared with them', async () => {
    const { clerk, officer, supervisor } = of();
    const first = (await filing.schedules(clerk(civil), { limit: 5, cursor: undefined })).items[0]!;
    const drafter = clerk(civil);
    const id = await filing.draftSchedule(drafter, {
      archiveId: house.county,
      agencyId: civil,
      title: '第二版',
    });
    const { schedule, lines } = await filing.schedule(drafter, id);
    expect(schedule).toMatchObject({ number: 2, basedOn: first.id });
    expect((await filing.compare(drafter, id, 'previous'))?.differences).toEqual([]);
    await filing.writeLines(drafter, id, {
      version: schedule.version,
      lines: [...lines.slice(1), { matter: '养老服务补贴', retention: 'D30' }],
    });
    expect((await filing.compare(drafter, id, 'previous'))?.differences.map((d) => d.kind)).toEqual([
      'added',
      'removed',
    ]);
    await filing.submitSchedule(officer(civil), id);
    const archive = supervisor();
    await expect(
      filing.approveSchedule(archive, id, { inForceFrom: '2026-04-01', note: '' }),
    ).rejects.toMatchObject(code('schedule.day'));
    await filing.approveSchedule(archive, id, { inForceFrom: '2031-06-01', note: '' });
    all.today.set('2031-05-01');
    expect((await filing.reviewsDue(archive, 10)).map((s) => s.id)).toEqual([first.id]);
    all.today.set('2031-06-01');
    expect((await filing.schedule(drafter, first.id)).schedule.standing).toBe('followed');
    expect(await filing.reviewsDue(archive, 10)).toEqual([]);
    all.today.set('2026-03-01');
  });

  it('is not approved by who drafted it, nor by anybody with a post in the agency', async () => {
    const officer = of().officer(school);
    const id = await draft(school, officer, 'school');
    await filing.submitSchedule(officer, id);
    const both = { ...of().supervisor(), id: officer.id };
    await expect(
      filing.approveSchedule(both, id, { inForceFrom: '2026-05-01', note: '' }),
    ).rejects.toMatchObject(code('schedule.samePerson'));
    const supervisor = of().supervisor();
    const post = officer.posts![0]!;
    const insider = { ...supervisor, posts: [...supervisor.posts!, post] };
    await expect(
      filing.approveSchedule(insider, id, { inForceFrom: '2026-05-01', note: '' }),
    ).rejects.toMatchObject(code('actor.forbidden'));
    await filing.takeBackSchedule(officer, id);
    await expect(filing.schedule(supervisor, id)).rejects.toMatchObject(code('schedule.notFound'));
    await expect(filing.discardSchedule(officer, id)).rejects.toMatchObject(code('schedule.wrongState'));
  });
});

describe('questions and answers', () => {
  it('go between an agency and its archive, and nobody else reads them', async () => {
    const clerk = of().clerk(civil);
    const archive = of().supervisor();
    await filing.remark(clerk, {
      about: 'agency',
      aboutId: civil,
      archiveId: house.county,
      kind: 'question',
      text: '照片怎样归档？',
    });
    const [asked] = await filing.waitingRemarks(archive, {
      archiveId: house.county,
      side: 'agency',
      limit: 10,
    });
    expect(asked).toMatchObject({ label: '县民政局', kind: 'question' });
    expect(await filing.waitingRemarks(of().clerk(school), { limit: 10 })).toEqual([]);
    await expect(filing.answer(of().clerk(school), asked!.id, 'x')).rejects.toMatchObject(
      code('remark.notFound'),
    );
    await filing.answer(archive, asked!.id, '按件，附文字说明。');
    expect(await filing.waitingRemarks(archive, { side: 'agency', limit: 10 })).toEqual([]);
    expect((await filing.remarks(clerk, civil)).map((r) => r.kind)).toEqual(['question', 'answer']);
  });
});

describe('agencies', () => {
  it('are those whose filing one sees', async () => {
    expect(await filing.agencies(of().officer(school))).toMatchObject([
      { agencyId: school, side: 'agency', mayWrite: true, mayConfirm: true, mayApprove: false },
    ]);
    expect((await filing.agencies(of().supervisor())).map((a) => [a.agencyId, a.side, a.mayApprove])).toEqual(
      [
        [civil, 'archive', true],
        [school, 'archive', true],
      ],
    );
    expect(await filing.agencies(house.person(['holdings.read'], house.county))).toEqual([]);
  });
});
