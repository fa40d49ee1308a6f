import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { type FilingHouse, filingHouse } from '../testing/house.ts';
import { people } from '../testing/people.ts';
import { runOf } from './check.ts';

let all: FilingHouse;
let who: Record<'clerk' | 'officer' | 'receiving' | 'stranger', Actor>;
const place = (year: number) => ({ archiveId: all.house.county, agencyId: all.civil, year });

beforeAll(async () => {
  all = await filingHouse();
  const of = people(all.house.county);
  who = {
    clerk: of.clerk(all.civil),
    officer: of.officer(all.civil),
    receiving: of.receiving(),
    stranger: of.clerk(all.school),
  };
});
afterAll(() => all.close());

async function filed(year: number, more: { date?: string } = {}, file = { name: '通知.txt', text: '通知' }) {
  const { clerk } = who;
  const shared = { retention: 'D10', classCode: 'XZ', className: '行政', creator: '县民政局' };
  const { id } = await all.filing.register(clerk, place(year), {
    ...shared,
    title: `关于${year}年工作的通知`,
    docNo: `石民〔${year}〕1号`,
    date: `${year}0305`,
    ...more,
  });
  await all.filing.attach(clerk, id, { uploadIds: [await all.uploaded(clerk, file.name, file.text)] });
  await all.filing.number(clerk, place(year), { order: 'date', again: false });
  const filing = await all.filing.prepareFiling(clerk, place(year), { note: '本年无其他文件。' });
  return { id, filing };
}

describe('the check of a filing', () => {
  it('is one, where the year is confirmed while its job is at it', async () => {
    const { filing } = await filed(2016);
    const [job] = all.filing.jobs;
    const signal = new AbortController().signal;
    const run = { id: 'j', data: { filing }, attempt: 1, signal, progress: () => {} };
    // Whichever is quicker: the year is filed.
    const [, confirmed] = await Promise.allSettled([
      job!.run(run),
      all.filing.confirmFiling(who.officer, filing),
    ]);
    expect(confirmed).toMatchObject({ status: 'fulfilled' });
  });

  it('is the agency’s alone until the year is filed, and then stands fast for both sides', async () => {
    const { id, filing } = await filed(2018);
    const [job] = all.filing.jobs;
    await job!.run({
      id: 'j',
      data: { filing },
      attempt: 1,
      signal: new AbortController().signal,
      progress: () => {},
    });
    const report = await all.checks.report(who.clerk, runOf(filing));
    expect(report.run).toMatchObject({
      stage: 'GD',
      about: 'filing',
      category: 'WS',
      units: 1,
      verdict: 'open',
    });
    const state = Object.fromEntries(report.items.map((i) => [i.item.slug, i.result?.state]));
    expect(state).toMatchObject({
      'fixity-valid': 'passed',
      'count-total': 'passed',
      'process-md': 'passed',
      'refcode-valid': 'passed',
      'pkg-structure': 'notApplicable',
    });
    await expect(all.checks.report(who.receiving, runOf(filing))).rejects.toMatchObject({
      code: 'check.notFound',
    });
    await all.filing.confirmFiling(who.officer, filing);
    expect((await all.checks.report(who.receiving, runOf(filing))).run.closed).toBe(true);
    const { checks } = await all.filing.years(who.clerk, place(2018));
    expect(checks.get(filing)).toMatchObject({ state: 'done', verdict: 'open' });
    expect((await all.filing.record(who.clerk, id)).record.state).toBe('filed');
  });

  it('stops the confirmation where a record can not be filed as it is, and says at the record what is wrong', async () => {
    const { id, filing } = await filed(2017, {}, { name: '通知.pdf', text: 'no PDF at all' });
    await expect(all.filing.confirmFiling(who.officer, filing)).rejects.toMatchObject({
      code: 'filing.unqualified',
      detail: { check: runOf(filing), items: ['file-attrs'] },
    });
    const found = await all.filing.findingsOfRecord(who.clerk, id);
    expect(found.map((f) => f.message)).toContain('check.finding.otherFormat');
    expect((await all.filing.record(who.clerk, id)).record.state).toBe('registered');
    await expect(all.filing.findingsOfRecord(who.stranger, id)).rejects.toMatchObject({
      code: 'record.notFound',
    });
  });

  it('is the same check where it is asked for twice', async () => {
    const { filing } = await filed(2016);
    const [job] = all.filing.jobs;
    const run = () =>
      job!.run({
        id: 'j',
        data: { filing },
        attempt: 1,
        signal: new AbortController().signal,
        progress: () => {},
      });
    await run();
    await run();
    const n = await sql<{
      n: number;
    }>`select count(*)::int as n from checks.run where about_id = ${filing}`.execute(all.house.db.owner);
    expect(n.rows[0]?.n).toBe(1);
  });

  it('is entered once where several ask for it at the same moment', async () => {
    const id = crypto.randomUUID();
    const order = {
      archiveId: all.house.county,
      agencyId: all.civil,
      stage: 'GD' as const,
      about: 'x',
      aboutId: id,
    };
    const asked = Array.from({ length: 6 }, () =>
      all.checks.prepare(who.clerk, { ...order, id, title: '同一次' }),
    );
    expect(new Set(await Promise.all(asked))).toEqual(new Set([id]));
  });

  it('can be had of records somebody chooses, who may work on them', async () => {
    const { id } = await filed(2015);
    const of = { archiveId: all.house.county, agencyId: all.civil };
    const run = await all.filing.check(who.clerk, of, { ids: [id], title: '选出的文件' });
    const [job] = all.filing.jobs;
    const data = { run, ...of, ids: [id], title: '选出的文件' };
    await job!.run({ id: 'j', data, attempt: 1, signal: new AbortController().signal, progress: () => {} });
    expect((await all.checks.report(who.clerk, run)).run).toMatchObject({
      about: 'records',
      state: 'done',
      units: 1,
    });
    await expect(all.filing.check(who.stranger, of, { ids: [id], title: 'x' })).rejects.toMatchObject({
      code: 'agency.notFound',
    });
  });
});
