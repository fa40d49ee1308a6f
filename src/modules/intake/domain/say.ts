import type { Language } from '#kernel/actor';
import type { Severity } from '#kernel/errors';
import { isMessageKey, t } from '#kernel/wording';
import type { Found, SaidFinding } from './registration.ts';

/** A finding in somebody's language. */
export function say(found: Found, severity: Severity, language: Language): SaidFinding {
  const { field, code, message, detail } = found;
  return { severity, field, code, message: sentence(code, message, detail, language) };
}

/** A refusal's sentence in somebody's language, where the catalogue has it. */
export function sentence(
  code: string,
  message: string,
  detail: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  const key = `error.${code}`;
  if (!isMessageKey(key)) return message;
  const params = Object.entries(detail).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number'
      ? [[name, name === 'field' ? fieldName(String(value), language) : value] as const]
      : [],
  );
  return t(language, key, Object.fromEntries(params));
}

/** A field as forms call it, where they have a name for it. */
function fieldName(field: string, language: Language): string {
  const key = `field.${field}`;
  return isMessageKey(key) ? t(language, key) : field;
}
