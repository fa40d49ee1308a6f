import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '#kernel/actor';
import { sql } from '#kernel/db';
import { isRefusal } from '#kernel/errors';
import { presentNoted } from '#modules/holdings';
import { buildWorkbook } from '../../src/formats/sheets/testing/workbook-builder.ts';
import { ALL, type SmallHouse, smallHouse } from '../support/house.ts';
import { type ImportBench, importBench } from '../support/imports.ts';

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

/** Takes a file in and says what came of it, row by row, with sheet, row and column. */
async function bring(name: string, content: string | Buffer) {
  const path = join(bench.folder, name);
  await writeFile(path, content);
  const id = await bench.imports.createFromFile(archivist, { archiveId: house.county, path, fileName: name });
  await bench.imports.workNow(archivist, id, 'run');
  const imp = await bench.imports.read(archivist, id);
  const said: string[] = [];
  for await (const noted of bench.imports.everyNoted(id))
    for (const p of presentNoted(imp.sheets, noted, 'en')) {
      expect(p.message).toMatch(/\.$/);
      said.push(`${p.sheet}:${p.row}:${p.column ?? ''} ${p.code}${p.rejected ? ' refused' : ''}`);
    }
  const units = await sql<{ title: string; note: string | null; date: string | null; above: string | null }>`
    select u.title, u.description ->> 'note' as note, u.date_text as date, p.title as above
    from holdings.unit u left join holdings.unit p on p.id = u.parent_id where u.import_id = ${id} order by u.id`.execute(
    house.db.owner,
  );
  // Every row is an entry, or stands among the refused: none is lost.
  expect(imp.counts.accepted + imp.counts.rejected + imp.counts.unchanged).toBe(imp.counts.total);
  return { imp, said, units: units.rows };
}

/** What is not taken for a catalogue: the refusal, and that nothing came in. */
async function refused(name: string, content: string | Buffer) {
  const before = await sql<{ n: number }>`select count(*)::int as n from holdings.unit`.execute(
    house.db.owner,
  );
  const failure = await bring(name, content).then(
    () => undefined,
    (e: unknown) => e,
  );
  const after = await sql<{ n: number }>`select count(*)::int as n from holdings.unit`.execute(
    house.db.owner,
  );
  expect(after.rows).toEqual(before.rows);
  if (!isRefusal(failure)) throw new Error(`${name} was not refused: ${String(failure)}`);
  expect(failure.message).toMatch(/\.$/);
  return { code: failure.code, detail: failure.detail };
}

