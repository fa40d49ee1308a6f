import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { REARRANGE_JOB } from './commands.ts';

let house: SmallHouse;
/** Between which agencies somebody's posts reach. */
let people = 0;
const archivist = () => house.person(ALL, house.county);

beforeAll(async () => {
  house = await smallHouse(async () => people);
  await house.jobs.prepare([REARRANGE_JOB]);
});
afterAll(() => house.close());

const fondsOf = async (number: string, name = `${number}全宗`, agencyId: string | null = null) =>
  (await house.holdings.addFonds(archivist(), { archiveId: house.county, number, name, agencyId })).id;
const add = (
  fondsId: string,
  level: string,
  title: string,
  o: { parentId?: string; referenceCode?: string } = {},
) => house.holdings.createUnit(archivist(), { fondsId, level, title, ...o });
const unit = async (id: string) => (await house.holdings.readUnit(archivist(), id)).unit;
const codeOf = async (id: string) => (await unit(id)).referenceCode;
const below = async (place: string) =>
  (await house.holdings.arrangement.window(archivist(), place, { at: 0, limit: 100 })).items.map((u) => u.id);
const byCode = (code: string) => house.holdings.findByCode(archivist(), house.county, code);
const { begin, preview, run, one } = new Proxy({} as SmallHouse['holdings']['arrangement'], {
  get:
    (_, key: keyof SmallHouse['holdings']['arrangement']) =>
    (...of: never[]) =>
      (house.holdings.arrangement[key] as (...of: never[]) => unknown)(...of),
});

/** Begins it, and does what the job would do. */
async function arrange(plan: Parameters<typeof begin>[1], reason = '整理调整', actor: Actor = archivist()) {
  const begun = await begin(actor, plan, reason);
  if (begun.state === 'queued') await run(begun.id);
  return begun.id;
}

