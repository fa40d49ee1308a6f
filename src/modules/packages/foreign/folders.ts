import type { FileTree } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import type { ConsignedFile, ConsignedFonds, ConsignedUnit, Consignment } from '../consignment.ts';
import type { Arrived } from '../kinds/kind.ts';
import type { Listed } from './listed.ts';
import type { SaidOfFile } from './saidOfFiles.ts';

/** More characters than a title may have are cut. */
const TITLE = 500;

export const titleOf = (text: string): string => [...text].slice(0, TITLE).join('');

export async function* nothing(): AsyncGenerator<never> {}

/** The fonds of records whose package names none. @throws Refusal ingest.fondsWanted */
export function fondsGiven(fonds: string | null): string {
  if (fonds !== null) return fonds;
  throw new Refusal(
    'ingest.fondsWanted',
    'The package does not say which fonds its records are of. Name it with --fonds NUMBER.',
  );
}

export const bareFonds = (number: string, name = number): ConsignedFonds => ({
  number,
  name,
  dates: null,
  history: null,
  custody: null,
  scope: null,
  agency: null,
});

export interface FoldersOrder {
  fonds: string;
  /** Of the entry for the package; the row's title says it to people. */
  row: Readonly<Record<string, unknown>> & { title: string };
  digest: string;
  tree: FileTree;
  listed(path: string): Listed | undefined;
  /** What metadata says of a file beside its digest. */
  said?(path: string): SaidOfFile | undefined;
  /** Files that are the package's own bookkeeping. */
  isLeftOut?(path: string): boolean;
  /** What a folder is called; its path where nothing is said. */
  called?(folder: string): string;
}

/**
 * A package that says nothing of its records but where their files lie: an entry for the package, and below it one for each
 * folder that holds files.
 */
export function arrivedByFolders(order: FoldersOrder): Arrived {
  const { fonds, row, digest, called = (folder) => folder } = order;
  const top: ConsignedUnit = {
    key: digest,
    parentKey: null,
    fonds,
    formerCodes: [],
    hasFiles: false,
    files: nothing,
    row: { level: 'file', ...row },
    documents: nothing,
  };
  const consignment: Consignment = {
    archive: null,
    title: row.title,
    async *fonds() {
      yield bareFonds(fonds);
    },
    async *units() {
      yield top;
      for await (const folder of foldersOf(order))
        yield {
          key: `${digest} ${folder}`,
          parentKey: digest,
          fonds,
          formerCodes: [],
          hasFiles: true,
          row: { level: 'item', title: titleOf(called(folder) || row.title), description: {} },
          files: () => filesIn(order, folder),
          documents: nothing,
        };
    },
  };
  return { consignment, own: false, digest, judge: nothing };
}

/** Folders that hold files themselves; `''` is the root. */
async function* foldersOf(order: FoldersOrder): AsyncGenerator<string> {
  const holds = async (folder: string) => {
    for await (const _ of filesIn(order, folder)) return true;
    return false;
  };
  if (await holds('')) yield '';
  for await (const { kind, path } of order.tree.entries())
    if (kind === 'folder' && (await holds(path))) yield path;
}

async function* filesIn(
  { tree, listed, said, isLeftOut }: FoldersOrder,
  folder: string,
): AsyncGenerator<ConsignedFile> {
  for await (const { kind, path, bytes } of tree.list(folder))
    if (kind === 'file' && !isLeftOut?.(path)) {
      const of = said?.(path);
      yield { ...foreignFile(tree, path, bytes, listed(path)), ...(of ? { said: of } : {}) };
    }
}

/** A file of a package of others. */
export function foreignFile(
  tree: FileTree,
  path: string,
  bytes: number,
  listed: Listed | undefined,
): ConsignedFile {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return {
    name,
    nameBytes: Buffer.from(name, 'utf8'),
    mediaType: null,
    bytes,
    ending: '',
    sha512: null,
    listed,
    open: () => tree.open(path),
  };
}
