import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archivesScope, sql } from '#kernel/db';
import { find } from '#modules/search';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { wrongCounts } from '../counting/store/counts.ts';
import { readConditions } from '../table/conditions.ts';
import type { Act } from './acts.ts';

let house: SmallHouse;
let fonds: string;

beforeAll(async () => {
  house = await smallHouse();
  await house.jobs.prepare(['bulk-edit', 'undo-changes']);
  fonds = (
    await house.holdings.addFonds(archivist(), { archiveId: house.county, number: 'J019', name: '县民政局' })
  ).id;
});
afterAll(() => house.close());

const archivist = () => house.person(ALL, house.county);

async function entries(n: number, mark: string): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 1; i <= n; i++)
    ids.push(
      await house.holdings.createUnit(archivist(), {
        fondsId: fonds,
        title: `${mark}第${i}号通知`,
        referenceCode: `J019-${mark}-${String(i).padStart(3, '0')}`,
        date: '1958-03',
        pages: i,
        description: { note: `旧注${i % 3}` },
      }),
    );
  return ids;
}

const rowsOf = async (ids: readonly string[]) =>
  (
    await sql<
      Record<string, unknown>
    >`select id, title, creator, date_text, date_from, year, retention, pages, description, gaps
      from holdings.unit where id = any(${ids}::uuid[]) order by id`.execute(house.db.owner)
  ).rows;

const filterOf = (mark: string) => ({ where: JSON.stringify([['title', 'begins', mark]]) });

async function bulk(mark: string, acts: Act[], o: { part?: number } = {}) {
  const actor = archivist();
  const wish = { archiveId: house.county, selection: { filter: filterOf(mark) }, acts, reason: '统一订正' };
  const begun = await house.holdings.beginBulk(actor, wish);
  const outcome = await house.holdings.runBulk(actor, begun.id, { part: o.part ?? 4 });
  return { ...begun, outcome, actor };
}

