import { uuidv7 } from 'uuidv7';

/** Makes ids. UUIDv7: ordered by time, so that tables keyed by them grow at one end (RFC 9562, 5.7). */
export type NewId = () => string;

export const newId: NewId = uuidv7;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a string is a UUID in canonical lower case. */
export function isId(s: string): boolean {
  return UUID.test(s);
}
