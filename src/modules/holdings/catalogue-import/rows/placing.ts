import type { FindingCode, RowKey } from '../types.ts';
import type { columnsOf } from './columns.ts';
import type { Above, Hierarchy } from './hierarchy.ts';

/** Where a row says that its entry belongs. */
export interface RowPlace {
  /** The row above, where the file has it. */
  above: Above | null;
  /** What names the entry above where no row does: it may be held already. '' for nothing. */
  named: string;
}

type Cell = (column: number) => string;
type Say = (
  code: FindingCode,
  column: number,
  value?: string,
  params?: Record<string, string | number>,
) => void;

/** Finds rows their places, and remembers them for the rows below. One for each sheet; `hierarchy` is that of the file. */
export function placing(
  col: ReturnType<typeof columnsOf>,
  hierarchy: Hierarchy,
  /** Whether any sheet of the file names rows from below. */
  named: boolean,
) {
  hierarchy.beginSheet();
  const depthOf = (cell: Cell) => Number.parseInt(cell(col.depth), 10) || 0;

  function find(cell: Cell, fail: Say): RowPlace {
    const parent = cell(col.parent);
    const depth = cell(col.depth);
    // With a depth, a number of an entry above says under what the topmost rows are hung (ArchivesSpace: ref_id).
    const byDepth = depth !== '' && !(parent !== '' && depthOf(cell) <= 1);
    const found = byDepth ? hierarchy.byDepth(depthOf(cell)) : hierarchy.byName(parent);
    if (parent !== '' && col.source >= 0 && parent === cell(col.source)) {
      fail('parent.itself', col.parent);
      return { above: null, named: '' };
    }
    if ('missing' in found) return { above: null, named: parent };
    if (found.above?.rejected)
      fail('parent.rejected', byDepth ? col.depth : col.parent, undefined, { row: found.above.key.row });
    return { above: found.above, named: '' };
  }

  function remember(row: Above, cell: Cell, names: { code: string; title: string }): void {
    if (!named && col.depth < 0) return;
    hierarchy.remember(row, { source: cell(col.source), ...names }, depthOf(cell), named);
  }

  /** The row that bears the same number of the source system, where rows are named by it. */
  function sameSource(cell: Cell): RowKey | undefined {
    const source = cell(col.source);
    return named && col.depth < 0 && source !== '' ? hierarchy.hasSource(source)?.key : undefined;
  }

  return { find, remember, sameSource };
}
