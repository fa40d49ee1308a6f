import type { Bag } from '#formats/bagit';
import { arrivedByFolders, fondsGiven, titleOf } from '../../foreign/folders.ts';
import { createListedDigests } from '../../foreign/listed.ts';
import type { Arrived, ReadOrder } from '../kind.ts';

/** Labels of bag-info.txt (RFC 8493, 2.2.2) by the elements of an entry they say something of. */
const TITLES = ['external-description', 'external-identifier', 'internal-sender-identifier'];

/** Tag files every bag has; others are records like the payload. */
const BOOKKEEPING = /^(?:bagit|bag-info|package-info|fetch|(?:tag)?manifest-[^/]+)\.txt$/i;

/**
 * A bag of somebody else: an entry for the bag, and below it one for each folder that holds files. What bag-info.txt says
 * stays with the entry under its own labels.
 *
 * @throws Refusal ingest.fondsWanted: such a bag names no fonds
 */
export async function openForeignBag(bag: Bag, digest: string, order: ReadOrder): Promise<Arrived> {
  const fonds = fondsGiven(order.fonds);
  const said = new Map<string, string>();
  for (const [label, value] of bag.info) {
    const before = said.get(label);
    said.set(label, before === undefined ? value : `${before}\n${value}`);
  }
  const titled = TITLES.map((t) => bag.info.find(([label]) => label.toLowerCase() === t)?.[1].trim());
  const listed = createListedDigests();
  for (const algorithm of bag.algorithms)
    for await (const { path, digest: of } of bag.manifest(algorithm)) listed.add(path, algorithm, of);
  return arrivedByFolders({
    fonds,
    digest,
    tree: order.root,
    listed: listed.of,
    isLeftOut: (path) => BOOKKEEPING.test(path),
    called: (folder) => folder.replace(/^data(?:\/|$)/, ''),
    row: {
      title: titleOf(titled.find((t) => t) ?? order.name),
      description: said.size > 0 ? { extra: Object.fromEntries(said) } : {},
    },
  });
}
