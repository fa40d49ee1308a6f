import type { Dirent } from 'node:fs';
import { lstat, opendir, readlink } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { createTreeBuilder, type TreeBuilder } from './builder.ts';
import type { TreeLimits } from './limits.ts';
import { FILE, FOLDER } from './nodes.ts';
import { nameText } from './rawNames.ts';
import { treeOf } from './tree.ts';
import type { FileTree } from './types.ts';

const SLASH = Buffer.from('/');
const BATCH = 256;

/** Reads the names of a folder and of all below it; links are never followed, the folder's own path excepted. */
export async function folderTree(path: string, limits: TreeLimits): Promise<FileTree> {
  const root = Buffer.from(resolve(path));
  const built = createTreeBuilder('folder', limits);
  /** Names that are not UTF-8, by their nodes: the path shown is not the path on disk. */
  const rawNames = new Map<number, Buffer>();
  const rawPath = (node: number): Buffer => {
    const steps: Buffer[] = [];
    for (let at = node; at > 0; at = built.nodes.parent(at))
      steps.push(rawNames.get(at) ?? Buffer.from(built.nodes.name(at)), SLASH);
    return Buffer.concat([root, ...steps.reverse()]);
  };
  let unmarked = 0;

  async function read(folder: number): Promise<number[]> {
    const inside: number[] = [];
    const under = folder === 0 ? '' : `${built.nodes.path(folder)}/`;
    const at = rawPath(folder);
    const takeIn = async (entries: readonly Dirent[]) => {
      const full = entries.map((entry) => Buffer.concat([at, SLASH, nameOf(entry)]));
      const sizes = await Promise.all(entries.map((e, i) => (e.isFile() ? sizeOf(full[i] ?? at) : 0)));
      for (const [i, entry] of entries.entries()) {
        const name = nameText(nameOf(entry));
        const node = await take(built, entry, full[i] ?? at, `${under}${name.text}`, sizes[i] ?? 0, root);
        if (node < 0) continue;
        if (name.encoding !== 'utf-8') {
          unmarked++;
          rawNames.set(node, nameOf(entry));
        }
        if (entry.isDirectory()) inside.push(node);
      }
    };
    // Names come as bytes: not all of them are UTF-8.
    let batch: Dirent[] = [];
    for await (const entry of await opendir(at, {
      encoding: 'buffer' as BufferEncoding,
      bufferSize: BATCH,
    })) {
      batch.push(entry);
      if (batch.length < BATCH) continue;
      await takeIn(batch);
      batch = [];
    }
    await takeIn(batch);
    return inside.reverse();
  }

  const waiting = [0];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop())
    for (const inside of await read(folder)) waiting.push(inside);
  if (unmarked > 0)
    built.say(
      'tree.nameEncoding',
      'info',
      '',
      `${unmarked} names are not UTF-8; they were read as GB 18030 where they can be.`,
    );
  return treeOf({
    wrapper: 'folder',
    built,
    source: async (node) => {
      const bytes = built.nodes.bytes(node);
      return {
        name: built.nodes.path(node),
        file: rawPath(node),
        start: 0,
        packed: bytes,
        bytes,
        packing: 'none',
        crc: null,
      };
    },
    close: async () => {},
  });
}

/** The name as the bytes it was asked for, whatever the types say. */
const nameOf = (entry: Dirent): Buffer => Buffer.from(entry.name);
const sizeOf = async (at: Buffer) => (await lstat(at)).size;

async function take(
  built: TreeBuilder,
  entry: Dirent,
  at: Buffer,
  path: string,
  bytes: number,
  root: Buffer,
): Promise<number> {
  if (entry.isDirectory()) return built.put(path, FOLDER, 0, -1);
  if (entry.isFile()) return built.put(path, FILE, bytes, -1);
  if (entry.isSymbolicLink()) {
    built.say('tree.link', 'error', path, await whereTo(at, root));
    return -1;
  }
  built.say(
    'tree.device',
    'error',
    path,
    'It is a device, a pipe or a socket; a package holds files and folders.',
  );
  return -1;
}

async function whereTo(at: Buffer, root: Buffer): Promise<string> {
  const target = await readlink(at, 'utf8').catch(() => '');
  const full = resolve(at.toString(), '..', target);
  const inside = full === root.toString() || full.startsWith(`${root.toString()}${sep}`);
  return inside
    ? 'It is a symbolic link; a package has to hold the file itself.'
    : `It is a symbolic link that points out of the package (to ${target}); it was not followed.`;
}
