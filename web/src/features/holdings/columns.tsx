import type { ReactNode } from 'react';
import type { UnitRow } from '../../api/shapes.ts';
import type { Column } from '../../components/data-table.tsx';
import { codeColumn } from '../../components/record-columns.tsx';
import { Retention } from '../../components/small.tsx';
import { archivalDate, count } from '../../lib/format.ts';
import type { Wording } from '../../wording.tsx';
import { AccessOf, stateWords } from '../access/access-state.tsx';

/** Every column the table of units can show; the first ones are shown until a person chooses otherwise. */
export const SHOWN_FIRST = ['referenceCode', 'title', 'date', 'retention', 'accessStatus', 'pageCount'];
const KEPT = 'lantai.columns.units';

export function keptColumns(): string[] {
  const kept = localStorage.getItem(KEPT);
  return kept ? kept.split(' ').filter(Boolean) : SHOWN_FIRST;
}
export function keepColumns(keys: readonly string[]): void {
  localStorage.setItem(KEPT, keys.join(' '));
}

export function unitColumns(wording: Wording): Column<UnitRow>[] {
  const { t, word } = wording;
  const text = (
    key: 'creator' | 'docNo' | 'year',
    width: string,
    cell: (row: UnitRow) => ReactNode = (row) => row[key],
  ): Column<UnitRow> => ({
    key,
    title: t(`field.${key}`),
    width,
    cell,
    hint: (row) => String(row[key] ?? ''),
  });
  return [
    codeColumn(wording, '196px'),
    {
      key: 'title',
      title: t('field.title'),
      hint: (row) => row.title,
      cell: (row) => (
        <>
          {row.level !== 'item' && <span className="soft">{t(`level.${row.level}`)} · </span>}
          {row.title}
        </>
      ),
    },
    {
      key: 'date',
      title: t('field.date'),
      width: '100px',
      hint: (row) => archivalDate(row.date),
      cell: (row) => archivalDate(row.date),
    },
    text('creator', '132px'),
    text('docNo', '132px'),
    {
      key: 'category',
      title: t('field.category'),
      width: '80px',
      cell: (row) => word('category', row.category),
    },
    text('year', '64px'),
    {
      key: 'retention',
      title: t('field.retention'),
      width: '92px',
      cell: (row) => <Retention code={row.retention} />,
    },
    {
      key: 'accessStatus',
      title: t('field.accessStatus'),
      width: '150px',
      hint: (row) => stateWords(row, wording),
      cell: (row) => <AccessOf brief state={row} />,
    },
    {
      key: 'classification',
      title: t('field.classification'),
      width: '80px',
      cell: (row) => word('classification', row.classification),
    },
    { key: 'pages', title: t('field.pages'), width: '64px', numeric: true, cell: (row) => count(row.pages) },
    {
      key: 'pageCount',
      title: t('field.pageCount'),
      width: '92px',
      numeric: true,
      cell: (row) => (row.pageCount > 0 ? count(row.pageCount) : <span className="soft">—</span>),
    },
    {
      key: 'childCount',
      title: t('field.childCount'),
      width: '80px',
      numeric: true,
      cell: (row) => (row.childCount > 0 ? count(row.childCount) : ''),
    },
  ];
}
