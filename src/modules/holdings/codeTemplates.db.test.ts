import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../test/support/house.ts';
import { startingPoints } from './domain/codeTemplate.ts';

let house: SmallHouse;
let fonds: string;
let other: string;
const archivist = () => house.person(ALL, house.county);

beforeAll(async () => {
  house = await smallHouse();
  const add = async (number: string) =>
    (await house.holdings.addFonds(archivist(), { archiveId: house.county, number, name: number })).id;
  fonds = await add('J019');
  other = await add('K021');
});
afterAll(() => house.close());

const day = async (more: number): Promise<string> =>
  (
    await sql<{ d: string }>`select to_char(current_date + ${more}::int, 'YYYY-MM-DD') as d`.execute(
      house.db.owner,
    )
  ).rows[0]!.d;
const elements = (key: string) => startingPoints().find((s) => s.key === key)!.elements;
const add = (input: object, who = archivist()) =>
  house.holdings.addCodeTemplate(who, house.county, {
    name: '按件', fondsId: null, category: 'WS', elements: elements('dat22-2015.item'), validFrom: '', ...input,
  } as never); // biome-ignore format: one row
const next = (o: object = {}) =>
  house.holdings.nextCode(archivist(), {
    fondsId: fonds, level: 'item', values: { category: 'WS', year: '2025', retention: 'Y' }, ...o,
  } as never); // biome-ignore format: one row
const create = (o: object = {}) =>
  house.holdings.createUnit(archivist(), { fondsId: fonds, title: '一件', ...o });
const codeOf = async (id: string) => (await house.holdings.readUnit(archivist(), id)).unit.referenceCode;

