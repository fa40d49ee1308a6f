import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '#kernel/errors';

/** A file of an entry. */
export interface DropFile {
  /** Below the entry, parted by `/`; '' where the entry is a file itself. */
  path: string;
  bytes: number;
  mtimeMs: number;
}

const MOST_FILES = 100_000;
const MOST_DEPTH = 32;

export const badEntry = (why: string, path = ''): Refusal =>
  new Refusal('intake.drop', `This entry of the drop folder can not be used: ${why}`, {
    why: path === '' ? why : `${why}: ${path.slice(0, 200)}`,
  });

/**
 * The files of an entry. Links and whatever else is neither file nor folder are refused and never followed.
 *
 * @throws Refusal intake.drop
 */
export async function walk(root: string): Promise<DropFile[]> {
  const files: DropFile[] = [];
  const top = await lstat(root);
  if (top.isFile()) return [{ path: '', bytes: top.size, mtimeMs: top.mtimeMs }];
  if (!top.isDirectory()) throw badEntry('link');
  await into(root, '', 0, files);
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function into(root: string, below: string, depth: number, files: DropFile[]): Promise<void> {
  if (depth > MOST_DEPTH) throw badEntry('depth', below);
  for await (const item of await opendir(join(root, below))) {
    const path = below === '' ? item.name : `${below}/${item.name}`;
    if (item.name.includes('\ufffd')) throw badEntry('name', path);
    if (files.length >= MOST_FILES) throw badEntry('count');
    if (item.isDirectory()) await into(root, path, depth + 1, files);
    else files.push({ path, ...(await sizeOf(item, join(root, path), path)) });
  }
}

async function sizeOf(item: Dirent, at: string, path: string): Promise<{ bytes: number; mtimeMs: number }> {
  if (!item.isFile()) throw badEntry('link', path);
  const { size, mtimeMs } = await lstat(at);
  return { bytes: size, mtimeMs };
}

/** What tells one state of an entry from another: while it is written to, it changes. */
export const stateOf = (files: readonly DropFile[]): string =>
  files.map((f) => `${f.path}\t${f.bytes}\t${f.mtimeMs}`).join('\n');
