import { createHash } from 'node:crypto';
import type { FileTree } from '#formats/tree';

/** A digest over files in the root of a tree: those that name all others. */
export async function digestOfFiles(tree: FileTree, named: RegExp): Promise<string> {
  const paths: string[] = [];
  for await (const { path, kind } of tree.list('')) if (kind === 'file' && named.test(path)) paths.push(path);
  const hash = createHash('sha256');
  for (const path of paths.sort())
    hash.update(`${path} ${(await tree.digests(path, ['sha256'])).get('sha256')}\n`);
  return hash.digest('hex');
}
