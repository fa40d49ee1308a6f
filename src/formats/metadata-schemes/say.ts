import { type Language, t } from '#kernel/wording';
import { nameOf } from './names.ts';
import type { MetadataFault, MetadataScheme } from './types.ts';

/** A fault as a sentence for people, its field by the name the scheme gives it. */
export function sayFault(fault: MetadataFault, scheme: MetadataScheme, language: Language): string {
  const named = (key: string) => {
    const field = [...scheme.fields, ...scheme.files].find((f) => f.key === key);
    return field ? nameOf(field, language) : key;
  };
  const { other, ...detail } = fault.detail;
  return t(language, fault.message, {
    ...detail,
    ...(other === undefined ? {} : { other: named(String(other)) }),
    field: named(fault.field),
  });
}
