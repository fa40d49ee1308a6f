import { basename } from 'node:path';
import { openTree } from '#formats/tree';
import { type EarkReport, validateEark } from './index.ts';

/** Judges the package at a path, its folder's or file's name being its own. */
export async function judgeEark(path: string): Promise<EarkReport> {
  const tree = await openTree(path);
  try {
    return await validateEark(tree, { name: basename(path) });
  } finally {
    await tree.close();
  }
}
