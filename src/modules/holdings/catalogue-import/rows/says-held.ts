import type { OwnScheme } from '../../domain/schemes.ts';
import type { Description } from '../../domain/unit.ts';
import type { ImportOptions, Sheet } from '../types.ts';
import { planSheet, wholeCells } from './plan.ts';
import { createRowRule } from './row-rule.ts';
import { readAccess } from './values.ts';

/** An entry as it is held, in the words a row is read to. */
export interface HeldWords {
  fondsNo: string;
  level: string;
  title: string;
  creator: string | null;
  docNo: string | null;
  date: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
  classification: string;
  accessStatus: string;
  pages: number | null;
  description: Description;
  id: string;
  dateFrom: string | null;
  dateTo: string | null;
}

/** Columns of which the row says more than can be compared with one entry. */
const PLACING = ['depth', 'fondsName'] as const;
const WORDS = [
  'title',
  'creator',
  'docNo',
  'date',
  'category',
  'year',
  'retention',
  'classification',
  'pages',
] as const;

/** @param number of the row in its sheet */
export type HeldComparison = (number: number, cells: readonly string[], held: HeldWords) => boolean;

/**
 * Makes the question whether all that a row says is held already, as of a table taken out and in again. What the sheet
 * has no column for is not asked about; an empty cell says that there is nothing.
 */
export function heldComparison(
  options: ImportOptions,
  sheet: Sheet,
  own: readonly OwnScheme[],
): HeldComparison {
  const plan = planSheet(sheet);
  // Rows that were accepted, read anew: only their cells are kept.
  const read = createRowRule(options, { own })(sheet);
  return (number, received, held) => {
    const cells = [...wholeCells(plan, received)];
    const cell = (column: number): string => cells[column]?.trim() ?? '';
    if (PLACING.some((field) => cell(plan.column(field)) !== '')) return false;
    const names = new Set([
      held.id,
      `lantai-${held.id}`,
      ...(held.description.identifiers?.split('\n') ?? []),
    ]);
    const source = cell(plan.column('sourceId'));
    if (source !== '' && !names.has(source)) return false;
    const { entry: row } = read({ number, cells: [...received] });
    if (row?.kind !== 'unit') return false;
    if (plan.column('fondsNo') >= 0 && row.fonds !== held.fondsNo) return false;
    if (plan.column('level') >= 0 && row.level !== held.level) return false;
    for (const field of WORDS) {
      const column = plan.column(field);
      if (column < 0) continue;
      const empty = cell(column) === '' && field !== 'classification';
      if (empty ? held[field] !== null : row[field] !== held[field]) return false;
    }
    const dated = plan.column('dateFrom') >= 0 || plan.column('dateTo') >= 0;
    if (dated && (row.dateFrom !== held.dateFrom || row.dateTo !== held.dateTo)) return false;
    const access = cell(plan.column('accessStatus'));
    if (access !== '' && readAccess(access) !== held.accessStatus) return false;
    const own: Description = JSON.parse(row.description);
    const says = (field: (typeof plan.described)[number]['field']) =>
      field === 'identifiers'
        ? (own.identifiers ?? '').split('\n').every((n) => n === '' || names.has(n))
        : (own[field] ?? '') === (held.description[field] ?? '');
    if (!plan.described.every(({ field }) => says(field))) return false;
    const extra = held.description.extra ?? {};
    return plan.kept.every(({ name, column }) => cell(column) === (extra[name] ?? ''));
  };
}
