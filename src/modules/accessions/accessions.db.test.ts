import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publicActor } from '#kernel/actor';
import { PUBLIC, sql } from '#kernel/db';
import { type Collecting, code, collecting, part } from './testing/collecting.ts';

let kept: Collecting['kept'];
let accessions: Collecting['accessions'];
let clerk: Collecting['clerk'];
let head: Collecting['head'];
let gift: Collecting['gift'];

beforeAll(async () => {
  ({ kept, accessions, clerk, head, gift } = await collecting());
});
afterAll(() => kept.close());

const state = async (id: string) => (await accessions.read(clerk, id)).accession.state;

describe('the register of accessions', () => {
  it('numbers without a gap, whoever registers at one time and whatever is given up', async () => {
    const year = Number(new Date().toISOString().slice(0, 4)) - 1;
    const day = `${year}-05-01`;
    const given = await Promise.allSettled([
      ...Array.from({ length: 12 }, (_, n) =>
        accessions.register(clerk, gift(`家书 ${n}`, { registeredOn: day })),
      ),
      // These fail after their number was drawn, or before.
      accessions.register(
        clerk,
        gift('没有的来源', { registeredOn: day, sourceId: '01890000-0000-7000-8000-00000000dead' }),
      ),
      accessions.register(clerk, gift('没到', { registeredOn: day, came: part({}) })),
    ]);
    expect(given.filter((g) => g.status === 'fulfilled')).toHaveLength(12);
    const { items } = await accessions.list(clerk, { archiveId: kept.archive, year, limit: 50 });
    expect(items.map((a) => a.no)).toEqual(Array.from({ length: 12 }, (_, n) => 12 - n));
    expect(items[0]?.number).toBe(`990111-ZJ-${year}-0012`);
  });

  it('goes from a promise to what is arranged and counted; thirty of fifty boxes came', async () => {
    const id = await accessions.register(
      clerk,
      gift('沈先生旧藏', { promised: { boxes: 50 }, dueOn: '2026-01-31' }),
    );
    await accessions.act(clerk, id, { act: 'agree' });
    await accessions.act(clerk, id, { act: 'arrive', part: part({ boxes: 30, items: 412 }) });
    const one = await accessions.read(clerk, id);
    expect([one.accession.state, one.accession.came.boxes, one.left.boxes]).toEqual(['received', 30, 20]);
    await accessions.act(clerk, id, { act: 'accept' });
    await expect(accessions.act(clerk, id, { act: 'arrange' })).rejects.toMatchObject(
      code('accession.notPlaced'),
    );
    const unit = await kept.house.holdings.createUnit(kept.keeper, {
      fondsId: kept.fonds,
      title: '沈某家书',
      category: 'WS',
    });
    await accessions.place(clerk, id, { kind: 'unit', targetId: unit });
    await accessions.place(clerk, id, { kind: 'fonds', targetId: kept.fonds });
    await expect(accessions.place(clerk, id, { kind: 'unit', targetId: unit })).rejects.toMatchObject(
      code('accession.placedAlready'),
    );
    await accessions.act(clerk, id, { act: 'arrange' });
    const placed = await accessions.read(clerk, id);
    expect(placed.arranged.map((p) => [p.kind, p.entries])).toEqual([
      ['unit', 1],
      ['fonds', 1],
    ]);
    expect(await accessions.into(clerk, kept.archive, unit)).toMatchObject([{ id }]);
    // Twenty boxes are still out: whoever closes it says why they are not waited for.
    await expect(accessions.act(clerk, id, { act: 'close' })).rejects.toMatchObject(code('accession.reason'));
    await accessions.act(clerk, id, { act: 'close', reason: '其余 20 盒由家属自留' });
    await expect(
      accessions.correct(
        clerk,
        { id, version: (await accessions.read(clerk, id)).accession.version },
        gift('改名'),
      ),
    ).rejects.toMatchObject(code('accession.closed'));
    expect((await accessions.history(clerk, id)).map((e) => e.act)).toEqual([
      'accession.close', 'accession.arrange', 'accession.placed', 'accession.placed', 'accession.accept', 'accession.arrive',
      'accession.agree', 'accession.registered',
    ]); // biome-ignore format: a row
  });

  it('buys on the decision of a second person alone, at the price that was proposed', async () => {
    const id = await accessions.register(
      clerk,
      gift('民国契约', {
        way: 'purchase',
        came: part({ items: 36 }),
        price: { amount: '12,000', currency: 'CNY' },
      }),
    );
    await expect(accessions.act(clerk, id, { act: 'accept' })).rejects.toMatchObject(
      code('accession.needsDecision'),
    );
    await accessions.addOpinion(clerk, id, {
      expert: '省馆专家',
      words: '真品',
      value: { amount: '12500.5', currency: 'CNY' },
    });
    await accessions.act(clerk, id, { act: 'propose', verdict: 'whole' });
    await expect(accessions.act(clerk, id, { act: 'approve' })).rejects.toMatchObject(
      code('actor.forbidden'),
    );
    const { version } = (await accessions.read(clerk, id)).accession;
    await expect(
      accessions.correct(
        clerk,
        { id, version },
        gift('民国契约', { way: 'purchase', price: { amount: '20000', currency: 'CNY' } }),
      ),
    ).rejects.toMatchObject(code('accession.priceStands'));
    expect((await accessions.waiting(head, 10)).proposed.map((a) => a.id)).toEqual([id]);
    await accessions.act(head, id, { act: 'approve' });
    const bought = await accessions.read(clerk, id);
    expect([bought.accession.state, bought.accession.price, bought.opinions[0]?.value]).toEqual([
      'accepted',
      { amount: '12000.00', currency: 'CNY' },
      { amount: '12500.50', currency: 'CNY' },
    ]);
    const own = await accessions.register(
      head,
      gift('自荐', { way: 'purchase', came: part({ items: 1 }), price: { amount: '1', currency: 'CNY' } }),
    );
    await accessions.act(head, own, { act: 'propose', verdict: 'whole' });
    await expect(accessions.act(head, own, { act: 'approve' })).rejects.toMatchObject(
      code('accession.samePerson'),
    );
  });

  it('gives back what was refused, and never more than came', async () => {
    const id = await accessions.register(clerk, gift('旧书刊', { came: part({ volumes: 10 }) }));
    await expect(accessions.act(clerk, id, { act: 'propose', verdict: 'part' })).rejects.toMatchObject(
      code('accession.reason'),
    );
    await accessions.act(clerk, id, { act: 'propose', verdict: 'part', reason: '其中 4 卷为公开出版物' });
    await accessions.act(head, id, { act: 'approve' });
    await expect(
      accessions.act(clerk, id, { act: 'giveBack', part: part({ volumes: 11 }) }),
    ).rejects.toMatchObject(code('accession.tooMuch'));
    await accessions.act(clerk, id, { act: 'giveBack', part: part({ volumes: 4 }) });
    const one = await accessions.read(clerk, id);
    expect([one.accession.state, one.accession.back.volumes]).toEqual(['accepted', 4]);
    const receipt = await accessions.receiptPaper(clerk, { id, movementId: one.movements[1]!.id }, 'zh-CN');
    expect(receipt.name).toMatch(/-02\.pdf$/);
    const none = await accessions.register(clerk, gift('复印件一批', { came: part({ pages: 300 }) }));
    await accessions.act(clerk, none, { act: 'propose', verdict: 'none', reason: '与馆藏重复' });
    await accessions.act(head, none, { act: 'approve' });
    await accessions.act(clerk, none, { act: 'giveBack' });
    expect(await state(none)).toBe('returned');
    expect((await accessions.read(clerk, none)).accession.back.pages).toBe(300);
  });

  it('lists what was promised and has not come, in part too, what comes again, and deposits that end', async () => {
    const accrual = await accessions.addAccrual(clerk, {
      archiveId: kept.archive, title: '县报合订本', way: 'donation', sourceName: '县报社', months: 12, nextOn: '2025-03-31',
    }); // biome-ignore format: one row
    const lent = await accessions.register(
      clerk,
      gift('族谱', { way: 'deposit', endsOn: '2025-12-31', came: part({ volumes: 3 }) }),
    );
    const late = await accessions.register(
      clerk,
      gift('照片', { promised: { items: 100 }, dueOn: '2025-06-30' }),
    );
    const some = await accessions.register(
      clerk,
      gift('日记', { promised: { volumes: 9 }, dueOn: '2025-09-30', came: part({ volumes: 4 }) }),
    );
    const lead = await accessions.addLead(clerk, {
      archiveId: kept.archive, title: '老茶厂账册', way: 'donation', worth: 'high', state: 'open', holder: '茶厂退休会计', nextStep: '登门', nextOn: '2025-11-05',
    }); // biome-ignore format: one row
    const mine = new Set([accrual, lent, late, some, lead]);
    const all = async () =>
      (
        await accessions.expected(clerk, {
          archiveId: kept.archive,
          kinds: null,
          days: 0,
          cursor: undefined,
          limit: 100,
        })
      ).items.filter((e) => mine.has(e.id));
    expect((await all()).map((e) => [e.kind, e.dueOn])).toEqual([
      ['accrual', '2025-03-31'], ['promised', '2025-06-30'], ['part', '2025-09-30'], ['lead', '2025-11-05'], ['depositEnd', '2025-12-31'],
    ]); // biome-ignore format: rows
    const [first, second] = await all();
    expect(first!.late! - second!.late!).toBe(91);
    expect((await all())[2]?.left?.volumes).toBe(5);
    const pages: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await accessions.expected(clerk, {
        archiveId: kept.archive,
        kinds: null,
        days: null,
        cursor,
        limit: 2,
      });
      pages.push(...page.items.map((e) => e.id));
      if (!page.next) break;
      cursor = page.next;
    }
    expect(new Set(pages).size).toBe(pages.length);
    expect((await accessions.waiting(clerk, 50)).due.map((e) => e.id)).toEqual(
      expect.arrayContaining([...mine]),
    );
    expect((await accessions.waiting(head, 50)).proposed.every((a) => a.state === 'proposed')).toBe(true);
    // What came in its rhythm is expected a year on; the lead becomes an accession in one act.
    await accessions.register(
      clerk,
      gift('县报 2024', { accrualId: accrual, came: part({ volumes: 12 }, '2025-04-20') }),
    );
    expect((await accessions.accruals(clerk, { archiveId: kept.archive, cursor: undefined, limit: 10 })).items[0]).toMatchObject({
      nextOn: '2026-03-31', came: 1,
    }); // biome-ignore format: one row
    const won = await accessions.winLead(clerk, lead, {});
    expect(await accessions.read(clerk, won)).toMatchObject({
      accession: { title: '老茶厂账册', sourceName: '茶厂退休会计', state: 'promised' },
    });
    expect((await accessions.lead(clerk, lead)).lead).toMatchObject({ state: 'won', accessionId: won });
    await expect(accessions.winLead(clerk, lead, {})).rejects.toMatchObject(code('lead.wrongState'));
  });

  it('is found by words in either script, by way, state and year, page by page', async () => {
    await accessions.register(clerk, gift('臺灣來信', { way: 'exchange' }));
    const find = (q: string) => accessions.list(clerk, { archiveId: kept.archive, q, limit: 50 });
    expect((await find('台湾来信')).items.map((a) => a.title)).toEqual(['臺灣來信']);
    expect((await find('100%_\\')).items).toEqual([]);
    const seen: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await accessions.list(clerk, { archiveId: kept.archive, cursor, limit: 7 });
      seen.push(...page.items.map((a) => a.number));
      if (!page.next) break;
      cursor = page.next;
    }
    expect(seen).toEqual([...seen].sort().reverse());
    expect(
      (await accessions.list(clerk, { archiveId: kept.archive, ways: ['exchange'], limit: 9 })).items,
    ).toHaveLength(1);
  });

  it('counts by year and way what came less what went back, and what was paid', async () => {
    const all = await accessions.statistics(clerk, { archiveId: kept.archive, from: 2000, to: 2100 });
    const year = Number(new Date().toISOString().slice(0, 4));
    const bought = all.find((s) => s.way === 'purchase' && s.year === year);
    expect(bought).toMatchObject({
      accessions: 2,
      extent: { items: 37 },
      paid: [{ amount: '12000.00', currency: 'CNY' }],
    });
    const given = all.find((s) => s.way === 'donation' && s.year === year);
    expect(given?.extent).toMatchObject({ boxes: 30, volumes: 10, pages: 0 });
  });

  it('is the archive\u2019s own: nobody else reads it, and nothing classified gets in', async () => {
    const id = await accessions.register(clerk, gift('内部'));
    const reader = kept.person('阅览', ['holdings.read']);
    for (const who of [publicActor(), reader]) {
      await expect(accessions.read(who, id)).rejects.toMatchObject(code('accession.notFound'));
      await expect(accessions.list(who, { archiveId: kept.archive, limit: 1 })).rejects.toMatchObject(
        code('archive.notFound'),
      );
    }
    const looker = kept.person('查看', ['holdings.read', 'accessions.read']);
    expect((await accessions.read(looker, id)).allowed).toEqual({ write: false, correct: false });
    expect((await accessions.read(looker, id)).acts).toEqual([]);
    await expect(accessions.act(looker, id, { act: 'agree' })).rejects.toMatchObject(code('actor.forbidden'));
    await expect(accessions.register(looker, gift('x'))).rejects.toMatchObject(code('actor.forbidden'));
    await expect(accessions.register(clerk, gift('【机密】名单'))).rejects.toMatchObject(
      code('accession.marked'),
    );
    const unseen = await kept.house.db.as(
      PUBLIC,
      async (tx) => (await sql`select id from accessions.accession`.execute(tx)).rows,
    );
    expect(unseen).toEqual([]);
  });
});
