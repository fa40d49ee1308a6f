import type { FieldChange } from '../rows/put-over.ts';
import type { ChangedFonds, Known, Matched } from './matched.ts';

/** Rows shown of each kind, fields of one row, and characters of one value. */
const SHOWN = 12;
const FIELDS = 12;
const LONGEST = 300;

/** A row about an entry that is held, and what it does to it. */
export interface PreviewRow {
  sheet: number;
  row: number;
  /** The entry, or the fonds the row is about. */
  unitId: string | null;
  fondsId?: string;
  code: string | null;
  does: 'update' | 'merge' | 'skip';
  how: Known;
  changes: FieldChange[];
}

/** What an import does, or would do, to what is held. */
export interface Preview {
  /** How many entries become another in each field. */
  fields: Record<string, number>;
  /** How many rows were known by what. */
  how: Partial<Record<Known, number>>;
  rows: PreviewRow[];
}

export const NO_PREVIEW: Preview = { fields: {}, how: {}, rows: [] };

export function addToPreview(p: Preview, matched: Matched): void {
  for (const { changes } of matched.changed)
    for (const { field } of changes) p.fields[field] = (p.fields[field] ?? 0) + 1;
  for (const { how } of [...matched.changed, ...matched.skipped, ...matched.unchanged])
    p.how[how] = (p.how[how] ?? 0) + 1;
  const shown = (does: PreviewRow['does']) =>
    p.rows.filter((r) => r.does === does && r.fondsId === undefined).length;
  const add = (
    does: PreviewRow['does'],
    of: Pick<PreviewRow, 'sheet' | 'row' | 'unitId' | 'code' | 'how' | 'changes'>,
  ) => {
    if (shown(does) < SHOWN) p.rows.push({ does, ...of });
  };
  for (const { row, held, how, rule, changes } of matched.changed)
    add(rule, {
      sheet: row.sheet,
      row: row.row,
      unitId: held.id,
      code: held.code,
      how,
      changes: changes.slice(0, FIELDS).map(brief),
    });
  for (const { row, held, how } of matched.skipped)
    add('skip', { sheet: row.sheet, row: row.row, unitId: held.id, code: held.code, how, changes: [] });
}

export function addFondsToPreview(p: Preview, changed: readonly ChangedFonds[]): void {
  for (const { row, held, rule, changes } of changed) {
    for (const { word } of changes) p.fields[word] = (p.fields[word] ?? 0) + 1;
    p.how.code = (p.how.code ?? 0) + 1;
    if (p.rows.filter((r) => r.fondsId !== undefined).length >= SHOWN) continue;
    p.rows.push({
      sheet: row.sheet,
      row: row.row,
      unitId: null,
      fondsId: held.id,
      code: held.number,
      does: rule,
      how: 'code',
      changes: changes.map((c) => brief({ field: c.word, before: c.before ?? '', after: c.after ?? '' })),
    });
  }
}

const short = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text;
const brief = ({ field, before, after }: FieldChange): FieldChange => ({
  field,
  before: short(before),
  after: short(after),
});
