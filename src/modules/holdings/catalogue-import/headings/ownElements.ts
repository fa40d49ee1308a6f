import { ownKey } from '#formats/metadata-schemes';
import type { OwnScheme } from '../../domain/schemes.ts';
import type { Sheet } from '../types.ts';
import { type FieldInfo, type ImportField, isImportField } from './fields.ts';
import { normaliseHeading } from './normalise.ts';

/** The elements an archive has added, as fields a column may be given; of several categories' one under one key. */
export function ownFields(own: readonly OwnScheme[]): FieldInfo[] {
  const found = new Map<ImportField, FieldInfo>();
  for (const { body } of own)
    for (const e of body.elements) {
      const field = ownKey(e.key);
      if (isImportField(field) && !found.has(field)) found.set(field, { field, code: null, labels: e.names });
    }
  return [...found.values()];
}

/** Gives columns headed by the name of an archive's own element to it, where no standard's name is meant for certain. */
export function withOwnElements(sheet: Sheet, fields: readonly FieldInfo[]): Sheet {
  if (fields.length === 0) return sheet;
  const named = new Map(
    fields.flatMap((f) =>
      [...Object.values(f.labels), f.field].map((name) => [normaliseHeading(name), f.field] as const),
    ),
  );
  const taken = new Set<ImportField>();
  const columns = sheet.columns.map((column) => {
    const field = named.get(normaliseHeading(column.heading));
    const isCertain = column.field !== null && column.confidence >= 1;
    if (!field || isCertain || taken.has(field)) return column;
    taken.add(field);
    return { ...column, field, confidence: 1, reason: 'name' as const };
  });
  return { ...sheet, columns };
}
