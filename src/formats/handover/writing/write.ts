import type { NewFile } from '#formats/tree';
import { textElement } from '#formats/xml';
import { multiDigest } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { type CatalogueRule, HANDOVER_2022, type HandoverProfile, plainKey } from '../profile.ts';
import { DIGEST_ROW } from '../validate/digests.ts';
import { encodeText, encodingLabel, type HandoverEncoding } from './encode.ts';

export interface HandoverFileInput {
  readonly name: string;
  readonly bytes: number;
  open(): AsyncIterable<Uint8Array> | Promise<AsyncIterable<Uint8Array>>;
}

export interface HandoverItemInput {
  /** The item's columns by name; 档号 and 题名 at least. 顺序号 and 电子档案名称 are filled in. */
  readonly values: Readonly<Record<string, string>>;
  /** The folders above the item's own, such as `0001/WS/2023`. */
  readonly folder: string;
  /** Further metadata, by the names of DA/T 46. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly files: readonly HandoverFileInput[];
}

export interface HandoverInput {
  /** Default: DA/T 93-2022. */
  readonly profile?: HandoverProfile;
  /** Of catalogue, metadata and explanatory file. Default UTF-8. */
  readonly encoding?: HandoverEncoding;
  /** The explanatory file. What can be counted is filled in where it is left out. */
  readonly note: Readonly<Record<string, string>>;
  /** Asked for several times: the same items in the same order each time. */
  items(): AsyncIterable<HandoverItemInput> | Iterable<HandoverItemInput>;
  /** The register; 移交电子档案数量, 移交数据量 and 数字摘要 are filled in. None is written where it is left out. */
  readonly register?: Readonly<Record<string, string>>;
  /** Of the list of digests. Default SM3. */
  readonly digest?: 'sm3' | 'sha256' | 'sha512';
}

interface Counted {
  items: number;
  bytes: number;
  first: string;
  last: string;
  catalogueBytes: number;
}

/**
 * A handover folder as files to be written (`writeZip`, `writeTar`, a folder's `createTreeWriter`), one after the other; files
 * of items are opened as their turn comes. Memory grows by the digests, some hundred bytes a file.
 *
 * @throws Refusal `handover.unwritable` where the layout would not allow it; before the first file, as far as that can be seen
 */
export async function* handoverFiles(input: HandoverInput): AsyncGenerator<NewFile> {
  const { profile = HANDOVER_2022, encoding = 'utf-8', digest = 'sm3' } = input;
  const rule = profile.catalogues.find((c) => c.level === 'item')!;
  const counted = await count(input, profile, rule, encoding);
  const encode = (text: string) => encodeText(text, encoding, true);
  const digests: FileDigest[] = [];
  const watched = function* (path: string, bytes: Buffer): Generator<NewFile> {
    const all = multiDigest([digest]);
    all.update(bytes);
    digests.push({ path, digest: all.done().digests[digest]!, bytes: bytes.length });
    yield { path, bytes: bytes.length, content: bytes };
  };

  yield* watched(`${profile.note.file}.TXT`, encode(noteText(profile, input.note, counted)));
  const cataloguePath = `${rule.files[0]}.XML`;
  const ofCatalogue = multiDigest([digest]);
  const rows = watching(catalogue(input, profile, rule, encoding), ofCatalogue);
  yield { path: cataloguePath, bytes: counted.catalogueBytes, content: rows };
  const catalogued = ofCatalogue.done();
  digests.push({ path: cataloguePath, digest: catalogued.digests[digest]!, bytes: catalogued.size });
  let recordBytes = 0;
  for await (const item of input.items()) {
    const folder = folderOf(profile, item);
    const metadata = encode(metadataXml(item, encoding));
    recordBytes += metadata.length;
    yield* watched(`${folder}/${profile.metadataName}.XML`, metadata);
    for (const file of item.files) {
      const path = `${folder}/${file.name}`;
      const all = multiDigest([digest]);
      yield { path, bytes: file.bytes, content: watching(await file.open(), all) };
      recordBytes += file.bytes;
      digests.push({ path, digest: all.done().digests[digest]!, bytes: file.bytes });
    }
  }
  const others = profile.others.folder;
  if (input.register) {
    const register = {
      移交电子档案数量: `${counted.items}件`,
      移交数据量: (recordBytes / 2 ** 30).toFixed(3),
      数字摘要: digest.toUpperCase(),
      ...input.register,
    };
    const name = profile.registers[0]!;
    const lines = profile.registerKeys.map(({ name: key }) =>
      element(key, (register as Record<string, string>)[key] ?? ''),
    );
    const extra = Object.entries(register).filter(
      ([key]) => !profile.registerKeys.some((k) => k.name === key),
    );
    for (const [key, value] of extra) lines.push(element(key, value));
    yield { path: `${others}/${name}.XML`, ...bytesOf(encode(xml(name, lines.join(''), encoding))) };
  }
  const list = `${others}/${profile.digestLists[0]!}.XML`;
  let bytes = 0;
  for (const piece of digestList(profile, digests, digest, encoding)) bytes += piece.length;
  yield { path: list, bytes, content: digestList(profile, digests, digest, encoding) };
}

