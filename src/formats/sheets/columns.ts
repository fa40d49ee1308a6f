/** The letters of a 0-based column: 0 → A, 26 → AA, 16383 → XFD. */
export function columnLetters(column: number): string {
  let rest = column + 1;
  let letters = '';
  while (rest > 0) {
    const digit = (rest - 1) % 26;
    letters = String.fromCharCode(65 + digit) + letters;
    rest = (rest - 1 - digit) / 26;
  }
  return letters;
}

export interface CellPlace {
  /** 0-based; -1 if the reference is none. */
  column: number;
  /** 1-based; 0 if the reference names no row. */
  row: number;
}

/**
 * Reads the ASCII bytes of a cell reference such as `B12` (or `$B$12`) into `place`, which is reused because this
 * runs per cell. Values beyond any limit saturate instead of overflowing.
 */
export function readReference(source: Uint8Array, from: number, to: number, place: CellPlace): void {
  let column = 0;
  let row = 0;
  for (let i = from; i < to; i++) {
    const c = source[i]!;
    if (c >= 65 && c <= 90) column = column < 1e9 ? column * 26 + c - 64 : column;
    else if (c >= 97 && c <= 122) column = column < 1e9 ? column * 26 + c - 96 : column;
    else if (c >= 48 && c <= 57) row = row < 1e9 ? row * 10 + c - 48 : row;
    else if (c !== 36) {
      column = 0;
      break;
    }
  }
  place.column = column - 1;
  place.row = row;
}
