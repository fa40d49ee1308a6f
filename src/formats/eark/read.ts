import {
  csipAttribute,
  fileOf,
  headerOf,
  isMetadata,
  METS,
  type MetsFile,
  type MetsHeader,
  type MetsMetadata,
  metadataOf,
  readMets,
  resourcePath,
} from '#formats/mets';
import type { FileTree } from '#formats/tree';
import { attributeOf, type ElementEvent, type XmlElement } from '#formats/xml';
import { representationsOf } from './rules/folders.ts';
import { earkRoot } from './validate.ts';

/** A package or representation as its METS document describes it. */
export interface EarkRead {
  identifier: string;
  label: string | null;
  /** Category of the content. */
  type: string | null;
  contentInformationType: string | null;
  profile: string | null;
  header: MetsHeader | null;
  metadata: EarkSection[];
}

export interface EarkSection extends MetsMetadata {
  /** Files it refers to that are there, below the root of the package. */
  paths: string[];
}

export interface EarkListed {
  /** Below the root of the package; null where the file is not there. */
  path: string | null;
  /** Where METS says it is. */
  href: string;
  /** What its group is for: `Documentation`, `Schemas`, `Representations/…`. */
  use: string;
  /** The representation whose document lists it; null for the package's. */
  representation: string | null;
  file: MetsFile;
}

export interface EarkOpened extends EarkRead {
  /** The root of the package. */
  tree: FileTree;
  /** In the order of their folders; those without a METS document are described by the package's. */
  representations: (EarkRead & { name: string; described: boolean })[];
  /** Files as the documents list them, one by one. */
  files(): AsyncGenerator<EarkListed>;
}

const FILES = new Set(['fileSec', 'structMap']);

/**
 * Reads a package: what it says of itself at once, its files as they are asked for. It need not be valid.
 *
 * @throws Refusal `mets.damaged`, `tree.noSuchFile` where there is no METS document to be read
 */
export async function readEark(tree: FileTree, name?: string): Promise<EarkOpened> {
  const { root } = await earkRoot(tree, name);
  const representations: EarkOpened['representations'] = [];
  for (const each of await representationsOf(root)) {
    const folder = `representations/${each}/`;
    const described = await root.has(`${folder}METS.xml`);
    const read = described ? await readHead(root, folder) : { ...NOTHING, identifier: each, metadata: [] };
    representations.push({ ...read, name: each, described });
  }
  return {
    ...(await readHead(root, '')),
    tree: root,
    representations,
    async *files() {
      yield* filesOf(root, '', null);
      for (const r of representations)
        if (r.described) yield* filesOf(root, `representations/${r.name}/`, r.name);
    },
  };
}

const NOTHING = {
  identifier: '',
  label: null,
  type: null,
  contentInformationType: null,
  profile: null,
  header: null,
};

/** What stands before the files. */
async function readHead(root: FileTree, folder: string): Promise<EarkRead> {
  const read: EarkRead = { ...NOTHING, metadata: [] };
  for await (const e of events(root, folder)) {
    if (e.kind === 'stray' || e.kind === 'close' || e.element.space !== METS) continue;
    const { element } = e;
    if (FILES.has(element.name)) break;
    if (element.name === 'mets') takeRoot(read, element);
    else if (element.name === 'metsHdr') read.header = headerOf(element);
    else if (isMetadata(element)) {
      const section = metadataOf(element);
      const paths = await Promise.all(section.references.map((r) => lies(root, folder, r.href ?? '')));
      read.metadata.push({ ...section, paths: paths.filter((p) => p !== null) });
    }
  }
  return read;
}

async function* events(root: FileTree, folder: string): AsyncGenerator<ElementEvent> {
  yield* readMets(await root.open(`${folder}METS.xml`));
}

function takeRoot(read: EarkRead, e: XmlElement): void {
  read.identifier = attributeOf(e, 'OBJID') ?? '';
  read.label = attributeOf(e, 'LABEL') ?? null;
  read.type = csipAttribute(e, 'OTHERTYPE') ?? attributeOf(e, 'TYPE') ?? null;
  read.profile = attributeOf(e, 'PROFILE') ?? null;
  read.contentInformationType =
    csipAttribute(e, 'OTHERCONTENTINFORMATIONTYPE') ?? csipAttribute(e, 'CONTENTINFORMATIONTYPE') ?? null;
}

async function* filesOf(
  root: FileTree,
  folder: string,
  representation: string | null,
): AsyncGenerator<EarkListed> {
  const uses: string[] = [];
  for await (const e of events(root, folder)) {
    if (e.kind === 'stray' || e.element.space !== METS) continue;
    const { element } = e;
    if (element.name === 'structMap') break;
    if (element.name === 'fileGrp')
      if (e.kind === 'open') uses.push(attributeOf(element, 'USE') ?? uses.at(-1) ?? '');
      else uses.pop();
    if (element.name !== 'file' || e.kind !== 'whole') continue;
    const file = fileOf(element);
    const href = file.locations[0]?.href ?? '';
    yield { path: await lies(root, folder, href), href, use: uses.at(-1) ?? '', representation, file };
  }
}

async function lies(root: FileTree, folder: string, href: string): Promise<string | null> {
  for (const path of resourcePath(href)) {
    const below = `${folder}${path}`;
    if ((await root.entry(below))?.kind === 'file') return below;
  }
  return null;
}
