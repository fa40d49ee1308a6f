import { createHash } from 'node:crypto';
import { eepsIn, recogniseEep, validateEeps } from '#formats/eep';
import type { FileTree } from '#formats/tree';
import type { Finding } from '#kernel/errors';
import { isOwn, type OwnContent, openOwn } from '../../own/open.ts';
import type { PackageKind } from '../kind.ts';
import { compareDigests, DIGESTS } from './list.ts';
import { openForeignEeps } from './readForeign.ts';
import { createUnpacking, type Unpacking } from './unpacking.ts';
import { LAYOUT, writeConsignedEeps } from './write.ts';

/** EEPs (DA/T 48), one or many: ours, which come back exactly with their tree, and those of others. */
export const eep: PackageKind = {
  recognise: async ({ root }) => (await isOwn(root, LAYOUT)) || (await recogniseEep(root)),
  write: writeConsignedEeps,
  async validate({ root, trust }) {
    const { findings } = await validateEeps(root, trust ? { trust } : {});
    // What the wrapper itself did wrong is told by who opened it.
    const found: Finding[] = findings.filter((f) => !root.findings.includes(f));
    if (await isOwn(root, LAYOUT)) for await (const f of compareDigests(root)) found.push(f);
    return found;
  },
  async open(order) {
    const { root, scratch } = order;
    if (!(await isOwn(root, LAYOUT))) return openForeignEeps(order, await digestOfEeps(root));
    const unpacking = createUnpacking(root, scratch);
    const digest = (await root.digests(DIGESTS, ['sha256'])).get('sha256') ?? '';
    const arrived = await openOwn(root, LAYOUT, contentOf(root, unpacking), digest);
    return { ...arrived, close: unpacking.close };
  },
};

/** Files inside EEPs, which are taken apart as they are asked for in order. */
function contentOf(root: FileTree, unpacking: Unpacking): OwnContent {
  const file = async (path: string) => {
    const at = path.lastIndexOf('/');
    if ((await root.entry(path.slice(0, at)))?.kind !== 'file') return undefined;
    const files = await unpacking.files(path.slice(0, at));
    return files[Number(path.slice(at + 1)) - 1];
  };
  return {
    async measure(path) {
      const found = await file(path);
      return found ? { bytes: found.bytes, sha512: found.sha512 } : null;
    },
    async open(path) {
      const found = await file(path);
      // It was measured before anything was entered.
      if (!found) throw new Error(`${path} is gone`);
      return found.open();
    },
  };
}

async function digestOfEeps(root: FileTree): Promise<string> {
  const hash = createHash('sha256');
  for await (const { name } of eepsIn(root))
    hash.update(`${(await root.digests(name, ['sha256'])).get('sha256')}\n`);
  return hash.digest('hex');
}
