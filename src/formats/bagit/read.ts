import { createFindingList, type FileTree } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import { DECLARATION, readDeclaration } from './declaration.ts';
import { FETCH, type FetchLine, fetchLines } from './fetch.ts';
import { type BagInfo, findInfo, readInfo } from './info.ts';
import { findManifests, manifestLines } from './manifest.ts';
import { decodePath } from './paths.ts';

/** A bag to be read; whether it is valid is `validateBag`'s to say. */
export interface Bag {
  readonly version: string;
  readonly encoding: string;
  readonly info: BagInfo;
  /** Algorithms of the payload manifests, as their names have them. */
  readonly algorithms: readonly string[];
  /** What one manifest lists: paths from the root of the bag, digests in lower-case hexadecimal. */
  manifest(algorithm: string): AsyncIterable<{ path: string; digest: string }>;
  /** What was left out and where it is to be had. */
  toFetch(): AsyncIterable<FetchLine>;
  /** The payload, paths below `data/`. */
  readonly payload: FileTree;
}

/** Whether a tree is meant to be a bag: it has a `bagit.txt`, or a payload with a manifest beside it. */
export async function recogniseBag(tree: FileTree): Promise<boolean> {
  if ((await tree.entry(DECLARATION))?.kind === 'file') return true;
  return (await tree.entry('data'))?.kind === 'folder' && (await findManifests(tree, 'manifest')).length > 0;
}

/** @throws Refusal `bag.notABag`, and as reading its tag files does */
export async function readBag(tree: FileTree): Promise<Bag> {
  const findings = createFindingList();
  const { version, strict, encoding } = await readDeclaration(tree, findings);
  if (findings.errors > 0) throw new Refusal('bag.notABag', findings.all[0]?.message ?? 'It is no bag.');
  const manifests = await findManifests(tree, 'manifest');
  const infoFile = await findInfo(tree);
  const info = infoFile ? await readInfo(tree, infoFile, { encoding, strict }) : [];
  const hasFetch = (await tree.entry(FETCH))?.kind === 'file';
  /** The name of the file a path means: the one that is there. */
  const meant = async (written: string) => {
    const plain = written.replace(/^(\.\/+)+/, '');
    const decoded = decodePath(plain);
    const [first, second] = strict ? [decoded, plain] : [plain, decoded];
    return (await tree.has(first)) || !(await tree.has(second)) ? first : second;
  };
  return {
    version,
    encoding,
    info,
    algorithms: manifests.map((m) => m.algorithm),
    async *manifest(algorithm) {
      const file = manifests.find((m) => m.algorithm === algorithm.toLowerCase());
      if (!file) return;
      for await (const line of manifestLines(tree, file, encoding))
        if (line.digest !== null) yield { path: await meant(line.path), digest: line.digest };
    },
    async *toFetch() {
      if (!hasFetch) return;
      for await (const line of fetchLines(tree, encoding)) if (line.url !== null) yield line;
    },
    payload: tree.below('data'),
  };
}
