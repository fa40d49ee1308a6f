import { type Bag, declaredBy, readBag, recogniseBag, validateBag } from '#formats/bagit';
import type { FileTree } from '#formats/tree';
import { contentIn, isOwn, type OwnContent, openOwn } from '../../own/open.ts';
import { digestOfFiles } from '../digest.ts';
import { declaring, type PackageKind } from '../kind.ts';
import { LAYOUT } from './layout.ts';
import { openForeignBag } from './readForeign.ts';
import { writeConsignedBag } from './write.ts';

/** Bags (RFC 8493): ours, which come back exactly, and those of others. */
export const bag: PackageKind = {
  recognise: ({ root }) => recogniseBag(root),
  write: writeConsignedBag,
  validate: async ({ root }) => (await validateBag(root)).findings,
  async open(order) {
    const { root } = order;
    const read = await readBag(root);
    // The same for the same payload, wherever the bag lies.
    const digest = await digestOfFiles(root, /^(manifest-[^/]+\.txt|bag-info\.txt)$/i);
    const declared = declaredBy(read.info).map((d) => ({ ...d, isJudged: true }));
    const arrived = (await isOwn(root, LAYOUT))
      ? await openOwn(root, LAYOUT, contentByManifest(root, read), digest)
      : await openForeignBag(read, digest, order);
    return declaring(arrived, declared);
  },
};

/**
 * Content whose digests the manifest has, which was compared with the bytes. It is in the order in which files are asked for
 * where we wrote it; otherwise each file is digested again.
 */
function contentByManifest(root: FileTree, bag: Bag): OwnContent {
  const content = contentIn(root, 'data');
  let manifest: AsyncIterator<{ path: string; digest: string }> | undefined;
  return {
    open: content.open,
    async measure(path) {
      manifest ??= bag.manifest('sha512')[Symbol.asyncIterator]();
      const { value, done } = await manifest.next();
      if (done || value.path !== `data/${path}`) return content.measure(path);
      const entry = await root.entry(value.path);
      return entry?.kind === 'file' ? { bytes: entry.bytes, sha512: value.digest } : null;
    },
  };
}
