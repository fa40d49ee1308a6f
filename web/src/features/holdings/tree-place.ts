import type { TreeSelection } from './tree-selection.ts';

/** What a line of the tree stands for. */
export interface TreePlace {
  id: string;
  fondsId: string;
  kind: 'fonds' | 'unit';
  level: string;
  /** What it stands directly under. */
  parentId: string | null;
  label: string;
  code: string;
}

/** Where entries are put. */
export interface TreeTarget {
  fondsId: string;
  parentId: string | null;
  after?: string | null;
  label: string;
}

/** What is done to the order from the tree; absent where the tree is only looked at. */
export interface TreeWork {
  move(selection: TreeSelection, to: TreeTarget): Promise<boolean>;
  renumber(selection: TreeSelection): void;
  split(selection: TreeSelection): void;
}
