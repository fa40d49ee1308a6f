import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileToWrite, MetadataToWrite, ReferenceToWrite } from '#formats/mets';
import type { TreeWriter } from '#formats/tree';
import type { EarkFile, EarkMetadata, EarkPackage, EarkParts } from '../packages.ts';

/** A package under way. */
export interface Put {
  readonly writer: Pick<TreeWriter, 'add' | 'addFolder'>;
  /** Folder for what waits. */
  readonly work: string;
  readonly given: EarkPackage;
  readonly root: string;
  files: number;
  bytes: number;
}

async function* hashed(
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of content) {
    hash.update(piece);
    yield piece;
  }
}

const idOf = (kind: string, path: string) =>
  `ID-${kind}-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;

/** @param folder of the METS document that lists it; the path in the list goes from there */
export async function putFile(put: Put, folder: string, below: string, file: EarkFile): Promise<FileToWrite> {
  const path = `${below}/${file.path}`;
  const hash = createHash('sha256');
  const { bytes } = await put.writer.add({
    path: `${put.root}${folder}${path}`,
    bytes: file.bytes,
    content: hashed(file.content(), hash),
  });
  put.files++;
  put.bytes += bytes;
  return {
    id: idOf('file', `${folder}${path}`),
    path,
    mimeType: file.mimeType ?? 'application/octet-stream',
    size: String(bytes),
    created: (file.created ?? put.given.created).toISOString(),
    checksum: hash.digest('hex'),
    checksumType: 'SHA-256',
    ...(file.ownerId === undefined ? {} : { ownerId: file.ownerId }),
    ...(file.format === undefined ? {} : { format: file.format }),
  };
}

/** Puts a text whose size is not known before: it waits on disk until it is. */
export async function putText(
  put: Put,
  folder: string,
  name: string,
  text: AsyncIterable<string>,
): Promise<FileToWrite> {
  const path = join(put.work, randomUUID());
  const file = await open(path, 'wx');
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const piece of text) {
      const part = Buffer.from(piece);
      hash.update(part);
      bytes += part.length;
      await file.write(part);
    }
  } finally {
    await file.close();
  }
  await put.writer.add({ path: `${put.root}${folder}${name}`, bytes, content: createReadStream(path) });
  put.files++;
  put.bytes += bytes;
  return {
    id: idOf('file', `${folder}${name}`),
    path: name,
    mimeType: 'application/xml',
    size: String(bytes),
    created: put.given.created.toISOString(),
    checksum: hash.digest('hex'),
    checksumType: 'SHA-256',
  };
}

export interface MetadataPut {
  descriptive: Omit<MetadataToWrite, 'kind'>[];
  administrative: MetadataToWrite[];
}

export async function putMetadata(put: Put, parts: EarkParts, folder: string): Promise<MetadataPut> {
  const found: MetadataPut = { descriptive: [], administrative: [] };
  for await (const m of parts.descriptive ?? [])
    found.descriptive.push(await section(put, folder, 'descriptive', 'dmd', m));
  for await (const m of parts.rights ?? [])
    found.administrative.push({
      kind: 'rightsMD',
      ...(await section(put, folder, 'preservation', 'rights', m)),
    });
  for await (const m of parts.preservation ?? [])
    found.administrative.push({
      kind: 'digiprovMD',
      ...(await section(put, folder, 'preservation', 'digiprov', m)),
    });
  return found;
}

async function section(
  put: Put,
  folder: string,
  below: string,
  kind: string,
  m: EarkMetadata,
): Promise<Omit<MetadataToWrite, 'kind'>> {
  const { id: _, ...file } = await putFile(put, folder, `metadata/${below}`, {
    mimeType: 'application/xml',
    ...m,
  });
  const reference: ReferenceToWrite = {
    path: file.path,
    mimeType: file.mimeType,
    size: file.size,
    created: file.created,
    checksum: file.checksum,
    checksumType: file.checksumType,
    metadataType: m.type,
    otherType: m.otherType,
    metadataVersion: m.version,
  };
  return { id: idOf(kind, `${folder}${file.path}`), created: file.created!, status: 'CURRENT', reference };
}
