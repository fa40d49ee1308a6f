import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { archivesScope, PUBLIC, type Scope, SYSTEM, sql } from '#kernel/db';
import { newId } from '#kernel/ids';
import {
  completionsOf,
  find,
  indexArchives,
  indexPages,
  indexUnits,
  type SearchRequest,
  type UnitEntry,
} from './index.ts';
import { openTestDatabase, type TestDatabase } from './testing/database.ts';

let test: TestDatabase;
const archive = newId();

beforeAll(async () => {
  test = await openTestDatabase();
});
afterAll(async () => {
  await test?.close();
});
beforeEach(async () => {
  await test.db.system(async (tx) => {
    await sql`truncate search.entry, search.page, search.archive, search.fonds`.execute(tx);
    await indexArchives(tx, [{ id: archive, path: [archive], code: 'P', name: '临泽县档案馆' }]);
  });
});

let serial = 0;
const unit = (title: string, more: Partial<UnitEntry> = {}): UnitEntry => {
  const code = `J019-WS·2003·D30-${String(++serial).padStart(4, '0')}`;
  return {
    ...{ unitId: newId(), archiveId: archive, fondsNo: 'J019', level: 'item', accessStatus: 'open' },
    ...{ classification: 'public', title, referenceCode: code, sortKey: code },
    ...more,
  };
};
const put = (...units: UnitEntry[]): Promise<void> => test.db.system((tx) => indexUnits(tx, units));
const pages = (u: UnitEntry, ...texts: string[]): Promise<void> =>
  test.db.system((tx) =>
    indexPages(
      tx,
      u.unitId,
      texts.map((text, i) => ({ pageNo: i + 1, text })),
    ),
  );
const ask = (q: string, more: Partial<SearchRequest> = {}, scope: Scope = SYSTEM) =>
  test.db.as(scope, (tx) => find(tx, { q, ...more }));
const titles = async (q: string, scope?: Scope): Promise<string[]> =>
  (await ask(q, {}, scope)).hits.map((h) => h.title).sort();

