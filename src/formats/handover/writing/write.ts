import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPathTable, type NewFile } from '#formats/tree';
import { multiDigest } from '#kernel/checksums';
import { type CatalogueRule, HANDOVER_2022, type HandoverProfile } from '../profile.ts';
import { DIGEST_ROW } from '../validate/digests.ts';
import { createFolderDigest, type FolderDigest } from '../validate/folderDigest.ts';
import { encodeText, type HandoverEncoding } from './encode.ts';
import type { HandoverEntryInput, HandoverItemInput, HandoverVolumeInput } from './item.ts';
import {
  type Counted,
  carrierXml,
  digestXml,
  metadataXml,
  noteText,
  registerXml,
  rowXml,
  unwritable,
  xmlHead,
} from './papers.ts';
import { createWaitingDocument, type WaitingDocument } from './waiting.ts';

export interface HandoverInput {
  /** Default: DA/T 93-2022. */
  readonly profile?: HandoverProfile;
  /** Of catalogue, metadata and explanatory file. Default UTF-8. */
  readonly encoding?: HandoverEncoding;
  /** The explanatory file. What can be counted is filled in where it is left out. */
  readonly note: Readonly<Record<string, string>>;
  /** Gone through once, before the items; where there are any, a catalogue of volumes (案卷目录) is written. */
  volumes?(): AsyncIterable<HandoverVolumeInput> | Iterable<HandoverVolumeInput>;
  /** Gone through once. Volumes may stand among them too, each before its items. */
  items(): AsyncIterable<HandoverEntryInput> | Iterable<HandoverEntryInput>;
  /** Further files of the folder 其他, paths below it; asked for when all items were written. */
  others?(): AsyncIterable<NewFile & { bytes: number }>;
  /** The register; 移交电子档案数量, 移交数据量 and 数字摘要 are filled in. None is written where it is left out. */
  readonly register?: Readonly<Record<string, string>>;
  /** Of the list of digests. Default SM3. */
  readonly digest?: 'sm3' | 'sha256' | 'sha512';
  /** Where catalogue and list of digests wait; a folder of the system's where none is named. */
  readonly scratch?: string;
}

/** Where the folder of an item lies. @throws Refusal `handover.unwritable` */
export function handoverFolder(
  item: Pick<HandoverItemInput, 'values' | 'folder'>,
  profile: HandoverProfile = HANDOVER_2022,
  root = profile.records,
): string {
  const code = item.values.档号 ?? '';
  if (code === '' || /[/\\\0]/.test(code) || code === '.' || code === '..')
    throw unwritable(`the reference code “${code}” can not be a folder’s name`);
  const above = item.folder.replace(/^\/+|\/+$/g, '');
  return [root, above, code].filter((step) => step !== '').join('/');
}

/** A folder on its way, with what waits until the records are written. */
interface Writing extends Required<Pick<HandoverInput, 'profile' | 'encoding' | 'digest'>> {
  input: HandoverInput;
  catalogue: WaitingDocument;
  volumes: WaitingDocument;
  digests: WaitingDocument;
  /** Of everything with a digest, where the list speaks of the carrier too. */
  carrier: FolderDigest | undefined;
  counted: Counted;
  encode(text: string, isFirst?: boolean): Buffer;
}

/**
 * A handover folder as files to be written (`writeZip`, `writeTar`, a folder's `createTreeWriter`), one after the other; files
 * of items are opened as their turn comes, and what speaks of all of them follows. Memory grows by the reference codes,
 * of which none may stand twice.
 *
 * @throws Refusal `handover.unwritable` where the layout would not allow it, which may be in the midst of it
 */
