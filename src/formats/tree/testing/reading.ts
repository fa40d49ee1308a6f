import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type OpenTreeOptions, openTree } from '../open.ts';
import type { FileTree } from '../types.ts';

export async function everything<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Each file of a tree with its content, folders as null; by path. */
export async function contents(tree: FileTree): Promise<Map<string, Buffer | null>> {
  const found = new Map<string, Buffer | null>();
  for await (const { path, kind } of tree.entries())
    found.set(path, kind === 'file' ? await buffer(await tree.open(path)) : null);
  return found;
}

/** Opens bytes as the file they are, for as long as `look` takes. */
export async function withTree<T>(
  bytes: Uint8Array,
  look: (tree: FileTree) => Promise<T>,
  options: OpenTreeOptions = {},
): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'lantai-tree-'));
  try {
    const path = join(home, 'package');
    await writeFile(path, bytes);
    const tree = await openTree(path, { scratch: join(home, 'scratch'), ...options });
    try {
      return await look(tree);
    } finally {
      await tree.close();
    }
  } finally {
    await rm(home, { recursive: true });
  }
}

/** Code, severity and path of what was found, one a line. */
export const said = (tree: FileTree): string[] =>
  tree.findings.map((f) => `${f.severity} ${f.code} ${f.path}`.trim());
