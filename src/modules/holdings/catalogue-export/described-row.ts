import { ACCESS_STATUSES, CLASSIFICATIONS, type Description, LEVELS } from '../domain/unit.ts';
import type { DescribedUnit } from './types.ts';

type Row = Readonly<Record<string, unknown>>;

const isText = (x: unknown): x is string => typeof x === 'string';

/** An entry's row by the names of the catalogue's columns, wherever it comes from: what a column can not hold is left out. */
export function describedRow(row: Row, formerCodes: readonly string[]): DescribedUnit {
  const text = (column: string): string | null => {
    const value = row[column];
    return isText(value) && value !== '' ? value : null;
  };
  const number = (column: string): number | null => {
    const value = row[column];
    return typeof value === 'number' ? value : null;
  };
  const one = <T extends string>(allowed: readonly T[], column: string, other: T): T =>
    allowed.find((a) => a === row[column]) ?? other;
  return {
    id: text('id') ?? '',
    archiveId: text('archive_id') ?? '',
    fondsId: text('fonds_id') ?? '',
    parentId: text('parent_id'),
    level: one(LEVELS, 'level', 'item'),
    position: text('position') ?? '',
    referenceCode: text('reference_code'),
    title: text('title') ?? '',
    creator: text('creator'),
    docNo: text('doc_no'),
    date: text('date_text'),
    dateFrom: text('date_from'),
    dateTo: text('date_to'),
    category: text('category'),
    year: number('year'),
    retention: text('retention'),
    classification: one(CLASSIFICATIONS, 'classification', 'public'),
    accessStatus: one(ACCESS_STATUSES, 'access_status', 'unreviewed'),
    opensOn: text('opens_on'),
    embargoUntil: text('embargo_until'),
    pages: number('pages'),
    pageCount: number('page_count') ?? 0,
    childCount: number('child_count') ?? 0,
    description: descriptionOf(row.description),
    formerCodes: [...formerCodes],
  };
}

function descriptionOf(value: unknown): Description {
  if (typeof value !== 'object' || value === null) return {};
  const { extra, ...described }: { extra?: unknown } = value;
  const texts = (of: object) => Object.fromEntries(Object.entries(of).filter(([, v]) => isText(v)));
  const more = typeof extra === 'object' && extra !== null ? { extra: texts(extra) } : {};
  return { ...texts(described), ...more };
}
