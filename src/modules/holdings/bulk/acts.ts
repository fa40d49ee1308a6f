import { Refusal } from '#kernel/errors';
import type { Description } from '../domain/unit.ts';
import type { UnitFields, UnitInput } from '../domain/unitInput.ts';
import { type TableField, tableField } from '../table/fields.ts';

/** What is done to a field of many entries. Each field is changed at most once, so that no act waits for another. */
export type Act =
  | { do: 'set'; field: string; value: string }
  | { do: 'clear'; field: string }
  | { do: 'append' | 'prepend'; field: string; value: string }
  | { do: 'replace'; field: string; find: string; with: string; matchCase: boolean }
  /** By a regular expression, which PostgreSQL applies. */
  | { do: 'match'; field: string; find: string; with: string; matchCase: boolean }
  | { do: 'copy'; field: string; from: string }
  /** In the order of the choice. */
  | {
      do: 'number';
      field: string;
      start: number;
      step: number;
      width: number;
      before: string;
      after: string;
    };

/** Columns a person writes, without the code: renumbering has rules of its own. */
const WRITTEN = [
  'title',
  'creator',
  'docNo',
  'date',
  'category',
  'year',
  'retention',
  'classification',
  'pages',
  'level',
] as const;
type Written = (typeof WRITTEN)[number];
const isWritten = (name: string): name is Written => WRITTEN.some((w) => w === name);

const MOST_ACTS = 20;
const LONGEST = 4_000;

const wrong = (code: string, message: string, detail: object = {}) =>
  new Refusal(`bulk.${code}`, message, { ...detail });

/** Whether a field is one that many entries may have changed. */
export function isChangeable(name: string): boolean {
  const field = tableField(name);
  return field !== undefined && (field.in === 'description' || (field.in === 'column' && isWritten(name)));
}

/**
 * Checks acts as they were sent.
 *
 * @throws Refusal bulk.nothing, bulk.field, bulk.twice, bulk.find, bulk.pattern, bulk.long
 */
export function readActs(acts: readonly Act[]): Act[] {
  if (acts.length === 0) throw wrong('nothing', 'Say what is to be done.');
  if (acts.length > MOST_ACTS) throw wrong('long', `At most ${MOST_ACTS} fields are changed at once.`);
  const seen = new Set<string>();
  for (const act of acts) {
    const { field } = act;
    if (!isChangeable(field))
      throw wrong('field', `${field} is not changed in many entries at once.`, { field });
    if (seen.has(field)) throw wrong('twice', `${field} is to be changed twice.`, { field });
    seen.add(field);
    if (act.do === 'copy' && !readable(act.from))
      throw wrong('field', `${act.from} can not be copied.`, { field: act.from });
    if ((act.do === 'replace' || act.do === 'match') && act.find === '')
      throw wrong('find', 'Say what is to be found.', { field });
    if (act.do === 'match') demandPattern(act.find);
    for (const text of Object.values(act))
      if (typeof text === 'string' && text.length > LONGEST)
        throw wrong('long', 'A text is too long.', { field });
  }
  return [...acts];
}

const readable = (name: string): boolean => name === 'referenceCode' || tableField(name)?.kind !== 'time';

/** What goes back to what it found before is not decided in bounded time, by any engine. */
function demandPattern(pattern: string): void {
  if (/\\[1-9]/.test(pattern))
    throw wrong('pattern', 'A pattern may not refer back to what it found.', { pattern });
}

/** The replacement as PostgreSQL writes it: people write `$1` and `$&`. */
export function replacementOf(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/\$(\d|&|\$)/g, (_, what: string) => (what === '$' ? '$' : `\\${what}`));
}

/** What a field of an entry says, as a text. */
export function textOf(unit: UnitFields, name: string): string | null {
  const field = tableField(name);
  if (!field) return null;
  if (field.in === 'description') return described(unit.description, field.key);
  if (field.in === 'extra') return unit.description.extra?.[field.key] ?? null;
  const record: Readonly<Record<string, unknown>> = { ...unit };
  const value = record[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function described(description: Description, key: string): string | null {
  const record: Readonly<Record<string, unknown>> = description;
  const value = record[key];
  return typeof value === 'string' ? value : null;
}

/** What PostgreSQL made of fields by regular expressions. */
export type Matched = Readonly<Record<string, string | null>>;

/**
 * What the acts write into one entry; fields that stay as they are are left out.
 *
 * @param nth its place in the choice, from 0
 */
export function inputOf(
  unit: UnitFields,
  acts: readonly Act[],
  nth: number,
  matched: Matched = {},
): UnitInput {
  const columns: Record<string, string | number | null> = {};
  const description: Record<string, string | null> = {};
  for (const act of acts) {
    const before = textOf(unit, act.field);
    const after = changed(unit, act, before, nth, matched);
    if ((after ?? '') === (before ?? '')) continue;
    const field = tableField(act.field);
    if (field?.in === 'column') columns[act.field] = columnValue(act.field, field, after);
    else if (field) description[field.key] = after;
  }
  return { ...columns, ...(Object.keys(description).length > 0 ? { description } : {}) };
}

/** Numbers are given as numbers; what is none is refused where values enter. */
function columnValue(name: string, field: TableField, text: string | null): string | number | null {
  if (text === null || text === '') return name === 'title' ? '' : null;
  return field.kind === 'number' ? Number(text) : text;
}

function changed(
  unit: UnitFields,
  act: Act,
  before: string | null,
  nth: number,
  matched: Matched,
): string | null {
  switch (act.do) {
    case 'set':
      return act.value;
    case 'clear':
      return null;
    case 'append':
      return (before ?? '') + act.value;
    case 'prepend':
      return act.value + (before ?? '');
    case 'replace':
      return before === null ? null : replaced(before, act);
    case 'match':
      return act.field in matched ? (matched[act.field] ?? null) : before;
    case 'copy':
      return textOf(unit, act.from);
    default:
      return `${act.before}${String(act.start + nth * act.step).padStart(act.width, '0')}${act.after}`;
  }
}

function replaced(text: string, act: { find: string; with: string; matchCase: boolean }): string {
  if (act.matchCase) return text.replaceAll(act.find, () => act.with);
  // Every character stands for itself; letters for both of their cases.
  const pattern = act.find.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return text.replace(new RegExp(pattern, 'giu'), () => act.with);
}
