import { copyFile, link, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refusal } from './errors.ts';
import type { StagedFile } from './staging.ts';

/** Of the usual file systems. */
const LONGEST_NAME = 255;
const LONGEST_PATH = 3_000;

export interface Arrival {
  readonly name: string;
  /** Path inside the chosen folder, where a folder was sent. */
  readonly relativePath: string | null;
}

/** How what was sent is laid out in a folder of its own. */
export interface Laying {
  readonly form: 'file' | 'folder';
  /** For people: the file's name, or the folder's. */
  readonly name: string;
  /** Where to judge, below the folder: the file, the one folder on top, or `''` for all of it. */
  readonly root: string;
  /** A path below the folder for each that was sent, in order; `/` between names. */
  readonly paths: readonly string[];
}

/**
 * Where each file sent comes to lie. A path that would lead elsewhere, or that no file system takes, is refused: nothing
 * is put right in secret, since what is judged is what was sent.
 *
 * @throws Refusal `upload.badPath` with the path, `upload.samePath`
 */
export function layOut(arrivals: readonly Arrival[], unnamed = 'files'): Laying {
  const paths = arrivals.map(({ name, relativePath }) => demandPath(relativePath ?? name));
  const [only] = paths;
  if (only !== undefined && paths.length === 1 && !only.includes('/'))
    return { form: 'file', name: only, root: only, paths };
  demandApart(paths);
  const top = only?.split('/')[0] ?? '';
  const wrapped = top !== '' && paths.every((p) => p.startsWith(`${top}/`));
  return { form: 'folder', name: wrapped ? top : unnamed, root: wrapped ? top : '', paths };
}

function demandPath(path: string): string {
  const names = path.split('/');
  const bad = (name: string) =>
    name === '' || name === '.' || name === '..' || Buffer.byteLength(name) > LONGEST_NAME;
  if (names.some(bad) || /[\u0000-\u001f\u007f\\]/.test(path) || Buffer.byteLength(path) > LONGEST_PATH)
    throw new Refusal(
      'upload.badPath',
      'The path of a file that was sent can not be used: it leads elsewhere, is too long, or holds characters no name may hold.',
      { path: path.slice(0, 200) },
    );
  return path;
}

/** No path twice, and none that is a file here and a folder there. */
function demandApart(paths: readonly string[]): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  const same = (path: string) =>
    new Refusal('upload.samePath', 'Two of the files that were sent have the same path.', {
      path: path.slice(0, 200),
    });
  for (const path of paths) {
    if (files.has(path)) throw same(path);
    files.add(path);
    for (let i = path.indexOf('/'); i !== -1; i = path.indexOf('/', i + 1)) folders.add(path.slice(0, i));
  }
  for (const path of files) if (folders.has(path)) throw same(path);
}

/**
 * Lays uploads out in a folder by their paths; a second time goes on. The uploads stay: they are removed once this is written down.
 */
export async function layUploads(
  content: string,
  files: readonly Pick<StagedFile, 'path'>[],
  { paths }: Pick<Laying, 'paths'>,
): Promise<void> {
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
