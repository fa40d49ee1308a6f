/** Places of cells in a grid: the one that moves, and the one it began at. */
export interface Spot {
  row: number;
  column: number;
}
export interface Range {
  at: Spot;
  from: Spot;
}

export interface Block {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export const blockOf = ({ at, from }: Range): Block => ({
  top: Math.min(at.row, from.row),
  bottom: Math.max(at.row, from.row),
  left: Math.min(at.column, from.column),
  right: Math.max(at.column, from.column),
});

export const isIn = (b: Block, row: number, column: number): boolean =>
  row >= b.top && row <= b.bottom && column >= b.left && column <= b.right;

const within = (n: number, most: number): number => Math.max(0, Math.min(most, n));

/** Where a key leads; undefined: it leads nowhere. */
export function moved(
  { at, from }: Range,
  key: { key: string; shift: boolean; ctrl: boolean },
  size: { rows: number; columns: number; page: number },
): Range | undefined {
  const last = { row: size.rows - 1, column: size.columns - 1 };
  const step = (rows: number, columns: number): Spot => ({
    row: within(at.row + rows, last.row),
    column: within(at.column + columns, last.column),
  });
  const to = ((): Spot | undefined => {
    switch (key.key) {
      case 'ArrowUp':
        return key.ctrl ? { ...at, row: 0 } : step(-1, 0);
      case 'ArrowDown':
        return key.ctrl ? { ...at, row: last.row } : step(1, 0);
      case 'ArrowLeft':
        return key.ctrl ? { ...at, column: 0 } : step(0, -1);
      case 'ArrowRight':
        return key.ctrl ? { ...at, column: last.column } : step(0, 1);
      case 'PageUp':
        return step(-size.page, 0);
      case 'PageDown':
        return step(size.page, 0);
      case 'Home':
        return { row: key.ctrl ? 0 : at.row, column: 0 };
      case 'End':
        return { row: key.ctrl ? last.row : at.row, column: last.column };
      default:
        return undefined;
    }
  })();
  return to && { at: to, from: key.shift ? from : to };
}
