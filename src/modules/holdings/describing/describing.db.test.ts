import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_BODY, type Names, type Obligations, type SchemeBody } from '#formats/metadata-schemes';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type ImportBench, importBench } from '../../../../test/support/imports.ts';
import { readTakenRow } from '../domain/takenUnit.ts';
import { indexEntries } from '../store/indexed.ts';
import { TODAY } from '../store/schemes.ts';

let house: SmallHouse;
let bench: ImportBench;
let archivist: Actor;
let fonds: string;
/** Of the database: schemes are in force by its day. */
let day: string;

const names = (cn: string, en = cn): Names => ({ 'zh-CN': cn, 'zh-TW': cn, en });
const obligations: Obligations = { fonds: 'unused', series: 'unused', file: 'optional', item: 'optional' };
const DAMS: SchemeBody = {
  ...EMPTY_BODY,
  vocabularies: [
    { key: 'dam', names: names('坝型'), terms: [{ code: 'earth', names: names('土坝', 'Earth dam') }] },
  ],
  elements: [
    {
      key: 'dam',
      names: names('坝型', 'Dam type'),
      type: 'one',
      vocabulary: 'dam',
      obligations,
      area: 'content',
    },
  ],
  changes: { boxNo: { inherits: true } },
};

beforeAll(async () => {
  house = await smallHouse();
  await house.jobs.prepare(house.holdings.jobs.map((kind) => kind.name));
  bench = await importBench(house.db);
  archivist = house.person(ALL, house.county);
  fonds = (
    await house.holdings.addFonds(archivist, { archiveId: house.county, number: 'X032', name: '水务局' })
  ).id;
  day = (await sql<{ d: string }>`select ${TODAY}::text as d`.execute(house.db.owner)).rows[0]!.d;
});
afterAll(async () => {
  await bench.close();
  await house.close();
});

const put = (
  body: SchemeBody,
  o: { category?: string | null; basedOn?: number | null; validFrom?: string; reason?: string } = {},
) =>
  house.holdings.putSchemeInForce(archivist, house.county, {
    category: 'KJ',
    basedOn: null,
    validFrom: day,
    reason: null,
    ...o,
    body,
  });
const make = (input: object) =>
  house.holdings.createUnit(archivist, { fondsId: fonds, title: '大坝图纸', category: 'KJ', ...input });
const read = async (id: string) => house.holdings.readUnit(archivist, id);
async function refused(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (e) {
    if (isRefusal(e)) return [e.code, e.detail.field ?? e.detail.element];
    throw e;
  }
  return undefined;
}
async function imported(name: string, rows: string[][]) {
  const path = await bench.file(name, rows.map((r) => r.join(',')).join('\n'));
  const id = await bench.imports.createFromFile(archivist, { archiveId: house.county, path, fileName: name });
  const result = await bench.imports.workNow(archivist, id, 'run');
  return { id, result: result as { accepted: number; rejected: number } };
}

