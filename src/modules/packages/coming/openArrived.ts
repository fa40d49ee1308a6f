import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileSource, isEep } from '#formats/eep';
import { type FileTree, openTree, type TreeEntry, type TreeLimits } from '#formats/tree';
import { canDigest, type DigestName, digestStream } from '#kernel/checksums';
import { Refusal } from '#kernel/errors';
import { nothing } from '../foreign/folders.ts';

/** Opens what arrived: a folder, ZIP or TAR, or one EEP, which is a file by itself. @throws Refusal tree.* */
export async function openArrived(
  path: string,
  limits: Partial<TreeLimits> | undefined,
  scratch: string,
): Promise<FileTree> {
  if ((await stat(path)).isFile() && (await isEep(fileSource(path)))) return treeOfOne(path);
  return openTree(path, { ...(limits ? { limits } : {}), scratch });
}

/** A single file as the only one of a tree. */
async function treeOfOne(at: string): Promise<FileTree> {
  const { size } = await stat(at);
  const only: TreeEntry = { path: basename(at), kind: 'file', bytes: size };
  const there = (path: string) => {
    if (path !== only.path) throw new Refusal('tree.noSuchFile', `There is no file ${path}.`, { path });
    return createReadStream(at);
  };
  const tree: FileTree = {
    wrapper: 'folder',
    findings: [],
    async *entries() {
      yield only;
    },
    has: async (path) => path === only.path,
    entry: async (path) => (path === only.path ? only : null),
    async *list(folder) {
      if (folder === '') yield only;
    },
    open: async (path) => there(path),
    async digests(path, algorithms) {
      const names = algorithms.filter((a): a is DigestName => canDigest(a));
      const { digests } = await digestStream(there(path), names);
      return new Map(names.map((name) => [name, digests[name] ?? '']));
    },
    below: (folder) => (folder === '' ? tree : EMPTY),
    close: async () => {},
  };
  return tree;
}

const missing = async (path: string): Promise<never> => {
  throw new Refusal('tree.noSuchFile', `There is no file ${path}.`, { path });
};

const EMPTY: FileTree = {
  wrapper: 'folder',
  findings: [],
  entries: nothing,
  list: nothing,
  has: async () => false,
  entry: async () => null,
  open: missing,
  digests: missing,
  below: () => EMPTY,
  close: async () => {},
};
