import type { UnitInput } from '../domain/unitInput.ts';

/** What stands in fields of a description, by their names; elements of `description` beside those of the entry. */
export type Values = Readonly<Record<string, string | number | null>>;

/** A field that two people changed otherwise since one of them began. */
export interface MergeConflict {
  field: string;
  base: string | number | null;
  mine: string | number | null;
  theirs: string | number | null;
}

/** Fields of an entry with a name of their own; all others are elements of its description. */
const OF_ENTRY = [
  'level',
  'referenceCode',
  'title',
  'creator',
  'docNo',
  'date',
  'category',
  'year',
  'retention',
  'classification',
  'pages',
] as const satisfies readonly (keyof UnitInput)[];
type OfEntry = (typeof OF_ENTRY)[number];
const isOfEntry = (field: string): field is OfEntry => OF_ENTRY.some((name) => name === field);

const value = (v: unknown): string | number | null =>
  typeof v === 'number' ? v : typeof v === 'string' && v.trim() !== '' ? v : null;

/** The fields an input has, flat. */
export function valuesOf(input: UnitInput): Values {
  const found: Record<string, string | number | null> = {};
  for (const field of OF_ENTRY) if (input[field] !== undefined) found[field] = value(input[field]);
  for (const [element, v] of Object.entries(input.description ?? {})) found[element] = value(v);
  return found;
}

/** What stands in these fields of an entry. */
export function standing(
  entry: Readonly<Record<OfEntry, unknown>> & { description: Readonly<Record<string, unknown>> },
  fields: readonly string[],
): Values {
  return Object.fromEntries(fields.map((f) => [f, value(isOfEntry(f) ? entry[f] : entry.description[f])]));
}

/** The part of an input that has these fields. */
export function only(input: UnitInput, fields: ReadonlySet<string>): UnitInput {
  const part: Record<string, unknown> = {};
  for (const field of OF_ENTRY)
    if (fields.has(field) && input[field] !== undefined) part[field] = input[field];
  const elements = Object.entries(input.description ?? {}).filter(([element]) => fields.has(element));
  if (elements.length > 0) part.description = Object.fromEntries(elements);
  return part;
}

/**
 * Brings what one person wrote together with what others wrote since.
 *
 * @param base what stood in the fields when the person began
 * @param mine what the person wants in them
 * @param now what stands in them
 * @returns the fields that can be written as they are, and those two people changed otherwise
 */
export function merge(
  base: Values,
  mine: Values,
  now: Values,
): { clean: string[]; conflicts: MergeConflict[] } {
  const clean: string[] = [];
  const conflicts: MergeConflict[] = [];
  for (const [field, wanted] of Object.entries(mine)) {
    const [was, is] = [base[field] ?? null, now[field] ?? null];
    if (wanted === is) continue;
    if (is === was) clean.push(field);
    else conflicts.push({ field, base: was, mine: wanted, theirs: is });
  }
  return { clean, conflicts };
}
