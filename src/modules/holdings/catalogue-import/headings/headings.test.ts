import { describe, expect, it } from 'vitest';
import type { SheetRow } from '#formats/sheets';
import { describeSheet, suggestOptions } from './describe.ts';
import { findHeading } from './headerRow.ts';
import { normaliseHeading } from './normalise.ts';
import { assignFields } from './recognise.ts';

const rows = (...cells: string[][]): SheetRow[] => cells.map((c, i) => ({ number: i + 1, cells: c }));
const fieldsOf = (...headings: string[]) => assignFields(headings).map((g) => g?.field ?? null);
const sheetOf = (...cells: string[][]) =>
  describeSheet({ index: 0, name: 'S', hidden: false }, rows(...cells));

describe('headings', () => {
  it('are compared without width, case, script, blanks and remarks in brackets', () => {
    expect(normaliseHeading('題　名（必填）')).toBe('题名');
    expect(normaliseHeading('levelOfDescription')).toBe(normaliseHeading('Level of description'));
    expect(normaliseHeading('＊')).toBe('');
  });

  it('are known in simplified and traditional Chinese, in English and as exchange codes', () => {
    const meant = ['referenceCode', 'title', 'creator', 'docNo', 'date', 'year', 'retention', 'pages'];
    expect(fieldsOf('档号', '题名', '责任者', '文号', '日期', '年度', '保管期限', '页数')).toEqual(meant);
    expect(fieldsOf('檔號', '題名', '責任者', '文號', '日期', '年度', '保管期限', '頁數')).toEqual(meant);
    expect(fieldsOf('DH', 'TM', 'RZZ', 'WH', 'WJRQ', 'ND', 'BGQX', 'YS')).toEqual(meant);
    expect(
      fieldsOf(
        'Reference code',
        'Title',
        'Creator',
        'Document number',
        'Date',
        'Year',
        'Retention period',
        'Pages',
      ),
    ).toEqual(meant);
  });

  it('give each field one column, the surest', () => {
    expect(fieldsOf('名称', '题名')).toEqual([null, 'title']);
    expect(fieldsOf('题名', '题名')).toEqual(['title', null]);
  });

  it('are found below titles', () => {
    expect(
      findHeading(
        rows(
          ['石桥县档案馆归档文件目录'],
          ['2003年'],
          ['序号', '档号', '题名'],
          ['1', 'J001-WS·2003·Y-0001', '通知'],
        ),
      ),
    ).toMatchObject({
      headerRow: 3,
      headings: ['序号', '档号', '题名'],
    });
  });

  it('may stand in two rows, groups over their columns', () => {
    const found = findHeading(
      rows(
        ['档号', '题名', '日期', '', '页数'],
        ['', '', '起', '止', ''],
        ['J001-1-1', '通知', '20030101', '20031231', '3'],
      ),
    );
    expect(found.headerRow).toBe(2);
    expect(assignFields(found.headings).map((g) => g?.field)).toEqual([
      'referenceCode',
      'title',
      'dateFrom',
      'dateTo',
      'pages',
    ]);
  });

  it("take the code row of ArchivesSpace's template and pass over its label row", () => {
    const found = findHeading(
      rows(
        ['ArchivesSpace field code', 'ead', 'title', 'hierarchy', 'level', 'begin'],
        [
          'Field name',
          'EAD ID *REQUIRED*',
          'Title',
          'Hierarchical Relationship',
          'Description Level',
          'Date(1) Begin',
        ],
        ['', 'F1', 'Letters', '1', 'Series', '1900'],
      ),
    );
    expect(found.headerRow).toBe(2);
    expect(found.headings.slice(1)).toEqual(['ead', 'title', 'hierarchy', 'level', 'begin']);
  });

  it('are missing when the first row is data like the others', () => {
    const sheet = sheetOf(['P1050152.tif', 'Page 1'], ['P1050154.tif', 'Page 2'], ['P1050155.tif', 'Page 3']);
    expect(sheet.headerRow).toBe(0);
    expect(sheet.columns.find((c) => c.field === 'title')).toMatchObject({ index: 1, reason: 'content' });
  });
});

describe('a sheet', () => {
  it('finds codes and titles by their content when nobody named them', () => {
    const sheet = sheetOf(
      ['a1', 'b', 'c'],
      ['J001-WS·2003·Y-0001', '关于做好防汛工作的通知', '1'],
      ['J001-WS·2003·Y-0002', '关于春季植树造林的报告', '2'],
      ['J001-WS·2003·Y-0003', '关于调整小组成员的批复', '3'],
    );
    expect(sheet.columns.map((c) => c.field)).toEqual(['referenceCode', 'title', null]);
  });

  it('of volumes says so', () => {
    expect(sheetOf(['案卷号', '题名'], ['1', '某卷']).level).toBe('file');
    expect(sheetOf(['案卷号', '件号', '题名'], ['1', '1', '某件']).level).toBe('item');
  });

  it('suggests a fonds from the name of the file, and codes within the fonds where they lack its number', () => {
    const sheet = sheetOf(
      ['全宗号', '档号', '题名'],
      ['J019', 'WS·2003·Y-0001', '通知'],
      ['J020', 'WS·2003·Y-0001', '报告'],
    );
    expect(suggestOptions('/x/J019 目录.xlsx', [sheet])).toMatchObject({
      defaultFonds: 'J019',
      codes: 'withinFonds',
    });
  });

  it('that names one fonds has it for the default, without a name made of the name of the file', () => {
    const one = sheetOf(['全宗号', '档号', '题名'], ['J019', 'J019-1', '通知'], ['J019', 'J019-2', '报告']);
    expect(suggestOptions('归档文件目录2003.xlsx', [one])).toMatchObject({ defaultFonds: 'J019' });
    expect(suggestOptions('归档文件目录2003.xlsx', [one])).not.toHaveProperty('defaultFondsName');
    const none = sheetOf(['档号', '题名'], ['1', '通知']);
    expect(suggestOptions('J019 目录.xlsx', [none])).toMatchObject({
      defaultFonds: 'J019',
      defaultFondsName: 'J019 目录',
    });
    expect(suggestOptions('J019 目录.xlsx', [one, none])).toHaveProperty('defaultFondsName');
  });
});
