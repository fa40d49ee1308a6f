import type { FileTree } from '#formats/tree';
import { catalogueRule, HANDOVER_2012, HANDOVER_2022, type HandoverProfile, partsOf } from './profile.ts';

/** Files and folders of a root that are looked at: a root holds few. */
const MOST = 2000;

/**
 * Which of the two layouts a folder has, by its shape: 目录文件 is of DA/T 93-2022; 电子档案, 文件目录 or 案卷目录 of 2012.
 *
 * @returns undefined where it is neither
 */
export async function recogniseHandover(tree: FileTree): Promise<HandoverProfile | undefined> {
  let seen = 0;
  let isOld = false;
  let hasNote = false;
  for await (const { path, kind } of tree.list('')) {
    if (++seen > MOST) break;
    if (kind === 'folder') {
      if (path === HANDOVER_2012.records) isOld = true;
      continue;
    }
    const { base } = partsOf(path);
    if (base === HANDOVER_2022.catalogues[0]!.files[0] && catalogueRule(HANDOVER_2022, path))
      return HANDOVER_2022;
    if (catalogueRule(HANDOVER_2012, path)) isOld = true;
    if (base === HANDOVER_2022.note.file) hasNote = true;
  }
  if (isOld) return HANDOVER_2012;
  // Folders and the explanatory file alone: the catalogue is missing from the layout that has the records in the root.
  return hasNote ? HANDOVER_2022 : undefined;
}