describe('templates of reference codes', () => {
  it('say the next numbers without taking them, by the standard where the archive has set none', async () => {
    const told = await next();
    expect(told).toMatchObject({
      codes: ['J019-WS·2025·Y-0001', 'J019-WS·2025·Y-0002', 'J019-WS·2025·Y-0003'],
      lacking: null,
      readsBack: true,
      template: { key: 'dat13-2022.item', own: false },
    });
    await create({ referenceCode: 'J019-WS·2025·Y-0002' });
    expect((await next()).codes).toEqual([
      'J019-WS·2025·Y-0001',
      'J019-WS·2025·Y-0003',
      'J019-WS·2025·Y-0004',
    ]);
    expect(
      await codeOf(await create({ code: { values: { category: 'WS', year: '2025', retention: 'Y' } } })),
    ).toBe('J019-WS·2025·Y-0001');
    expect((await next()).codes[0]).toBe('J019-WS·2025·Y-0003');
    expect(await next({ values: { category: 'WS' } })).toMatchObject({
      codes: [],
      lacking: 'year',
      why: 'missing',
    });
    expect(await next({ values: { category: 'WS', year: '25' } })).toMatchObject({
      lacking: 'year',
      why: 'bad',
    });
  });

  it('number what is not arranged by item by the form of its category, and items of a volume within it', async () => {
    const of = async (category: string, level: string, more: object = {}) =>
      (await next({ level, values: { category, year: '2025', retention: 'D30', ...more } })).codes[0];
    expect(await of('KU', 'file')).toBe('J019-KU·2025·D30-001');
    expect(await of('ZP', 'file')).toBe('J019-ZP·2025·D30-001');
    expect(await of('KJ', 'file', { class2: 'JJ', project: '02' })).toBe('J019-KJ·JJ·02-001');
    expect(await of('LY', 'item')).toBe('J019-LY·2025·D30-0001');
    const values = { category: 'KU', year: '2025', retention: 'D30' };
    const volume = await create({ level: 'file', code: { values } });
    expect(await codeOf(volume)).toBe('J019-KU·2025·D30-001');
    expect((await next({ parentId: volume, values: { category: 'KU', year: '2026' } })).codes[0]).toBe(
      'J019-KU·2025·D30-001-001',
    );
    // A volume of an old catalogue goes on in its own form.
    const old = await create({ level: 'file', referenceCode: 'J019-003-012' });
    expect((await next({ parentId: old })).codes[0]).toBe('J019-003-012-001');
    expect(await codeOf(await create({ parentId: old, code: { values: {} } }))).toBe('J019-003-012-001');
  });

  it('take effect on their day, for their fonds before all, and are never changed, only followed', async () => {
    const today = await day(0);
    await add({ validFrom: today });
    expect(await next({ fondsId: other })).toMatchObject({
      codes: ['K021-WS·2025-Y-0001', 'K021-WS·2025-Y-0002', 'K021-WS·2025-Y-0003'],
      template: { name: '按件', own: true },
    });
    await add({ name: '全宗自定', fondsId: other, validFrom: today, elements: elements('dat22-2000.item') });
    expect((await next({ fondsId: other })).codes[0]).toBe('K021-2025-Y-0001');
    const later = await add({ validFrom: await day(5), name: '明年' });
    expect((await next()).codes[0]).toBe('J019-WS·2025-Y-0001');
    const list = await house.holdings.codeTemplates(archivist(), house.county);
    expect(list.map((t) => [t.name, t.fondsNumber, t.state])).toEqual([
      ['明年', null, 'toCome'],
      ['按件', null, 'inForce'],
      ['全宗自定', 'K021', 'inForce'],
    ]);
    await expect(add({ validFrom: today })).rejects.toMatchObject({ code: 'codeTemplate.taken' });
    await expect(add({ validFrom: await day(-1), category: 'ZP' })).rejects.toMatchObject({
      code: 'codeTemplate.past',
    });
    await house.holdings.withdrawCodeTemplate(archivist(), later);
    await expect(house.holdings.withdrawCodeTemplate(archivist(), list[1]!.id)).rejects.toMatchObject({
      code: 'codeTemplate.inForce',
    });
    const acts = await sql<{
      act: string;
    }>`select act from audit.entry where act like 'codeTemplate.%' order by at, act`.execute(house.db.owner);
    expect(acts.rows.map((r) => r.act)).toEqual([
      ...Array(3).fill('codeTemplate.added'),
      'codeTemplate.withdrawn',
    ]);
  });

  it('are refused where no code could be made by them, and shown before they are set', async () => {
    const preview = (input: object) =>
      house.holdings.previewCodeTemplate(archivist(), house.county, {
        name: '试', fondsId: fonds, category: 'WS', elements: [], level: 'item', values: { year: '2025', retention: 'Y' }, ...input,
      } as never); // biome-ignore format: one row
    const [f, c, y, , , n] = elements('dat22-2015.item');
    expect(await preview({ elements: [f, c, y, { ...n, pad: 5 }] })).toMatchObject({
      codes: ['J019-WS·2025-00001', 'J019-WS·2025-00002', 'J019-WS·2025-00003'],
      readsBack: true,
    });
    await expect(preview({ elements: [f, c, y] })).rejects.toMatchObject({ code: 'codeTemplate.noNumber' });
    await expect(preview({ elements: [y, n] })).rejects.toMatchObject({ code: 'codeTemplate.elements' });
    await expect(preview({ elements: [f, f, n] })).rejects.toMatchObject({ code: 'codeTemplate.elements' });
    // Two optional parts that look alike: the second is read as the first.
    const part = (name: string) => ({ name, separatorBefore: '·', pad: 0, required: false });
    const alike = { elements: [f, c, part('project'), part('catalogue'), n], values: { catalogue: '3' } };
    expect(await preview(alike)).toMatchObject({
      codes: ['J019-WS·3-0001', 'J019-WS·3-0002', 'J019-WS·3-0003'],
      readsBack: false,
    });
  });

  it('are for those who arrange, in their own archive', async () => {
    const reader = house.person(['holdings.read'], house.county);
    await expect(add({ validFrom: await day(0) }, reader)).rejects.toMatchObject({ code: 'actor.forbidden' });
    const stranger = house.person(ALL, house.neighbour);
    await expect(add({ validFrom: await day(0) }, stranger)).rejects.toMatchObject({
      code: 'archive.notFound',
    });
    expect(await house.holdings.codeTemplates(stranger, house.county)).toEqual([]);
  });
});