describe('one box', () => {
  it('takes OR, NOT and brackets', async () => {
    await put(unit('结婚登记'), unit('离婚登记'), unit('复婚登记'), unit('结婚证书'));
    expect(await titles('结婚 OR 离婚')).toEqual(['离婚登记', '结婚登记', '结婚证书'].sort());
    expect(await titles('(结婚 OR 离婚) 登记')).toEqual(['离婚登记', '结婚登记'].sort());
    expect(await titles('登记 NOT 结婚')).toEqual(['离婚登记', '复婚登记'].sort());
    expect(await titles('登记 -(结婚 OR 离婚)')).toEqual(['复婚登记']);
    expect(await titles('NOT 登记')).toEqual(['结婚证书']);
    expect(await titles('结婚 AND NOT 登记簿')).toEqual(['结婚登记', '结婚证书'].sort());
  });

  it('takes NOT of the whole entry, its pages too, as far as they may be read', async () => {
    const one = unit('土地证存根');
    const other = unit('土地证存根甲');
    const closed = unit('土地证存根乙', { accessStatus: 'open', embargoUntil: '2999-01-01' });
    await put(one, other, closed);
    await pages(other, '张三的土地', '李四的土地');
    await pages(closed, '李四的土地');
    expect(await titles('土地 NOT 李四')).toEqual(['土地证存根']);
    expect(await titles('存根 NOT 李四广')).toHaveLength(3);
    // Nobody learns from what is left out what stands on pages they may not read.
    const staff = archivesScope([archive]);
    const notEmbargoed: Scope = { ...staff, content: { ...staff.content, embargoArchives: [] } };
    expect(await titles('存根 NOT 李四', notEmbargoed)).toEqual(['土地证存根', '土地证存根乙'].sort());
    expect(await titles('存根 NOT 李四', staff)).toEqual(['土地证存根']);
    expect(await titles('存根 NOT 李四', PUBLIC)).toEqual(['土地证存根']);
  });

  it('takes fields: title, document number, responsible agency, text of pages, code', async () => {
    const text = unit('会议记录');
    await put(
      unit('民政局关于救灾的通知', { creator: '临泽县人民政府', docNo: '临政发〔2003〕12号' }),
      unit('救灾款发放表', { creator: '临泽县民政局', other: ['人民政府转发'] }),
      text,
    );
    await pages(text, '民政局汇报救灾工作');
    expect(await titles('题名:民政局')).toEqual(['民政局关于救灾的通知']);
    expect(await titles('責任者：民政局')).toEqual(['救灾款发放表']);
    expect(await titles('责任者:人民政府')).toEqual(['民政局关于救灾的通知']);
    expect(await titles('全文:救灾')).toEqual(['会议记录']);
    for (const q of ['文号:临政发[2003]12号', '文号:(2003)12号', '文号:临政发'])
      expect(await titles(q), q).toEqual(['民政局关于救灾的通知']);
    expect(await titles('文号:通知')).toEqual([]);
    expect(await titles('题名:(救灾 -通知)')).toEqual(['救灾款发放表']);
    expect(await titles(`档号:${text.referenceCode}`)).toEqual(['会议记录']);
    expect(await titles('责任者:民政局 OR 全文:汇报')).toEqual(['会议记录', '救灾款发放表'].sort());
  });

  it('takes ranges of years and days', async () => {
    const of = (title: string, day: string): UnitEntry =>
      unit(title, { year: Number(day.slice(0, 4)), dateFrom: day, dateTo: day });
    await put(of('甲', '1958-05-12'), of('乙', '1965-01-01'), of('丙', '1949-10-01'));
    expect(await titles('年度:1958..1965')).toEqual(['乙', '甲'].sort());
    expect(await titles('日期:..1949-12')).toEqual(['丙']);
    expect(await titles('日期:民国三十八年')).toEqual(['丙']);
    expect(await titles('日期:1949..1958-05-12 -丙')).toEqual(['甲']);
    expect((await ask('年度:1958..1965', { sort: 'dateDesc' })).hits.map((h) => h.title)).toEqual([
      '乙',
      '甲',
    ]);
  });

  it('takes wildcards', async () => {
    await put(
      unit('张铁丰任职通知'),
      unit('张丰任职通知'),
      unit('结婚登记申请书'),
      unit('一九五五年 agricultural'),
    );
    expect(await titles('张?丰')).toEqual(['张铁丰任职通知']);
    expect(await titles('结婚*申请')).toEqual(['结婚登记申请书']);
    expect(await titles('agri*ral')).toEqual(['一九五五年 agricultural']);
    expect(await titles('题名:张*通知')).toHaveLength(2);
    const hit = (await ask('结婚*申请')).hits[0]!;
    expect(hit.titleHighlights).toEqual([[0, 6]]);
  });
});

describe('numbers and times', () => {
  it('are found however they are written', async () => {
    await put(
      unit('一九五八年粮食产量'),
      unit('1958年钢铁产量'),
      unit('光绪三十四年契约'),
      unit('民国38年户口册'),
      unit('第十八届运动会'),
      unit('二零零三年工作'),
    );
    for (const q of ['1958年', '一九五八年', '一九五八', '1958']) expect(await titles(q), q).toHaveLength(2);
    for (const q of ['1908年', '光绪34年', '光緒三十四年', '一九〇八年'])
      expect(await titles(q), q).toEqual(['光绪三十四年契约']);
    for (const q of ['1949年', '民國三十八年', '民国38年', '中华民国三十八年'])
      expect(await titles(q), q).toEqual(['民国38年户口册']);
    expect(await titles('第18届')).toEqual(['第十八届运动会']);
    for (const q of ['2003年', '二○○三年', '二〇〇三年'])
      expect(await titles(q), q).toEqual(['二零零三年工作']);
  });

  it('of an entry’s date are found in reigns too', async () => {
    await put(unit('田契', { dateFrom: '1908-03-01', dateTo: '1908-03-01' }));
    for (const q of ['光绪三十四年', '1908年', '1908']) expect(await titles(q), q).toEqual(['田契']);
  });
});

