import { isEep, treeSource } from '#formats/eep';
import type { FileTree } from '#formats/tree';
import { childrenOf, readElements, textOf, type XmlElement, type XmlRefusals } from '#formats/xml';
import { isRefusal, Refusal } from '#kernel/errors';

const MOST = 500;
const LONGEST = 4_000;
/** Of single files; they are there themselves. */
const OF_FILES = /^(?:文件|计算机文件名|计算机文件大小)$/;

const refusals: XmlRefusals = {
  damaged: (what) => new Refusal('ingest.metadata', `The metadata can not be read: ${what}.`),
  forbidden: (what) => new Refusal('ingest.metadata', `The metadata is not read, because it ${what}.`),
};

/**
 * What an item's metadata says, by the names of its elements, the first of each. Nothing of what can not be read, which the
 * judgement told, or of an EEP, which is a record and not about one.
 */
export async function metadataValues(tree: FileTree, path: string): Promise<ReadonlyMap<string, string>> {
  const said = new Map<string, string>();
  if (await isEep(treeSource(tree, path))) return said;
  const take = (e: XmlElement) => {
    if (OF_FILES.test(e.name) || said.size >= MOST) return;
    const below = childrenOf(e);
    if (below.length > 0) for (const child of below) take(child);
    else if (!said.has(e.name)) said.set(e.name, textOf(e).trim().slice(0, LONGEST));
  };
  const reading = { isContainer: (_: unknown, above: readonly unknown[]) => above.length === 0 };
  try {
    for await (const e of readElements((await tree.open(path)) as AsyncIterable<Buffer>, reading, refusals))
      if (e.kind === 'whole') take(e.element);
  } catch (e) {
    if (!isRefusal(e)) throw e;
  }
  return said;
}
