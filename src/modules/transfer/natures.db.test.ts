import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import { ALL, type Desk, deskOf } from './testing/desk.ts';
import { answerAll, type SentItem } from './testing/handover.ts';

let kept: KeptHouse;
let desk: Desk;

beforeAll(async () => {
  kept = await keptHouse();
  desk = await deskOf(kept);
});
afterAll(() => kept.close());

const item = (n: number, more: Partial<SentItem> = {}): SentItem => ({
  code: `J019-WS·2023·D30-${String(n).padStart(4, '0')}`,
  ...more,
});
const one = (by: Actor, id: string) => kept.house.transfers.one(by, id);
async function checkedBySender(
  items: readonly SentItem[],
  options?: Parameters<Desk['begun']>[1],
): Promise<string> {
  const id = await desk.begun(items, options);
  await desk.checkedBySender(id);
  return id;
}
async function arrivedOf(items: readonly SentItem[]): Promise<{ id: string; runId: string }> {
  const id = await desk.begun(items);
  await desk.arrived(id);
  return { id, runId: (await one(desk.who.receiving, id)).arrivalCheck?.runId ?? '' };
}
async function read(objectId: string, path: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await kept.house.preservation.repository.openFile(objectId, path)).stream)
    chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
const refused = (code: string) => expect.objectContaining({ code });

