import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Refusal } from '#kernel/errors';
import { folderTree } from './folder.ts';
import { TREE_LIMITS, type TreeLimits } from './limits.ts';
import { BLOCK, isZeroBlock, readHeader } from './tar/header.ts';
import type { FileTree, TreeEntry } from './types.ts';

export interface OpenTreeOptions {
  readonly limits?: Partial<TreeLimits>;
  /** The folder for what has to be unpacked to be read (gzip); a folder of the system's where none is given. */
  readonly scratch?: string;
}

/**
 * Opens a folder, a ZIP or a TAR (plain or gzip) by what it is, whatever it is called.
 * @throws Refusal `tree.notAWrapper`, `tree.device`, `tree.entries`, `tree.totalBytes`, `tree.broken`; node's file errors come through
 */
export async function openTree(path: string, options: OpenTreeOptions = {}): Promise<FileTree> {
  const limits = { ...TREE_LIMITS, ...options.limits };
  const facts = await stat(path);
  if (facts.isDirectory()) return folderTree(path, limits);
  demandFile(facts);
  const kind = await wrapperOf(path);
  if (kind === 'zip') return (await import('./zip/zip.ts')).zipTree(path, limits);
  if (kind === 'tar') return (await import('./tar/tar.ts')).tarTree(path, limits);
  if (kind === 'gzip') {
    const [{ unpackGzip }, { tarTree }] = await Promise.all([
      import('./tar/gzip.ts'),
      import('./tar/tar.ts'),
    ]);
    const unpacked = await unpackGzip(path, limits, options.scratch);
    try {
      if (unpacked.truncated !== null || (await wrapperOf(unpacked.path)) === 'tar')
        return await tarTree(unpacked.path, limits, unpacked.remove, unpacked.truncated);
    } catch (e) {
      await unpacked.remove();
      throw e;
    }
    await unpacked.remove();
  }
  throw new Refusal('tree.notAWrapper', 'It is neither a folder nor a ZIP nor a TAR.');
}

/**
 * Opening a pipe waits for whoever writes into it, perhaps for ever: it is asked for before.
 * @throws Refusal `tree.device`
 */
export function demandFile(facts: Stats): void {
  if (!facts.isFile())
    throw new Refusal('tree.device', 'It is a device, a pipe or a socket; a package is a file or a folder.');
}

/** What a file is by its bytes; its name says nothing. */
async function wrapperOf(path: string): Promise<'zip' | 'tar' | 'gzip' | null> {
  const file = await open(path, 'r');
  try {
    const facts = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BLOCK), 0, BLOCK, 0);
    const start = buffer.subarray(0, bytesRead);
    if (start.length >= 4 && [0x04034b50, 0x06054b50, 0x08074b50].includes(start.readUInt32LE(0)))
      return 'zip';
    if (start[0] === 0x1f && start[1] === 0x8b) return 'gzip';
    // Images of disks begin with zeros too; a TAR of nothing is short.
    const nothing = facts.size <= 64 * BLOCK && isZeroBlock(start);
    if (start.length === BLOCK && (nothing || readHeader(start))) return 'tar';
    return null;
  } finally {
    await file.close();
  }
}

/** What macOS adds beside the folder that is packed: nothing of the package. */
const ADDED = '__MACOSX';

/** The tree from its one top folder (`bag.zip` holds `bag/…`); the tree itself where there is more, or a file. */
export async function packageRoot(tree: FileTree): Promise<FileTree> {
  if (tree.wrapper === 'folder') return tree;
  let only: TreeEntry | null = null;
  for await (const entry of tree.list('')) {
    if (entry.path === ADDED) continue;
    if (only || entry.kind === 'file') return tree;
    only = entry;
  }
  return only ? tree.below(only.path) : tree;
}
