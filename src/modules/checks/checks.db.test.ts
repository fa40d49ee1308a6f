import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handoverFiles } from '#formats/handover';
import { createTreeWriter } from '#formats/tree';
import { childrenOf, readElements, type XmlElement } from '#formats/xml';
import type { Actor, Capability } from '#kernel/actor';
import { publicActor, systemActor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import { type KeptHouse, keptHouse } from '../../../test/support/keptHouse.ts';
import type { Checks } from './index.ts';

let kept: KeptHouse;
let checks: Checks;
let out: string;
const system = systemActor('test');

beforeAll(async () => {
  kept = await keptHouse();
  checks = kept.house.checks;
  out = await mkdtemp(join(tmpdir(), 'lantai-checks-'));
});
afterAll(async () => {
  await kept.close();
  await rm(out, { recursive: true });
});

function person(name: string, ...capabilities: Capability[]): Actor {
  const rights = new Map([[kept.archive, new Set(capabilities)]]);
  return { ...publicActor(), kind: 'person', id: newId(), name, rights, today: '2026-03-01' };
}
const keeper = (name = '保管') => person(name, 'holdings.read', 'preservation.read', 'preservation.manage');

const file = (name: string, text: string) => ({
  name,
  bytes: Buffer.byteLength(text),
  open: async () =>
    (async function* () {
      yield Buffer.from(text);
    })(),
});
const record = (n: number, more: Record<string, string> = {}) => ({
  values: {
    档号: `J077-WS·2023·Y-${String(n).padStart(4, '0')}`,
    责任者: '某局',
    题名: `关于第${n}号事项的通知`,
    日期: '20230305',
    保管期限: '永久',
    密级: '公开',
    ...more,
  },
  folder: 'J077/WS/2023',
  metadata: { 文件编号: `某发〔2023〕${n}号` },
  files: [file('正文.txt', `关于第${n}号事项的通知`)],
});

async function handover(name: string, numbers = [1, 2, 3]): Promise<string> {
  const path = join(out, name);
  const writer = await createTreeWriter(path, { wrapper: 'folder' });
  const note = { 移交单位: '某局', 内容描述: '2023年度文书档案', 软硬件环境: '任意' };
  for await (const f of handoverFiles({ note, items: () => numbers.map((n) => record(n)), digest: 'sm3' }))
    await writer.add(f);
  await writer.finish();
  return path;
}

async function judged(path: string, id?: string) {
  const { subject, kind, close } = await checks.packageSubject({
    path,
    title: 'batch',
    declared: [{ items: 3, source: '登记表' }],
    transmission: [{ name: 'batch', algorithm: 'sm3', before: 'aa', after: 'aa' }],
  });
  try {
    const order = {
      id,
      archiveId: kept.archive,
      about: 'package',
      aboutId: path,
      title: 'batch',
      stage: 'YJ' as const,
      profile: kind,
    };
    return await checks.run(system, order, subject);
  } finally {
    await close();
  }
}
const states = async (actor: Actor, id: string) =>
  Object.fromEntries((await checks.report(actor, id)).items.map((i) => [i.item.slug, i.result?.state]));
const text = async (pieces: AsyncIterable<string>) => {
  let all = '';
  for await (const piece of pieces) all += piece;
  return all;
};

describe('four-nature checks of a package', () => {
  it('keep every item with what was found, and wait for people where only people can tell', async () => {
    const { id, verdict } = await judged(await handover('sound'));
    const all = await states(keeper(), id);
    expect(Object.entries(all).filter(([, s]) => s === 'failed')).toEqual([['av-installed', 'failed']]);
    expect(all).toMatchObject({
      'fixity-valid': 'passed',
      'manifest-valid': 'passed',
      'pkg-fixity': 'passed',
      'count-total': 'passed',
      'format-allowed': 'passed',
      virus: 'notPerformed',
      scope: 'notPerformed',
      'process-md': 'notPerformed',
      'media-look': 'notApplicable',
      env: 'open',
    });
    expect(verdict).toBe('open');
  });

  it('are 合格 once everything is answered for with reasons, and not before', async () => {
    const { id } = await judged(await handover('answered'));
    const actor = keeper();
    const open = (await checks.report(actor, id)).items.filter((i) => i.mayAnswer);
    expect(open.map((i) => i.item.slug)).toEqual(
      expect.arrayContaining(['virus', 'env', 'content-readable', 'av-installed', 'bytes-total']),
    );
    const yes = (slug: (typeof open)[number]['item']['slug']) => ({
      slug,
      verdict: 'yes' as const,
      reason: '已核对',
    });
    const [first, ...rest] = open.map((i) => yes(i.item.slug));
    expect(await checks.answer(actor, id, rest)).toBe('open');
    expect(await checks.answer(actor, id, [{ ...first!, verdict: 'no' }])).toBe('unqualified');
    expect(await checks.answer(actor, id, [first!])).toBe('qualified');
    const { run, items } = await checks.report(actor, id);
    expect(run.verdict).toBe('qualified');
    expect(items.find((i) => i.item.slug === 'virus')).toMatchObject({
      answer: { verdict: 'yes', byName: '保管' },
      standing: 'passed',
    });
    await expect(checks.answer(actor, id, [yes('md-type')])).rejects.toMatchObject({
      code: 'check.noAnswer',
    });
    await expect(checks.answer(actor, id, [{ ...first!, reason: '  ' }])).rejects.toMatchObject({
      code: 'check.noReason',
    });
    const n = await sql<{
      n: number;
    }>`select count(*)::int as n from checks.answer where run_id = ${id}`.execute(kept.db.owner);
    expect(n.rows[0]?.n).toBe(rest.length + 2);
  });

  it('are not 合格 where a file was changed, however much is answered', async () => {
    const path = await handover('changed');
    await writeFile(join(path, 'J077/WS/2023/J077-WS·2023·Y-0002/正文.txt'), 'something else');
    const { id, verdict } = await judged(path);
    expect(verdict).toBe('unqualified');
    const actor = keeper();
    expect(await states(actor, id)).toMatchObject({ 'fixity-valid': 'failed' });
    await expect(
      checks.answer(actor, id, [{ slug: 'fixity-valid', verdict: 'yes', reason: '没关系' }]),
    ).rejects.toMatchObject({ code: 'check.noAnswer' });
    const { items } = await checks.findings(actor, {
      id,
      slug: 'fixity-valid',
      cursor: undefined,
      limit: 10,
    });
    expect(items.map((f) => f.message)).toContain('rule.handover.digest');
  });

  it('of no package at all say what is wrong and list nothing', async () => {
    const path = join(out, 'words.txt');
    await writeFile(path, 'no package');
    const { id, verdict } = await judged(path);
    expect(verdict).toBe('unqualified');
    expect(await states(keeper(), id)).toMatchObject({ 'pkg-format': 'failed' });
  });

  it('are done once, whoever asks again, and anew where they were broken off', async () => {
    const path = await handover('twice', [1, 2]);
    const id = newId();
    const { subject, close } = await checks.packageSubject({ path, title: 'batch' });
    await checks.prepare(system, {
      id,
      archiveId: kept.archive,
      about: 'package',
      aboutId: path,
      title: 'batch',
      stage: 'YJ',
    });
    const stop = new AbortController();
    const broken = {
      ...subject,
      async *units() {
        for await (const unit of subject.units()) {
          yield unit;
          stop.abort(new Error('killed'));
        }
      },
    };
    await expect(checks.perform(id, broken, { signal: stop.signal })).rejects.toThrow('killed');
    expect((await checks.report(keeper(), id)).run.state).toBe('running');
    await close();
    const first = await judged(path, id);
    // Whoever asks again is told what it came to; nothing is judged twice.
    expect(await judged(path, id)).toEqual(first);
    const counts = await sql<{
      r: number;
      f: number;
    }>`select (select count(*)::int from checks.result where run_id = ${id}) as r,
      (select count(*)::int from checks.run where id = ${id}) as f`.execute(kept.db.owner);
    expect(counts.rows[0]).toEqual({ r: (await checks.report(keeper(), id)).items.length, f: 1 });
  });
});

describe('the report of a check', () => {
  it('comes as JSON, XML and PDF with the same in it', async () => {
    const { id } = await judged(await handover('report'));
    const actor = keeper();
    const json = JSON.parse(await text(await checks.json(actor, id, 'zh-CN')));
    expect(json).toMatchObject({ format: 'lantai-check-report', title: 'batch', verdict: 'open' });
    const items = json.checks.flatMap(
      (c: { items: { slug: string; name: string; findings: { words: string }[] }[] }) => c.items,
    );
    expect(items).toHaveLength((await checks.report(actor, id)).items.length);
    expect(items[0]).toMatchObject({
      slug: 'fixity-valid',
      code: 'YJ-1-1',
      name: '固化信息有效性',
      state: 'passed',
    });
    for (const { findings } of items)
      for (const { words } of findings) expect(words).not.toMatch(/[{}]|check\.|@field/);
    const xml = await text(await checks.xml(actor, id, 'en'));
    const refuse = (what: string) => new Error(what);
    const roots: XmlElement[] = [];
    const pieces = (async function* () {
      yield Buffer.from(xml);
    })();
    for await (const e of readElements(
      pieces,
      { isContainer: () => false },
      { damaged: refuse, forbidden: refuse },
    ))
      if (e.kind === 'whole') roots.push(e.element);
    const below = (e: XmlElement): XmlElement[] => childrenOf(e).flatMap((c) => [c, ...below(c)]);
    expect(roots.flatMap(below).filter((e) => e.name === 'item')).toHaveLength(items.length);
    for (const language of ['zh-CN', 'zh-TW', 'en'] as const)
      expect((await checks.pdf(actor, id, language)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is there for who may see it, and for nobody else', async () => {
    const agencyId = await kept.house.holdings.addAgency(kept.keeper, {
      archiveId: kept.archive,
      code: 'B02',
      name: '县水务局',
    });
    const { id } = await judged(await handover('reach'));
    const order = {
      archiveId: kept.archive,
      agencyId,
      about: 'batch',
      aboutId: 'b',
      title: 'of the agency',
      stage: 'GD' as const,
    };
    const theirs = await checks.prepare(system, order);
    const post = (agencies: string[] | null, ...capabilities: Capability[]): Actor => {
      const set = new Set(capabilities);
      const posts = [
        {
          archiveId: kept.archive,
          role: 'test',
          capabilities: set,
          categories: null,
          fonds: agencies ? [] : null,
          agencies,
        },
      ];
      return { ...person('某', ...capabilities), posts };
    };
    const clerk = post([agencyId], 'holdings.read', 'filing.read', 'filing.write');
    const other = post([newId()], 'holdings.read', 'filing.read', 'filing.write');
    expect((await checks.report(clerk, theirs)).run.title).toBe('of the agency');
    for (const [actor, run] of [
      [clerk, id],
      [other, theirs],
      [keeper(), theirs],
      [person('无', 'holdings.read'), id],
    ] as const)
      await expect(checks.report(actor, run)).rejects.toMatchObject({ code: 'check.notFound' });
    const seen = async (actor: Actor) => (await checks.runs(actor, { limit: 100 })).items.map((r) => r.id);
    expect(await seen(clerk)).toEqual([theirs]);
    expect(await seen(other)).toEqual([]);
    expect(await seen(keeper())).toContain(id);
    expect(await seen(keeper())).not.toContain(theirs);
  });
});

describe('schemes of checks', () => {
  it('are changed by two, as a new version, and runs keep the one they were judged by', async () => {
    const [one, two] = [keeper('甲'), keeper('乙')];
    const fit = { archiveId: kept.archive, stage: 'YJ' as const, category: null, profile: null };
    const before = await checks.schemeFor(fit);
    expect(before.version).toBe(0);
    const items = before.items
      .filter((i) => i.slug !== 'av-installed')
      .map((i) => (i.slug === 'virus' ? { ...i, must: true } : i));
    const id = await checks.proposeScheme(one, { ...fit, items, reason: '必须查毒' });
    expect((await checks.schemeFor(fit)).version).toBe(0);
    await expect(checks.proposeScheme(two, { ...fit, items, reason: '再改' })).rejects.toMatchObject({
      code: 'check.schemePending',
    });
    await expect(checks.decideScheme(one, id, true)).rejects.toMatchObject({
      code: 'checkScheme.samePerson',
    });
    await checks.decideScheme(two, id, true);
    await expect(checks.decideScheme(two, id, true)).rejects.toMatchObject({ code: 'check.wrongState' });
    expect(await checks.schemeFor(fit)).toMatchObject({ version: 1, id });
    const { id: run, verdict } = await judged(await handover('demanded'));
    // No scanner here, and a machine has to have looked.
    expect(verdict).toBe('unqualified');
    expect((await checks.report(one, run)).run.schemeVersion).toBe(1);
    await expect(
      checks.answer(one, run, [{ slug: 'virus', verdict: 'yes', reason: '看过' }]),
    ).rejects.toMatchObject({ code: 'check.noAnswer' });
    const own = await checks.schemes(one, kept.archive);
    expect(own.own.map((s) => [s.version, s.state])).toEqual([[1, 'inForce']]);
  });
});
