import { judgeRecord, sayFault, schemeFor } from '#formats/metadata-schemes';
import type { IntakeDeps } from '../deps.ts';
import type { SaidFinding } from '../domain/registration.ts';
import type { Plan, RecordOrder } from './planning.ts';

/** Given by the number, or by people as they file. */
const LATER: ReadonlySet<string> = new Set([
  'referenceCode',
  'itemNo',
  'fondsNo',
  'retention',
  'dept',
  'boxNo',
]);

/** What the scheme of its category still misses: no fault of sending, but somebody will ask for it. */
export function warningsOf(
  deps: Pick<IntakeDeps, 'today'>,
  { said, language }: RecordOrder,
  { main, place }: Plan,
): SaidFinding[] {
  const scheme = schemeFor(main.category, 'item');
  const faults = judgeRecord(
    scheme,
    { ...said.metadata, category: main.category, year: main.year, fondsNo: place.fondsNumber },
    { stage: 'GD', today: deps.today() },
  );
  return faults
    .filter((f) => !LATER.has(f.field))
    .map((f) => ({
      severity: 'warning' as const,
      field: `metadata.${f.field}`,
      code: `metadata.${f.rule}`,
      message: sayFault(f, scheme, language),
    }));
}