export async function* handoverFiles(input: HandoverInput): AsyncGenerator<NewFile> {
  const { profile = HANDOVER_2022, encoding = 'utf-8', digest = 'sm3' } = input;
  const folder = await mkdtemp(join(input.scratch ?? tmpdir(), 'lantai-handover-'));
  const [catalogue, volumes, digests] = await Promise.all(
    ['catalogue', 'volumes', 'digests'].map((name) => createWaitingDocument(join(folder, name))),
  );
  const writing: Writing = {
    input,
    profile,
    encoding,
    digest,
    catalogue: catalogue!,
    volumes: volumes!,
    digests: digests!,
    carrier: input.note.载体编号 ? createFolderDigest(digest, { scratch: folder }) : undefined,
    counted: { items: 0, volumes: 0, bytes: 0, allBytes: 0, first: '', last: '' },
    encode: (text, isFirst = true) => encodeText(text, encoding, isFirst),
  };
  try {
    yield* records(writing);
    yield* papers(writing);
  } finally {
    await writing.carrier?.[Symbol.asyncDispose]();
    for (const waiting of [writing.catalogue, writing.volumes, writing.digests]) await waiting.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is known of the records that were written. */
interface Written {
  /** The folder of each volume by its reference code. */
  readonly volumes: Map<string, string>;
  readonly items: ReturnType<typeof createPathTable>;
}

const ruleOf = (profile: HandoverProfile, level: CatalogueRule['level']): CatalogueRule =>
  profile.catalogues.find((c) => c.level === level)!;

/** A volume's row and metadata. */
async function* volumeOf(
  writing: Writing,
  volume: HandoverVolumeInput,
  { volumes: known }: Written,
): AsyncGenerator<NewFile> {
  const { profile, encoding, volumes, counted, encode } = writing;
  const folder = handoverFolder(volume, profile);
  const code = volume.values.档号 ?? '';
  if (known.has(code)) throw unwritable(`the reference code “${code}” of a volume stands twice`);
  known.set(code, folder);
  const row = rowXml(volume, ++counted.volumes, profile, ruleOf(profile, 'volume'), folder);
  await volumes.add(encode(row, false));
  const metadata = encode(metadataXml({ ...volume, files: [] }, encoding));
  yield* watched(writing, `${folder}/${profile.metadataName}.XML`, metadata.length, [metadata]);
  counted.bytes += metadata.length;
}

/** An item's row, metadata and files. */
async function* itemOf(writing: Writing, item: HandoverItemInput, known: Written): AsyncGenerator<NewFile> {
  const { profile, encoding, catalogue, counted, encode } = writing;
  const code = item.values.档号 ?? '';
  const root = item.volume === undefined ? profile.records : known.volumes.get(item.volume);
  if (root === undefined) throw unwritable(`there is no volume “${item.volume}” for “${code}” to lie in`);
  const folder = handoverFolder(item, profile, root);
  if (known.items.find(code) >= 0) throw unwritable(`the reference code “${code}” stands twice`);
  known.items.add(code);
  if (item.files.length === 0) throw unwritable(`“${code}” has no file`);
  if (counted.items++ === 0) counted.first = code;
  counted.last = code;
  const row = rowXml(item, counted.items, profile, ruleOf(profile, 'item'), folder);
  await catalogue.add(encode(row, false));
  const metadata = encode(metadataXml(item, encoding));
  yield* watched(writing, `${folder}/${profile.metadataName}.XML`, metadata.length, [metadata]);
  counted.bytes += metadata.length;
  for (const file of item.files) {
    yield* watched(writing, `${folder}/${file.name}`, file.bytes, await file.open());
    counted.bytes += file.bytes;
  }
}

async function* records(writing: Writing): AsyncGenerator<NewFile> {
  const { input, profile, encoding, catalogue, volumes, counted, encode } = writing;
  const known: Written = { volumes: new Map(), items: createPathTable() };
  const lists = [
    { level: 'volume', list: volumes },
    { level: 'item', list: catalogue },
  ] as const;
  for (const { level, list } of lists) await list.add(encode(xmlHead(encoding, ruleOf(profile, level).root)));
  for await (const volume of input.volumes?.() ?? []) yield* volumeOf(writing, volume, known);
  for await (const entry of input.items())
    yield* 'level' in entry ? volumeOf(writing, entry, known) : itemOf(writing, entry, known);
  if (counted.items === 0) throw unwritable('there is no item');
  for (const { level, list } of lists) {
    const { root, files } = ruleOf(profile, level);
    await list.add(encode(`</${root}>\n`, false));
    if (level === 'item' || counted.volumes > 0)
      yield* watched(writing, `${files[0]}.XML`, list.bytes, list.content());
  }
}

/** A file, with its digest on the list. */
async function* watched(
  { digest, digests, carrier, counted, encode }: Writing,
  path: string,
  bytes: number,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<NewFile> {
  const all = multiDigest([digest]);
  yield { path, bytes, content: watching(content, all) };
  const found = all.done().digests[digest] ?? '';
  await carrier?.add(path, found);
  counted.allBytes += bytes;
  await digests.add(encode(digestXml(DIGEST_ROW, path, found, digest, bytes), false));
}

async function* watching(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  all: ReturnType<typeof multiDigest>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    all.update(piece);
    yield piece;
  }
}

async function* papers(writing: Writing): AsyncGenerator<NewFile> {
  const { input, profile, encoding, digest, digests, carrier, counted, encode } = writing;
  const others = profile.others.folder;
  const note = encode(noteText(profile, input.note, counted));
  yield* watched(writing, `${profile.note.file}.TXT`, note.length, [note]);
  for await (const { path, bytes, content = '' } of input.others?.() ?? []) {
    const pieces = typeof content === 'string' ? [Buffer.from(content)] : content;
    yield* watched(writing, `${others}/${path}`, bytes, pieces instanceof Uint8Array ? [pieces] : pieces);
  }
  if (input.register) {
    const content = encode(registerXml(profile, input.register, counted, digest, encoding));
    yield { path: `${others}/${profile.registers[0]}.XML`, bytes: content.length, content };
  }
  if (carrier)
    await digests.add(
      encode(carrierXml(DIGEST_ROW, input.note, await carrier.done(), digest, counted), false),
    );
  const root = profile.digestLists[0]!;
  const [head, foot] = [encode(xmlHead(encoding, root)), encode(`</${root}>\n`, false)];
  async function* list() {
    yield head;
    yield* digests.content();
    yield foot;
  }
  yield {
    path: `${others}/${root}.XML`,
    bytes: head.length + digests.bytes + foot.length,
    content: list(),
  };
}