interface FileDigest {
  path: string;
  digest: string;
  bytes: number;
}

/** The list of digests in pieces: as long as there are files, it is never whole in memory. */
function* digestList(
  profile: HandoverProfile,
  digests: readonly FileDigest[],
  algorithm: string,
  encoding: HandoverEncoding,
): Generator<Buffer> {
  const root = profile.digestLists[0]!;
  yield encodeText(
    `<?xml version="1.0" encoding="${encodingLabel(encoding)}"?>\n<${root}>\n`,
    encoding,
    true,
  );
  let gathered = '';
  for (const { path, digest, bytes } of digests) {
    const cells = [
      element('文件路径', path),
      element('数字摘要', digest),
      element('摘要算法', algorithm.toUpperCase()),
      element('字节数', String(bytes)),
    ];
    gathered += `  <${DIGEST_ROW}>${cells.join('')}</${DIGEST_ROW}>\n`;
    if (gathered.length < 64 * 1024) continue;
    yield encodeText(gathered, encoding, false);
    gathered = '';
  }
  yield encodeText(`${gathered}</${root}>\n`, encoding, false);
}

const bytesOf = (content: Buffer) => ({ bytes: content.length, content });

/** Names with marks that no element may have stand without them. */
const element = (name: string, value: string): string => textElement(plainKey(name), value);

function xml(root: string, inner: string, encoding: HandoverEncoding): string {
  return `<?xml version="1.0" encoding="${encodingLabel(encoding)}"?>\n<${root}>\n${inner}</${root}>\n`;
}

async function* watching(
  bytes: AsyncIterable<Uint8Array>,
  all: ReturnType<typeof multiDigest>,
): AsyncGenerator<Uint8Array> {
  for await (const piece of bytes) {
    all.update(piece);
    yield piece;
  }
}

/** Where an item's files go. @throws Refusal `handover.unwritable` */
function folderOf(profile: HandoverProfile, item: HandoverItemInput): string {
  const code = item.values.档号 ?? '';
  if (code === '' || /[/\\\0]/.test(code) || code === '.' || code === '..')
    throw unwritable(`the reference code “${code}” can not be a folder’s name`);
  const above = item.folder === '' ? '' : `${item.folder.replace(/^\/+|\/+$/g, '')}/`;
  return `${profile.records === '' ? '' : `${profile.records}/`}${above}${code}`;
}

