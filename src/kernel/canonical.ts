/**
 * Canonical JSON after RFC 8785 (JCS): one value has exactly one text, so that a signature over the text is a
 * signature over the value.
 */

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const MAX_DEPTH = 200;

/**
 * The canonical text of a JSON value: keys sorted by UTF-16 code units, no white space, ECMAScript numbers.
 *
 * @param value plain JSON data; properties that are `undefined` are left out, as `JSON.stringify` does
 * @throws TypeError for what JSON can not hold (NaN, bigint, functions, class instances), for lone surrogates, and
 *   for nesting deeper than 200
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** The canonical text as UTF-8 bytes: what is hashed and signed. */
export function canonicalBytes(value: unknown): Buffer {
  return Buffer.from(canonicalJson(value), 'utf8');
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new TypeError(`canonical JSON: nested deeper than ${MAX_DEPTH}`);
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`canonical JSON: ${value} is no JSON number`);
      return JSON.stringify(value);
    case 'string':
      if (!value.isWellFormed()) throw new TypeError('canonical JSON: a string holds half a surrogate pair');
      return JSON.stringify(value);
    case 'object':
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new TypeError(`canonical JSON: a ${typeof value} can not be written`);
  }
}

function writeArray(items: readonly unknown[], depth: number): string {
  const parts: string[] = [];
  for (const item of items) parts.push(write(item, depth + 1));
  return `[${parts.join(',')}]`;
}

function writeObject(object: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError('canonical JSON: only plain objects can be written');
  }
  const parts = Object.entries(object)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, item]) => `${write(key, depth)}:${write(item, depth + 1)}`);
  return `{${parts.join(',')}}`;
}