describe('moving many', () => {
  it('puts the chosen behind a sibling in the order of the tree, in one act', async () => {
    const f = await fondsOf('M001');
    const [one1, two] = [await add(f, 'series', '一'), await add(f, 'series', '二')];
    const files: string[] = [];
    for (const n of [1, 2, 3, 4]) files.push(await add(f, 'file', `卷${n}`, { parentId: one1 }));
    const there = [
      await add(f, 'file', '甲', { parentId: two }),
      await add(f, 'file', '乙', { parentId: two }),
    ];
    const id = await arrange({
      kind: 'move',
      selection: { ids: [files[3]!, files[0]!], ranges: [{ from: files[2]!, to: files[1]! }] },
      to: { fondsId: f, parentId: two, after: there[0]! },
      codes: 'keep',
    });
    expect(await below(two)).toEqual([there[0], ...files, there[1]]);
    expect(await below(one1)).toEqual([]);
    const changed = await sql<{
      kind: string;
      changes: number;
    }>`select kind, changes from holdings.changeset where id = ${id}`.execute(house.db.owner);
    expect(changed.rows).toEqual([{ kind: 'move', changes: 4 }]);
  });

  it('reorders among the same siblings, to the first place too', async () => {
    const f = await fondsOf('M002');
    const ids: string[] = [];
    for (const n of [1, 2, 3, 4]) ids.push(await add(f, 'file', `卷${n}`));
    await arrange({
      kind: 'move',
      selection: { ids: [ids[2]!, ids[3]!] },
      to: { fondsId: f, parentId: null, after: null },
      codes: 'keep',
    });
    expect(await below(f)).toEqual([ids[2], ids[3], ids[0], ids[1]]);
    await arrange({
      kind: 'move',
      selection: { ids: [ids[2]!, ids[0]!] },
      to: { fondsId: f, parentId: null, after: ids[3]! },
      codes: 'keep',
    });
    expect(await below(f)).toEqual([ids[3], ids[2], ids[0], ids[1]]);
  });

  it('says before the drop what the rules forbid: a level under a lower one, a circle, another fonds without rights', async () => {
    const f = await fondsOf('M003');
    const series = await add(f, 'series', '类');
    const file = await add(f, 'file', '卷', { parentId: series });
    const item = await add(f, 'item', '件', { parentId: file });
    const codes = async (ids: string[], parentId: string, actor = archivist()) =>
      (
        await preview(actor, {
          kind: 'move',
          selection: { ids },
          to: { fondsId: f, parentId },
          codes: 'keep',
        })
      ).refusals.map((r) => r.code);
    expect(await codes([series], file)).toEqual(['arrange.level', 'unit.circle']);
    expect(await codes([file], item)).toEqual(['arrange.level', 'unit.circle']);
    expect(await codes([series], series)).toEqual(['unit.circle']);
    await expect(
      begin(archivist(), {
        kind: 'move',
        selection: { ids: [series] },
        to: { fondsId: f, parentId: file },
        codes: 'keep',
      }),
    ).rejects.toMatchObject({ code: 'arrange.level' });
    expect((await unit(series)).parentId).toBeNull();
  });

  it('takes what is below along into another fonds, with new codes and the old ones as other names', async () => {
    const [a, b] = [await fondsOf('M004'), await fondsOf('M005')];
    const file = await add(a, 'file', '卷', { referenceCode: 'M004-5-12' });
    const items = [
      await add(a, 'item', '件一', { parentId: file, referenceCode: 'M004-5-12-001' }),
      await add(a, 'item', '件二', { parentId: file, referenceCode: 'M004-5-12-002' }),
    ];
    await add(b, 'file', '占号', { referenceCode: 'M005-5-12' });
    const plan = {
      kind: 'move',
      selection: { ids: [file] },
      to: { fondsId: b, parentId: null },
      codes: 'renumber',
    } as const;
    const shown = await preview(archivist(), plan);
    expect(shown).toMatchObject({ units: 1, total: 3, otherFonds: true, renumbered: 3, refusals: [] });
    expect(shown.codes.map((c) => [c.from, c.to])).toEqual([
      ['M004-5-12', 'M005-5-1'],
      ['M004-5-12-001', 'M005-5-1-001'],
      ['M004-5-12-002', 'M005-5-1-002'],
    ]);
    // Nothing was done yet.
    expect(await codeOf(file)).toBe('M004-5-12');
    await expect(begin(archivist(), plan, ' ')).rejects.toMatchObject({ code: 'arrange.reason' });
    await arrange(plan);
    expect((await unit(items[1]!)).fondsId).toBe(b);
    expect(await codeOf(items[1]!)).toBe('M005-5-1-002');
    expect(await byCode('M004-5-12-002')).toBe(items[1]);
    expect(await byCode('M005-5-1-002')).toBe(items[1]);
    const hits = await house.db.system((tx) => find(tx, { q: 'M004-5-12-002' }));
    expect(hits.hits.map((h) => [h.id, h.fonds.number])).toEqual([[items[1], 'M005']]);
  });
});

