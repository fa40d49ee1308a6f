import { type EepLayer, type EepNode, eepAt, eepsIn, eepValue, readEep, treeSource } from '#formats/eep';
import { createPathTable, type FileTree, type PathTable } from '#formats/tree';
import { rowOfNamed } from '#modules/holdings';
import type { ConsignedFile, ConsignedFonds, ConsignedUnit } from '../../consignment.ts';
import { bareFonds, fondsGiven, foreignFile, nothing, titleOf } from '../../foreign/folders.ts';
import type { Arrived, ReadOrder } from '../kind.ts';
import { createUnpacking, type UnpackedFile, type Unpacking } from './unpacking.ts';

const FONDS_NUMBER = /^[A-Z0-9]{1,20}$/;
/** Of a file that lies beside the EEP, which holds its SHA-256. */
const EXTERNAL = 'sha256-base64Binary';

interface Reading {
  root: FileTree;
  unpacking: Unpacking;
  given: string | null;
  /** Files that EEPs speak of. */
  beside: PathTable;
}

/**
 * EEPs of somebody else: an item for each, described by its outermost layer, with the files of that layer and the EEP itself,
 * whose signatures and former layers are in its bytes. What else lies with them becomes an entry of its own.
 *
 * @throws Refusal ingest.fondsWanted where an EEP names no fonds; `eep.*`
 */
export async function openForeignEeps(order: ReadOrder, digest: string): Promise<Arrived> {
  const { root, scratch, fonds: given, name } = order;
  const reading: Reading = {
    root,
    given,
    beside: createPathTable(),
    unpacking: createUnpacking(root, scratch),
  };
  const fonds = new Map<string, ConsignedFonds>();
  for await (const { name: path } of eepsIn(root)) {
    const layer = await layerOf(root, path);
    const number = fondsOf(reading, layer);
    const source = eepAt(layer.record, '来源');
    const called = eepValue(source, '全宗名称').trim() || eepValue(source, '立档单位名称').trim();
    if (!fonds.has(number)) fonds.set(number, bareFonds(number, called || undefined));
    remember(reading.beside, path);
    for (const beside of externals(layer, path)) remember(reading.beside, beside);
  }
  return {
    consignment: {
      archive: null,
      title: titleOf(name),
      async *fonds() {
        yield* fonds.values();
      },
      async *units() {
        for await (const { name: path } of eepsIn(root)) yield await unitOf(reading, path);
        const [first] = fonds.keys();
        if (first === undefined) return;
        const rest = await restOf(reading, digest, first, name);
        if (rest) yield rest;
      },
    },
    own: false,
    digest,
    judge: nothing,
    close: reading.unpacking.close,
  };
}

const remember = (table: PathTable, path: string) => {
  if (table.find(path) < 0) table.add(path);
};

async function layerOf(root: FileTree, path: string): Promise<EepLayer> {
  const { layers } = await readEep(treeSource(root, path));
  return layers.at(-1)!;
}

function fondsOf({ given }: Reading, { record }: EepLayer): string {
  const number = eepValue(record, '档号', '全宗号').trim();
  return FONDS_NUMBER.test(number) ? number : fondsGiven(given);
}

async function unitOf(reading: Reading, path: string): Promise<ConsignedUnit> {
  const { root } = reading;
  const layer = await layerOf(root, path);
  const sha256 = (await root.digests(path, ['sha256'])).get('sha256') ?? '';
  const { row } = rowOfNamed(valuesOf(layer.record));
  return {
    // The same EEP is the same entry, wherever it lies.
    key: `eep ${sha256}`,
    parentKey: null,
    fonds: fondsOf(reading, layer),
    formerCodes: [],
    row: { ...row, level: 'item' },
    hasFiles: true,
    files: () => filesOf(reading, path, layer),
    documents: nothing,
  };
}

/** Leaves by their names; several of one name are one value. What speaks of files is left to the files. */
function valuesOf(record: EepNode): Map<string, string> {
  const said = new Map<string, string>();
  const take = (node: EepNode) => {
    if (node.name === '文件数据' || node.name === '聚合层次') return;
    const text = node.text?.trim() ?? '';
    const before = said.get(node.name);
    if (text !== '') said.set(node.name, before === undefined ? text : `${before}；${text}`);
    for (const child of node.children ?? []) take(child);
  };
  for (const child of record.children ?? []) take(child);
  return said;
}

const baseName = (name: string) => name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
const besidePath = (eep: string, name: string) =>
  `${eep.slice(0, eep.lastIndexOf('/') + 1)}${baseName(name)}`;

function* externals({ record }: EepLayer, eep: string): Generator<string> {
  for (const document of eepAt(record, '文件数据')?.children ?? [])
    for (const data of document.children ?? [])
      for (const coding of data.children ?? [])
        if (eepValue(coding, '反编码关键字').trim() === EXTERNAL)
          yield besidePath(eep, eepValue(coding, '电子属性', '计算机文件名').trim());
}

async function* filesOf(
  { root, unpacking }: Reading,
  path: string,
  { number, record }: EepLayer,
): AsyncGenerator<ConsignedFile> {
  for (const file of await unpacking.files(path))
    if (file.layer === number)
      yield file.keyword.trim() === EXTERNAL ? await external(root, path, file) : inside(file);
  const bytes = (await root.entry(path))?.bytes ?? 0;
  // Not by the name of its file: the same EEP is the same file, whatever it was renamed to.
  const name = `${baseName(eepValue(record, '电子文件号').trim()) || 'EEP'}.xml`;
  yield { ...foreignFile(root, path, bytes, undefined), name, nameBytes: Buffer.from(name) };
}

function inside({ name: said, number, bytes, sha512, open }: UnpackedFile): ConsignedFile {
  const name = baseName(said.trim()) || String(number);
  return {
    name,
    nameBytes: Buffer.from(name),
    mediaType: null,
    bytes,
    sha512,
    ending: '',
    open: async () => open(),
  };
}

/** The bytes that stand in the EEP are the digest of a file beside it. */
async function external(root: FileTree, eep: string, file: UnpackedFile): Promise<ConsignedFile> {
  const path = besidePath(eep, file.name.trim());
  const entry = await root.entry(path);
  const digest = Buffer.concat(await file.open().toArray()).toString('hex');
  return foreignFile(root, path, entry?.bytes ?? 0, { algorithm: 'sha256', digest });
}

/** What lies with the EEPs and is none, nor spoken of by one. */
async function restOf(
  { root, beside }: Reading,
  digest: string,
  fonds: string,
  title: string,
): Promise<ConsignedUnit | null> {
  async function* files(): AsyncGenerator<ConsignedFile> {
    for await (const { path, kind, bytes } of root.entries())
      if (kind === 'file' && beside.find(path) < 0) yield foreignFile(root, path, bytes, undefined);
  }
  for await (const _ of files())
    return {
      key: `${digest} rest`,
      parentKey: null,
      fonds,
      formerCodes: [],
      hasFiles: true,
      row: { level: 'file', title: titleOf(title), description: {} },
      files,
      documents: nothing,
    };
  return null;
}
