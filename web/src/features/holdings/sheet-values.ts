import type { UnitFields } from '../../api/requests.ts';
import type { SheetRow, TableRow, Unit } from '../../api/shapes.ts';
import type { Cells } from '../../components/grid/clipboard.ts';
import type { Spot } from '../../components/grid/range.ts';
import type { GridColumn } from '../../components/grid/types.ts';
import { textOf, writeFields, wrongFields } from './unit-values.ts';

/** One cell as the server takes it. */
export const fieldOf = (column: string, text: string): UnitFields =>
  writeFields({ [column]: text }, [column]);

/** What is wrong with a cell's text, as far as it can be told here. */
export function wrongCell(row: TableRow, column: string, text: string) {
  return wrongFields({ title: row.title, [column]: text })[column];
}

/** A row of the table as its entry stands now. */
export function rowOf(unit: Unit, row: TableRow): TableRow {
  const { description, ...now } = unit;
  const texts = textOf(unit);
  const known = new Set([...Object.keys(row.elements), ...Object.keys(description)]);
  const elements: Record<string, string> = {};
  for (const key of known) if (texts[key]) elements[key] = texts[key];
  const fresh: Readonly<Record<string, unknown>> = now;
  const changed = Object.fromEntries(
    Object.keys(row).flatMap((key) => (key in fresh ? [[key, fresh[key]]] : [])),
  );
  return { ...row, ...changed, elements };
}

export interface Pasted {
  rows: SheetRow[];
  /** Columns the cells fell on that are not written here. */
  ignored: string[];
  /** Rows below the last that have no place to be added to. */
  homeless: number;
}

/**
 * Cells that arrive at a place of the table, as rows for the server.
 *
 * @param place where rows below the last are added; undefined: nowhere
 */
export function pastedRows(
  at: Spot,
  cells: Cells,
  columns: readonly GridColumn<TableRow>[],
  rows: readonly TableRow[],
  place: { fondsId: string; parentId: string | null } | undefined,
): Pasted {
  const widest = Math.max(...cells.map((r) => r.length));
  const touched = columns.slice(at.column, at.column + widest);
  const ignored = touched.filter((c) => !c.editable && c.key !== 'referenceCode').map((c) => c.title);
  const pasted: Pasted = { rows: [], ignored, homeless: 0 };
  for (const [i, cellsOfRow] of cells.entries()) {
    const row = rows[at.row + i];
    const texts: Record<string, string> = {};
    for (const [j, cell] of cellsOfRow.entries()) {
      const column = touched[j];
      if (!column) continue;
      // A code that is there is changed by renumbering alone; a new entry may bring its own.
      if (column.key === 'referenceCode' ? !row && cell.trim() !== '' : column.editable)
        texts[column.key] = cell;
    }
    if (row) {
      const same = (key: string): boolean =>
        (columns.find((c) => c.key === key)?.text?.(row) ?? '') === texts[key]?.trim();
      const changed = Object.keys(texts).filter((key) => !same(key));
      if (changed.length > 0)
        pasted.rows.push({ id: row.id, version: row.version, input: writeFields(texts, changed) });
    } else if (Object.values(texts).some((text) => text.trim() !== '')) {
      if (place) {
        const written = Object.keys(texts).filter((key) => texts[key]?.trim() !== '');
        pasted.rows.push({ ...place, input: writeFields(texts, written) });
      } else pasted.homeless++;
    }
  }
  return pasted;
}
