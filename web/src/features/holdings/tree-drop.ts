import type { TreeNode } from './tree-data.ts';
import type { Line } from './tree-rows.ts';
import { fits, type TreeSelection } from './tree-selection.ts';

/** Where something would be dropped, and why it may not. */
export interface Drop {
  line: Line;
  node: TreeNode;
  where: 'before' | 'into' | 'after';
  why?: 'level' | 'circle';
}

/**
 * What a place over a line means: its upper quarter before it, the lower behind it, between into it. Beside a fonds nothing is
 * put, into an item neither. The rules of the order speak before the drop, as far as they can be told here.
 *
 * @param share how far down the line, from 0 to 1
 * @param above ids of what the line stands below
 */
export function dropAt(o: {
  share: number;
  node: TreeNode;
  line: Line;
  chosen: TreeSelection;
  above: readonly string[];
}): Drop {
  const { share, node, line, chosen, above } = o;
  const edge = node.level === 'fonds' ? 0 : node.level === 'item' ? 0.5 : 0.25;
  const where = share < edge ? 'before' : share >= 1 - edge && edge > 0 ? 'after' : 'into';
  const drop = { line, node, where } as const;
  const inside = where === 'into' ? [node.id, ...above] : above;
  if (inside.some((id) => chosen.single.has(id))) return { ...drop, why: 'circle' };
  if (where === 'into' && !fits(chosen, node.level)) return { ...drop, why: 'level' };
  return drop;
}
