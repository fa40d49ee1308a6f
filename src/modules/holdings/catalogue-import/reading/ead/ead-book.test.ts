import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EntryRow, FondsRow } from '../../types.ts';
import { gatherRows } from '../gather.ts';
import { inspectCatalogue } from '../inspect.ts';
import { validateCatalogue } from '../validate.ts';
import { containerText } from './containers.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ead-book-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function write(text: string): Promise<string> {
  const path = join(folder, `guide ${files++}.xml`);
  await writeFile(path, text);
  return path;
}

async function judge(text: string, after?: { sheet: number; row: number }) {
  const path = await write(text);
  const mapping = await inspectCatalogue(path, 'guide.xml');
  const accepted: (EntryRow | FondsRow)[] = [];
  const refused: number[] = [];
  for await (const chunk of validateCatalogue(path, mapping, {
    gather: gatherRows,
    ...(after ? { after } : {}),
  })) {
    accepted.push(...chunk.accepted);
    refused.push(...chunk.noted.filter((n) => n.rejected).map((n) => n.row));
  }
  const units = accepted.filter((r) => r.kind === 'unit');
  return { mapping, accepted, units, refused, fonds: accepted.find((r) => r.kind === 'fonds') };
}

const extra = (r: EntryRow | undefined): Record<string, string> =>
  JSON.parse(r?.description ?? '{}').extra ?? {};
const guide = (did: string, dsc = '') =>
  `<ead><eadheader><eadid>e-1</eadid></eadheader><archdesc level="collection"><did>${did}</did><dsc>${dsc}</dsc></archdesc></ead>`;
const c = (level: string, did: string, inner = '') => `<c ${level}><did>${did}</did>${inner}</c>`;
const title = (text: string) => `<unittitle>${text}</unittitle>`;
const id = (text: string) => `<unitid>${text}</unitid>`;

