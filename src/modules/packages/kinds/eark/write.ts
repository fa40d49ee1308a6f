import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type EarkFile, type EarkMetadata, type EarkPackage, writeEark } from '#formats/eark';
import { createTreeWriter, type NewFile, type TreeWriter } from '#formats/tree';
import type { Consignment } from '../../consignment.ts';
import { createLineParts, linesOnDisk } from '../../lines.ts';
import { createGathering, type Gathering, gatheredFiles } from '../../own/gathering.ts';
import type { Told, WriteOrder } from '../kind.ts';
import { createFindingAid } from './findingAid.ts';
import { ACCESS, LAYOUT, ORIGINALS } from './layout.ts';
import { createPreservation } from './preservation.ts';

/**
 * Writes an E-ARK package, to be submitted elsewhere (SIP) or handed out (DIP): the originals as one representation, a finding
 * aid and PREMIS as its metadata, the complete description as documentation. In a DIP a second representation holds pictures of
 * pages whose originals few programs show.
 */
export async function writeConsignedEark(
  packageType: 'SIP' | 'DIP',
  consignment: Consignment,
  order: WriteOrder,
): Promise<Told> {
  const { scratch, date, name } = order;
  const kind = packageType === 'DIP' ? 'dip' : 'eark';
  await using gathering = await createGathering(consignment, { layout: LAYOUT, kind, scratch, date });
  const ead = join(gathering.folder, 'ead.xml');
  const writing: Writing = {
    consignment,
    gathering,
    aid: await createFindingAid(consignment, ead, date),
    premis: createPreservation(consignment, gathering.folder, date),
    drawn: createLineParts(gathering.folder, 'drawn'),
  };
  const { archive } = consignment;
  const writer = await createTreeWriter(order.target, { wrapper: order.wrapper, modified: date });
  try {
    const given: EarkPackage = {
      id: name,
      label: consignment.title,
      packageType,
      created: date,
      recordStatus: 'NEW',
      software: { name: 'Lantai', version: '1' },
      agents: archive ? agentsOf(archive) : [],
      descriptive: described(writing, ead),
      preservation: preserved(writing),
      documentation: documentation(gathering, order),
      representations: representations(packageType, writing),
    };
    await writeEark(order.wrapper === 'folder' ? withoutRoot(writer, name) : writer, given, gathering.folder);
  } catch (e) {
    await writer.discard();
    throw e;
  }
  await writer.finish();
  return new Map();
}

interface Writing {
  consignment: Consignment;
  gathering: Gathering;
  aid: Awaited<ReturnType<typeof createFindingAid>>;
  premis: ReturnType<typeof createPreservation>;
  /** Entries with content, for the pictures of their pages. */
  drawn: ReturnType<typeof createLineParts>;
}

const agentsOf = ({ code, name }: { code: string; name: string }) =>
  ['ARCHIVIST', 'CREATOR'].map((role) => ({
    role,
    type: 'ORGANIZATION',
    names: [name],
    notes: [{ text: code, type: 'IDENTIFICATIONCODE' }],
  }));

/** A folder is the package itself. */
function withoutRoot(writer: TreeWriter, name: string): Pick<TreeWriter, 'add' | 'addFolder'> {
  const below = (path: string) => path.slice(name.length + 1);
  return {
    add: (file) => writer.add({ ...file, path: below(file.path) }),
    addFolder: (path) => writer.addFolder(below(path)),
  };
}

async function* representations(packageType: 'SIP' | 'DIP', writing: Writing) {
  yield { name: ORIGINALS, data: originals(writing) };
  if (packageType !== 'DIP') return;
  // A representation is there only if something is in it.
  const copies = accessCopies(writing)[Symbol.asyncIterator]();
  const first = await copies.next();
  if (first.done) return;
  async function* all(): AsyncGenerator<EarkFile> {
    yield first.value;
    for (let next = await copies.next(); !next.done; next = await copies.next()) yield next.value;
  }
  yield { name: ACCESS, data: all() };
}

async function* originals({ consignment, gathering, aid, premis, drawn }: Writing): AsyncGenerator<EarkFile> {
  const files = gatheredFiles(consignment, gathering, async (unit, paths) => {
    await aid.add(unit, paths);
    const [first] = paths;
    if (first !== undefined)
      await drawn.add({ key: unit.key, folder: first.slice(0, first.lastIndexOf('/')) });
  });
  for await (const { path, file } of files) {
    await premis.add(path, file);
    yield {
      path,
      bytes: file.bytes,
      mimeType: file.mediaType ?? 'application/octet-stream',
      async *content() {
        yield* (await file.open()) as AsyncIterable<Buffer>;
      },
    };
  }
}

async function* accessCopies({ consignment, gathering, drawn }: Writing): AsyncGenerator<EarkFile> {
  for await (const { key, folder } of linesOnDisk(gathering.folder, await drawn.done()))
    for await (const { name, picture } of consignment.accessCopies?.(String(key)) ?? [])
      yield {
        path: `${String(folder)}/${name}`,
        bytes: picture.length,
        mimeType: 'image/jpeg',
        content: () => [picture],
      };
}

async function* described({ aid }: Writing, ead: string): AsyncGenerator<EarkMetadata> {
  await aid.done();
  yield { ...(await fileAt(ead, 'ead.xml')), type: 'EAD', version: 'EAD3' };
}

async function* preserved({ premis }: Writing): AsyncGenerator<EarkMetadata> {
  for (const path of await premis.done())
    yield { ...(await fileAt(path, basename(path))), type: 'PREMIS', version: '3.0' };
}

async function fileAt(at: string, path: string): Promise<EarkFile> {
  const { size } = await stat(at);
  return { path, bytes: size, content: () => createReadStream(at), mimeType: 'application/xml' };
}

async function* documentation(gathering: Gathering, order: WriteOrder): AsyncGenerator<EarkFile> {
  for await (const file of gathering.sidecar()) yield documented(file);
  await order.whole();
}

function documented({ path, bytes = 0, content = '' }: NewFile): EarkFile {
  const pieces =
    typeof content === 'string' || content instanceof Uint8Array ? [Buffer.from(content)] : content;
  return {
    path: path.slice('documentation/'.length),
    bytes,
    content: () => pieces,
    mimeType: path.endsWith('.xml')
      ? 'application/xml'
      : path.endsWith('.txt')
        ? 'text/plain'
        : 'application/json',
  };
}
