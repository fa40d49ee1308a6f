import { isMessageKey, LANGUAGES, type Language, type MessageKey, t } from '#kernel/wording';
import type { MetadataField, Names } from './types.ts';

/** The message that names a field. @throws where the catalogue has none: a mistake of the scheme */
export function labelOf(field: MetadataField): MessageKey {
  const key = field.label ?? `field.${field.key}`;
  if (!isMessageKey(key)) throw new Error(`the field ${field.key} has no name`);
  return key;
}

/** What people call a field. */
export const nameOf = (field: MetadataField, language: Language): string =>
  field.names?.[language] || t(language, labelOf(field));

export const namesOf = (field: MetadataField): Names =>
  Object.fromEntries(LANGUAGES.map((l) => [l, nameOf(field, l)])) as Record<Language, string>;
