import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkbookWriter } from '#formats/sheets';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { ALL, type SmallHouse, smallHouse } from '../../../../test/support/house.ts';
import { type ImportBench, importBench } from '../../../../test/support/imports.ts';

let house: SmallHouse;
let bench: ImportBench;
let archivist: Actor;

beforeAll(async () => {
  house = await smallHouse();
  bench = await importBench(house.db);
  archivist = house.person(ALL, house.county);
});
afterAll(async () => {
  await bench.close();
  await house.close();
});

type Sheets = Record<string, (string | number)[][]>;

async function bring(name: string, sheets: Sheets) {
  const path = await bench.file(name, '');
  const book = createWorkbookWriter(path);
  for (const [title, [head = [], ...rows]] of Object.entries(sheets)) {
    const sheet = await book.sheet(
      title,
      head.map((heading) => ({ heading: String(heading) })),
    );
    await sheet.rows(rows);
  }
  await book.finish();
  const id = await bench.imports.createFromFile(archivist, { archiveId: house.county, path, fileName: name });
  await bench.imports.workNow(archivist, id, 'run');
  return bench.imports.read(archivist, id);
}
async function tree(number: string) {
  const r = await sql<{ level: string; code: string | null; title: string; above: string | null }>`
    select u.level, u.reference_code as code, u.title, p.title as above from holdings.unit u
    join holdings.fonds f on f.id = u.fonds_id left join holdings.unit p on p.id = u.parent_id
    where f.number = ${number} order by u.id`.execute(house.db.owner);
  return r.rows.map((x) => [x.level, x.code, x.title, x.above]);
}

describe('fonds, volumes and items', () => {
  it('in one workbook, linked by the numbers they have in common, come in as a tree', async () => {
    const imp = await bring('三表.xlsx', {
      全宗: [['全宗号', '全宗名称', '起止日期'], ['J810', '县供销社', '1950-1990']],
      案卷目录: [['全宗号', '目录号', '案卷号', '案卷题名', '保管期限'], ['J810', '1', '1', '会议记录', '永久'], ['J810', '1', '2', '统计报表', '30年']],
      卷内目录: [
        ['全宗号', '目录号', '案卷号', '顺序号', '文件题名', '责任者'],
        ['J810', '1', '1', '1', '一月会议', '县供销社'], ['J810', '1', '2', '1', '年报', '县供销社'], ['J810', '1', '1', '2', '二月会议', '县供销社'],
      ],
    }); // biome-ignore format: tables of rows
    expect(imp.problems.filter((p) => p.rejecting)).toEqual([]);
    expect(await tree('J810')).toEqual([
      ['file', 'J810-1-1', '会议记录', null],
      ['file', 'J810-1-2', '统计报表', null],
      ['item', 'J810-1-1-1', '一月会议', '会议记录'],
      ['item', 'J810-1-2-1', '年报', '统计报表'],
      ['item', 'J810-1-1-2', '二月会议', '会议记录'],
    ]);
    const fonds = await sql<{
      name: string;
      dates: string;
    }>`select name, dates from holdings.fonds where number = 'J810'`.execute(house.db.owner);
    expect(fonds.rows).toEqual([{ name: '县供销社', dates: '1950-1990' }]);
  });

  it('one by one, items name the volume they lie in by its code, held since', async () => {
    await bring('案卷.xlsx', {
      案卷: [
        ['案卷档号', '案卷题名'],
        ['J811-KJ·2001-0001', '水库'],
      ],
    });
    const imp = await bring('卷内.xlsx', {
      卷内: [
        ['案卷档号', '件号', '题名'],
        ['J811-KJ·2001-0001', '001', '设计图'],
        ['J811-KJ·2001-9999', '001', '无主'],
      ],
    });
    expect(imp.counts).toMatchObject({ accepted: 1, rejected: 1 });
    expect(imp.problems[0]).toMatchObject({ code: 'parent.notFound' });
    expect((await tree('J811')).map(([, , title, above]) => [title, above])).toEqual([
      ['水库', null],
      ['设计图', '水库'],
    ]);
  });
});
