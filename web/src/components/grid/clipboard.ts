/** Cells of a sheet as spreadsheets put them on the clipboard: tabs between cells, lines between rows, quotes around what holds either. */
export type Cells = string[][];

/** @param text as Excel, LibreOffice and WPS write it: a cell with a line break or a quote stands in quotes, quotes in it doubled */
export function readCells(text: string): Cells {
  const rows: Cells = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const source = text.replace(/\r\n?/g, '\n');
  for (let i = 0; i < source.length; i++) {
    const c = source[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (source[i + 1] === '"') {
        cell += '"';
        i++;
      } else quoted = false;
    } else if (c === '"' && cell === '' && closes(source, i + 1)) quoted = true;
    else if (c === '\t') {
      row.push(cell);
      cell = '';
    } else if (c === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
    } else cell += c;
  }
  // The last row of a sheet ends with a line break; one cell copied from elsewhere does not.
  if (cell !== '' || row.length > 0) rows.push([...row, cell]);
  return rows;
}

/** Whether a quote that opens a cell also closes it where a cell ends; a lone quote is a character like any other. */
function closes(source: string, from: number): boolean {
  for (let i = from; i < source.length; i++) {
    if (source[i] !== '"') continue;
    if (source[i + 1] === '"') i++;
    else return i + 1 === source.length || source[i + 1] === '\t' || source[i + 1] === '\n';
  }
  return false;
}

export function writeCells(cells: Cells): string {
  const written = (cell: string): string =>
    /["\t\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return cells.map((row) => row.map(written).join('\t')).join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (cell: string): string =>
  cell.replace(/[&<>"]/g, (c) => ENTITIES[c] ?? c).replaceAll('\n', '<br>');

/** The same as a table, in which codes with leading zeros stay texts. */
export function htmlOfCells(cells: Cells): string {
  const row = (r: string[]): string =>
    `<tr>${r.map((c) => `<td style="mso-number-format:'\\@'">${escaped(c)}</td>`).join('')}</tr>`;
  return `<table>${cells.map(row).join('')}</table>`;
}
