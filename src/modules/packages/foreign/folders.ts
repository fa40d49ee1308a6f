import type { FileTree } from '#formats/tree';
import { Refusal } from '#kernel/errors';
import type { ConsignedFile, ConsignedFonds, ConsignedUnit, Consignment } from '../consignment.ts';
import type { Arrived } from '../kinds/kind.ts';
import type { Listed } from './listed.ts';

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
  ...{ number, name, dates: null, history: null, custody: null, scope: null, agency: null },
});

export interface FoldersOrder {
  fonds: string;
  /** Of the entry for the package; the row's title says it to people. */
  row: Readonly<Record<string, unknown>> & { title: string };
  digest: string;
  /** Paths of listed files and folders are below it. */
  payload: FileTree;
  listed(path: string): Listed | undefined;
}

/**
 * A package that says nothing of its records but where their files lie: an entry for the package, and below it one for each
 * folder that holds files.
 */
export function arrivedByFolders({ fonds, row, digest, payload, listed }: FoldersOrder): Arrived {
  const top: ConsignedUnit = {
    ...{ key: digest, parentKey: null, fonds, formerCodes: [], hasFiles: false, files: nothing },
    row: { level: 'file', ...row },
    documents: nothing,
  };
  const consignment: Consignment = {
    ...{ archive: null, title: row.title },
    async *fonds() {
      yield bareFonds(fonds);
    },
    async *units() {
      yield top;
      for await (const folder of foldersOf(payload))
        yield {
          ...{ key: `${digest} ${folder}`, parentKey: digest, fonds, formerCodes: [], hasFiles: true },
          row: { level: 'item', title: titleOf(folder || row.title), description: {} },
          files: () => filesIn(payload, folder, listed),
          documents: nothing,
        };
    },
  };
  return { consignment, own: false, digest, judge: nothing };
}

/** Folders that hold files themselves; `''` is the payload. */
async function* foldersOf(payload: FileTree): AsyncGenerator<string> {
  const holds = async (folder: string) => {
    for await (const { kind } of payload.list(folder)) if (kind === 'file') return true;
    return false;
  };
  if (await holds('')) yield '';
  for await (const { kind, path } of payload.entries())
    if (kind === 'folder' && (await holds(path))) yield path;
}

async function* filesIn(
  payload: FileTree,
  folder: string,
  listed: FoldersOrder['listed'],
): AsyncGenerator<ConsignedFile> {
  for await (const { kind, path, bytes } of payload.list(folder))
    if (kind === 'file') yield foreignFile(payload, path, bytes, listed(path));
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
    ...{ name, nameBytes: Buffer.from(name, 'utf8'), mediaType: null, bytes, ending: '' },
    ...{ sha512: null, listed },
    open: () => tree.open(path),
  };
}