describe('a change of many entries', () => {
  it('shows the first ones before and after, and what would be left out and why, and writes nothing', async () => {
    const ids = await entries(3, '甲');
    const before = await rowsOf(ids);
    const preview = await house.holdings.previewBulk(archivist(), {
      archiveId: house.county,
      selection: { ids },
      acts: [{ do: 'match', field: 'title', find: '甲第([12])号(.*)', with: '$2之$1', matchCase: true }],
    });
    expect(preview).toMatchObject({
      total: 3,
      totalIsExact: true,
      lookedAt: 3,
      changed: 2,
      unchanged: 1,
      skipped: {},
    });
    expect(preview.rows.map((r) => r.differences)).toEqual([
      [{ field: 'title', before: '甲第1号通知', after: '通知之1' }],
      [{ field: 'title', before: '甲第2号通知', after: '通知之2' }],
    ]);
    const wrong = await house.holdings.previewBulk(archivist(), {
      archiveId: house.county,
      selection: { ids },
      acts: [{ do: 'set', field: 'date', value: '2003-02-30' }],
    });
    expect(wrong).toMatchObject({ changed: 0, skipped: { 'unit.date': 3 } });
    expect(wrong.rows[0]?.finding).toMatchObject({ code: 'unit.date', field: 'date' });
    expect(await rowsOf(ids)).toEqual(before);
  });

  it('changes what was chosen, by the rules, and says what it left; found by search at once, and undone as a whole', async () => {
    const ids = await entries(10, '乙');
    const before = await rowsOf(ids);
    const { id, outcome, actor } = await bulk('乙', [
      { do: 'replace', field: 'title', find: '通知', with: '通告', matchCase: true },
      { do: 'number', field: 'itemNo', start: 1, step: 1, width: 3, before: '', after: '' },
      { do: 'append', field: 'pages', value: '0' },
    ]);
    expect(outcome).toMatchObject({ changed: 10, unchanged: 0, skipped: {} });
    const after = await rowsOf(ids);
    expect(after.map((r) => [r.title, r.pages])).toEqual(
      ids.map((_, i) => [`乙第${i + 1}号通告`, (i + 1) * 10]),
    );
    expect(after.map((r) => (r.description as { itemNo: string }).itemNo)).toContain('010');
    const found = await house.db.as(archivesScope([house.county]), (tx) => find(tx, { q: '乙第7号通告' }));
    expect(found.hits.map((h) => h.title)).toEqual(['乙第7号通告']);
    expect(await wrongCounts(house.db.owner)).toEqual([]);
    const changeset = await house.holdings.changeset(actor, id, { limit: 50 });
    expect(changeset.changeset).toMatchObject({ kind: 'bulk', reason: '统一订正', changes: 10 });

    await house.holdings.correctUnit(archivist(), ids[4]!, 2, { title: '后来改的' });
    expect(await house.holdings.undo(actor, id)).toMatchObject({ undone: 10, left: 1 });
    const undone = await rowsOf(ids);
    expect(undone.map((r) => r.title)).toEqual(before.map((r, i) => (i === 4 ? '后来改的' : r.title)));
    expect(undone.map((r) => r.pages)).toEqual(before.map((r) => r.pages));
  });

  it('chooses by what stands at its beginning: what fits later is not changed, what was chosen is, and what is gone is told', async () => {
    const ids = await entries(6, '丙');
    const actor = archivist();
    const wish = {
      archiveId: house.county,
      selection: { filter: filterOf('丙') },
      acts: [{ do: 'set' as const, field: 'creator', value: '县水利局' }],
    };
    const { id } = await house.holdings.beginBulk(actor, wish);
    const stop = new AbortController();
    await expect(
      house.holdings.runBulk(actor, id, {
        part: 2,
        signal: stop.signal,
        progress: () => stop.abort(new Error('cancelled')),
      }),
    ).rejects.toThrow('cancelled');
    const before = await house.holdings.bulkState(actor, id);
    expect(before.chosen).toBe(6);
    expect(before.changed).toBeGreaterThan(0);
    expect(before.changed).toBeLessThan(6);
    const late = (await entries(1, '丙后')).at(0)!;
    const left = (await rowsOf(ids)).filter((r) => r.creator === null).map((r) => String(r.id));
    await house.holdings.correctUnit(archivist(), left[0]!, 1, { title: '不再合于条件' });
    await sql`delete from holdings.unit where id = ${left[1]!}`.execute(house.db.owner);
    const outcome = await house.holdings.runBulk(actor, id, { part: 2 });
    expect(outcome).toMatchObject({ changed: 5, skipped: { 'unit.notFound': 1 } });
    expect((await rowsOf([late]))[0]?.creator).toBeNull();
    expect((await rowsOf([left[0]!]))[0]).toMatchObject({ creator: '县水利局', title: '不再合于条件' });
    // Done, it is not done again.
    expect(await house.holdings.runBulk(actor, id, { part: 2 })).toMatchObject({ changed: 5 });
  });

  it('of two at once on the same entries loses neither', async () => {
    const ids = await entries(12, '丁');
    await Promise.all([
      bulk('丁', [{ do: 'set', field: 'creator', value: '县水利局' }], { part: 5 }),
      bulk('丁', [{ do: 'append', field: 'note', value: '；已核' }], { part: 3 }),
    ]);
    for (const row of await rowsOf(ids))
      expect(row).toMatchObject({
        creator: '县水利局',
        description: { note: expect.stringMatching(/^旧注\d；已核$/) },
      });
  });

  it('beside one who edits by hand loses neither: who edits an entry changed meanwhile is told, and writes nothing over it', async () => {
    const ids = await entries(12, '壬');
    let toldOf = 0;
    const byHand = async (id: string) => {
      try {
        await house.holdings.correctUnit(archivist(), id, 1, { docNo: '手工' });
      } catch (e) {
        expect(e).toMatchObject({ code: 'unit.changed' });
        toldOf++;
        await house.holdings.correctUnit(archivist(), id, 2, { docNo: '手工' });
      }
    };
    const set: Act[] = [{ do: 'set', field: 'creator', value: '县水利局' }];
    await Promise.all([bulk('壬', set, { part: 3 }), ...ids.slice(0, 6).map(byHand)]);
    // The others were opened before, and are saved after.
    for (const id of ids.slice(6)) await byHand(id);
    expect(toldOf).toBeGreaterThanOrEqual(6);
    const kept = await sql<{
      creator: string;
      docNo: string;
      version: number;
    }>`select creator, doc_no as "docNo", version
      from holdings.unit where id = any(${ids}::uuid[])`.execute(house.db.owner);
    expect(kept.rows).toHaveLength(12);
    for (const row of kept.rows)
      expect(row).toMatchObject({ creator: '县水利局', docNo: '手工', version: 3 });
  });

  it('is for who describes there; entries out of his reach are left out', async () => {
    await entries(2, '戊');
    const wish = {
      archiveId: house.county,
      selection: { filter: filterOf('戊') },
      acts: [{ do: 'clear' as const, field: 'note' }],
    };
    await expect(
      house.holdings.beginBulk(house.person(['holdings.read'], house.county), wish),
    ).rejects.toMatchObject({
      code: 'actor.forbidden',
    });
    await expect(house.holdings.beginBulk(house.person(ALL, house.neighbour), wish)).rejects.toMatchObject({
      code: 'archive.notFound',
    });
    const pattern = {
      ...wish,
      acts: [{ do: 'match' as const, field: 'note', find: '(', with: '', matchCase: true }],
    };
    await expect(house.holdings.beginBulk(archivist(), pattern)).rejects.toMatchObject({
      code: 'bulk.pattern',
    });
  });

  it('undone gives back the same rows, whatever was done', async () => {
    const ids = await entries(5, '己');
    const value = fc.constantFrom('甲', '1960', '1961-05', 'D30', '', 'KJ', '县志办');
    const act: fc.Arbitrary<Act> = fc.oneof(
      fc.record({
        do: fc.constant('set' as const),
        field: fc.constantFrom('creator', 'date', 'year', 'retention', 'category', 'note', 'own:lake'),
        value,
      }),
      fc.record({
        do: fc.constant('clear' as const),
        field: fc.constantFrom('note', 'date', 'pages', 'year'),
      }),
      fc.record({
        do: fc.constant('append' as const),
        field: fc.constantFrom('title', 'note', 'persons'),
        value,
      }),
      fc.record({
        do: fc.constant('copy' as const),
        field: fc.constantFrom('note', 'docNo'),
        from: fc.constantFrom('title', 'date', 'referenceCode'),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(act, { selector: (a) => a.field, minLength: 1, maxLength: 4 }),
        async (acts) => {
          const before = await rowsOf(ids);
          const actor = archivist();
          const wish = { archiveId: house.county, selection: { ids }, acts };
          const { id } = await house.holdings.beginBulk(actor, wish);
          const outcome = await house.holdings.runBulk(actor, id, { part: 2 });
          if (outcome.changed > 0) await house.holdings.undo(actor, id);
          expect(await rowsOf(ids)).toEqual(before);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('rows pasted from a sheet', () => {
  it('are looked at first, then written: each by the rules, new ones below, wrong ones left with the reason', async () => {
    const [one, two] = (await entries(2, '庚')) as [string, string];
    const wish = {
      archiveId: house.county,
      rows: [
        { id: one, version: 1, input: { title: '新题名', description: { note: '注' } } },
        { id: two, version: 1, input: { date: '2003-02-30', title: '不会写入' } },
        { id: two, version: 9, input: { title: '旧版' } },
        { fondsId: fonds, input: { title: '新增一件', referenceCode: 'J019-新-1' } },
        { fondsId: fonds, input: { title: '重号', referenceCode: 'J019-新-1' } },
      ],
    };
    const before = await rowsOf([one, two]);
    const look = await house.holdings.writeSheet(archivist(), { ...wish, dryRun: true });
    expect(look).toMatchObject({ changesetId: null, changed: 1, added: 1, refused: 3 });
    expect(look.rows.map((r) => r.finding?.code ?? null)).toEqual([
      null,
      'unit.date',
      'unit.changed',
      null,
      'unit.duplicate',
    ]);
    expect(look.rows[0]?.differences).toEqual([
      { field: 'title', before: '庚第1号通知', after: '新题名' },
      { field: 'note', before: '旧注1', after: '注' },
    ]);
    expect(await rowsOf([one, two])).toEqual(before);
    const done = await house.holdings.writeSheet(archivist(), { ...wish, dryRun: false });
    expect(done).toMatchObject({ changed: 1, added: 1, refused: 3 });
    expect((await rowsOf([one]))[0]?.title).toBe('新题名');
    expect((await rowsOf([two]))[0]?.title).toBe('庚第2号通知');
    const listed = await house.holdings.listUnits(
      archivist(),
      { archiveId: house.county, where: readConditions([['title', 'is', '新增一件']]) },
      { sort: 'code', limit: 5 },
    );
    expect(listed.items.map((u) => u.id)).toEqual([done.rows[3]?.id]);
    expect(await house.holdings.undo(archivist(), done.changesetId!)).toMatchObject({ undone: 1, left: 0 });
    expect(await rowsOf([one, two])).toEqual(before);
  });
});

describe('views of tables', () => {
  it('are one’s own or shared with the archive, and changed by who keeps them', async () => {
    const mine = archivist();
    const other = archivist();
    const reader = house.person(['holdings.read'], house.county);
    const state = { filter: { category: 'WS' }, sort: '-date', columns: [{ key: 'title', width: 300 }] };
    const own = await house.holdings.addView(mine, house.county, { name: '我的', shared: false, state });
    const shared = await house.holdings.addView(mine, house.county, { name: '大家的', shared: true, state });
    const names = async (who: typeof mine) =>
      (await house.holdings.tableViews(who, house.county)).map((v) => [v.name, v.mine]);
    expect(await names(mine)).toEqual([
      ['大家的', true],
      ['我的', true],
    ]);
    expect(await names(other)).toEqual([['大家的', false]]);
    await expect(
      house.holdings.addView(mine, house.county, { name: '我的', shared: false, state }),
    ).rejects.toMatchObject({ code: 'view.duplicate' });
    await expect(
      house.holdings.addView(reader, house.county, { name: '读者', shared: true, state }),
    ).rejects.toMatchObject({ code: 'actor.forbidden' });
    await expect(
      house.holdings.changeView(other, shared.id, 1, { name: '夺', shared: true, state }),
    ).rejects.toMatchObject({ code: 'view.notFound' });
    expect(
      await house.holdings.changeView(mine, own.id, 1, { name: '改名', shared: true, state }),
    ).toMatchObject({ name: '改名', version: 2 });
    await expect(
      house.holdings.changeView(mine, own.id, 1, { name: '旧', shared: true, state }),
    ).rejects.toMatchObject({ code: 'view.changed' });
    await house.holdings.removeView(mine, own.id);
    expect(await names(other)).toEqual([['大家的', false]]);
    expect((await house.holdings.tableViews(other, house.county))[0]?.state).toEqual(state);
  });
});
