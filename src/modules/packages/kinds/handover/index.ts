import { readHandover, recogniseHandover, validateHandover } from '#formats/handover';
import { contentIn, isOwn, openOwn } from '../../own/open.ts';
import { digestOfFiles } from '../digest.ts';
import { declaring, type PackageKind } from '../kind.ts';
import { openForeignHandover } from './readForeign.ts';
import { LAYOUT, writeConsignedHandover } from './write.ts';

/** Handover folders (DA/T 93-2022, the annex of 2012): ours, which come back exactly, and those of others. */
export const handover: PackageKind = {
  recognise: async ({ root }) => (await recogniseHandover(root)) !== undefined,
  write: writeConsignedHandover,
  async validate({ root }) {
    const { findings } = await validateHandover(root);
    // What the wrapper itself did wrong is told by who opened it.
    return findings.filter((f) => !root.findings.includes(f));
  },
  async open(order) {
    const { root } = order;
    const digest = await digestOfFiles(root, /./);
    const arrived = (await isOwn(root, LAYOUT))
      ? await openOwn(root, LAYOUT, contentIn(root, ''), digest)
      : await openForeignHandover(digest, order);
    const { declared } = await readHandover(root);
    return declaring(
      arrived,
      declared.map((d) => ({ ...d, isJudged: true })),
    );
  },
};
