import type { Bag } from '#formats/bagit';
import type { FileTree } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import type { ConsignedFile, ConsignedUnit } from '../../consignment.ts';
import type { Arrived, ReadOrder } from '../kind.ts';

/** More characters than a title may have are cut. */
const TITLE = 500;

/** Labels of bag-info.txt (RFC 8493, 2.2.2) by the elements of an entry they say something of. */
const TITLES = ['external-description', 'external-identifier', 'internal-sender-identifier'];

/**
 * A bag of somebody else: an entry for the bag, and below it one for each folder of the payload that holds files. What
 * bag-info.txt says stays with the entry under its own labels.
 *
 * @throws Refusal ingest.fondsWanted: such a bag names no fonds
 */
export async function openForeignBag(bag: Bag, digest: string, { name, fonds }: ReadOrder): Promise<Arrived> {
  if (fonds === null)
    throw new Refusal(
      'ingest.fondsWanted',
      'The package does not say which fonds its records are of. Name it with --fonds NUMBER.',
    );
  const said = new Map<string, string>();
  for (const [label, value] of bag.info) {
    const before = said.get(label);
    said.set(label, before === undefined ? value : `${before}\n${value}`);
  }
  const titled = TITLES.map((t) => bag.info.find(([label]) => label.toLowerCase() === t)?.[1].trim());
  const title = [...(titled.find((t) => t) ?? name)].slice(0, TITLE).join('');
  const none = async function* () {};
  const top: ConsignedUnit = {
    ...{ key: digest, parentKey: null, fonds, formerCodes: [], hasFiles: false, files: none },
    row: { level: 'file', title, description: said.size > 0 ? { extra: Object.fromEntries(said) } : {} },
    documents: none,
  };
  return {
    consignment: {
      ...{ archive: null, title },
      async *fonds() {
        yield {
          number: fonds,
          name: fonds,
          dates: null,
          history: null,
          custody: null,
          scope: null,
          agency: null,
        };
      },
      async *units() {
        yield top;
        for await (const folder of foldersOf(bag.payload))
          yield {
            ...{ key: `${digest} ${folder}`, parentKey: digest, fonds, formerCodes: [], hasFiles: true },
            row: { level: 'item', title: [...(folder || title)].slice(0, TITLE).join(''), description: {} },
            files: () => filesIn(bag.payload, folder),
            documents: none,
          };
      },
    },
    own: false,
    digest,
    judge: none,
  };
}

/** Folders that hold files themselves; `''` is the payload. */
async function* foldersOf(payload: FileTree): AsyncGenerator<string> {
  const holds = async (folder: string) => {
    for await (const { kind } of payload.list(folder)) if (kind === 'file') return true;
    return false;
  };
  if (await holds('')) yield '';
  for await (const { kind, path } of payload.entries())
    if (kind === 'folder' && (await holds(path))) yield path;
}

async function* filesIn(payload: FileTree, folder: string): AsyncGenerator<ConsignedFile> {
  for await (const { kind, path, bytes } of payload.list(folder)) {
    if (kind !== 'file') continue;
    const name = path.slice(path.lastIndexOf('/') + 1);
    yield {
      ...{ name, nameBytes: Buffer.from(name, 'utf8'), mediaType: null, bytes, ending: '' },
      // The manifests were compared with the bytes; they name other algorithms too.
      sha512: null,
      open: () => payload.open(path),
    };
  }
}
