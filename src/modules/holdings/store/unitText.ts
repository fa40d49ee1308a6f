import type { Tx } from '#kernel/db';
import { rowTexts } from '#kernel/db/row-text';

/**
 * Whole units as lines of JSON, by id: what is kept of them in segments and in their objects.
 * Every column under its own name; the text goes back into the database as it is.
 */
export const unitTexts = (tx: Tx, ids: readonly string[]): Promise<Map<string, string>> =>
  rowTexts(tx, 'holdings.unit', ids);
