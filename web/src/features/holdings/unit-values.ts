import { parseArchivalDate } from '#kernel/dates';
import type { UnitFields } from '../../api/requests.ts';
import type { Unit } from '../../api/shapes.ts';
import { COLUMN_FIELDS, type ColumnField } from './areas.ts';

/** A form's view of a unit: every field as text. */
export type UnitText = Record<string, string>;

const isColumn = (field: string): field is ColumnField =>
  (COLUMN_FIELDS as readonly string[]).includes(field);

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Of a unit as read, or of the version a conflict brought. */
export function textOf(unit: Pick<Unit, ColumnField | 'description'>): UnitText {
  const text: UnitText = {};
  for (const [field, value] of Object.entries(unit.description))
    if (field !== 'extra') text[field] = asText(value);
  for (const field of COLUMN_FIELDS) text[field] = asText(unit[field]);
  return text;
}

/** Fields whose text differs, blanks at the ends not counting. */
export function changedFields(before: UnitText, after: UnitText): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => (before[field] ?? '').trim() !== (after[field] ?? '').trim(),
  );
}

function columnValue(field: ColumnField, text: string): string | number | null {
  if (text === '') return null;
  return field === 'year' || field === 'pages' ? Number(text) : text;
}

/** These fields of a form as the API takes them: columns flat, the rest below `description`; emptied ones null. */
export function writeFields(text: UnitText, fields: readonly string[]): UnitFields {
  const columns: Record<string, string | number | null> = {};
  const description: NonNullable<UnitFields['description']> = {};
  for (const field of fields) {
    const value = (text[field] ?? '').trim();
    if (isColumn(field)) columns[field] = columnValue(field, value);
    else description[field] = value === '' ? null : value;
  }
  return { ...columns, ...(Object.keys(description).length > 0 && { description }) };
}

type Wrong = 'title' | 'titleLong' | 'date' | 'number';

/**
 * Field codes with something wrong, checked before sending; the server checks again.
 *
 * @param kept what the unit says already: an old catalogue's odd date does not keep its title from being corrected
 */
export function wrongFields(text: UnitText, kept: UnitText = {}): Record<string, Wrong> {
  const wrong: Record<string, Wrong> = {};
  const changed = (field: string): boolean => (text[field] ?? '').trim() !== (kept[field] ?? '').trim();
  const title = (text.title ?? '').trim();
  if (title === '') wrong.title = 'title';
  else if (title.length > 500 && changed('title')) wrong.title = 'titleLong';
  const date = (text.date ?? '').trim();
  if (date !== '' && changed('date') && !parseArchivalDate(date).date) wrong.date = 'date';
  for (const field of ['year', 'pages']) {
    const value = (text[field] ?? '').trim();
    if (value !== '' && changed(field) && !/^\d{1,6}$/.test(value)) wrong[field] = 'number';
  }
  return wrong;
}
