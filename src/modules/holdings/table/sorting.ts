import { decodeCursor, encodeCursor } from '#kernel/cursor';
import { Refusal } from '#kernel/errors';
import { type TableField, tableField } from './fields.ts';

/** What a table is sorted by. Empty values stand last either way; entries alike stand in the order of their ids. */
export interface Sorting {
  by: 'position' | 'code' | TableField;
  descending: boolean;
}

/** @param word `title`, `-date`, `position`, `code` @throws Refusal table.sort */
export function readSorting(word: string): Sorting {
  const descending = word.startsWith('-');
  const name = descending ? word.slice(1) : word;
  if (name === 'position' || name === 'code') return { by: name, descending };
  const by = name === 'referenceCode' ? 'code' : tableField(name);
  if (!by) throw new Refusal('table.sort', `Tables are not sorted by ${name}.`, { field: name });
  return { by, descending };
}

/** A place between two entries of a sorted table, and which way the page goes from there. */
export interface Place {
  towards: 'next' | 'before';
  /** Of the entry at the place: null where it is empty. */
  value: string | null;
  id: string;
}

export const writePlace = ({ towards, value, id }: Place): string =>
  encodeCursor([towards, value === null ? 0 : 1, value ?? '', id]);

/** @throws Refusal cursor.invalid */
export function readPlace(cursor: string): Place {
  const [towards, filled, value, id] = decodeCursor(cursor, ['string', 'number', 'string', 'string']);
  return {
    towards: towards === 'before' ? 'before' : 'next',
    value: filled === 0 ? null : String(value),
    id: String(id),
  };
}