describe('an archive’s own element', () => {
  let first: string;

  it('is taken and refused alike by form, API and import once it is in force', async () => {
    expect(await refused(make({ description: { 'own:dam': '土坝' } }))).toEqual(['unit.own:dam', 'own:dam']);
    await put(DAMS);
    first = await make({ referenceCode: 'X032-KJ·2019·Y-0001', description: { 'own:dam': 'Earth dam' } });
    expect((await read(first)).unit.description).toEqual({ 'own:dam': 'earth' });
    expect(await refused(make({ description: { 'own:dam': '木坝' } }))).toEqual(['unit.element', 'own:dam']);
    expect(
      await refused(house.holdings.correctUnit(archivist, first, 1, { description: { 'own:dam': '木坝' } })),
    ).toEqual(['unit.element', 'own:dam']);
    const { id, result } = await imported('dams.csv', [
      ['档号', '题名', '坝型'],
      ['X032-KJ·2019·Y-0002', '甲坝', '土坝'],
      ['X032-KJ·2019·Y-0003', '乙坝', '木坝'],
    ]);
    expect(result).toMatchObject({ accepted: 1, rejected: 1 });
    const unit = await house.holdings.findByCode(archivist, house.county, 'X032-KJ·2019·Y-0002');
    expect((await read(unit)).unit.description).toEqual({ 'own:dam': 'earth' });
    const { rows } = await bench.imports.problems(archivist, id, { limit: 10 });
    expect(rows.find((r) => r.rejected)?.findings).toMatchObject([{ code: 'element.value', value: '木坝' }]);
  });

  it('is told of while it is written, with its rule', async () => {
    const judged = await house.holdings.judgeWritten(archivist, house.county, {
      fondsId: fonds,
      level: 'item',
      values: { title: '', category: 'KJ', 'own:dam': '木坝', date: '昨天' },
    });
    const of = (field: string) => judged.findings.find((f) => f.field === field);
    expect(of('own:dam')).toMatchObject({ weight: 'error', says: '坝型“木坝”不在值域内：土坝。' });
    expect(of('title')).toMatchObject({ weight: 'error', source: 'DA/T 18-2022' });
    expect(of('date')).toMatchObject({ weight: 'error' });
    expect(of('creator')).toMatchObject({ weight: 'gap' });
  });

  it('is found by what its terms are called', async () => {
    const [entry] = await indexEntries(house.db.owner, [first]);
    expect(entry?.other).toContain('土坝 Earth dam');
  });

  it('comes back with a package as it is, also where the archive has no such element', () => {
    const taken = readTakenRow({
      title: '外来件',
      description: { 'own:dam': 'earth', 'own:elsewhere': '值', origin: '手抄', extra: { 备用: '甲' } },
    });
    expect(taken.description).toEqual({
      'own:dam': 'earth',
      'own:elsewhere': '值',
      extra: { 备用: '甲', 生成方式: '手抄' },
    });
  });
});

describe('what is required', () => {
  it('is counted anew when the scheme changes, without a version or a history of the entries', async () => {
    const id = await make({ referenceCode: 'X032-KJ·2019·Y-0011', creator: '水务局', date: '20190101' });
    expect((await read(id)).unit.gaps).toBe(0);
    const stricter: SchemeBody = {
      ...DAMS,
      elements: DAMS.elements.map((e) => ({ ...e, obligations: { ...obligations, item: 'required' } })),
    };
    await put(stricter, { basedOn: 1 });
    await house.holdings.recountGaps();
    const after = await read(id);
    expect([after.unit.gaps, after.unit.version, after.lacking]).toEqual([1, 1, ['own:dam']]);
    const { items } = await house.holdings.listUnits(
      archivist,
      { archiveId: house.county, incomplete: 'yes' },
      { sort: 'code', limit: 50 },
    );
    expect(items.map((u) => u.id)).toContain(id);
    await put({ ...stricter, missing: 'refuse' }, { basedOn: 2 });
    expect(
      await refused(make({ creator: '水务局', date: '20190101', referenceCode: 'X032-KJ·2019·Y-0012' })),
    ).toEqual(['unit.incomplete', 'own:dam']);
    await house.holdings.correctUnit(archivist, id, 1, { pages: 3 });
    expect((await read(id)).unit).toMatchObject({ pages: 3, gaps: 1 });
    await put(DAMS, { basedOn: 3 });
  });

  it('need not be said again below an entry that says it, and is asked for where nothing stands above', async () => {
    const file = await make({ level: 'file', category: 'WS', retention: 'Y', description: { boxNo: '7' } });
    const below = await make({ parentId: file, category: null, title: '来文' });
    const alone = await make({ category: null, title: '孤件' });
    const [one, other] = [(await read(below)).unit, (await read(alone)).unit];
    expect(other.gaps - one.gaps).toBe(2);
    await house.holdings.moveUnit(archivist, alone, { parentId: file, version: 1 });
    expect((await read(alone)).unit.gaps).toBe(one.gaps);
    const { inherited } = await read(below);
    expect(inherited.retention).toEqual({
      value: 'Y',
      from: { type: 'unit', id: file, level: 'file', referenceCode: null, title: '大坝图纸' },
    });
    expect(inherited.fondsName).toMatchObject({ value: '水务局', from: { type: 'fonds', id: fonds } });
    expect((await read(below)).unit.retention).toBeNull();
  });
});

