import { stat } from 'node:fs/promises';
import { Refusal } from '#kernel/errors';
import { folderTree } from './folder.ts';
import { TREE_LIMITS, type TreeLimits } from './limits.ts';
import type { FileTree, TreeEntry } from './types.ts';

export interface OpenTreeOptions {
  readonly limits?: Partial<TreeLimits>;
  /** The folder for what has to be unpacked to be read (gzip); a folder of the system's where none is given. */
  readonly scratch?: string;
}

/**
 * Opens a folder, a ZIP or a TAR (plain or gzip) by what it is, whatever it is called.
 * @throws Refusal `tree.notAWrapper`, `tree.entries`, `tree.totalBytes`, `tree.broken`; node's file errors come through
 */
export async function openTree(path: string, options: OpenTreeOptions = {}): Promise<FileTree> {
  const limits = { ...TREE_LIMITS, ...options.limits };
  const facts = await stat(path);
  if (facts.isDirectory()) return folderTree(path, limits);
  throw new Refusal('tree.notAWrapper', 'It is neither a folder nor a ZIP nor a TAR.');
}

/** The tree from its one top folder (`bag.zip` holds `bag/…`); the tree itself where there is more, or a file. */
export async function packageRoot(tree: FileTree): Promise<FileTree> {
  if (tree.wrapper === 'folder') return tree;
  let only: TreeEntry | null = null;
  for await (const entry of tree.list('')) {
    if (only || entry.kind === 'file') return tree;
    only = entry;
  }
  return only ? tree.below(only.path) : tree;
}
