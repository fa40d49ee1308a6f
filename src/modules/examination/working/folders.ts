import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Laying, layUploads } from '#kernel/laying';
import type { StagedFile } from '#kernel/staging';

/** Folders of an examination: what was sent, and what has to be unpacked. Nothing of it is ever moved elsewhere. */
export const contentOf = (folder: string, id: string) => join(folder, id, 'content');
export const scratchOf = (folder: string, id: string) => join(folder, id, 'scratch');

/** What is judged. */
export const placeOf = (folder: string, id: string, laying: Pick<Laying, 'root'>) =>
  laying.root === '' ? contentOf(folder, id) : join(contentOf(folder, id), laying.root);

/** Lays the uploads out by their paths; a second time goes on. */
export const lay = (
  folder: string,
  id: string,
  files: readonly StagedFile[],
  laying: Pick<Laying, 'paths'>,
) => layUploads(contentOf(folder, id), files, laying);

/** Removes the folders of an examination. Whoever still lays files out in them is waited for: he stops once he sees it is gone. */
export async function removeAll(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}

/** Ids of the examinations that have folders. */
export async function foldersThere(folder: string): Promise<string[]> {
  return readdir(folder).catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT') return [];
    throw e;
  });
}
