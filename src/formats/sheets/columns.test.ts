import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnLetters, readReference } from './columns.ts';

function read(reference: string) {
  const place = { column: 0, row: 0 };
  const bytes = Buffer.from(reference);
  readReference(bytes, 0, bytes.length, place);
  return place;
}

test('columns are counted A to Z, AA to XFD', () => {
  expect([0, 25, 26, 701, 702, 16_383].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
});

test('a reference gives back the column and row it was made from', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.integer({ min: 1, max: 2_000_000 }), (column, row) => {
      expect(read(`${columnLetters(column)}${row}`)).toEqual({ column, row });
      expect(read(`$${columnLetters(column).toLowerCase()}$${row}`)).toEqual({ column, row });
    }),
  );
});

test('what is no reference has no column, and an endless one does not overflow', () => {
  expect(read('!7').column).toBe(-1);
  expect(read('7').column).toBe(-1);
  expect(read('Z'.repeat(400)).column).toBeGreaterThan(16_384);
});
