import type { UnitRecord } from '#modules/holdings';

/**
 * Elements of a description that are meant for readers, on pages and among harvesters alike; housekeeping (places, boxes, who
 * described it) is not, nor is what an archive calls its own or came with an import.
 */
export const FOR_READERS: ReadonlySet<string> = new Set([
  'genre',
  'mainTo',
  'copyTo',
  'subjects',
  'keywords',
  'abstract',
  'medium',
  'language',
  'custody',
  'arrangement',
  'history',
  'related',
  'annex',
  'note',
]);

/** What of a description is meant for readers, by its elements. */
export function forReaders(description: UnitRecord['description']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(description).filter(
      (entry): entry is [string, string] =>
        typeof entry[1] === 'string' && entry[1] !== '' && FOR_READERS.has(entry[0]),
    ),
  );
}
