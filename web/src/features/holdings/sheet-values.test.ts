import { describe, expect, it } from 'vitest';
import type { TableRow } from '../../api/shapes.ts';
import type { GridColumn } from '../../components/grid/types.ts';
import { pastedRows } from './sheet-values.ts';

const column = (key: string, editable = true): GridColumn<TableRow> => ({
  key,
  title: key,
  width: 100,
  editable,
  cell: () => null,
  text: (row) =>
    key === 'referenceCode'
      ? (row.referenceCode ?? '')
      : key === 'title'
        ? row.title
        : (row.elements[key] ?? ''),
});
const columns = [
  column('referenceCode', false),
  column('title'),
  column('accessStatus', false),
  column('note'),
];
const row = (id: string, title: string): TableRow => ({
  id,
  title,
  version: 3,
  referenceCode: `J-${id}`,
  elements: { note: '旧' },
  archiveId: 'z',
  fondsId: 'f',
  parentId: null,
  level: 'item',
  creator: null,
  docNo: null,
  date: null,
  dateFrom: null,
  dateTo: null,
  category: null,
  year: null,
  retention: null,
  classification: 'public',
  accessStatus: 'unreviewed',
  opensOn: null,
  embargoUntil: null,
  pages: null,
  gaps: 0,
  pageCount: 0,
  childCount: 0,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
});
const rows = [row('a', '甲'), row('b', '乙')];
const place = { fondsId: 'f', parentId: null };

describe('cells pasted into a table of entries', () => {
  it('change the rows they fall on, and only where they say otherwise', () => {
    const pasted = pastedRows(
      { row: 0, column: 1 },
      [
        ['甲改', '开放', '新注'],
        ['乙', '', '旧'],
      ],
      columns,
      rows,
      place,
    );
    expect(pasted).toEqual({
      rows: [{ id: 'a', version: 3, input: { title: '甲改', description: { note: '新注' } } }],
      ignored: ['accessStatus'],
      homeless: 0,
    });
  });

  it('add rows below the last, with their codes, and leave codes that are there', () => {
    const cells = [
      ['J-b2', '乙改'],
      ['J-新', '丙'],
      ['', ''],
    ];
    expect(pastedRows({ row: 1, column: 0 }, cells, columns, rows, place).rows).toEqual([
      { id: 'b', version: 3, input: { title: '乙改' } },
      { fondsId: 'f', parentId: null, input: { referenceCode: 'J-新', title: '丙' } },
    ]);
    expect(pastedRows({ row: 1, column: 0 }, cells, columns, rows, undefined)).toMatchObject({ homeless: 1 });
  });

  it('empty what they leave empty', () => {
    expect(pastedRows({ row: 0, column: 3 }, [['']], columns, rows, place).rows).toEqual([
      { id: 'a', version: 3, input: { description: { note: null } } },
    ]);
  });
});
