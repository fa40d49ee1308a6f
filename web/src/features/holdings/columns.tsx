import type { ReactNode } from 'react';
import type { TableRow } from '../../api/shapes.ts';
import type { GridColumn } from '../../components/grid/types.ts';
import { codeColumn } from '../../components/record-columns.tsx';
import { Retention, When } from '../../components/small.tsx';
import { archivalDate, count } from '../../lib/format.ts';
import type { Wording } from '../../wording.tsx';
import { AccessOf, stateWords } from '../access/access-state.tsx';
import { ACCESS_STATUSES, CATEGORIES, RETENTIONS } from './filters.tsx';

/** What is shown until a person chooses otherwise; of categories that are described by other things, those. */
const SHOWN_FIRST = ['referenceCode', 'title', 'date', 'retention', 'accessStatus', 'pageCount'];
const BY_CATEGORY: Readonly<Record<string, readonly string[]>> = {
  WS: ['referenceCode', 'docNo', 'creator', 'title', 'date', 'retention', 'pages', 'accessStatus'],
  KJ: ['referenceCode', 'title', 'creator', 'docNo', 'date', 'retention', 'pages', 'accessStatus'],
  KU: ['referenceCode', 'title', 'year', 'date', 'retention', 'pages', 'note'],
  ZP: ['referenceCode', 'title', 'persons', 'date', 'creator', 'location', 'pageCount', 'accessStatus'],
  LY: ['referenceCode', 'title', 'persons', 'date', 'creator', 'medium', 'accessStatus'],
  LX: ['referenceCode', 'title', 'persons', 'date', 'creator', 'medium', 'accessStatus'],
  ZY: ['referenceCode', 'title', 'persons', 'date', 'retention', 'pages', 'accessStatus'],
  SW: ['referenceCode', 'title', 'date', 'creator', 'medium', 'location', 'retention'],
};

/** Elements of the description a table offers as columns, beside an archive's own. */
const ELEMENTS = [
  'dept', 'persons', 'subjects', 'keywords', 'genre', 'draft', 'urgency', 'mainTo', 'copyTo', 'abstract', 'catalogueNo', 'volumeNo',
  'itemNo', 'medium', 'boxNo', 'location', 'originalLocation', 'copyLocation', 'language', 'classNo', 'disclosure', 'note',
] as const; // biome-ignore format: a row of names

export interface ShownColumn {
  key: string;
  width?: number;
}

const KEPT = 'lantai.columns.units';
const keyOf = (category: string | undefined): string => (category ? `${KEPT}.${category}` : KEPT);

/** Which columns a person has for entries of a category, in their order. */
export function keptColumns(category: string | undefined): ShownColumn[] {
  const kept = localStorage.getItem(keyOf(category));
  if (kept?.startsWith('[')) {
    const list: unknown = JSON.parse(kept);
    if (Array.isArray(list)) return readColumns(list);
  }
  return firstColumns(category);
}

/** What is shown of a category until a person chooses otherwise. */
export const firstColumns = (category: string | undefined): ShownColumn[] =>
  (BY_CATEGORY[category ?? ''] ?? SHOWN_FIRST).map((key) => ({ key }));

/** Columns as they were kept, here or in a view. */
export function readColumns(list: readonly unknown[]): ShownColumn[] {
  return list.flatMap((one) => {
    if (typeof one !== 'object' || one === null || !('key' in one) || typeof one.key !== 'string') return [];
    const width = 'width' in one && typeof one.width === 'number' ? { width: one.width } : {};
    return [{ key: one.key, ...width }];
  });
}

export function keepColumns(category: string | undefined, columns: readonly ShownColumn[]): void {
  localStorage.setItem(keyOf(category), JSON.stringify(columns));
}

/** Elements of the description among columns, as the server is asked for them. */
export const elementsOf = (columns: readonly ShownColumn[], all: readonly GridColumn<TableRow>[]): string[] =>
  columns
    .map((c) => c.key)
    .filter((key) => all.find((a) => a.key === key)?.sort === key && !(key in OWN_SORT));

