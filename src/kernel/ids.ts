import { createHash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';

/** Makes ids. UUIDv7: ordered by time, so that tables keyed by them grow at one end (RFC 9562, 5.7). */
export type NewId = () => string;

export const newId: NewId = uuidv7;

/** The least id that could have been made at a moment: those made before are less. */
export function leastIdAt(at: Date): string {
  const ms = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8, 12)}-7000-8000-000000000000`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a string is a UUID in canonical lower case. */
export function isId(s: string): boolean {
  return UUID.test(s);
}

/** An id made of what it is the id of: the same again is the same (UUID of version 8, RFC 9562, 5.8). */
export function idFrom(...parts: readonly string[]): string {
  const b = createHash('sha256').update(parts.join('\n')).digest();
  b[6] = ((b[6] ?? 0) & 0x0f) | 0x80;
  b[8] = ((b[8] ?? 0) & 0x3f) | 0x80;
  const h = b.toString('hex');
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20, 32)}`;
}
