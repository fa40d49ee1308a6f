import type { ReactNode } from 'react';
import type { Cells } from './clipboard.ts';
import type { Spot } from './range.ts';

export interface GridColumn<Row> {
  key: string;
  title: string;
  width: number;
  /** Takes what room is left; it has at least its width. */
  grows?: boolean;
  numeric?: boolean;
  /** What the list can be sorted by here. */
  sort?: string;
  hint?: (row: Row) => string | null | undefined;
  cell: (row: Row) => ReactNode;
  /** The value as it is written and copied; absent: the column is not copied. */
  text?: (row: Row) => string;
  /** May be written into. */
  editable?: boolean;
  /** Values there are, each with its word: offered while writing, and where the column is asked for. */
  options?: readonly { value: string; label: string }[];
}

/** What is said of a cell: its text is being written, or was refused and why. */
export interface Mark {
  state: 'writing' | 'refused';
  text: string;
  message?: string;
}

/** Marks by entry and column. */
export type Marks = ReadonlyMap<string, Mark>;
export const markKey = (id: string, column: string): string => `${id} ${column}`;

/** How cells are written. */
export interface Editing<Row> {
  /** @returns what is wrong with a text, while it is written */
  wrong: (row: Row, column: string, text: string) => string | undefined;
  onWrite: (row: Row, column: string, text: string) => void;
  /** Cells arrive at a place; rows beyond the last are new ones. */
  onPaste: (at: Spot, cells: Cells) => void;
  marks: Marks;
  /** The person is done with writing. */
  onLeave: () => void;
}

export interface GridProps<Row> {
  label: string;
  columns: readonly GridColumn<Row>[];
  rows: readonly Row[];
  idOf: (row: Row) => string;
  current?: string | undefined;
  onCurrent: (row: Row | undefined) => void;
  onOpen: (row: Row) => void;
  chosen: ReadonlySet<string>;
  onChosen: (chosen: ReadonlySet<string>) => void;
  /** The order the list is in: `title`, `-title`. */
  sort: string;
  onSort: (sort: string) => void;
  onWidth: (key: string, width: number) => void;
  /** The end of the rows comes near. */
  onNearEnd: () => void;
  /** Begins to write; absent where nothing may be written. */
  onEdit?: (() => void) | undefined;
  /** Takes back what was done last, or does it again. */
  onUndo?: ((again: boolean) => void) | undefined;
  /** Finds and replaces in what is chosen. */
  onReplace?: (() => void) | undefined;
  /** Cells are walked and written; without it rows are looked at. */
  editing?: Editing<Row> | undefined;
}

export const ROW_HEIGHT = 32;
