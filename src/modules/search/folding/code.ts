import { fold } from './fold.ts';

const LONGEST_CODE = 200;

/** A reference code without its separators, so that J019-WS·2003 and j019 ws.2003 are one. */
export function normaliseCode(code: string): string {
  return fold(code).replaceAll(' ', '').slice(0, LONGEST_CODE);
}
