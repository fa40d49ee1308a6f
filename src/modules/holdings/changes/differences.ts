import type { Columns } from './store/changesets.ts';

/** A field with what stood in it and what stands in it since; null: nothing. */
export interface Difference {
  /** As in the API: of the entry, or of its description; headings of a foreign list as `extra.<heading>`. */
  field: string;
  before: string | number | null;
  after: string | number | null;
}

const NAMES: Readonly<Record<string, string>> = {
  reference_code: 'referenceCode',
  doc_no: 'docNo',
  date_text: 'date',
  parent_id: 'parent',
  fonds_id: 'fonds',
};
/** Follow from others. */
const DERIVED: ReadonlySet<string> = new Set(['sort_key', 'match_key', 'date_from', 'date_to']);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const plain = (value: unknown): string | number | null =>
  value === null || value === undefined
    ? null
    : typeof value === 'string' || typeof value === 'number'
      ? value
      : JSON.stringify(value);

/** What a change changed, field by field, in words of the API. */
export function differences({ before, after }: { before: Columns; after: Columns }): Difference[] {
  const found: Difference[] = [];
  const add = (field: string, was: unknown, is: unknown): void => {
    if (!isObject(was) && !isObject(is)) {
      found.push({ field, before: plain(was), after: plain(is) });
      return;
    }
    const [one, other] = [isObject(was) ? was : {}, isObject(is) ? is : {}];
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      if (JSON.stringify(one[key]) === JSON.stringify(other[key])) continue;
      add(field === 'description' ? key : `${field}.${key}`, one[key], other[key]);
    }
  };
  for (const name of Object.keys(after))
    if (!DERIVED.has(name)) add(NAMES[name] ?? name, before[name], after[name]);
  // A move alone is told by where the entry stands now, not by its order key.
  const shown = found.filter((d) => d.field !== 'position');
  return shown.length > 0 ? shown : found;
}
