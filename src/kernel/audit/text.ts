/**
 * Text as PostgreSQL can keep it and a hash can be made over: without NUL and without half surrogate pairs. Hostile
 * words must not be able to keep an act out of the trail.
 */
export function writableText(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\ufffd');
}

/** Details through JSON once, with every word writable. */
export function writable(detail: Record<string, unknown>): Record<string, unknown> {
  const words = JSON.stringify(detail);
  const plain = JSON.parse(words) as Record<string, unknown>;
  // Only escapes can hold what is not writable, and few details have any.
  return /\\u0000|\\ud[89a-f]/i.test(words) ? cleaned(plain) : plain;
}

function cleaned<T>(value: T): T;
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return writableText(value);
  if (Array.isArray(value)) return value.map((item) => cleaned(item));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [writableText(key), cleaned(item)]));
}
