import { parseReferenceCode, readRetention, sortKey } from '#formats/reference-codes';
import { isSecret } from '#kernel/classification';
import { parseArchivalDate } from '#kernel/dates';
import { Refusal } from '#kernel/errors';
import {
  CLASSIFICATIONS,
  type Classification,
  DESCRIPTION_FIELDS,
  type Description,
  type DescriptionField,
  LEVELS,
  type Level,
  TITLE_LIMIT,
} from './unit.ts';

/** The fields a person may write in an entry; absent ones stay as they are, null or '' empties one. */
export interface UnitInput {
  level?: string;
  referenceCode?: string | null;
  title?: string;
  creator?: string | null;
  docNo?: string | null;
  date?: string | null;
  category?: string | null;
  year?: number | null;
  retention?: string | null;
  classification?: string;
  pages?: number | null;
  description?: Record<string, unknown>;
}

/** The part of a unit's row that an entry form fills. */
export interface UnitFields {
  level: Level;
  referenceCode: string | null;
  sortKey: string;
  title: string;
  creator: string | null;
  docNo: string | null;
  date: string | null;
  dateFrom: string | null;
  dateTo: string | null;
  category: string | null;
  year: number | null;
  retention: string | null;
  classification: Classification;
  pages: number | null;
  description: Description;
}

/**
 * Applies what a person wrote to an entry (an empty one for a new unit).
 *
 * @throws Refusal `unit.*` naming the first field that can not be used
 */
export function applyInput(before: UnitFields, input: UnitInput): UnitFields {
  const after: UnitFields = { ...before, description: { ...before.description } };
  if (input.level !== undefined) after.level = oneOf('level', LEVELS, input.level);
  if (input.title !== undefined) after.title = readTitle(input.title);
  if (input.referenceCode !== undefined) setCode(after, input.referenceCode);
  if (input.creator !== undefined) after.creator = text('creator', input.creator, 1_000);
  if (input.docNo !== undefined) after.docNo = text('docNo', input.docNo, 200);
  if (input.category !== undefined)
    after.category = text('category', input.category, 50)?.toUpperCase() ?? null;
  if (input.year !== undefined) after.year = integer('year', input.year, 1, 2_999);
  if (input.pages !== undefined) after.pages = integer('pages', input.pages, 1, 1_000_000);
  if (input.retention !== undefined) after.retention = readTerm(input.retention);
  if (input.classification !== undefined) after.classification = readClassification(input.classification);
  if (input.date !== undefined) setDate(after, input.date);
  if (input.description) setDescription(after.description, input.description);
  if (after.year === null && after.dateFrom) after.year = Number(after.dateFrom.slice(0, 4));
  if (after.title === '') throw refusal('title', 'An entry needs a title.');
  return after;
}

export const EMPTY_FIELDS: UnitFields = {
  level: 'item',
  referenceCode: null,
  sortKey: '',
  title: '',
  creator: null,
  docNo: null,
  date: null,
  dateFrom: null,
  dateTo: null,
  category: null,
  year: null,
  retention: null,
  classification: 'public',
  pages: null,
  description: {},
};

function refusal(field: string, message: string): Refusal {
  return new Refusal(`unit.${field}`, message, { field });
}

function text(field: string, value: string | null, limit: number): string | null {
  const t = value?.trim() ?? '';
  if ([...t].length > limit) throw refusal(field, `${field} has more than ${limit} characters.`);
  return t === '' ? null : t;
}

function readTitle(value: string): string {
  const t = text('title', value, TITLE_LIMIT);
  if (t === null) throw refusal('title', 'An entry needs a title.');
  return t;
}

function oneOf<T extends string>(field: string, allowed: readonly T[], value: string): T {
  const found = allowed.find((a) => a === value);
  if (!found) throw refusal(field, `${field} is one of ${allowed.join(', ')}.`);
  return found;
}

function integer(field: string, value: number | null, min: number, max: number): number | null {
  if (value === null) return null;
  if (!Number.isInteger(value) || value < min || value > max)
    throw refusal(field, `${field} is a whole number from ${min} to ${max}.`);
  return value;
}

/** The stored code is the one given: separators are brought to the standard's only for reading it (standards 1.1). */
function setCode(unit: UnitFields, value: string | null): void {
  const code = text('referenceCode', value, 200);
  unit.referenceCode = code;
  unit.sortKey = code === null ? '' : sortKey(code);
  if (code === null) return;
  const slots = parseReferenceCode(code).parsed?.slots;
  if (!slots) return;
  unit.category ??= slots.category ?? null;
  unit.retention ??= slots.retention ?? null;
  if (slots.year) unit.year ??= Number(slots.year);
}

function setDate(unit: UnitFields, value: string | null): void {
  const given = text('date', value, 120);
  unit.date = given;
  unit.dateFrom = null;
  unit.dateTo = null;
  if (given === null) return;
  const reading = parseArchivalDate(given);
  if (!reading.date) throw refusal('date', reading.finding.message);
  unit.date = reading.date.lossless ? reading.date.text : given;
  unit.dateFrom = reading.date.from;
  unit.dateTo = reading.date.to;
}

function readTerm(value: string | null): string | null {
  const t = text('retention', value, 50);
  if (t === null) return null;
  const term = readRetention(t);
  if (!term)
    throw refusal('retention', `"${t}" is no retention period. Use Y, D30, D10 or a term such as D15.`);
  return term.code;
}

function readClassification(value: string): Classification {
  if (isSecret(value)) {
    throw new Refusal(
      'unit.secret',
      'Classified material may not be described or kept on a networked install (Law on Guarding State Secrets, art. 31).',
      { field: 'classification' },
    );
  }
  return oneOf('classification', CLASSIFICATIONS, value);
}

function setDescription(description: Description, values: Record<string, unknown>): void {
  for (const [field, value] of Object.entries(values)) {
    if (!Object.hasOwn(DESCRIPTION_FIELDS, field))
      throw refusal(field, `There is no field "${field}" in an entry.`);
    const name = field as DescriptionField;
    const t = text(field, value === null ? null : String(value), DESCRIPTION_FIELDS[name]);
    if (t === null) delete description[name];
    else description[name] = t;
  }
}