function rowXml(
  item: HandoverItemInput,
  number: number,
  profile: HandoverProfile,
  rule: CatalogueRule,
): string {
  const filled: Record<string, string> = {
    顺序号: String(number),
    ...(profile.filesColumn === ''
      ? {}
      : { [profile.filesColumn]: folderOf(profile, item).slice(profile.records.length + 1) }),
    ...item.values,
  };
  const cells = rule.columns.flatMap(({ name, need }) => {
    const value = filled[name];
    if (need === 'must' && (value ?? '').trim() === '') throw unwritable(`row ${number} has no “${name}”`);
    return value === undefined && need === 'may' ? [] : [textElement(name, value ?? '')];
  });
  return `  <${rule.row}>${cells.join('')}</${rule.row}>\n`;
}

async function* catalogue(
  input: HandoverInput,
  profile: HandoverProfile,
  rule: CatalogueRule,
  encoding: HandoverEncoding,
): AsyncGenerator<Buffer> {
  const head = `<?xml version="1.0" encoding="${encodingLabel(encoding)}"?>\n<${rule.root}>\n`;
  yield encodeText(head, encoding, true);
  let number = 0;
  let gathered = '';
  for await (const item of input.items()) {
    gathered += rowXml(item, ++number, profile, rule);
    if (gathered.length < 64 * 1024) continue;
    yield encodeText(gathered, encoding, false);
    gathered = '';
  }
  yield encodeText(`${gathered}</${rule.root}>\n`, encoding, false);
}

/** One reading of all items: what is counted, and the size of the catalogue, which some wrappers have to know before. */
async function count(
  input: HandoverInput,
  profile: HandoverProfile,
  rule: CatalogueRule,
  encoding: HandoverEncoding,
): Promise<Counted> {
  const counted: Counted = { items: 0, bytes: 0, first: '', last: '', catalogueBytes: 0 };
  const codes = new Set<string>();
  for await (const { values, files } of input.items()) {
    const code = values.档号 ?? '';
    if (codes.has(code)) throw unwritable(`the reference code “${code}” stands twice`);
    codes.add(code);
    if (files.length === 0) throw unwritable(`“${code}” has no file`);
    if (counted.items++ === 0) counted.first = code;
    counted.last = code;
    for (const file of files) counted.bytes += file.bytes;
  }
  if (counted.items === 0) throw unwritable('there is no item');
  for await (const piece of catalogue(input, profile, rule, encoding)) counted.catalogueBytes += piece.length;
  return counted;
}

function noteText(
  profile: HandoverProfile,
  given: Readonly<Record<string, string>>,
  counted: Counted,
): string {
  const note: Record<string, string> = {
    ...(profile.id === '2022'
      ? {
          起止档号: counted.items === 1 ? counted.first : `${counted.first}至${counted.last}`,
          档案数量: `${counted.items}件`,
        }
      : {}),
    ...given,
  };
  for (const { name, need } of profile.note.keys)
    if (need === 'must' && (note[name] ?? '').trim() === '')
      throw unwritable(`the explanatory file lacks “${name}”`);
  const keys = [...profile.note.keys.map((k) => k.name).filter((k) => note[k] !== undefined)];
  for (const key of Object.keys(note)) if (!keys.includes(key)) keys.push(key);
  return keys.map((key) => `${key}：${note[key]!.replace(/\s*[\r\n]+\s*/g, ' ')}\r\n`).join('');
}

function metadataXml(item: HandoverItemInput, encoding: HandoverEncoding): string {
  const said = { ...item.values, ...item.metadata };
  const fields = Object.entries(said).filter(([name]) => name !== '顺序号' && name !== '电子档案名称');
  const files = item.files.map(
    (f) => `  <文件>${textElement('计算机文件名', f.name)}${textElement('计算机文件大小', f.bytes)}</文件>\n`,
  );
  const inner = fields.map(([name, value]) => `  ${element(name, value)}\n`).join('') + files.join('');
  return xml('元数据', inner, encoding);
}

function unwritable(why: string): Refusal {
  return new Refusal('handover.unwritable', `The handover folder can not be written: ${why}.`);
}
