import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, scopeOf } from '#kernel/actor';
import { sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import type { NewAuthority } from '#modules/authorities';
import { ALL } from '../../../../test/support/house.ts';
import { type ListHouse, listHouse } from '../../../../test/support/lists.ts';
import { createDesk, type Desk } from './index.ts';

let house: ListHouse;
let desk: Desk;
let archivist: Actor;
let water: string;
let schools: string;
let volume: string;

const make = (fondsId: string, title: string, o: object = {}, who = archivist) =>
  house.holdings.createUnit(who, { fondsId, title, category: 'WS', ...o });
const ask = (values: Record<string, string>, o: object = {}, who = archivist) =>
  desk.suggest(who, house.county, {
    fondsId: water,
    level: 'item',
    values: { category: 'WS', ...values },
    ...o,
  });
const titles = async (title: string, o: object = {}, who = archivist, more: Record<string, string> = {}) =>
  (await ask({ title, ...more }, { typing: 'title', ...o }, who))
    .filter((s) => s.kind === 'titles')
    .map((s) => s.value);
const of = async (kind: string, values: Record<string, string>, o: object = {}) =>
  (await ask(values, o)).filter((s) => s.kind === kind).map((s) => [s.field, s.value, s.confidence]);
/** Somebody with a post for entries of one category alone. */
const limited = (category: string): Actor => {
  const capabilities = new Set(['holdings.read' as const, 'holdings.write' as const]);
  return {
    ...house.person([], house.county),
    rights: new Map([[house.county, capabilities]]),
    posts: [
      {
        archiveId: house.county,
        role: 'cataloguer',
        capabilities,
        categories: new Set([category]),
        fonds: null,
      },
    ],
  };
};
async function refused(work: Promise<unknown>): Promise<string | undefined> {
  try {
    await work;
  } catch (e) {
    if (isRefusal(e)) return e.code;
    throw e;
  }
  return undefined;
}

beforeAll(async () => {
  house = await listHouse();
  desk = createDesk({ ...house, names: house.authorities });
  archivist = house.person(ALL, house.county);
  const fonds = async (number: string, name: string, dates?: string) =>
    (
      await house.holdings.addFonds(archivist, {
        archiveId: house.county,
        number,
        name,
        ...(dates ? { dates } : {}),
      })
    ).id;
  water = await fonds('X032', '石桥县水利局', '1949-1999');
  schools = await fonds('X033', '石桥县教育局');
  volume = await make(water, '防汛工作', { level: 'file', date: '19900101-19901231', year: 1990 });
});
afterAll(() => house.close());

describe('titles', () => {
  beforeAll(async () => {
    await make(water, '关于1989年防汛工作的通知', { year: 1989, creator: '石桥县水利局' });
    await make(water, '关于防汛物资储备的请示', { parentId: volume, year: 1990 });
    await make(schools, '关于防火检查的通知', { year: 1990 });
    await make(schools, '关于防汛停课的机密纪要', { year: 1990, category: 'ZY' });
  });

  it('are gone on with after the file before all, then after entries of the same category', async () => {
    expect(await titles('关于防', { parentId: volume })).toEqual([
      '关于防汛物资储备的请示',
      '关于防火检查的通知',
      '关于防汛停课的机密纪要',
    ]);
  });

  it('take the year of the entry, and are marked where they do', async () => {
    const found = (await ask({ title: '关于1990年防', year: '1990' }, { typing: 'title' })).filter(
      (s) => s.kind === 'titles',
    );
    expect(found).toMatchObject([{ field: 'title', value: '关于1990年防汛工作的通知', adapted: true }]);
    expect(found[0]?.why).not.toBe('');
  });

  it('are gone on with only while the title is typed', async () => {
    expect(await titles('关于防', { typing: 'creator' })).toEqual([]);
  });

  it('come out of no entry the asker may not see', async () => {
    const seesSchools = limited('ZY');
    const seesLetters = limited('WS');
    const everywhere = await Promise.all(
      [seesSchools, seesLetters].flatMap((who) =>
        ['关于', '关于防', '关于防汛'].flatMap((t) => [
          titles(t, { fondsId: schools }, who),
          titles(t, { fondsId: water, parentId: volume }, who),
        ]),
      ),
    );
    expect(everywhere.slice(6).flat()).not.toContain('关于防汛停课的机密纪要');
    expect(
      everywhere
        .slice(0, 6)
        .flat()
        .filter((t) => t !== '关于防汛停课的机密纪要'),
    ).toEqual([]);
    // What the file, its fonds and the archive hold of their own category they do see.
    expect(await titles('关于防', { fondsId: water, parentId: volume }, seesLetters)).toEqual([
      '关于防汛物资储备的请示',
      '关于防火检查的通知',
    ]);
    expect(await titles('关于防', { fondsId: schools }, seesSchools)).toEqual(['关于防汛停课的机密纪要']);
  });

  it('go on for who has a post in one fonds alone as that fonds does, and nothing else', async () => {
    const capabilities = new Set(['holdings.read' as const, 'holdings.write' as const]);
    const inSchools: Actor = {
      ...house.person([], house.county),
      rights: new Map([[house.county, capabilities]]),
      posts: [
        {
          archiveId: house.county,
          role: 'cataloguer',
          capabilities,
          categories: new Set(['WS']),
          fonds: [{ id: schools, number: 'X033' }],
        },
      ],
    };
    expect(await titles('关于防', { fondsId: schools }, inSchools)).toEqual(['关于防火检查的通知']);
    expect(await titles('关于防', { fondsId: water }, inSchools)).not.toContain('关于防汛物资储备的请示');
  });

  it('are found for who has a part among thousands of others by two walks along an index', async () => {
    await make(schools, '招生简章', { category: 'WS' });
    await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, title, category, access_status)
      select uuidv7(), ${house.county}, ${schools}, 'item', 'z' || lpad(n::text, 6, '0'), '招生计划第' || n || '号', 'ZY', 'unreviewed'
      from generate_series(1, 20000) n`.execute(house.db.owner);
    await sql`analyze holdings.unit`.execute(house.db.owner);
    const began = performance.now();
    expect(await titles('招生', { fondsId: schools }, limited('WS'))).toEqual(['招生简章']);
    expect(performance.now() - began).toBeLessThan(2_000);
    const read = await house.db.as(scopeOf(limited('WS')), async (tx) => {
      const plan = await sql<{
        'QUERY PLAN': { Plan: Record<string, number> }[];
      }>`explain (analyze, buffers, format json)
        select u.title from holdings.titles_ahead(${house.county}, ${schools}, array['招生'], array['WS'], 3, 16) a
        join holdings.unit u on u.id = a.unit_id`.execute(tx);
      const top = plan.rows[0]?.['QUERY PLAN'][0]?.Plan ?? {};
      return (top['Shared Hit Blocks'] ?? 0) + (top['Shared Read Blocks'] ?? 0);
    });
    // Twenty thousand entries that are passed over would be read from far more pages.
    expect(read).toBeLessThan(6_000);
    expect(read).toBeGreaterThan(0);
  });

  it('of a neighbouring archive are not asked for', async () => {
    const neighbour = house.person(ALL, house.neighbour);
    expect(await refused(titles('关于防', {}, neighbour))).toBe('archive.notFound');
    const both = house.person(ALL, house.county, house.neighbour);
    const found = await desk.suggest(both, house.neighbour, {
      fondsId: water,
      level: 'item',
      values: { title: '关于防' },
      typing: 'title',
    });
    expect(found).toEqual([]);
  });

  it('are found by indexes alone, as the application under row-level security', async () => {
    await house.db.as(scopeOf(archivist), async (tx) => {
      await sql`set local enable_seqscan = off`.execute(tx);
      const plan = await sql<{
        'QUERY PLAN': string;
      }>`explain select u.title from holdings.unit u where u.fonds_id = ${water}
        and u.title collate "C" >= '关于' and u.title collate "C" < ('关于' || U&'\\+10FFFF') collate "C" order by u.title collate "C" limit 1`.execute(
        tx,
      );
      expect(plan.rows.map((r) => r['QUERY PLAN']).join('\n')).toMatch(
        /unit_fonds_titles[\s\S]*Index Cond: .*fonds_id.*title.*title/,
      );
      const marks = await sql<{
        'QUERY PLAN': string;
      }>`explain select u.doc_no from holdings.unit u where u.archive_id = ${house.county}
        and u.doc_no is not null and u.doc_no collate "C" >= '石水' and u.doc_no collate "C" < '石水z' order by u.doc_no collate "C" limit 200`.execute(
        tx,
      );
      expect(marks.rows.map((r) => r['QUERY PLAN']).join('\n')).toMatch(
        /unit_doc_numbers[\s\S]*Index Cond: .*archive_id.*doc_no/,
      );
    });
  });
});

describe('who is helped', () => {
  it('are those who write and those who describe by drafts, and no reader', async () => {
    const drafter = house.person(['holdings.read', 'holdings.draft'], house.county);
    expect(await titles('关于防', {}, drafter)).not.toEqual([]);
    const reader = house.person(['holdings.read'], house.county);
    expect(await refused(titles('关于防', {}, reader))).toBe('actor.forbidden');
  });
});

describe('document numbers', () => {
  it('are put in form and give year and agency, learnt from entries, or told by its letters', async () => {
    expect(await of('numbers', { docNo: '石水[1990]12号' })).toEqual([
      ['docNo', '石水〔1990〕12号', 'high'],
      ['year', '1990', 'high'],
      ['creator', '石桥县水利局', 'fair'],
    ]);
    for (const n of [1, 2, 3])
      await make(water, `灌溉用水的函${n}`, {
        docNo: `石灌〔1991〕${n}号`,
        creator: '石桥县灌区管理处',
        year: 1991,
      });
    expect(await of('numbers', { docNo: '石灌〔1992〕8号', year: '1992' })).toEqual([
      ['creator', '石桥县灌区管理处', 'high'],
    ]);
  });

  it('say nothing where all is said, or where they are none', async () => {
    expect(await of('numbers', { docNo: '石水〔1990〕12号', year: '1990', creator: '石桥县水利局' })).toEqual(
      [],
    );
    expect(await of('numbers', { docNo: '无' })).toEqual([]);
  });
});

describe('dates and years', () => {
  it('are read out of titles, and what does not agree is told', async () => {
    expect(await of('dates', { title: '一九九〇年三月十二日防汛会议纪要' })).toEqual([
      ['date', '19900312', 'high'],
      ['year', '1990', 'low'],
    ]);
    expect(
      await of('flags', { title: '防汛会议纪要', date: '19900312', year: '1909', docNo: '石水〔1990〕12号' }),
    ).toEqual([['year', '1990', 'high']]);
    expect(await of('flags', { title: '土地证', date: '19400312', year: '1940' })).toEqual([
      ['date', null, 'fair'],
    ]);
    expect(
      await of('flags', { title: '会议纪要', date: '19920312', year: '1992' }, { parentId: volume }),
    ).toEqual([['date', null, 'fair']]);
  });
});

describe('names', () => {
  const add = (o: Partial<NewAuthority>, name: string) =>
    house.authorities.add(archivist, {
      archiveId: house.county,
      kind: 'body',
      names: [{ form: 'authorised', name }],
      ...o,
    });
  beforeAll(async () => {
    await add(
      {
        names: [
          { form: 'authorised', name: '石桥县民政局', from: '1978-03' },
          { form: 'other', name: '石桥县革委会民政组', from: '1968', to: '1978-02' },
          { form: 'other', name: '县民政局' },
        ],
      },
      '',
    );
    await add({ kind: 'place' }, '柳林水库');
    await add({}, '石桥县第二中学');
    await add({ restricted: true, kind: 'person' }, '欧阳文山先生');
  });

  it('are proposed as the list has them: another form, one character off, and what they were called then', async () => {
    expect(await of('names', { creator: '县民政局' })).toEqual([['creator', '石桥县民政局', 'high']]);
    expect(await of('names', { creator: '石桥县民正局；石桥县水利局' })).toEqual([
      ['creator', '石桥县民政局；石桥县水利局', 'high'],
    ]);
    expect(await of('names', { creator: '石桥县民政局', date: '19720501' })).toEqual([
      ['creator', '石桥县革委会民政组', 'fair'],
    ]);
    expect(await of('names', { creator: '石桥县民政局', date: '19900501' })).toEqual([]);
    expect(await of('names', { place: '柳林水厍' })).toEqual([['place', '柳林水库', 'fair']]);
    expect(await of('names', { title: '石桥县民正局关于救济的报告' })).toEqual([
      ['title', '石桥县民政局关于救济的报告', 'high'],
    ]);
    const [name] = await ask({ creator: '县民政局' });
    expect(name?.authority?.name).toBe('石桥县民政局');
  });

  it('that differ in a number are other names', async () => {
    expect(await of('names', { creator: '石桥县第三中学' })).toEqual([]);
  });

  it('of living people are proposed to the staff of their tree alone', async () => {
    expect(await of('names', { persons: '欧阳文仙先生' })).toEqual([['persons', '欧阳文山先生', 'high']]);
    const stranger = house.person(ALL, house.strange);
    const spelled = await house.authorities.spelled(stranger, {
      archiveId: house.county,
      names: [
        { class: 'agent', text: '欧阳文仙先生' },
        { class: 'agent', text: '石桥县民正局' },
      ],
      day: null,
    });
    expect(spelled.map((s) => s.value)).toEqual(['石桥县民政局']);
  });
});

describe('what is odd in a fonds', () => {
  let odd: string;
  beforeAll(async () => {
    odd = (
      await house.holdings.addFonds(archivist, {
        archiveId: house.county,
        number: 'X034',
        name: '石桥县粮食局',
      })
    ).id;
    for (let n = 1; n <= 1_200; n++) {
      const wrong = n % 400 === 0;
      await sql`insert into holdings.unit (id, archive_id, fonds_id, level, position, reference_code, sort_key, title, date_text, date_from, date_to, year, category)
        values (uuidv7(), ${house.county}, ${odd}, 'item', ${String(n).padStart(6, '0')}, ${`X034-${n}`}, ${`X034-${String(n).padStart(6, '0')}`}, '粮食收购', '19900312', '1990-03-12', '1990-03-12', ${wrong ? 1909 : 1990}, 'WS')`.execute(
        house.db.owner,
      );
    }
  });

  it('is listed page by page, each entry once, with how many were looked at', async () => {
    const first = await desk.oddEntries(archivist, odd, { limit: 2 });
    expect(first.items.map((i) => [i.unit.referenceCode, i.rule, i.proposal])).toEqual([
      ['X034-400', 'yearDate', { field: 'year', value: '1990' }],
      ['X034-800', 'yearDate', { field: 'year', value: '1990' }],
    ]);
    expect(first.looked).toBe(800);
    const second = await desk.oddEntries(archivist, odd, { limit: 2, cursor: first.next ?? '' });
    expect([second.items.map((i) => i.unit.referenceCode), second.looked, second.next]).toEqual([
      ['X034-1200'],
      400,
      null,
    ]);
    expect((await desk.oddEntries(archivist, odd, { limit: 50, rules: ['dateFuture'] })).items).toEqual([]);
  });

  it('is put right like any correction, and what is right as it is is not told again until it changes', async () => {
    const page = await desk.oddEntries(archivist, odd, { limit: 50 });
    const [one, two] = page.items;
    if (!one || !two) throw new Error('nothing was found');
    await house.holdings.correctUnit(archivist, one.unit.id, one.unit.version, {
      year: Number(one.proposal?.value),
    });
    await desk.passOddity(archivist, two.unit.id, { rule: two.rule, said: two.said });
    expect(
      (await desk.oddEntries(archivist, odd, { limit: 50 })).items.map((i) => i.unit.referenceCode),
    ).toEqual(['X034-1200']);
    await house.holdings.correctUnit(archivist, two.unit.id, two.unit.version, { year: 1809 });
    expect(
      (await desk.oddEntries(archivist, odd, { limit: 50 })).items.map((i) => i.unit.referenceCode),
    ).toEqual(['X034-800', 'X034-1200']);
    const { items } = await house.holdings.versions(archivist, one.unit.id, { limit: 1 });
    await house.holdings.undo(archivist, items[0]?.changesetId ?? '');
    expect(
      (await desk.oddEntries(archivist, odd, { limit: 50 })).items.map((i) => i.unit.referenceCode),
    ).toContain('X034-400');
  });

  it('is shown only of entries the asker has, and to those who describe there', async () => {
    expect((await desk.oddEntries(limited('ZP'), odd, { limit: 50 })).items).toEqual([]);
    const reader = house.person(['holdings.read'], house.county);
    expect(await refused(desk.oddEntries(reader, odd, { limit: 5 }))).toBe('actor.forbidden');
    const neighbour = house.person(ALL, house.neighbour);
    expect(await refused(desk.oddEntries(neighbour, odd, { limit: 5 }))).toBe('fonds.notFound');
    const [found] = (await desk.oddEntries(archivist, odd, { limit: 5 })).items;
    if (!found) throw new Error('nothing was found');
    expect(await refused(desk.passOddity(neighbour, found.unit.id, found))).toBe('unit.notFound');
  });
});

describe('an archive', () => {
  it('switches each kind of help off and on again, and the trail tells it', async () => {
    const on = { titles: true, numbers: true, dates: true, names: true, flags: true };
    expect(await desk.help(archivist, house.county)).toEqual(on);
    const part = limited('WS');
    expect(await refused(desk.setHelp(part, house.county, on))).toBe('actor.forbidden');
    await desk.setHelp(archivist, house.county, { ...on, numbers: false, titles: false });
    const values = { title: '关于防', docNo: '石水[1990]12号', creator: '县民政局' };
    const kinds = async () =>
      [...new Set((await ask(values, { typing: 'title' })).map((s) => s.kind))].sort();
    expect(await kinds()).toEqual(['names']);
    expect(await desk.help(part, house.county)).toEqual({ ...on, numbers: false, titles: false });
    await desk.setHelp(archivist, house.county, on);
    expect(await kinds()).toEqual(['names', 'numbers', 'titles']);
  });
});