const cell = (at: string, text: string) =>
  `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;

describe('rows that can not be what they say', () => {
  it('cycles and orphans are told by row and column, and come in once what stands above is there', async () => {
    const head = 'legacyId,parentId,title,levelOfDescription\n';
    const { said, units } = await bring(
      '圈.csv',
      `${head}b1,b2,甲,File\nb2,b1,乙,File\nb3,b3,丙,File\nb4,b9,丁,File\nb5,,戊,File\nb6,b5,己,Item\n`,
    );
    expect(said).toEqual([
      ':2:parentId parent.notFound refused', ':3:parentId parent.rejected refused', ':4:parentId parent.itself refused', ':5:parentId parent.notFound refused',
    ]); // biome-ignore format: a row of findings
    expect(units.map((u) => [u.title, u.above])).toEqual([
      ['戊', null],
      ['己', '戊'],
    ]);
    // The orphan alone, again: its parent has come since.
    await bring('补.csv', `${head}b9,,庚,Series\n`);
    const again = await bring('孤.csv', `${head}b4,b9,丁,File\n`);
    expect(again.units).toMatchObject([{ title: '丁', above: '庚' }]);
  });

  it('duplicate numbers name the row that has them first; impossible dates are kept in their words', async () => {
    const { said, units } = await bring(
      '重.csv',
      '档号,题名,日期\nJ820-1-1,甲,1953-02-30\nJ820-1-1,乙,1953\nJ820-1-2,丙,19991332\nJ820-1-3,丁,1960-1950\n',
    );
    expect(said).toEqual([
      ':2:日期 date.unreadable', ':3:档号 code.duplicateInFile refused', ':4:日期 date.unreadable', ':5:日期 date.backwards',
    ]); // biome-ignore format: a row of findings
    expect(units.map((u) => u.date)).toEqual(['1953-02-30', '19991332', '1960-1950']);
  });

  it('bytes of another encoding are told; marks of direction and rare characters stay', async () => {
    const rtl = '\u202eabc\u202c \u200fש\u200e';
    const mixed = Buffer.concat([
      Buffer.from(`档号,题名\nJ821-1-1,${rtl}𠮷野\nJ821-1-2,`),
      Buffer.from([0xb9, 0xa4, 0xd7, 0xf7]),
      Buffer.from(
        `\nJ821-1-3,好\n${Array.from({ length: 40 }, (_, i) => `J821-2-${i},关于一九五三年粮食统购统销工作的通知第${i}件\n`).join('')}`,
      ),
    ]);
    const { said, units } = await bring('混.csv', mixed);
    expect(said.filter((s) => s.includes('undecodable'))).toEqual([':3:题名 cell.undecodable refused']);
    expect(units.slice(0, 2).map((u) => u.title)).toEqual([`${rtl}𠮷野`, '好']);
  });

  it('half characters of a workbook are told, formulas come as their results or not at all', async () => {
    const rows =
      `<row r="1">${cell('A1', '题名')}${cell('B1', '备注')}</row>` +
      `<row r="2">${cell('A2', '半字_xD800_')}</row>` +
      '<row r="3"><c r="A3" t="str"><f>"合"&amp;"计"</f><v>合计</v></c><c r="B3"><f>1+1</f></c></row>' +
      `<row r="4">${cell('A4', '=HYPERLINK("http://x")')}${cell('B4', '+86')}</row>`;
    const { said, units } = await bring('半.xlsx', await buildWorkbook({ rows }));
    expect(said).toEqual(['S:2:题名 cell.control refused', 'S:3:备注 cell.uncalculated']);
    expect(units).toMatchObject([{ title: '合计' }, { title: '=HYPERLINK("http://x")', note: '+86' }]);
  });

  it('a megabyte in a cell is refused whole by a workbook, and kept whole from a list with no field that takes it', async () => {
    const long = '长'.repeat(350_000);
    expect(
      await refused(
        '长.xlsx',
        await buildWorkbook({
          rows: `<row r="1">${cell('A1', '题名')}</row><row r="2">${cell('A2', long)}</row>`,
        }),
      ),
    ).toMatchObject({ code: expect.stringMatching(/^sheet\./), detail: { sheet: 'S', row: 2, column: 'A' } });
    const list = await bring('长.csv', `档号,题名,备注\nJ822-1-1,甲,${'字'.repeat(25_000)}\n`);
    expect(list.said).toEqual([':2:备注 value.tooLong']);
    const kept = await sql<{
      n: number;
    }>`select length(description -> 'extra' ->> '备注') as n from holdings.unit where import_id = ${list.imp.id}`.execute(
      house.db.owner,
    );
    expect(kept.rows).toEqual([{ n: 25_000 }]);
  });
});

describe('rows about what the archive holds already', () => {
  it('a number held by another entry is told with its column, and so is what is passed over', async () => {
    await bring('先.csv', '档号,题名\nJ825-1-1,甲\n');
    const { said, units } = await bring('后.csv', '题名,档号\n乙,J825-1-1\n丙,J825-1-2\n');
    expect(said).toEqual([':2:档号 code.taken refused']);
    expect(units.map((u) => u.title)).toEqual(['丙']);
  });

  it('rows of a fonds that has become part of another are told so, whether they are looked at or taken in', async () => {
    await bring('旧.csv', '全宗号,档号,题名\nJ826,J826-1-1,甲\nJ827,J827-1-1,乙\n');
    await sql`update holdings.fonds set closed_at = now(), part_of = (select id from holdings.fonds where number = 'J827')
      where number = 'J826'`.execute(house.db.owner);
    const late = '全宗号,档号,题名\nJ826,J826-1-2,丙\nJ827,J827-1-2,丁\nJ826,J826-1-1,甲\n';
    const path = await bench.file('看.csv', late);
    const id = await bench.imports.createFromFile(archivist, {
      archiveId: house.county,
      path,
      fileName: '看.csv',
    });
    await bench.imports.workNow(archivist, id, 'check');
    expect((await bench.imports.read(archivist, id)).counts).toMatchObject({ rejected: 1, unchanged: 1 });
    const { said, units, imp } = await bring('晚.csv', late);
    expect(said).toEqual([':2:全宗号 fonds.closed refused']);
    expect(units.map((u) => u.title)).toEqual(['丁']);
    expect(imp.counts).toMatchObject({ accepted: 1, rejected: 1, unchanged: 1 });
    expect(imp.problems[0]).toMatchObject({ examples: [{ value: 'J826', params: { into: 'J827' } }] });
  });

  it('a fonds that is held and described otherwise stays as it is, and that is told', async () => {
    const head = '全宗号,全宗名称,起止日期\n';
    await bring('全宗.csv', `${head}J828,县粮食局,1950-1990\n`);
    expect((await bring('全宗.csv', `${head}J828,县粮食局,1950-1990\n`)).said).toEqual([]);
    const { said } = await bring('全宗二.csv', `${head}J828,县粮食管理局,1950-1990\n`);
    expect(said).toEqual([':2:全宗号 fonds.held']);
  });
});

describe('files that turn out damaged on their way', () => {
  const good = (from: number, n: number) =>
    Array.from(
      { length: n },
      (_, i) =>
        `<row r="${from + i}">${cell(`A${from + i}`, `J829-1-${from + i}`)}${cell(`B${from + i}`, '好')}</row>`,
    ).join('');

  it('leave nothing behind of the thousands of rows that came in before, and say where it was', async () => {
    await bring('原.csv', '档号,题名\nJ829-1-7,原来的\n');
    const bad = 12_003;
    const rows = `<row r="1">${cell('A1', '档号')}${cell('B1', '题名')}</row>${good(2, bad - 2)}<row r="${bad}">${cell(`A${bad}`, 'J829-2')}${cell(`B${bad}`, '长'.repeat(350_000))}</row>`;
    const path = join(bench.folder, '坏.xlsx');
    await writeFile(path, await buildWorkbook({ rows }));
    const id = await bench.imports.createFromFile(archivist, {
      archiveId: house.county,
      path,
      fileName: '坏.xlsx',
    });
    await bench.imports.setMapping(archivist, id, { options: { existing: 'update' } });
    const failure = await bench.imports.workNow(archivist, id, 'run').catch((e: unknown) => e);
    expect(isRefusal(failure) && [failure.code, failure.detail]).toEqual([
      expect.stringMatching(/^sheet\./),
      expect.objectContaining({ sheet: 'S', row: bad, column: 'B' }),
    ]);
    const { state, takenBack } = await bench.imports.read(archivist, id);
    expect([state, takenBack]).toMatchObject(['takenBack', { kept: 0, restored: 1 }]);
    const left = await sql<{
      title: string;
    }>`select u.title from holdings.unit u join holdings.fonds f on f.id = u.fonds_id
      where f.number = 'J829'`.execute(house.db.owner);
    expect(left.rows).toEqual([{ title: '原来的' }]);
  });

  it('go on being taken back where that was broken off', async () => {
    const { imp } = await bring('断.csv', '档号,题名\nJ830-1-1,甲\nJ830-1-2,乙\n');
    await sql`update holdings.import set state = 'takingBack' where id = ${imp.id}`.execute(house.db.owner);
    const again = bench.imports.kind.run({
      id: 'job',
      data: { importId: imp.id, act: 'run', actor: { id: archivist.id, name: archivist.name } },
      attempt: 2,
      signal: new AbortController().signal,
      progress: () => {},
    });
    await expect(again).rejects.toMatchObject({ code: 'sheet.damaged' });
    const { state, takenBack } = await bench.imports.read(archivist, imp.id);
    expect([state, takenBack]).toMatchObject(['takenBack', { removed: 2, kept: 0 }]);
  });
});

describe('sheets that are not what they seem', () => {
  it('hidden ones are left out and told; names spread over merged columns belong to what stands below', async () => {
    const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
    const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const relations = (n: number) =>
      Array.from(
        { length: n },
        (_, i) =>
          `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
      ).join('');
    const rows =
      `<row r="1">${cell('A1', '档号')}${cell('B1', '题名')}${cell('C1', '日期')}</row><row r="2">${cell('C2', '起')}${cell('D2', '止')}</row>` +
      `<row r="3">${cell('A3', 'J823-1-1')}${cell('B3', '甲')}${cell('C3', '1953')}${cell('D3', '1955')}</row>`;
    const book = await buildWorkbook({
      parts: {
        'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="明" sheetId="1" r:id="rId1"/><sheet name="暗" sheetId="2" state="hidden" r:id="rId2"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations(2)}</Relationships>`,
        'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData><mergeCells><mergeCell ref="C1:D1"/><mergeCell ref="A1:A2"/></mergeCells></worksheet>`,
        'xl/worksheets/sheet2.xml': `<worksheet xmlns="${main}"><sheetData><row r="1">${cell('A1', '题名')}</row><row r="2">${cell('A2', '藏起来的')}</row></sheetData></worksheet>`,
      },
    });
    const { imp, units } = await bring('并.xlsx', book);
    expect(units).toMatchObject([{ title: '甲', date: '19530000-19550000' }]);
    expect(imp.sheets.map((s) => [s.name, s.hidden, s.use, s.rows])).toEqual([
      ['明', false, true, 1],
      ['暗', true, false, 1],
    ]);
  });

  it('a million rows of blanks are passed over in seconds', async () => {
    const blank = Array.from(
      { length: 1_048_000 },
      (_, i) => `<row r="${i + 3}"><c r="A${i + 3}" s="1"/></row>`,
    ).join('');
    const rows = `<row r="1">${cell('A1', '档号')}${cell('B1', '题名')}</row><row r="2">${cell('A2', 'J824-1-1')}${cell('B2', '甲')}</row>${blank}<row r="1048576">${cell('A1048576', 'J824-1-2')}${cell('B1048576', '乙')}</row>`;
    const { imp, units } = await bring('空.xlsx', await buildWorkbook({ rows, formats: ['@'] }));
    expect(imp.counts).toMatchObject({ total: 2, accepted: 2 });
    expect(units.map((u) => u.title)).toEqual(['甲', '乙']);
  });
});

