import type { Finding } from '#kernel/errors';
import type { Mark } from '../store/entries.ts';

/** The entries of a package by path: their numbers, and who holds whom. */
export interface EntryTable {
  numberOf(path: string): number | undefined;
  /** 0 on top. */
  parentOf(entry: number): number;
}

/**
 * The entry a finding is about. Findings name a file, a file with a line or element behind it (`a.csv:12`,
 * `METS.xml/mets/@ID`), or something that is missing, and then the nearest folder that is there is meant. Paths count from
 * the package's own folder or, of the wrapper's findings, from the wrapper.
 *
 * @returns null where it is about the whole
 */
export function entryOf({ path }: Pick<Finding, 'path'>, top: string, table: EntryTable): number | null {
  if (path === '') return null;
  const clean = path.replace(/^\.\//, '').replace(/:\d+(:\d+)?$/, '');
  const bases = top === '' ? [''] : [`${top}/`, ''];
  for (const base of bases) {
    for (const whole of [path, clean]) {
      const found = table.numberOf(base + whole);
      if (found !== undefined) return found;
    }
  }
  for (const base of bases) {
    for (let end = clean.lastIndexOf('/'); end > 0; end = clean.lastIndexOf('/', end - 1)) {
      const found = table.numberOf(base + clean.slice(0, end));
      if (found !== undefined) return found;
    }
  }
  return top === '' ? null : (table.numberOf(top) ?? null);
}

/** What each entry is marked with: its own findings, and on the folders above it how many are below. */
export function marksOf(
  found: readonly { entry: number | null; severity: Finding['severity'] }[],
  table: Pick<EntryTable, 'parentOf'>,
): Mark[] {
  const marks = new Map<number, Mark>();
  const markOf = (seq: number) => {
    const known = marks.get(seq);
    if (known) return known;
    const fresh: Mark = { seq, errors: 0, warnings: 0, errorsBelow: 0, warningsBelow: 0 };
    marks.set(seq, fresh);
    return fresh;
  };
  for (const { entry, severity } of found) {
    if (entry === null || severity === 'info') continue;
    const own = markOf(entry);
    if (severity === 'error') own.errors++;
    else own.warnings++;
    for (let above = table.parentOf(entry); above > 0; above = table.parentOf(above)) {
      const mark = markOf(above);
      if (severity === 'error') mark.errorsBelow++;
      else mark.warningsBelow++;
    }
  }
  return [...marks.values()];
}
