import { type RawBuilder, sql } from '#kernel/db';
import type { ColumnKey, TableField } from '../fields.ts';

/** Columns of `holdings.unit u`, and of `holdings.counted u` as far as entries are counted by them. */
const COLUMNS: Readonly<Record<ColumnKey, string>> = {
  referenceCode: 'u.reference_code',
  title: 'u.title',
  creator: 'u.creator',
  docNo: 'u.doc_no',
  date: 'u.date_from',
  year: 'u.year',
  level: 'u.level',
  category: 'u.category',
  retention: 'u.retention',
  classification: 'u.classification',
  accessStatus: 'u.access_status',
  opensOn: 'u.opens_on',
  embargoUntil: 'u.embargo_until',
  pages: 'u.pages',
  pageCount: 'u.page_count',
  childCount: 'u.child_count',
  created: 'u.created_at',
  changed: 'u.updated_at',
};

/** Texts are compared byte by byte, as their indexes have them, whatever the database's own order. */
const BYTEWISE = new Set<ColumnKey>(['title', 'creator']);

/** What entries are counted by (counting/): filters of these alone have exact totals at no price. */
const COUNTED = new Set<ColumnKey>(['year', 'level', 'category', 'retention', 'accessStatus']);

/** Columns with an index that begins with them, behind the archive; unit_facets is skipped through. */
const INDEXED = new Set<ColumnKey>([
  'referenceCode',
  'title',
  'creator',
  'date',
  'year',
  'level',
  'category',
  'retention',
  'accessStatus',
]);

export const isCounted = (f: TableField): boolean => f.in === 'column' && COUNTED.has(f.key);
export const isIndexed = (f: TableField): boolean => f.in === 'column' && INDEXED.has(f.key);

/** The value of a field, as it is compared. */
export function fieldValue(f: TableField): RawBuilder<unknown> {
  if (f.in === 'description') return sql`(u.description ->> ${f.key})`;
  if (f.in === 'extra') return sql`(u.description -> 'extra' ->> ${f.key})`;
  return BYTEWISE.has(f.key)
    ? sql`u.${sql.raw(COLUMNS[f.key].slice(2))} collate "C"`
    : sql.raw(COLUMNS[f.key]);
}

/** The SQL type a value of a field is given as. */
export function typeOf(f: TableField): RawBuilder<unknown> {
  const types = { text: 'text', word: 'text', number: 'int', day: 'date', time: 'timestamptz' } as const;
  return sql.raw(types[f.kind]);
}