describe('finding aids that are damaged or set traps', () => {
  const guide = (inner: string, doctype = '') =>
    `<?xml version="1.0"?>${doctype}<ead><control><recordid>T1</recordid></control><archdesc level="fonds"><did><unitid>T1</unitid><unittitle>陷阱</unittitle></did><dsc>${inner}</dsc></archdesc></ead>`;
  const c = (title: string) => `<c level="file"><did><unittitle>${title}</unittitle></did></c>`;

  it.each([
    ['cut off in the middle', guide(c('甲').repeat(50)).slice(0, -60), 'ead.damaged'],
    ['with tags that cross', guide('<c level="file"><did><unittitle>甲</did></unittitle></c>'), 'ead.damaged'],
    ['with a billion laughs', guide(c('&f;'), '<!DOCTYPE ead [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>'), 'ead.forbiddenXml'],
    ['with a file of the machine', guide(c('&x;'), '<!DOCTYPE ead [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), 'ead.forbiddenXml'],
    ['that is no finding aid', '<?xml version="1.0"?><eac-cpf/>', 'ead.notEad'],
  ])('one %s is refused whole, and nothing of it comes in', async (_, text, code) => {
    // Three lines before it, so that its own line is told and not merely the first.
    const { code: told, detail } = await refused('guide.xml', text.replace('?>', '?>\n\n\n'));
    expect(told).toBe(code);
    if (code !== 'ead.notEad') expect(detail).toMatchObject({ line: 4 });
  }); // biome-ignore format: a table of traps

  it('one that breaks the schema comes in without the loss of a component', async () => {
    const { imp, units } = await bring(
      'invalid.xml',
      guide(`<c><nonsense>word</nonsense>${c('甲')}</c><c level="no such level"><did/></c>`),
    );
    expect(imp.counts).toMatchObject({ accepted: 4, rejected: 0 });
    expect(units.map((u) => u.title)).toEqual(['[untitled]', '甲', '[untitled]']);
  });
});
