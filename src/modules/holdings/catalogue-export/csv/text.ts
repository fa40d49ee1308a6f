import type { CellInput } from '#formats/sheets';

/** A row of delimited text (RFC 4180), ended; a cell with a line break, a quote or a comma stands in quotes. */
export function csvRow(cells: readonly CellInput[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: CellInput): string {
  const text = value === null || value === undefined ? '' : String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