const OWN_SORT: Readonly<Record<string, true>> = {
  title: true, date: true, creator: true, docNo: true, category: true, year: true, retention: true, accessStatus: true,
  classification: true, pages: true, pageCount: true, childCount: true, changed: true,
}; // biome-ignore format: a row of names

/** Every column the table of units can show. @param own elements the archive added, by key and name */
export function unitColumns(
  wording: Wording,
  own: readonly { key: string; title: string }[] = [],
): GridColumn<TableRow>[] {
  const { t, word } = wording;
  const text = (
    key: 'creator' | 'docNo' | 'year' | 'pages',
    width: number,
    more: Partial<GridColumn<TableRow>> = {},
  ): GridColumn<TableRow> => ({
    key,
    title: t(`field.${key}`),
    width,
    sort: key,
    editable: true,
    cell: (row) => row[key],
    hint: (row) => String(row[key] ?? ''),
    text: (row) => String(row[key] ?? ''),
    ...more,
  });
  const coded = (
    key: 'category' | 'retention' | 'classification',
    width: number,
    cell: (row: TableRow) => ReactNode,
    values: readonly string[],
  ): GridColumn<TableRow> => ({
    key,
    title: t(`field.${key}`),
    width,
    sort: key,
    editable: true,
    cell,
    options: values.map((value) => ({ value, label: word(key, value) })),
    text: (row) => row[key] ?? '',
  });
  const element = (key: string, title: string): GridColumn<TableRow> => ({
    key,
    title,
    width: 140,
    sort: key,
    editable: true,
    cell: (row) => row.elements[key],
    hint: (row) => row.elements[key],
    text: (row) => row.elements[key] ?? '',
  });
  const code = codeColumn(wording, '196px');
  return [
    {
      ...code,
      title: t('field.referenceCode'),
      width: 196,
      sort: 'code',
      text: (row) => row.referenceCode ?? '',
    },
    {
      key: 'title',
      title: t('field.title'),
      width: 240,
      grows: true,
      sort: 'title',
      editable: true,
      hint: (row) => row.title,
      text: (row) => row.title,
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
      width: 100,
      sort: 'date',
      editable: true,
      hint: (row) => archivalDate(row.date),
      text: (row) => row.date ?? '',
      cell: (row) => archivalDate(row.date),
    },
    text('creator', 132),
    text('docNo', 132),
    coded('category', 80, (row) => word('category', row.category), CATEGORIES),
    text('year', 64),
    coded('retention', 92, (row) => <Retention code={row.retention} />, RETENTIONS),
    {
      key: 'accessStatus',
      title: t('field.accessStatus'),
      width: 150,
      sort: 'accessStatus',
      hint: (row) => stateWords(row, wording),
      options: ACCESS_STATUSES.map((value) => ({ value, label: t(`access.${value}`) })),
      text: (row) => t(`access.${row.accessStatus}`),
      cell: (row) => <AccessOf brief state={row} />,
    },
    coded('classification', 80, (row) => word('classification', row.classification), ['public', 'internal']),
    text('pages', 64, { numeric: true, cell: (row) => count(row.pages) }),
    {
      key: 'pageCount',
      title: t('field.pageCount'),
      width: 92,
      numeric: true,
      sort: 'pageCount',
      text: (row) => String(row.pageCount),
      cell: (row) => (row.pageCount > 0 ? count(row.pageCount) : <span className="soft">—</span>),
    },
    {
      key: 'childCount',
      title: t('field.childCount'),
      width: 80,
      numeric: true,
      sort: 'childCount',
      text: (row) => String(row.childCount),
      cell: (row) => (row.childCount > 0 ? count(row.childCount) : ''),
    },
    {
      key: 'changed',
      title: t('field.updatedAt'),
      width: 130,
      sort: 'changed',
      text: (row) => row.updatedAt,
      cell: (row) => <When at={row.updatedAt} />,
    },
    ...ELEMENTS.map((key) => element(key, t(`field.${key}`))),
    ...own.map(({ key, title }) => element(key, title)),
  ];
}
