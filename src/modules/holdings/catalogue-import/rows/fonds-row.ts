import type { SheetRow } from '#formats/sheets';
import type { ImportField } from '../headings/fields.ts';
import type { FondsRow, Sheet } from '../types.ts';
import type { SheetPlan } from './plan.ts';

const OF_THEIR_OWN: readonly ImportField[] = [
  'title',
  'date',
  'dateFrom',
  'dateTo',
  'history',
  'custody',
  'abstract',
  'level',
  'referenceCode',
  'fondsNo',
  'fondsName',
  'parentSourceId',
  'depth',
];

/**
 * A row that describes a fonds rather than an entry in it. What a fonds has no element for is written under its scope,
 * a line each, so that nothing is lost.
 */
export function fondsRow(
  plan: SheetPlan,
  row: SheetRow,
  sheet: Sheet,
  o: { number: string; digestOf(text: string): string },
): FondsRow {
  const cell = (field: ImportField): string => row.cells[plan.column(field)]?.trim() ?? '';
  const own = new Set([
    ...OF_THEIR_OWN.map((f) => plan.column(f)),
    ...plan.continued.flatMap((c) => c.slice(1)),
  ]);
  const others = sheet.columns.flatMap((c) => {
    const v = own.has(c.index) ? '' : (row.cells[c.index]?.trim() ?? '');
    return v === '' ? [] : [`${plan.name(c.index)}: ${v}`];
  });
  const scope = [cell('abstract'), ...others].filter((x) => x !== '').join('\n');
  const dates = cell('date') || [cell('dateFrom'), cell('dateTo')].filter((x) => x !== '').join(' - ');
  const name = cell('title') || cell('fondsName') || o.number;
  return {
    kind: 'fonds',
    sheet: sheet.index,
    row: row.number,
    code: null,
    digest: o.digestOf([o.number, name, dates, cell('history'), cell('custody'), scope].join('\u001f')),
    fonds: o.number,
    name,
    dates: dates || null,
    history: cell('history') || null,
    custody: cell('custody') || null,
    scope: scope || null,
  };
}