describe('the four natures of a batch', () => {
  it('are checked at the sender, whose report is the agency’s alone until it sends', async () => {
    const id = await checkedBySender([item(1), item(2)]);
    const { precheck, state } = await one(desk.who.clerk, id);
    expect({ precheck, state }).toMatchObject({
      state: 'checked',
      precheck: { qualified: true, verdict: 'open', records: 2 },
    });
    const runId = precheck?.runId ?? '';
    const { run, items } = await kept.house.checks.report(desk.who.clerk, runId);
    expect(run).toMatchObject({ stage: 'YJ', profile: 'handover', category: 'WS', side: 'agency' });
    expect(items.find((i) => i.item.slug === 'pkg-fixity')?.result?.state).toBe('notApplicable');
    await expect(kept.house.checks.report(desk.who.receiving, runId)).rejects.toEqual(
      refused('check.notFound'),
    );
    await desk.act(desk.who.officer, id, 'send');
    expect((await kept.house.checks.report(desk.who.receiving, runId)).run.closed).toBe(true);
    await expect(answerAll(kept.house.checks, desk.who.officer, runId)).rejects.toEqual(
      refused('check.closed'),
    );
  });

  it('send a batch back to the agency where an item that has to pass does not', async () => {
    // A date no calendar has: sound as a package, wrong as a record.
    const id = await checkedBySender([item(3), item(4, { date: '20231305' })]);
    const { state, precheck } = await one(desk.who.clerk, id);
    expect({ state, precheck }).toMatchObject({
      state: 'preparing',
      precheck: { qualified: false, verdict: 'unqualified' },
    });
    const { items } = await kept.house.checks.report(desk.who.clerk, precheck?.runId ?? '');
    expect(items.filter((i) => i.standing === 'failed').map((i) => i.item.slug)).toContain('md-type');
  });

  it('take codes for right that are built as the archive builds them', async () => {
    const told = async (code: string) => {
      const { precheck } = await one(desk.who.clerk, await checkedBySender([{ code }], { fonds: 'J019' }));
      const { items } = await kept.house.checks.report(desk.who.clerk, precheck?.runId ?? '');
      return items.find((i) => i.item.slug === 'refcode-valid')?.result?.state;
    };
    expect(await told('J019·2023·0071')).toBe('failed');
    const shared = { pad: 0, required: true, counterScope: null, level: 'series' };
    const slots = [
      { ...shared, name: 'fonds', separatorBefore: '', pattern: '[A-Z0-9]{4}', level: 'fonds' },
      { ...shared, name: 'year', separatorBefore: '·', pattern: '[0-9]{4}' },
      { ...shared, name: 'item', separatorBefore: '·', pattern: '[0-9]{4}', level: 'item' },
    ];
    await sql`insert into holdings.code_template (id, archive_id, fonds_id, category, valid_from, name, slots, created_by_name)
      values (${newId()}, ${kept.archive}, null, null, current_date, '按年度', ${JSON.stringify(slots)}::jsonb, '段明理')`.execute(
      kept.db.owner,
    );
    expect(await told('J019·2023·0072')).toBe('passed');
    // What was numbered by the standard's form before is right as it was.
    expect(await told(item(31).code)).toBe('passed');
  });

  it('take no number that was withdrawn for a gap', async () => {
    const code = (n: number) => `J019-WS·2022·D30-000${n}`;
    const told = async () => {
      const { precheck } = await one(
        desk.who.clerk,
        await checkedBySender([{ code: code(1) }, { code: code(3) }]),
      );
      const { items } = await kept.house.checks.report(desk.who.clerk, precheck?.runId ?? '');
      return items.find((i) => i.item.slug === 'md-sequence')?.result?.state;
    };
    expect(await told()).toBe('failed');
    await sql`insert into holdings.code_void (archive_id, code, reason, at, actor_name)
      values (${kept.archive}, ${code(2)}, '编号时跳过', now(), '段明理')`.execute(kept.db.owner);
    expect(await told()).toBe('passed');
  });

  it('say no where somebody of the agency says no, and nothing is sent then', async () => {
    const id = await checkedBySender([item(5)]);
    const { precheck } = await one(desk.who.clerk, id);
    await kept.house.checks.answer(desk.who.clerk, precheck?.runId ?? '', [
      { slug: 'content-readable', verdict: 'no', reason: '第二页模糊' },
    ]);
    await expect(desk.act(desk.who.officer, id, 'send')).rejects.toEqual(refused('transfer.notQualified'));
  });

  it('are checked again at the archive, with what the agency signed as what is declared', async () => {
    const { runId } = await arrivedOf([item(6), item(7)]);
    const { run, items } = await kept.house.checks.report(desk.who.receiving, runId);
    expect(run).toMatchObject({ about: 'arrival', side: 'archive', verdict: 'open', units: 3 });
    const state = Object.fromEntries(items.map((i) => [i.item.slug, i.result?.state]));
    expect(state).toMatchObject({
      'pkg-fixity': 'passed',
      'count-total': 'passed',
      'bytes-total': 'passed',
      'fixity-valid': 'passed',
    });
    // It is for the archive's people to answer, though the agency reads it.
    expect(items.some((i) => i.mayAnswer)).toBe(true);
    const read = await kept.house.checks.report(desk.who.clerk, runId);
    expect(read.items.some((i) => i.mayAnswer)).toBe(false);
  });

  it('are answered for before a batch can be accepted, and stay as they were when it was', async () => {
    const { id, runId } = await arrivedOf([item(8)]);
    await expect(desk.act(desk.who.receiving, id, 'propose', ALL)).rejects.toEqual(
      refused('transfer.unanswered'),
    );
    await answerAll(kept.house.checks, desk.who.decider, runId);
    await desk.act(desk.who.receiving, id, 'propose', ALL);
    // Somebody changes what was said meanwhile: it counts for the decision as well.
    const no = { slug: 'env' as const, verdict: 'no' as const, reason: '没有环境' };
    await kept.house.checks.answer(desk.who.receiving, runId, [no]);
    await expect(desk.act(desk.who.decider, id, 'accept')).rejects.toEqual(refused('transfer.notQualified'));
    await kept.house.checks.answer(desk.who.receiving, runId, [{ ...no, verdict: 'yes', reason: '已配置' }]);
    await desk.act(desk.who.decider, id, 'accept');
    await expect(kept.house.checks.answer(desk.who.receiving, runId, [no])).rejects.toEqual(
      refused('check.closed'),
    );
    await desk.goOn(id);
    expect(await one(desk.who.clerk, id)).toMatchObject({
      state: 'accepted',
      arrivalCheck: { verdict: 'qualified', runId },
    });
  });

  it('stay with what was taken in: the standing of every item in each object, both reports whole in one', async () => {
    const { id, runId } = await arrivedOf([item(21), item(22)]);
    await answerAll(kept.house.checks, desk.who.decider, runId);
    await desk.act(desk.who.receiving, id, 'propose', ALL);
    await desk.act(desk.who.decider, id, 'accept');
    await desk.goOn(id);
    const { number } = await one(desk.who.clerk, id);
    const entries = await sql<{
      id: string;
      code: string | null;
    }>`select id, reference_code as code from holdings.unit
      where archive_id = ${kept.archive} order by id`.execute(kept.db.owner);
    const [wholes, owns]: [string[], Map<string | null, { fourNatures: unknown }>] = [[], new Map()];
    for (const entry of entries.rows) {
      const object = `urn:uuid:${entry.id}`;
      const { repository } = kept.house.preservation;
      for (const { logicalPath } of (await repository.getObject(object)).files()) {
        if (!/^checks\/v1-package-/.test(logicalPath)) continue;
        const part = JSON.parse(await read(object, logicalPath));
        if (part.batch !== number) continue;
        if (part.fourNatures) owns.set(entry.code, part);
        if (part.fourNaturesWhole) wholes.push(part.fourNaturesWhole);
        if (part.fourNaturesWhole === 'arrival') expect(JSON.parse(part.json)).toMatchObject({ id: runId });
        expect(await read(object, 'metadata/premis/events-v1.xml')).toContain(runId);
      }
    }
    const [own] = [owns.get(item(21).code)];
    expect(own?.fourNatures).toMatchObject({ check: runId, verdict: 'qualified', stage: 'YJ' });
    expect(JSON.stringify(own)).toContain('已核对');
    // With each record, and with what came beside them.
    expect(owns.size).toBe(3);
    expect(wholes.sort()).toEqual(['arrival', 'sending']);
  });

  it('are one check where the system was killed in the middle of it', async () => {
    const id = await desk.begun([item(9)]);
    await desk.act(desk.who.clerk, id, 'precheck');
    await kept.runUntil('transfer', { id }, () => true).catch(() => {});
    let seen = 0;
    // Stopped once the check has begun.
    await kept.runUntil('transfer', { id }, () => ++seen > 3).catch(() => {});
    await desk.goOn(id);
    const runs = await sql<{
      id: string;
      state: string;
    }>`select id, state from checks.run where about_id = ${id}`.execute(kept.db.owner);
    const { precheck, state } = await one(desk.who.clerk, id);
    expect(state).toBe('checked');
    expect(runs.rows).toEqual([{ id: precheck?.runId, state: 'done' }]);
  });

  it('are not looked at further where an entry of an unsound package bears a classification', async () => {
    const id = await checkedBySender([item(10), item(11, { classification: '机密★10年' })], { spoil: true });
    expect((await one(desk.who.clerk, id)).state).toBe('blocked');
    const kepts = await sql<{
      n: number;
    }>`select count(*)::int as n from checks.result r join checks.run c on c.id = r.run_id
      where c.about_id = ${id}`.execute(kept.db.owner);
    expect(kepts.rows[0]?.n).toBe(0);
  });

  it('can be demanded of a machine: then what was not performed stops the batch', async () => {
    const fit = { archiveId: kept.archive, stage: 'YJ' as const, category: null, profile: 'handover' };
    const { items } = await kept.house.checks.schemeFor(fit);
    const demanded = items.map((i) => (i.slug === 'virus' ? { ...i, must: true } : i));
    const [a, b] = ['甲', '乙'].map((n) => kept.person(n));
    const scheme = await kept.house.checks.proposeScheme(a!, { ...fit, items: demanded, reason: '必须查毒' });
    await kept.house.checks.decideScheme(b!, scheme, true);
    const id = await checkedBySender([item(12)]);
    const { state, precheck } = await one(desk.who.clerk, id);
    expect({ state, verdict: precheck?.verdict }).toEqual({ state: 'preparing', verdict: 'unqualified' });
    const outcome = await kept.house.checks.outcome(kept.db.owner, precheck?.runId ?? '');
    expect(outcome?.notPerformed).toEqual(['virus']);
  });
});
