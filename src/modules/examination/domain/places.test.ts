import { describe, expect, it } from 'vitest';
import { type EntryTable, entryOf, marksOf } from './places.ts';

const PATHS = ['bag', 'bag/data', 'bag/data/a.csv', 'bag/METS.xml', 'bag/v:2', 'odd'];
const table: EntryTable = {
  numberOf: (path) => {
    const i = PATHS.indexOf(path);
    return i === -1 ? undefined : i + 1;
  },
  parentOf: (entry) => {
    const path = PATHS[entry - 1]!;
    const at = path.lastIndexOf('/');
    return at === -1 ? 0 : PATHS.indexOf(path.slice(0, at)) + 1;
  },
};
const at = (path: string) => {
  const n = entryOf({ path }, 'bag', table);
  return n === null ? null : PATHS[n - 1];
};

describe('the place of a finding in the tree', () => {
  it.each([
    ['data/a.csv', 'bag/data/a.csv'],
    ['data/a.csv:12', 'bag/data/a.csv'],
    ['./data/a.csv', 'bag/data/a.csv'],
    ['METS.xml/mets/@ID', 'bag/METS.xml'],
    ['v:2', 'bag/v:2'],
    ['bag/data/a.csv', 'bag/data/a.csv'],
    ['odd', 'odd'],
    ['data/missing/b.txt', 'bag/data'],
    ['nowhere.txt', 'bag'],
    ['', null],
  ])('%j is told at %j', (path, entry) => {
    expect(at(path)).toBe(entry);
  });

  it('marks the entry, and counts on every folder above it', () => {
    const marks = marksOf(
      [
        { entry: 3, severity: 'error' },
        { entry: 3, severity: 'warning' },
        { entry: 2, severity: 'error' },
        { entry: 3, severity: 'info' },
        { entry: null, severity: 'error' },
      ],
      table,
    );
    expect(marks.sort((a, b) => a.seq - b.seq)).toEqual([
      { seq: 1, errors: 0, warnings: 0, errorsBelow: 2, warningsBelow: 1 },
      { seq: 2, errors: 1, warnings: 0, errorsBelow: 1, warningsBelow: 1 },
      { seq: 3, errors: 1, warnings: 1, errorsBelow: 0, warningsBelow: 0 },
    ]);
  });
});