describe('renumbering', () => {
  it('numbers a class anew in the order of the tree: gaps closed, codes below follow, both resolve', async () => {
    const f = await fondsOf('R001');
    const files: string[] = [];
    for (const n of ['003', '007', '001'])
      files.push(await add(f, 'file', `卷${n}`, { referenceCode: `R001-2-${n}` }));
    const item = await add(f, 'item', '件', { parentId: files[1]!, referenceCode: 'R001-2-007-01' });
    const plan = { kind: 'renumber', selection: { ids: files }, numbers: {} } as const;
    const shown = await preview(archivist(), plan);
    expect(shown.codes.map((c) => [c.from, c.to])).toEqual([
      ['R001-2-003', 'R001-2-001'],
      ['R001-2-007', 'R001-2-002'],
      ['R001-2-001', 'R001-2-003'],
      ['R001-2-007-01', 'R001-2-002-01'],
    ]);
    await arrange(plan, '按实体顺序重编');
    expect(await Promise.all([...files, item].map(codeOf))).toEqual([
      'R001-2-001', 'R001-2-002', 'R001-2-003', 'R001-2-002-01',
    ]); // biome-ignore format: a row of codes
    expect(await byCode('R001-2-007-01')).toBe(item);
    // Who bears a code now goes before who bore it.
    expect(await byCode('R001-2-001')).toBe(files[0]);
  });

  it('lets two exchange their codes', async () => {
    const f = await fondsOf('R002');
    const one1 = await add(f, 'file', '甲', { referenceCode: 'R002-1-2' });
    const two = await add(f, 'file', '乙', { referenceCode: 'R002-1-1' });
    await arrange({ kind: 'renumber', selection: { under: f }, numbers: {} });
    expect([await codeOf(one1), await codeOf(two)]).toEqual(['R002-1-1', 'R002-1-2']);
    const view = await house.holdings.readUnit(archivist(), one1);
    expect(view.aliases).toEqual(['R002-1-2']);
    const [last] = (
      await house.holdings.arrangement.list(archivist(), {
        archiveId: house.county,
        open: false,
        limit: 1,
      })
    ).items;
    await house.holdings.arrangement.takeBack(archivist(), last!.id, '恢复');
    expect([await codeOf(one1), await codeOf(two)]).toEqual(['R002-1-2', 'R002-1-1']);
  });

  it('passes over numbers that others bear or that are void, and says so', async () => {
    const f = await fondsOf('R003');
    const mine = [
      await add(f, 'file', '甲', { referenceCode: 'R003-1-9' }),
      await add(f, 'file', '乙', { referenceCode: 'R003-1-8' }),
    ];
    await add(f, 'file', '别人的', { referenceCode: 'R003-1-1' });
    const shown = await preview(archivist(), { kind: 'renumber', selection: { ids: mine }, numbers: {} });
    expect(shown.codes.map((c) => c.to)).toEqual(['R003-1-2', 'R003-1-3']);
    expect(shown.passedOver).toEqual(['R003-1-1']);
  });

  it('records given numbers that nobody bears any more as void, with the reason', async () => {
    const f = await fondsOf('R004');
    const ids: string[] = [];
    const values = { category: 'WS', year: '2001', retention: 'Y' };
    for (const title of ['一', '二', '三'])
      ids.push(await house.holdings.createUnit(archivist(), { fondsId: f, title, code: { values } }));
    await arrange(
      { kind: 'renumber', selection: { ids }, numbers: { values: { year: '2002' } } },
      '年度有误',
    );
    expect(await codeOf(ids[2]!)).toBe('R004-WS·2002·Y-0003');
    const { items } = await house.holdings.voidCodes(archivist(), { fondsId: f, limit: 10 });
    expect(items.map((v) => [v.code, v.reason])).toEqual([
      ['R004-WS·2001·Y-0001', '年度有误'],
      ['R004-WS·2001·Y-0002', '年度有误'],
      ['R004-WS·2001·Y-0003', '年度有误'],
    ]);
    // The next is numbered behind them.
    const next = await house.holdings.createUnit(archivist(), {
      fondsId: f,
      title: '四',
      code: { values: { ...values, year: '2002' } },
    });
    expect(await codeOf(next)).toBe('R004-WS·2002·Y-0004');
  });
});

describe('drafts of a fonds that is brought into another', () => {
  it('come to stand where the fonds went, below what they were to stand below, and at home again once that is taken back', async () => {
    const [a, b] = [await fondsOf('D001', '县林场'), await fondsOf('D002', '县林业局')];
    const series = await add(a, 'series', '造林');
    const known = await add(a, 'item', '旧题名');
    const writer = { ...house.person(['holdings.read', 'holdings.draft'], house.county), name: '文某' };
    const draft = async (o: object, input: object) => {
      const id = await house.holdings.saveDraft(writer, { reason: '补著', input, ...o });
      await house.holdings.moveDraft(writer, id, 'submitted');
      return id;
    };
    const accept = async (id: string) => {
      const made = await house.holdings.decideDraft(archivist(), id, { decision: 'accepted' });
      if (made === null) throw new Error('nothing was written');
      return made;
    };
    const top = await draft({ fondsId: a }, { level: 'item', title: '林场来文' });
    const under = await draft({ fondsId: a, parentId: series }, { level: 'item', title: '造林计划' });
    const later = await draft({ fondsId: a }, { level: 'item', title: '护林公约' });
    const better = await draft({ unitId: known, version: 1 }, { title: '新题名' });
    const merged = await arrange(
      { kind: 'merge', fondsId: a, to: { fondsId: b, parentId: null }, codes: 'keep' },
      '机构合并',
    );
    expect((await unit(await accept(top))).fondsId).toBe(b);
    expect(await unit(await accept(under))).toMatchObject({ fondsId: b, parentId: series });
    await accept(better);
    expect(await unit(known)).toMatchObject({ fondsId: b, title: '新题名' });
    await house.holdings.undo(archivist(), merged, '合并有误');
    expect((await house.holdings.fonds(archivist(), a)).partOf).toBeNull();
    expect((await unit(await accept(later))).fondsId).toBe(a);
  });
});

