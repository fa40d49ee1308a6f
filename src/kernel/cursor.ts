import { Refusal } from './errors.ts';

/** Keyset cursors: the sort values of the last row, opaque to the caller. */
export function encodeCursor(values: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/**
 * @param shape one type word per value
 * @throws Refusal `cursor.invalid` for anything this list did not hand out
 */
export function decodeCursor(cursor: string, shape: readonly ('string' | 'number')[]): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (
      Array.isArray(values) &&
      values.length === shape.length &&
      values.every((v, i) => typeof v === shape[i])
    ) {
      return values;
    }
  } catch {
    // falls through to the refusal
  }
  throw new Refusal(
    'cursor.invalid',
    'This page marker does not belong to this list. Start from the first page.',
  );
}
