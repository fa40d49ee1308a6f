import { writeBag } from '#formats/bagit';
import type { NewFile } from '#formats/tree';
import type { Consignment } from '../../consignment.ts';
import { createGathering, type Gathering, gatheredFiles } from '../../own/gathering.ts';
import type { Told, WriteOrder } from '../kind.ts';
import { LAYOUT } from './layout.ts';

/** Writes a bag: the content as payload, a folder an entry, and all that is known of it as tag files. */
export async function writeConsignedBag(consignment: Consignment, order: WriteOrder): Promise<Told> {
  const { scratch, date } = order;
  await using gathering = await createGathering(consignment, { layout: LAYOUT, kind: 'bag', scratch, date });
  let entries = 0;
  await writeBag(order.target, {
    wrapper: order.wrapper,
    name: order.name,
    date,
    scratch: gathering.folder,
    info: [
      ['Source-Organization', consignment.archive?.name ?? ''],
      ['External-Identifier', consignment.title],
      ['Internal-Sender-Description', 'descriptions: metadata/lantai; events and texts: metadata/objects'],
      ['Bag-Software-Agent', 'Lantai'],
    ],
    files: payload(consignment, gathering, () => {
      entries++;
    }),
    tagFiles: tagFiles(gathering, order),
  });
  return new Map(entries > 0 ? [['descriptions', entries]] : []);
}

async function* payload(
  consignment: Consignment,
  gathering: Gathering,
  entry: () => void,
): AsyncGenerator<NewFile> {
  for await (const { path, file } of gatheredFiles(consignment, gathering, entry))
    yield { path, bytes: file.bytes, content: file.whole ?? (await file.open()) };
}

async function* tagFiles(gathering: Gathering, order: WriteOrder): AsyncGenerator<NewFile> {
  yield* gathering.sidecar();
  await order.whole();
}
