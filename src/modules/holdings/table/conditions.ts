import { Refusal } from '#kernel/errors';
import { type FieldKind, type TableField, tableField } from './fields.ts';

export const OPERATIONS = [
  'is',
  'isNot',
  'contains',
  'lacks',
  'begins',
  'oneOf',
  'from',
  'to',
  'between',
  'empty',
  'filled',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One condition of a filter. All conditions of a filter hold together. */
export interface Condition {
  field: TableField;
  name: string;
  operation: Operation;
  /** Texts; of numbers, days and times as they are compared. */
  values: readonly string[];
}

/** A condition as it is written: the field's name, the operation, its values. */
export type WrittenCondition = readonly [string, string, ...(string | number)[]];

const FOR_ALL: readonly Operation[] = ['is', 'isNot', 'oneOf', 'empty', 'filled'];
const RANGES: readonly Operation[] = ['from', 'to', 'between'];
const ALLOWED: Readonly<Record<FieldKind, readonly Operation[]>> = {
  text: [...FOR_ALL, 'contains', 'lacks', 'begins'],
  word: FOR_ALL,
  number: [...FOR_ALL, ...RANGES],
  day: [...FOR_ALL, ...RANGES],
  time: ['is', 'empty', 'filled', ...RANGES],
};
const COUNT: Partial<Record<Operation, number>> = { empty: 0, filled: 0, between: 2 };
const MOST_CONDITIONS = 20;
const MOST_VALUES = 200;
const LONGEST = 500;

const invalid = (why: string, detail: object = {}) =>
  new Refusal('filter.invalid', `The filter can not be used: ${why}.`, { ...detail });

/**
 * Reads the conditions of an address or a saved view: `[["title","contains","水库"],["year","between",1950,1960]]`.
 *
 * @throws Refusal filter.invalid naming the field
 */
export function readConditions(written: unknown): Condition[] {
  if (!Array.isArray(written)) throw invalid('it is no list of conditions');
  if (written.length > MOST_CONDITIONS) throw invalid(`it has more than ${MOST_CONDITIONS} conditions`);
  return written.map(readCondition);
}

/** The same from text. @throws Refusal filter.invalid */
export function parseConditions(text: string): Condition[] {
  let written: unknown;
  try {
    written = JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
  return readConditions(written);
}

function readCondition(written: unknown): Condition {
  if (!Array.isArray(written) || !written.every((v) => typeof v === 'string' || typeof v === 'number'))
    throw invalid('a condition is a list of texts and numbers');
  const [name, word, ...given] = written.map(String);
  const field = tableField(name ?? '');
  if (!field) throw invalid(`there is no field ${name}`, { field: name });
  const operation = ALLOWED[field.kind].find((o) => o === word);
  if (!operation) throw invalid(`${name} can not be asked for by ${word}`, { field: name });
  const values = given.map((v) => v.trim());
  const wanted = COUNT[operation] ?? (operation === 'oneOf' ? Math.max(1, values.length) : 1);
  if (values.length !== wanted || values.length > MOST_VALUES)
    throw invalid(`${name} has ${values.length} values`, { field: name });
  if (values.some((v) => v === '' || v.length > LONGEST))
    throw invalid(`a value of ${name} is empty or too long`, { field: name });
  for (const value of values) demandKind(field.kind, value, name ?? '');
  return { field, name: name ?? '', operation, values };
}

function demandKind(kind: FieldKind, value: string, name: string): void {
  if (kind === 'number' && !/^-?\d{1,9}$/.test(value))
    throw invalid(`${value} is no number`, { field: name });
  if ((kind === 'day' || kind === 'time') && !stretchOf(value))
    throw invalid(`${value} is no day, month or year`, { field: name });
}

/**
 * The first and the last day of a year, month or day as people write them: `1990`, `1990-05`, `19900513`, `1990-05-13`.
 *
 * @returns undefined where it is none
 */
export function stretchOf(value: string): { first: string; last: string } | undefined {
  const m = /^(\d{4})(?:[-./年]?(\d{1,2})(?:[-./月]?(\d{1,2})日?|月)?|年)?$/.exec(value);
  if (!m) return undefined;
  const [year, month, day] = [Number(m[1]), m[2] ? Number(m[2]) : undefined, m[3] ? Number(m[3]) : undefined];
  const at = (y: number, mo: number, d: number): string =>
    `${String(y).padStart(4, '0')}-${String(mo).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
  if (year < 1 || (month !== undefined && (month < 1 || month > 12))) return undefined;
  const length = new Date(Date.UTC(2000, month ?? 12, 0)).getUTCDate();
  const leapLess = month === 2 && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) ? 28 : length;
  if (day !== undefined && (day < 1 || day > leapLess)) return undefined;
  return {
    first: at(year, month ?? 1, day ?? 1),
    last: at(year, month ?? 12, day ?? (month ? leapLess : 31)),
  };
}
