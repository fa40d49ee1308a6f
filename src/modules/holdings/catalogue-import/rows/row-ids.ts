/**
 * The id of the entry a row makes: a UUIDv7 that follows from the import and the row, so that an import that was killed
 * makes the same entries when it goes on, and entries above can be named before they are written. The time is the
 * import's; sheet and row count up behind it (RFC 9562, 6.2, method 1), and 32 random bits of the import's own id make
 * it this import's.
 */
export function rowIds(importId: string): (sheet: number, row: number) => string {
  const time = importId.slice(0, 13);
  const tail = importId.replaceAll('-', '').slice(-8);
  return (sheet, row) => {
    // 10 bits of sheet, 32 bits of row: 12 bits in rand_a, 30 in rand_b.
    const first = ((sheet & 0x3ff) << 2) | (row >>> 30);
    const rest = (row & 0x3fffffff) >>> 0;
    const variant = (0x80000000 | rest) >>> 0;
    const hex = variant.toString(16).padStart(8, '0');
    return `${time}-7${first.toString(16).padStart(3, '0')}-${hex.slice(0, 4)}-${hex.slice(4)}${tail}`;
  };
}
/** Between which ids the entries of an import lie; others may lie there too. */
export function idsOfImport(importId: string): { first: string; last: string } {
  const time = importId.slice(0, 13);
  return { first: `${time}-7000-8000-000000000000`, last: `${time}-7fff-bfff-ffffffffffff` };
}

/** Sheets of one file that can be told apart. */
export const MOST_SHEETS = 1_024;