describe('a finding aid as a sheet', () => {
  it('has columns that are recognised without anybody’s help', async () => {
    const { mapping } = await judge(guide(title('Papers'), c('level="file"', title('Letters'))));
    expect(mapping).toMatchObject({ format: 'ead', options: { codes: 'withinFonds', defaultFonds: 'e-1' } });
    const [sheet] = mapping.sheets;
    expect(sheet).toMatchObject({ headerRow: 1, rows: 2, rowsIsExact: true, use: true });
    const fields = sheet?.columns.filter((x) => x.field !== null);
    expect(fields?.map((x) => x.field)).toEqual([
      'fondsNo', 'depth', 'level', 'referenceCode', 'sourceId', 'formerCodes', 'title', 'date', 'dateFrom', 'dateTo', 'creator', 'medium', 'abstract',
      'history', 'custody', 'arrangement', 'language', 'boxNo', 'location', 'subjects', 'persons', 'genre',
      'originalLocation', 'copyLocation', 'related', 'note', 'classification', 'accessConditions', 'reproduction', 'acquisition',
      'appraisal', 'accruals', 'physical', 'findingAids', 'publications',
    ]); // biome-ignore format: a row of fields
    expect(fields?.every((x) => x.confidence >= 0.95)).toBe(true);
  });

  it('makes the archdesc a fonds and the components entries below one another', async () => {
    const { fonds, units, refused } = await judge(
      guide(
        `${title('Roux papers')}${id('MS 9')}<unitdate>1901-1950</unitdate>`,
        c(
          'level="series"',
          title('Letters') + id('I'),
          c('level="file"', title('A'), c('', title('one'))) + c('', title('B')),
        ) +
          c('level="recordgrp"', title('Group'), c('level="otherlevel" otherlevel="Piece"', title('piece'))),
      ),
    );
    expect(refused).toEqual([]);
    expect(fonds).toMatchObject({ fonds: 'MS 9', name: 'Roux papers', dates: '1901-1950' });
    const rowOf = new Map(units.map((u) => [u.row, u.title]));
    expect(units.map((u) => [u.title, u.level, u.fonds, u.parent ? rowOf.get(u.parent.row) : null])).toEqual([
      ['Letters', 'series', 'MS 9', null],
      ['A', 'file', 'MS 9', 'Letters'],
      ['one', 'file', 'MS 9', 'A'],
      ['B', 'file', 'MS 9', 'Letters'],
      ['Group', 'series', 'MS 9', null],
      ['piece', 'item', 'MS 9', 'Group'],
    ]);
    expect(extra(units[4])).toMatchObject({ 'Level in the source (level)': 'recordgrp' });
    expect(units[0]).toMatchObject({ code: 'MS 9-I', row: 3 });
  });

  it('gives a repeated identifier to its first bearer and keeps it with the others', async () => {
    const { units, refused } = await judge(
      guide(
        title('P') + id('F1'),
        c('', title('a') + id('1')) + c('', title('b') + id('1')) + c('', title('c') + id('F1/2')),
      ),
    );
    expect(refused).toEqual([]);
    expect(units.map((u) => u.code)).toEqual(['F1-1', null, 'F1/2']);
    expect(extra(units[1])['Other identifiers (unitid)']).toBe('1');
  });

  it('supplies titles in brackets, so that no component is lost for want of one', async () => {
    const long = 'word '.repeat(500).trim();
    const { units, refused } = await judge(
      guide(
        title('P'),
        c('', '<unitdate normal="1923-05">May 1923</unitdate>') +
          c('', id('X 1')) +
          c('', '<container type="box">1</container><container type="folder">2</container>') +
          c('', '<abstract>About rain.</abstract>') +
          c('', '') +
          '<c/>' +
          c('', title(long)),
      ),
    );
    expect(refused).toEqual([]);
    expect(units.slice(0, 6).map((u) => u.title)).toEqual([
      '[May 1923]', '[X 1]', '[Box 1, Folder 2]', '[About rain.]', '[untitled]', '[untitled]',
    ]); // biome-ignore format: a row of titles
    expect(units[6]?.title.length).toBeLessThanOrEqual(2_000);
    expect(extra(units[6])['Other titles (unittitle)']).toBe(long);
  });

  it('reads dates for people and for machines, and keeps those of the bulk apart', async () => {
    const { units } = await judge(
      guide(
        title('P'),
        c('', '<unitdate type="inclusive" normal="1895/1905">about 1900</unitdate><unitdate type="bulk">1901</unitdate>') +
          c('', '<unitdate>1971-1997</unitdate><unitdatestructured><daterange><fromdate>1971</fromdate><todate>1997</todate></daterange></unitdatestructured>') +
          c('', '<unitdate type="bulk" normal="1920/1930">1920s</unitdate>') +
          c('', '<unitdate>12 May 1923</unitdate>') +
          c('', '<unitdate normal="1923"/><unitdate normal="1930/1931"/>') +
          c('', '<unitdate>n.d.</unitdate>'),
      ),
    ); // biome-ignore format: a table of dates
    expect(units.map((u) => [u.date, u.dateFrom, u.dateTo])).toEqual([
      ['about 1900', '1895-01-01', '1905-12-31'],
      ['19710000-19970000', '1971-01-01', '1997-12-31'],
      ['1920s', '1920-01-01', '1930-12-31'],
      ['19230512', '1923-05-12', '1923-05-12'],
      ['1923, 1930/1931', '1923-01-01', '1931-12-31'],
      ['n.d.', null, null],
    ]);
    expect(units.map((u) => extra(u)['Dates in the source (unitdate)'])).toEqual([
      'about 1900 ⟦1895/1905⟧\n1901 ⟦bulk⟧',
      '1971-1997\n1971 - 1997 ⟦1971/1997⟧',
      '1920s ⟦1920/1930⟧ ⟦bulk⟧',
      '12 May 1923',
      '⟦1923⟧\n ⟦1930/1931⟧',
      undefined,
    ]);
  });

  it('keeps every element it has no field for, and marks what is for staff', async () => {
    const { units } = await judge(
      guide(
        title('P'),
        `<c audience="internal"><did>${title('closed')}</did></c>` +
          c(
            'id="x9"',
            `${title('a')}<physdesc>3 p.</physdesc>`,
            '<accessrestrict><p>Closed until 2030.</p></accessrestrict><odd audience="internal"><p>staff</p></odd><strange>odd words</strange>',
          ) +
          c('', `${title('b')}<unitid audience="internal">/x/9</unitid>`),
      ),
    );
    expect(units.map((u) => u.classification)).toEqual(['internal', 'internal', 'public']);
    expect(JSON.parse(units[1]!.description)).toEqual({
      medium: '3 p.',
      identifiers: 'x9',
      accessConditions: 'Closed until 2030.',
      extra: {
        'For staff (audience internal)': 'odd: staff',
        'Other elements': 'strange: odd words',
      },
    });
  });

  it('gives the same entries when it is read again from a place within', async () => {
    const text = guide(
      title('P') + id('F1'),
      c('', title('s') + id('1'), c('', title('a') + id('1')) + c('', title('b'))) + c('', title('b')),
    );
    const [whole, rest] = [await judge(text), await judge(text, { sheet: 0, row: 3 })];
    expect(rest.accepted).toEqual(whole.accepted.slice(2));
  });

  it.each([
    ['<eac-cpf/>', 'ead.notEad'],
    ['题名,档号', 'ead.damaged'],
    ['', 'sheet.empty'],
    ['<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', 'ead.notEad'],
    [guide(title('P')).slice(0, -20), 'ead.damaged'],
  ])('is not made of %s', async (text, code) => {
    const path = await write(text);
    await expect(inspectCatalogue(path, 'x.xml')).rejects.toMatchObject({ code });
  });
});

describe('places in containers', () => {
  const box = (text: string, within = '') => ({ type: 'box', text, id: '', within });
  const folder2 = (text: string, within = '') => ({ type: 'folder', text, id: '', within });
  it.each([
    [[box('1'), folder2('2')], 'Box 1, Folder 2'],
    [[box('1'), folder2('2'), box('3'), folder2('1')], 'Box 1, Folder 2; Box 3, Folder 1'],
    [[box('1'), folder2('2', 'b1'), folder2('3', 'b1')], 'Box 1, Folder 2, Folder 3'],
    [[{ type: '', text: 'shelf', id: '', within: '' }], 'shelf'],
    [[], ''],
  ])('are written %#', (containers, text) => {
    expect(containerText(containers)).toBe(text);
  });
});