describe('schemes', () => {
  it('are changed by one at a time, from today on, and say what differs', async () => {
    expect(await refused(put(DAMS, { basedOn: 1 }))).toEqual(['descriptionScheme.changed', undefined]);
    expect(
      await refused(put({ ...DAMS, missing: 'refuse' }, { basedOn: 4, validFrom: '2020-01-01' })),
    ).toEqual(['descriptionScheme.day', 'validFrom']);
    expect(await refused(put(DAMS, { basedOn: 4 }))).toEqual(['descriptionScheme.same', undefined]);
    const later = await put({ ...DAMS, missing: 'refuse' }, { basedOn: 4, validFrom: '2099-01-01' });
    const [newest] = (await house.holdings.schemeHistory(archivist, house.county)).filter(
      (v) => v.category === 'KJ',
    );
    expect(newest).toMatchObject({
      id: later,
      state: 'toCome',
      differences: [{ what: 'missing', key: 'refuse' }],
    });
    await house.holdings.withdrawScheme(archivist, later);
    const inForce = (await house.holdings.schemeHistory(archivist, house.county)).find(
      (v) => v.state === 'inForce',
    );
    expect(await refused(house.holdings.withdrawScheme(archivist, inForce!.id))).toEqual([
      'descriptionScheme.inForce',
      undefined,
    ]);
  });

  it('ask no less than a standard without saying why, and nothing that can not be', async () => {
    const weaker = (more: object): SchemeBody => ({
      ...EMPTY_BODY,
      changes: { creator: { obligations: { item: 'optional' }, ...more } },
    });
    expect(await refused(put(weaker({}), { category: 'ZP' }))).toEqual([
      'descriptionScheme.weaker',
      'creator',
    ]);
    await put(weaker({ reason: '旧照片多无摄影者' }), { category: 'ZP' });
    const form = await house.holdings.formOf(archivist, house.county, { category: 'ZP', level: 'item' });
    expect(form.fields.find((f) => f.key === 'creator')?.obligation).toBe('optional');
    const bad = (element: object): SchemeBody => ({
      ...EMPTY_BODY,
      elements: [{ key: 'x', names: names('某项'), type: 'text', obligations, area: 'notes', ...element }],
    });
    for (const [element, code] of [
      [{ key: 'X-1' }, 'key'],
      [{ names: names(' ') }, 'names'],
      [{ type: 'one' }, 'vocabulary'],
      [{ type: 'authority' }, 'authority'],
      [{ pattern: '(a+)+' }, 'pattern'],
      [{ type: 'integer', initial: '多' }, 'initial'],
      [{ derive: '{constructor.constructor}' }, 'derive'],
      [{ derive: '{own:nowhere}' }, 'derive'],
    ] as const)
      expect(await refused(put(bad(element), { category: 'ZY' }))).toEqual([
        `descriptionScheme.${code}`,
        expect.anything(),
      ]);
    expect(
      await refused(
        put(
          { ...EMPTY_BODY, changes: { title: { obligations: { item: 'optional' }, reason: '省' } } },
          { category: 'ZY' },
        ),
      ),
    ).toEqual(['descriptionScheme.fixed', 'title']);
  });

  it('of all categories reach the fonds too, and those of others see nothing of it', async () => {
    const guide: SchemeBody = {
      ...EMPTY_BODY,
      elements: [
        {
          key: 'guide',
          names: names('指南页'),
          type: 'integer',
          obligations: { ...obligations, fonds: 'required' },
          area: 'allied',
        },
      ],
    };
    await put(guide, { category: null });
    await house.holdings.recountGaps();
    const before = await house.holdings.fonds(archivist, fonds);
    const after = await house.holdings.correctFonds(archivist, fonds, before.version, {
      custody: '1984 年由水务局移交',
      description: { 'own:guide': '12', creator: '水务局', accruals: '逐年移交' },
    });
    expect(after.description).toEqual({ 'own:guide': '12', creator: '水务局', accruals: '逐年移交' });
    expect(before.gaps - after.gaps).toBe(3);
    const other = await house.holdings.formOf(archivist, house.neighbour, { category: null, level: 'fonds' });
    expect(other.fields.some((f) => f.own)).toBe(false);
    const stranger = house.person(ALL, house.neighbour);
    expect(await refused(house.holdings.schemeHistory(stranger, house.county))).toEqual([
      'archive.notFound',
      undefined,
    ]);
  });
});
