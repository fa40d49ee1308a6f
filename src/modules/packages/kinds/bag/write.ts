import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeBag } from '#formats/bagit';
import type { NewFile } from '#formats/tree';
import type { ConsignedUnit, Consignment } from '../../consignment.ts';
import { createLineParts, jsonLines } from '../../lines.ts';
import type { WriteOrder } from '../kind.ts';
import { DOCUMENTS, FORMAT, FORMAT_VERSION, fileName, folderOf, LISTS, PACKAGE } from './names.ts';

/**
 * Writes a bag: the content as payload, a folder an entry, and all that is known of it as tag files. Entries are gone through
 * once; what is to be written after the payload waits on the disk.
 */
export async function writeConsignedBag(consignment: Consignment, order: WriteOrder): Promise<void> {
  await mkdir(order.scratch, { recursive: true });
  const folder = await mkdtemp(join(order.scratch, 'package-export-'));
  try {
    const waiting = createWaiting(folder);
    await writeBag(order.target, {
      ...{ wrapper: order.wrapper, name: order.name, date: order.date, scratch: folder },
      info: [
        ['Source-Organization', consignment.archive?.name ?? ''],
        ['External-Identifier', consignment.title],
        ['Internal-Sender-Description', 'descriptions: metadata/lantai; events and texts: metadata/objects'],
        ['Bag-Software-Agent', 'Lantai'],
      ],
      files: payload(consignment, waiting),
      tagFiles: tagFiles(consignment, waiting, order),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Waiting = ReturnType<typeof createWaiting>;

function createWaiting(folder: string) {
  return {
    folder,
    fonds: createLineParts(folder, 'fonds'),
    units: createLineParts(folder, 'units'),
    files: createLineParts(folder, 'files'),
    documents: createLineParts(folder, 'documents'),
  };
}

async function* payload(consignment: Consignment, waiting: Waiting): AsyncGenerator<NewFile> {
  let documents = 0;
  for await (const unit of consignment.units()) {
    const { key, parentKey, fonds, row, formerCodes } = unit;
    const place = folderOf(key, fonds, row.reference_code);
    await waiting.units.add({ key, parent: parentKey, fonds, row, formerCodes });
    let ordinal = 0;
    for await (const file of unit.files()) {
      const path = `${place}/${fileName(++ordinal, file.ending)}`;
      const { name, mediaType, bytes, sha512 } = file;
      const exact = Buffer.from(name, 'utf8').equals(file.nameBytes);
      const nameBytes = exact ? {} : { nameBytes: file.nameBytes.toString('base64') };
      await waiting.files.add({ unit: key, path, name, ...nameBytes, mediaType, bytes, sha512 });
      yield { path, bytes, content: await file.open() };
    }
    documents += await keepDocuments(unit, place, waiting, documents);
  }
}

/** Small files about an entry, put aside as they are while the payload is written. */
async function keepDocuments(
  unit: ConsignedUnit,
  place: string,
  waiting: Waiting,
  from: number,
): Promise<number> {
  let n = 0;
  for await (const { path, open } of unit.documents()) {
    const aside = join(waiting.folder, `d${Math.floor((from + n) / 1_000)}`);
    await mkdir(aside, { recursive: true });
    const at = join(aside, String((from + n) % 1_000));
    await pipeline(await open(), createWriteStream(at));
    await waiting.documents.add({ path: `${DOCUMENTS}/${place}/${path}`, at });
    n++;
  }
  return n;
}

async function* tagFiles(
  consignment: Consignment,
  waiting: Waiting,
  order: WriteOrder,
): AsyncGenerator<NewFile> {
  for await (const fonds of consignment.fonds()) await waiting.fonds.add(fonds);
  const lists: string[] = [];
  for (const list of [waiting.fonds, waiting.units, waiting.files]) lists.push(...(await list.done()));
  const about = {
    ...{ format: FORMAT, version: FORMAT_VERSION, made: order.date.toISOString() },
    ...{ archive: consignment.archive, title: consignment.title, lists },
  };
  yield { path: PACKAGE, content: `${JSON.stringify(about, null, 2)}\n` };
  for (const list of lists) yield await fromDisk(`${LISTS}/${list}`, join(waiting.folder, list));
  for (const list of await waiting.documents.done())
    for await (const line of jsonLines(createReadStream(join(waiting.folder, list))))
      yield await fromDisk(String(line.path), String(line.at));
  await order.whole();
}

async function fromDisk(path: string, at: string): Promise<NewFile> {
  const { size } = await stat(at);
  return { path, bytes: size, content: createReadStream(at) as AsyncIterable<Buffer> };
}
