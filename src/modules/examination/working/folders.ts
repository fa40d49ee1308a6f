import { copyFile, link, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { StagedFile } from '#kernel/staging';
import type { Laying } from '../domain/laying.ts';

/** Folders of an examination: what was sent, and what has to be unpacked. Nothing of it is ever moved elsewhere. */
export const contentOf = (folder: string, id: string) => join(folder, id, 'content');
export const scratchOf = (folder: string, id: string) => join(folder, id, 'scratch');

/** What is judged. */
export const placeOf = (folder: string, id: string, laying: Pick<Laying, 'root'>) =>
  laying.root === '' ? contentOf(folder, id) : join(contentOf(folder, id), laying.root);

/**
 * Lays the uploads out by their paths; a second time goes on. The uploads stay: they are removed once this is written down.
 */
export async function lay(
  folder: string,
  id: string,
  files: readonly StagedFile[],
  { paths }: Pick<Laying, 'paths'>,
): Promise<void> {
  const content = contentOf(folder, id);
  await mkdir(content, { recursive: true, mode: 0o700 });
  for (const [i, file] of files.entries()) {
    const target = join(content, paths[i]!);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await place(file.path, target);
  }
}

/** By a second name where the file system has such, else by a copy. */
async function place(from: string, target: string): Promise<void> {
  try {
    await link(from, target);
  } catch (e) {
    const code = e instanceof Error && 'code' in e ? e.code : '';
    if (code === 'EEXIST') {
      const [a, b] = await Promise.all([stat(from), stat(target)]);
      if (a.ino === b.ino && a.dev === b.dev) return;
      // A copy that may have been broken off.
      await rm(target);
      await copyFile(from, target);
      return;
    }
    if (code !== 'EPERM' && code !== 'EXDEV' && code !== 'ENOTSUP' && code !== 'EMLINK') throw e;
    await copyFile(from, target);
  }
}

export async function removeAll(folder: string, id: string): Promise<void> {
  await rm(join(folder, id), { recursive: true, force: true });
}

/** Ids of the examinations that have folders. */
export async function foldersThere(folder: string): Promise<string[]> {
  return readdir(folder).catch((e: NodeJS.ErrnoException) => {
    if (e.code === 'ENOENT') return [];
    throw e;
  });
}
