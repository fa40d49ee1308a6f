/** Where something was turned away: a record, a file's name, a row of a catalogue. */
export const DOORS = ['record', 'file', 'catalogue'] as const;
export type Door = (typeof DOORS)[number];

/** What bears it: a field for classifications, a title, a name. */
export const MARKS = ['classification', 'title', 'name'] as const;
export type MarkKind = (typeof MARKS)[number];

/** One place that bears a classification, and what stands there. */
export interface Mark {
  what: MarkKind;
  place: string;
}

/** Of so many it is enough to know. */
export const MOST_MARKS = 1_000;
const MOST_LETTERS = 500;

/** Each place once, as much of it as can be shown. */
export function marksToKeep(marks: readonly Mark[]): Mark[] {
  const kept = new Map<string, Mark>();
  for (const { what, place } of marks) {
    if (kept.size === MOST_MARKS) break;
    const shown = { what, place: [...place].slice(0, MOST_LETTERS).join('') };
    kept.set(`${what} ${shown.place}`, shown);
  }
  return [...kept.values()];
}
