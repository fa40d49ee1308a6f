import { Refusal } from '#kernel/errors';

/** What a request says, as far as it was read. */
interface Said {
  params: unknown;
  query: unknown;
  body?: unknown;
}

/**
 * Refuses text no field may hold: NUL, which PostgreSQL can not store and C libraries cut at.
 *
 * @throws Refusal request.invalid
 */
export function refuseNul({ params, query, body }: Said): void {
  if (hasNul(params) || hasNul(query) || hasNul(body))
    throw new Refusal('request.invalid', 'The request holds a NUL character.');
}

function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return false;
  const entries = Object.entries(value);
  return entries.some(([name, one]) => name.includes('\0') || hasNul(one));
}