describe('fonds', () => {
  it('tell before they are brought together how much leave stays with the one that closes', async () => {
    const [a, b] = [await fondsOf('F015', '县粮食局'), await fondsOf('F016', '县粮油公司')];
    const plan = {
      kind: 'merge' as const,
      fondsId: a,
      to: { fondsId: b, parentId: null },
      codes: 'keep' as const,
    };
    expect((await preview(archivist(), plan)).leave).toBe(0);
    const leave = (fondsId: string, until: string, revoked: string | null) =>
      sql`insert into holdings.access_grant (id, archive_id, person_id, person_name, fonds_id, gives, reason, basis, valid_from, valid_until,
        given_by_name, given_at, state, revoked_at) values (uuidv7(), ${house.county}, uuidv7(), '林某', ${fondsId}, '{content}', '编史', '介绍信',
        '2026-01-01', ${until}, '周某', now(), 'approved', ${revoked})`.execute(house.db.owner);
    await leave(a, '2999-12-31', null);
    await leave(a, '2026-01-02', null);
    await leave(a, '2999-12-31', '2026-01-03');
    await leave(b, '2999-12-31', null);
    expect((await preview(archivist(), plan)).leave).toBe(1);
  });

  it('are brought together: all comes along, the old one is closed and says where; and taken apart again', async () => {
    const [a, b] = [await fondsOf('F001', '县林业局'), await fondsOf('F002', '县农林局')];
    const series = await add(a, 'series', '一九八〇年', { referenceCode: 'F001-1980' });
    const file = await add(a, 'file', '卷', { parentId: series, referenceCode: 'F001-3-1' });
    const item = await add(a, 'item', '件', { parentId: file, referenceCode: 'F001-3-1-1' });
    await add(b, 'file', '占号', { referenceCode: 'F002-3-1' });
    const id = await arrange(
      { kind: 'merge', fondsId: a, to: { fondsId: b, parentId: null }, codes: 'renumber' },
      '机构合并',
    );
    expect(await one(archivist(), id)).toMatchObject({ state: 'done', total: 3, done: 3 });
    expect((await unit(item)).fondsId).toBe(b);
    expect(await codeOf(item)).toBe('F002-3-2-1');
    expect(await byCode('F001-3-1-1')).toBe(item);
    const closed = await house.holdings.fonds(archivist(), a);
    expect(closed).toMatchObject({ number: 'F001', partOf: b, childCount: 0 });
    await expect(add(a, 'file', '迟来')).rejects.toMatchObject({ code: 'fonds.closed' });
    // By no other road either.
    await expect(
      sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title)
        values (uuidv7(), ${house.county}, ${a}, 'item', 'a0', '旁路')`.execute(house.db.owner),
    ).rejects.toMatchObject({ code: 'LT177' });
    await expect(
      house.holdings.addFonds(archivist(), { archiveId: house.county, number: 'F001', name: '再用' }),
    ).rejects.toMatchObject({
      code: 'fonds.duplicate',
    });
    // Since then one was put below what came along, and one that came was renumbered.
    const later = await add(b, 'item', '后来的件', { parentId: file });
    const { version } = await unit(series);
    await house.holdings.correctUnit(archivist(), series, version, {
      referenceCode: 'F002-ZZ',
      codeReason: '改',
    });
    // From the list of changes, as any other change is.
    const back = await house.holdings.undo(archivist(), id, '合并有误');
    expect(back).toMatchObject({ undone: 4, left: 0, waiting: false });
    const told = await house.holdings.changeset(archivist(), back.id, { limit: 50 });
    expect(told.changeset.finishedAt).not.toBeNull();
    expect(told.changes.items.find((c) => c.unitId === item)).toMatchObject({
      before: { fonds_id: 'F002 县农林局' },
      after: { fonds_id: 'F001 县林业局' },
    });
    expect(await house.holdings.fonds(archivist(), a)).toMatchObject({ partOf: null, childCount: 1 });
    expect([(await unit(item)).fondsId, await codeOf(item)]).toEqual([a, 'F001-3-1-1']);
    expect((await unit(later)).fondsId).toBe(a);
    expect([(await unit(series)).fondsId, await codeOf(series)]).toEqual([a, 'F002-ZZ']);
    expect(await byCode('F002-3-2-1')).toBe(item);
    await expect(house.holdings.arrangement.takeBack(archivist(), id, '再来')).rejects.toMatchObject({
      code: 'arrange.wrongState',
    });
    await expect(house.holdings.undo(archivist(), id, '再来')).rejects.toMatchObject({
      code: 'change.undone',
    });
    // A joining is done again by joining: no other road goes round who decides about it.
    await expect(house.holdings.undo(archivist(), back.id, '再来')).rejects.toMatchObject({
      code: 'change.notUndoable',
    });
  });

  it('are divided: a part becomes a fonds of its own, with a new number', async () => {
    const a = await fondsOf('F003', '县文教局');
    const parts = [
      await add(a, 'series', '文化', { referenceCode: 'F003-A' }),
      await add(a, 'series', '教育', { referenceCode: 'F003-B' }),
    ];
    const file = await add(a, 'file', '卷', { parentId: parts[1]!, referenceCode: 'F003-B-1' });
    const c = house.holdings.arrangement.newId();
    const fonds = { number: 'F004', name: '县教育局', agencyId: null, dates: null, history: null };
    const plan = {
      kind: 'split',
      fondsId: a,
      selection: { ids: [parts[1]!] },
      to: { fondsId: c, parentId: null },
      codes: 'renumber',
      fonds,
    } as const;
    const shown = await preview(archivist(), plan);
    expect(shown.codes.map((x) => x.to)).toEqual(['F004-B', 'F004-B-1']);
    await expect(house.holdings.fonds(archivist(), c)).rejects.toMatchObject({ code: 'fonds.notFound' });
    await arrange(plan, '机构分设');
    expect(await below(c)).toEqual([parts[1]]);
    expect([(await unit(file)).fondsId, await codeOf(file)]).toEqual([c, 'F004-B-1']);
    expect(await below(a)).toEqual([parts[0]]);
  });

  it('of which people reach the records by their posts wait for another person', async () => {
    const agency = await house.holdings.addAgency(archivist(), {
      archiveId: house.county,
      code: 'ZX',
      name: '县政协',
    });
    const [a, b] = [await fondsOf('F005', '旧', agency), await fondsOf('F006')];
    const file = await add(a, 'file', '卷');
    people = 3;
    const asker = archivist();
    const begun = await begin(
      asker,
      { kind: 'merge', fondsId: a, to: { fondsId: b, parentId: null }, codes: 'keep' },
      '合并',
    );
    expect(begun).toMatchObject({ state: 'waiting', jobId: null });
    expect((await unit(file)).fondsId).toBe(a);
    const waitsFor = async (who: Actor) =>
      (await house.holdings.arrangement.waiting(who, 10)).filter((r) => r.id === begun.id && r.mayDecide)
        .length;
    const director = house.person([...ALL, 'rights.approve'], house.county);
    expect([await waitsFor(director), await waitsFor(archivist()), await waitsFor(asker)]).toEqual([1, 0, 0]);
    const open = await house.holdings.arrangement.list(archivist(), {
      archiveId: house.county,
      open: true,
      limit: 10,
    });
    expect(open.items.map((r) => r.id)).toContain(begun.id);
    const decide = (who: Actor) => house.holdings.arrangement.decide(who, begun.id, 'approved', null);
    await expect(
      decide({ ...asker, rights: new Map([[house.county, new Set([...ALL, 'rights.approve' as const])]]) }),
    ).rejects.toMatchObject({
      code: 'arrange.samePerson',
    });
    await expect(decide(archivist())).rejects.toMatchObject({ code: 'actor.forbidden' });
    await decide(director);
    expect(await waitsFor(director)).toBe(0);
    await run(begun.id);
    people = 0;
    expect((await unit(file)).fondsId).toBe(b);
  });
});
