import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewFile } from '#formats/tree';
import type { ConsignedFile, ConsignedUnit, Consignment } from '../consignment.ts';
import { createLineParts, linesOnDisk } from '../lines.ts';
import { openDocumentSpool } from './documentSpool.ts';
import { FORMAT, FORMAT_VERSION, fileName, folderOf, type OwnLayout } from './format.ts';

/**
 * Gathers the complete description of a consignment while its content is written. Entries are gone through once; what is to be
 * written after the content waits on the disk.
 */
export interface Gathering {
  /** A folder for what else waits. */
  readonly folder: string;
  /** Notes an entry. @returns the folder for its files, below that of all content */
  unit(unit: ConsignedUnit): Promise<string>;
  /** Notes a file of the entry noted last. @param path where it lies, as the kind finds it again */
  file(unit: ConsignedUnit, path: string, file: ConsignedFile): Promise<void>;
  /** Puts aside what is kept about the entry noted last. */
  documents(unit: ConsignedUnit): Promise<void>;
  /** The description, when all content was written. */
  sidecar(): AsyncGenerator<NewFile>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface GatheringOrder {
  layout: OwnLayout;
  kind: string;
  scratch: string;
  date: Date;
}

export async function createGathering(consignment: Consignment, order: GatheringOrder): Promise<Gathering> {
  await mkdir(order.scratch, { recursive: true });
  const folder = await mkdtemp(join(order.scratch, 'package-export-'));
  const { layout } = order;
  const of = (name: string) => createLineParts(folder, name);
  const [fonds, units, files, documents] = [of('fonds'), of('units'), of('files'), of('documents')];
  const spool = await openDocumentSpool(join(folder, 'documents.bin'));
  let place = '';
  return {
    folder,
    async unit({ key, parentKey, fonds: number, row, formerCodes, hasFiles }) {
      place = folderOf(key, number, row.reference_code);
      const where = hasFiles ? { folder: place } : {};
      await units.add({ key, parent: parentKey, fonds: number, ...where, row, formerCodes });
      return place;
    },
    async file({ key }, path, { name, nameBytes, mediaType, bytes, sha512 }) {
      const exact = Buffer.from(name, 'utf8').equals(nameBytes);
      const written = exact ? {} : { nameBytes: nameBytes.toString('base64') };
      await files.add({ unit: key, path, name, ...written, mediaType, bytes, sha512 });
    },
    async documents(unit) {
      for await (const { path, open, whole } of unit.documents()) {
        const kept = await spool.keep(whole ?? (await open()));
        await documents.add({ path: `${layout.documents}/${place}/${path}`, ...kept });
      }
    },
    async *sidecar() {
      for await (const f of consignment.fonds()) await fonds.add(f);
      const lists: string[] = [];
      for (const list of [fonds, units, files]) lists.push(...(await list.done()));
      const about = {
        format: FORMAT,
        version: FORMAT_VERSION,
        kind: order.kind,
        made: order.date.toISOString(),
        archive: consignment.archive,
        title: consignment.title,
        lists,
      };
      yield textFile(layout.about, `${JSON.stringify(about, null, 2)}\n`);
      for (const list of lists) yield await fileOnDisk(`${layout.lists}/${list}`, join(folder, list));
      for await (const { path, at, bytes } of linesOnDisk(folder, await documents.done())) {
        const kept = { at: Number(at), bytes: Number(bytes) };
        yield { path: String(path), bytes: kept.bytes, content: await spool.read(kept) };
      }
    },
    async [Symbol.asyncDispose]() {
      await spool.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface GatheredFile {
  /** `J019/code_id/0001.tif` */
  path: string;
  file: ConsignedFile;
}

/** The content of all entries, file by file, noted as it goes by; what a kind has to say of an entry it says to `entry`. */
export async function* gatheredFiles(
  consignment: Consignment,
  gathering: Gathering,
  entry: (unit: ConsignedUnit, paths: readonly string[]) => Promise<void> | void = () => {},
): AsyncGenerator<GatheredFile> {
  for await (const unit of consignment.units()) {
    const place = await gathering.unit(unit);
    const paths: string[] = [];
    for await (const file of unit.files()) {
      const path = `${place}/${fileName(paths.length + 1, file.ending)}`;
      paths.push(path);
      await gathering.file(unit, path, file);
      yield { path, file };
    }
    await gathering.documents(unit);
    await entry(unit, paths);
  }
}

export function textFile(path: string, text: string): NewFile & { bytes: number } {
  const content = Buffer.from(text);
  return { path, bytes: content.length, content };
}

export async function fileOnDisk(path: string, at: string): Promise<NewFile & { bytes: number }> {
  const { size } = await stat(at);
  return { path, bytes: size, content: createReadStream(at) as AsyncIterable<Buffer> };
}