describe('the order', () => {
  it('has the code itself first, then the document number, the whole title, words in a row, words close together', async () => {
    const number = '临政发〔2003〕12号';
    await put(
      unit(`转发${number}`, {}),
      unit('某通知', { docNo: number }),
      unit('张三 与邻居的土地 纠纷一案的处理'),
      unit('张三土地纠纷'),
      unit('张三土地'),
      unit('土地证，户主为李家湾村民张三'),
      unit('存根', { other: ['张三 土地'] }),
    );
    expect((await ask(number)).hits.map((h) => [h.title, h.why])).toEqual([
      ['某通知', 'documentNumber'],
      [`转发${number}`, 'title'],
    ]);
    expect((await ask('张三 土地')).hits.map((h) => h.title)).toEqual([
      '张三土地',
      '张三土地纠纷',
      '张三 与邻居的土地 纠纷一案的处理',
      '土地证，户主为李家湾村民张三',
      '存根',
    ]);
  });
});

describe('what is typed', () => {
  it('comes to an answer or a clear refusal, whatever it is', async () => {
    await put(unit('结婚登记'));
    const odd = [
      '"', '(((((', ')))', '* ? * ?', '%_\\', "'; drop table search.entry; --", '题名:', '题名:题名:题名:', '-', '--', 'OR OR OR',
      'a:* & b | !c', '\\', '\u0000', '\ud800', '\u202e结婚', '{"not":{}}', '<->', '~1', '年度:9999999999', '日期:0..9999-99-99', '(结婚', '结婚)',
      'NOT NOT NOT 结婚', '-(-(-(结婚)))', '结*', '*婚', '?婚', '"结婚*"', '全文:* OR 题名:?', '文号:%', "责任者:'||'",
    ]; // biome-ignore format: a table of queries
    for (const q of odd) {
      const started = performance.now();
      const found = await ask(q);
      expect(performance.now() - started, q).toBeLessThan(5_000);
      expect(found.total, q).toBeGreaterThanOrEqual(0);
    }
    await expect(ask('结'.repeat(100_000))).rejects.toThrow(/at most/);
    await expect(ask(Array.from({ length: 60 }, (_, i) => `a${i}`).join('|'))).resolves.toBeDefined();
    await expect(ask(Array.from({ length: 40 }, (_, i) => `a${i}`).join(' OR '))).rejects.toThrow(/at most/);
  });
});

describe('help with asking', () => {
  const complete = async (typed: string, scope: Scope = SYSTEM) =>
    (await test.db.as(scope, (tx) => completionsOf(tx, typed))).map((c) => c.text);

  it('tells how a word goes on in titles, the commonest ways first', async () => {
    await put(
      ...['结婚登记申请书', '结婚登记审查表', '结婚登记表', '結婚證存根'].flatMap((title) => [
        unit(title),
        unit(title),
      ]),
    );
    expect((await complete('结婚'))[0]).toBe('结婚登记');
    expect(await complete('结婚登记')).toEqual(expect.arrayContaining(['结婚登记申请书', '结婚登记审查表']));
    expect(await complete('张三 结婚')).toContain('张三 结婚登记');
    expect(await complete('離婚')).toEqual([]);
    for (const odd of ['', ' ', '"', '题名:', '结*婚', '*', '\u0000', '字'.repeat(300)])
      expect(await complete(odd)).toEqual([]);
  });

  it('gives single titles where nothing is common, and none of what the asker may not see', async () => {
    await put(unit('救济款发放表'), unit('救济粮名册', { accessStatus: 'restricted' }));
    expect((await complete('救济')).sort()).toEqual(['救济款发放表', '救济粮名册'].sort());
    expect(await complete('救济', PUBLIC)).toEqual(['救济款发放表']);
  });

  it('asks what was meant, in the archive’s own words, and of those only what the asker may see', async () => {
    await put(
      unit('结婚登记申请书'),
      unit('agricultural mission report'),
      unit('密件婚约', { accessStatus: 'restricted' }),
    );
    const meant = async (q: string, scope?: Scope) =>
      (await ask(q, {}, scope)).suggestions.filter((s) => s.kind === 'didYouMean').map((s) => s.q);
    expect(await meant('结昏登记')).toContain('结婚登记');
    expect(await meant('結昏')).toContain('结婚');
    expect(await meant('missoin')).toEqual(['mission']);
    expect(await meant('agricutural 结婚')).toEqual([]);
    expect(await meant('秘件婚约')).toEqual(['密件婚约']);
    expect(await meant('秘件婚约', PUBLIC)).toEqual([]);
  });
});
