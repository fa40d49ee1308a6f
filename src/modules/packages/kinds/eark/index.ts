import { earkRoot, readEark, recogniseEark, validateEark } from '#formats/eark';
import { headerOf, METS, readMets } from '#formats/mets';
import type { FileTree } from '#formats/tree';
import { isRefusal } from '#kernel/errors';
import type { ConsignedTotals } from '../../consignment.ts';
import { contentIn, isOwn, openOwn } from '../../own/open.ts';
import { digestOfFiles } from '../digest.ts';
import { declaring, type PackageKind } from '../kind.ts';
import { CONTENT, LAYOUT } from './layout.ts';
import { openForeignEark } from './readForeign.ts';
import { writeConsignedEark } from './write.ts';

const kindOf = (packageType: 'SIP' | 'DIP'): PackageKind => ({
  async recognise({ whole }) {
    if (!(await recogniseEark(whole))) return false;
    return ((await packageTypeOf(whole)) === 'DIP') === (packageType === 'DIP');
  },
  write: (consignment, order) => writeConsignedEark(packageType, consignment, order),
  async validate({ whole, name }) {
    const { findings } = await validateEark(whole, {
      ...(whole.wrapper === 'folder' ? { name } : {}),
      ...(packageType === 'DIP' ? { as: 'DIP' } : {}),
      // What the wrapper itself did wrong is told by who opened it.
      wrapperFindings: false,
    });
    return findings;
  },
  async open(order) {
    const { root } = await earkRoot(order.whole);
    // It lists the documents of the representations with their digests, and they all files.
    const digest = await digestOfFiles(root, /^METS\.xml$/);
    const arrived = (await isOwn(root, LAYOUT))
      ? await openOwn(root, LAYOUT, contentIn(root, CONTENT), digest)
      : await openForeignEark(digest, { ...order, root });
    return declaring(arrived, [await totalsOf(root)]);
  },
});

/** E-ARK packages to be submitted or kept (CSIP, SIP): ours, which come back exactly, and those of others. */
export const eark: PackageKind = kindOf('SIP');

/** E-ARK packages to be handed out (DIP). Pictures drawn for it are made from the originals and not taken in again. */
export const dip: PackageKind = kindOf('DIP');

/** Files and bytes its METS documents list, each of which is judged by itself. */
async function totalsOf(root: FileTree): Promise<ConsignedTotals> {
  let [files, bytes] = [0, 0];
  for await (const { file } of (await readEark(root)).files()) {
    files++;
    bytes += Number(file.size ?? 0) || 0;
  }
  return { source: 'METS', files, bytes, isJudged: true };
}

/** What a package says it is; undefined where it says nothing or can not be read. */
async function packageTypeOf(whole: FileTree): Promise<string | undefined> {
  const { root } = await earkRoot(whole);
  try {
    for await (const e of readMets(await root.open('METS.xml'))) {
      if (e.kind === 'stray' || e.element.space !== METS) continue;
      if (e.element.name === 'metsHdr') return headerOf(e.element).packageType;
    }
  } catch (e) {
    // What is wrong with it is told when it is judged.
    if (!isRefusal(e)) throw e;
  }
  return undefined;
}
