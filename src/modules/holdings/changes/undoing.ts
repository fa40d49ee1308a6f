import type { Columns } from './store/changesets.ts';

/** Columns that stand and fall together: the sort key follows from the code, the days from the words of a date. */
const TOGETHER: readonly (readonly string[])[] = [
  ['reference_code', 'sort_key', 'match_key'],
  ['date_text', 'date_from', 'date_to'],
  ['fonds_id', 'parent_id', 'position'],
];

/** What taking a change back would do to an entry. */
export interface Undoing {
  /** Columns to be written, the description whole. */
  columns: Record<string, unknown>;
  /** What somebody changed since, or stands otherwise: these stay. Elements of the description by their own names. */
  left: string[];
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What several changes of an entry come to, the first one first. */
export function net(changes: readonly { before: Columns; after: Columns }[]): {
  before: Columns;
  after: Columns;
} {
  const over = (one: Columns, other: Columns): Columns =>
    isObject(one.description) && isObject(other.description)
      ? { ...one, ...other, description: { ...one.description, ...other.description } }
      : { ...one, ...other };
  return {
    before: changes.reduceRight<Columns>((sum, c) => over(sum, c.before), {}),
    after: changes.reduce<Columns>((sum, c) => over(sum, c.after), {}),
  };
}

/**
 * Takes a change back from an entry as it stands: what still is as the change left it becomes what it was before.
 *
 * @param now the entry's columns by name, with `description`
 */
export function undo(now: Columns, change: { before: Columns; after: Columns }): Undoing {
  const { before, after } = change;
  const columns: Record<string, unknown> = {};
  const left: string[] = [];
  const grouped = new Set(TOGETHER.flat());
  const groups = [
    ...TOGETHER.map((g) => g.filter((name) => name in after)).filter((g) => g.length > 0),
    ...Object.keys(after)
      .filter((name) => !grouped.has(name) && name !== 'description')
      .map((name) => [name]),
  ];
  for (const group of groups) {
    if (group.every((name) => same(now[name], after[name])))
      for (const name of group) columns[name] = before[name] ?? null;
    else left.push(group[0]!);
  }
  if (isObject(after.description)) {
    const description = isObject(now.description) ? { ...now.description } : {};
    const was = isObject(before.description) ? before.description : {};
    let touched = false;
    for (const [element, value] of Object.entries(after.description)) {
      if (!same(description[element], value)) {
        left.push(element);
        continue;
      }
      touched = true;
      const old = was[element] ?? null;
      if (old === null) delete description[element];
      else description[element] = old;
    }
    if (touched) columns.description = description;
  }
  return { columns, left };
}
