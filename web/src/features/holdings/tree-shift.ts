import { TOP, type TreeData, type TreeNode } from './tree-data.ts';
import type { TreeTarget } from './tree-place.ts';
import { type Line, lineAt } from './tree-rows.ts';

/**
 * Where an entry comes that is moved by key: before or behind its neighbour, into what stands before it, or out behind what it stands
 * under.
 *
 * @param o.at the number of its line among those shown
 * @returns undefined where it can not go there
 */
export async function shiftTarget(
  data: Pick<TreeData, 'fetchNode' | 'layout'>,
  o: { to: 'up' | 'down' | 'in' | 'out'; here: TreeNode; line: Line; at: number },
): Promise<TreeTarget | undefined> {
  const { to, here, line, at } = o;
  const parentId = line.place === here.fondsId ? null : line.place;
  const beside = (n: number) => data.fetchNode({ place: line.place, index: line.index + n });
  let target: TreeTarget | undefined;
  if (to === 'up' && line.index > 0) {
    const before = line.index > 1 ? await beside(-2) : null;
    target = { fondsId: here.fondsId, parentId, after: before?.id ?? null, label: here.title };
  } else if (to === 'down') {
    const next = await beside(1);
    if (next) target = { fondsId: here.fondsId, parentId, after: next.id, label: here.title };
  } else if (to === 'in' && line.index > 0) {
    const before = await beside(-1);
    if (before) target = { fondsId: here.fondsId, parentId: before.id, label: before.title };
  } else if (to === 'out' && parentId) {
    let up = at - 1;
    while (up > 0 && (lineAt(data.layout, up)?.depth ?? 0) >= line.depth) up--;
    const above = lineAt(data.layout, up);
    if (above && above.place !== TOP)
      target = {
        fondsId: here.fondsId,
        parentId: above.place === here.fondsId ? null : above.place,
        after: parentId,
        label: here.title,
      };
    else target = { fondsId: here.fondsId, parentId: null, after: parentId, label: here.title };
  }
  return target;
}
