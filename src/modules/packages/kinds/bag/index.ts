import { createHash } from 'node:crypto';
import { readBag, recogniseBag, validateBag } from '#formats/bagit';
import type { FileTree } from '#formats/tree';
import type { PackageKind } from '../kind.ts';
import { PACKAGE } from './names.ts';
import { openForeignBag } from './readForeign.ts';
import { openOwnBag } from './readOwn.ts';
import { writeConsignedBag } from './write.ts';

/** Bags (RFC 8493): ours, which come back exactly, and those of others. */
export const bag: PackageKind = {
  recognise: recogniseBag,
  write: writeConsignedBag,
  validate: async (tree) => (await validateBag(tree)).findings,
  async open(tree, order) {
    const read = await readBag(tree);
    const digest = await digestOf(tree);
    return (await tree.has(PACKAGE)) ? openOwnBag(tree, read, digest) : openForeignBag(read, digest, order);
  },
};

/** The digest of its payload manifests: the same for the same payload, wherever the bag lies. */
async function digestOf(tree: FileTree): Promise<string> {
  const manifests: string[] = [];
  for await (const { path, kind } of tree.list(''))
    if (kind === 'file' && /^(manifest-[^/]+\.txt|bag-info\.txt)$/i.test(path)) manifests.push(path);
  const hash = createHash('sha256');
  for (const path of manifests.sort())
    hash.update(`${path} ${(await tree.digests(path, ['sha256'])).get('sha256')}\n`);
  return hash.digest('hex');
}
