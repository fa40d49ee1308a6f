import { type HandoverFolder, type HandoverItem, readHandover } from '#formats/handover';
import { parseReferenceCode } from '#formats/reference-codes';
import type { FileTree } from '#formats/tree';
import { rowOfNamed } from '#modules/holdings';
import type { ConsignedFile, ConsignedFonds, ConsignedUnit } from '../../consignment.ts';
import { bareFonds, fondsGiven, foreignFile, nothing, titleOf } from '../../foreign/folders.ts';
import type { Arrived, ReadOrder } from '../kind.ts';
import { metadataValues } from './metadata.ts';
import { createVolumes, type Volumes } from './volumes.ts';

const FONDS_NUMBER = /^[A-Z0-9]{1,20}$/;

interface Reading {
  root: FileTree;
  folder: HandoverFolder;
  digest: string;
  fondsOf(item: HandoverItem): string;
  volumes: Volumes;
}

/**
 * A handover folder of somebody else: volumes and items as the catalogues name them, with what their metadata says beside,
 * and an entry for the papers of the handover, so that nothing that came is lost.
 *
 * @throws Refusal ingest.fondsWanted where an item's fonds can not be told; `handover.unreadable`
 */
export async function openForeignHandover(digest: string, order: ReadOrder): Promise<Arrived> {
  const { root, name, fonds: given } = order;
  const folder = await readHandover(root);
  const fondsOf = (item: HandoverItem) =>
    numberInPath(item, folder.profile.records) ??
    parseReferenceCode(item.code).parsed?.slots.fonds ??
    fondsGiven(given);
  const volumes = createVolumes();
  const fonds = new Map<string, ConsignedFonds>();
  const transferrer = folder.note.get('移交单位') || undefined;
  for await (const item of folder.items()) {
    const number = fondsOf(item);
    if (!fonds.has(number)) fonds.set(number, bareFonds(number, transferrer));
    if (item.level === 'volume') volumes.add(item.code);
    else volumes.see(item);
  }
  const reading: Reading = { root, folder, digest, fondsOf, volumes };
  const title = titleOf(folder.note.get('内容描述') || name);
  return {
    consignment: {
      archive: null,
      title,
      async *fonds() {
        yield* fonds.values();
      },
      async *units() {
        const [first] = fonds.keys();
        if (first !== undefined) yield papers(reading, first, title);
        yield* entries(reading);
      },
    },
    own: false,
    digest,
    judge: nothing,
  };
}

/** The fonds that the folders of DA/T 93 begin with. */
function numberInPath({ files }: HandoverItem, records: string): string | undefined {
  if (records !== '') return undefined;
  const [number] = (files[0]?.path ?? '').split('/');
  return number !== undefined && FONDS_NUMBER.test(number) ? number : undefined;
}

/** Explanatory file, catalogues, register, and what else came with the records. */
function papers({ root, folder, digest }: Reading, fonds: string, title: string): ConsignedUnit {
  return {
    key: `${digest} papers`,
    parentKey: null,
    fonds,
    formerCodes: [],
    hasFiles: true,
    row: { level: 'file', title, description: { extra: Object.fromEntries(folder.note) } },
    async *files() {
      for await (const { path, kind, bytes } of root.list(''))
        if (kind === 'file') yield foreignFile(root, path, bytes, undefined);
      const others = root.below(folder.profile.others.folder);
      for await (const { path, kind, bytes } of others.entries())
        if (kind === 'file') yield foreignFile(others, path, bytes, undefined);
    },
    documents: nothing,
  };
}

/** In the order of a tree: a volume, then its items, though a catalogue may have them anywhere. */
async function* entries(reading: Reading): AsyncGenerator<ConsignedUnit> {
  const { folder, volumes } = reading;
  const told = new Set<string>();
  async function* volume(code: string): AsyncGenerator<ConsignedUnit> {
    told.add(code);
    for await (const item of folder.items())
      if (item.level === 'volume') {
        if (item.code === code) yield await unitOf(reading, item, null);
        // Volumes come first.
      } else break;
    if (!volumes.isScattered(code)) return;
    for await (const item of folder.items())
      if (item.level === 'item' && volumes.of(item) === code) yield await unitOf(reading, item, code);
  }
  for await (const item of folder.items()) {
    if (item.level === 'volume') {
      if (!volumes.hasItems(item.code)) yield await unitOf(reading, item, null);
      continue;
    }
    const above = volumes.of(item);
    if (above !== null && !told.has(above)) yield* volume(above);
    if (above === null || !volumes.isScattered(above)) yield await unitOf(reading, item, above);
  }
}

const keyOf = (digest: string, level: string, code: string) => `${digest} ${level} ${code}`;

async function unitOf(reading: Reading, item: HandoverItem, above: string | null): Promise<ConsignedUnit> {
  const { root, digest } = reading;
  const files = filesOf(reading, item);
  const said = new Map(item.values);
  // It counts rows, and names files that are there.
  for (const column of ['顺序号', '电子档案名称']) said.delete(column);
  for (const { path } of item.metadata)
    if (files.some((f) => f.path === path))
      for (const [name, value] of await metadataValues(root, path))
        if (!said.has(name) || said.get(name) === '') said.set(name, value);
  const { row } = rowOfNamed(said);
  return {
    key: keyOf(digest, item.level, item.code),
    formerCodes: [],
    fonds: reading.fondsOf(item),
    parentKey: above === null ? null : keyOf(digest, 'volume', above),
    row: { ...row, level: item.level === 'volume' ? 'file' : 'item' },
    hasFiles: files.length > 0,
    async *files(): AsyncGenerator<ConsignedFile> {
      for (const { path, bytes } of files) yield foreignFile(root, path, bytes, undefined);
    },
    documents: nothing,
  };
}

/** Files of a volume that are not those of its items, which lie in folders of their own below it. */
function filesOf({ volumes }: Reading, { level, code, files }: HandoverItem): HandoverItem['files'] {
  if (level === 'item' || !volumes.hasItems(code)) return files;
  return files.filter(({ path }) => path.split('/').at(-2) === code);
}
