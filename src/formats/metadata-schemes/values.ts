import { parseReferenceCode, type ReferenceTemplate } from '#formats/reference-codes';
import type { MetadataField, MetadataRecord } from './types.ts';

/** What a record says under a field's key, or under the name of its element; '' where nothing. */
export function valueIn(record: MetadataRecord, field: Pick<MetadataField, 'key' | 'elements'>): string {
  for (const name of [field.key, ...field.elements]) {
    const value = record[name];
    if (value !== undefined && value !== null && value !== '') return String(value);
  }
  return '';
}

/** Whether the record has the element at all, filled in or not. */
export const hasElement = (record: MetadataRecord, field: Pick<MetadataField, 'key' | 'elements'>): boolean =>
  [field.key, ...field.elements].some((name) => record[name] !== undefined);

const NO_SLOTS: Readonly<Record<string, string>> = {};

/** What a record's reference code says of its elements; nothing where it can not be read. */
export function slotsOfCode(
  record: MetadataRecord,
  templates?: readonly ReferenceTemplate[],
): Readonly<Record<string, string>> {
  const code = record.referenceCode ?? record.档号;
  if (typeof code !== 'string' || code === '') return NO_SLOTS;
  return parseReferenceCode(code, templates).parsed?.slots ?? NO_SLOTS;
}
