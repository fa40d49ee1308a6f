/** PostgreSQL keeps no NUL and no half of a character; a name with one is shown with the sign for it. */
export const storable = (text: string): string => text.replaceAll('\u0000', '\u2400').toWellFormed();

/** JSON that `jsonb` takes, whatever strangers put into names and values. */
export function storableJson(value: unknown): string {
  return JSON.stringify(cleaned(value));
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [storable(key), cleaned(one)]));
}
