import { hash } from 'node:crypto';
import type { EntryRow } from '../types.ts';
import type { Seen } from './seen.ts';

/** The first 16 bytes of a text's SHA-256, in hex. */
export function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 32);
}

/**
 * What an entry's row said, as a digest.
 *
 * @param seen rows without a code that say the same are told apart by counting them here
 */
export function digestOfEntry(e: EntryRow, seen: Seen): string {
  const said = [
    e.fonds, e.level, e.code ?? '', e.title, e.creator ?? '', e.docNo ?? '', e.date ?? '', e.dateFrom ?? '', e.dateTo ?? '',
    e.category ?? '', e.year ?? '', e.retention ?? '', e.classification, e.accessStatus, e.pages ?? '', e.description,
    e.parent ? (e.parent.code ?? e.parent.digest) : '',
  ].join('\u001f'); // biome-ignore format: a row of fields
  const base = digest(said);
  const before = e.code === null ? seen.count(base) : 0;
  return before === 0 ? base : digest(`${base}#${before}`);
}

/** Free elements in the order of their names, so that the order of columns does not matter. */
export function sorted(extra: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(extra).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A text PostgreSQL can hold: what it can not is shown as U+FFFD. */
export function storable(text: string): string {
  return text.includes('\0') || !text.isWellFormed() ? text.replaceAll('\0', '\ufffd').toWellFormed() : text;
}
