import { Readable } from 'node:stream';
import { isRefusal, Refusal } from '#kernel/errors';
import { bombMessage, isBomb, megabytes, type TreeBuilder } from './builder.ts';
import { createTreeDigests } from './digests.ts';
import type { TreeLimits } from './limits.ts';
import { FILE, type Nodes } from './nodes.ts';
import { type ByteSource, contentOf } from './source.ts';
import type { FileTree, TreeEntry } from './types.ts';

/** What a wrapper adds to the names it was read into. */
export interface Wrapped {
  readonly wrapper: FileTree['wrapper'];
  readonly built: TreeBuilder;
  /** Where the bytes of a file lie. @throws Refusal why they can not be read */
  source(node: number): Promise<ByteSource>;
  close(): Promise<void>;
}

/** What is found while reading is a finding once, however often it is read. */
function rememberer(built: TreeBuilder): (e: unknown, node: number) => void {
  const said = new Set<string>();
  return (e, node) => {
    if (!isRefusal(e) || e.code === 'tree.noSuchDigest') return;
    const key = `${node} ${e.code}`;
    if (said.has(key) || said.size > 10_000) return;
    said.add(key);
    const path = built.nodes.path(node);
    if (built.findings.all.some((f) => f.code === e.code && f.path === path)) return;
    built.say(e.code, 'error', path, e.message);
  };
}

export function treeOf(wrapped: Wrapped): FileTree {
  const { built } = wrapped;
  const digests = createTreeDigests();
  const remember = rememberer(built);
  let closed: Promise<void> | null = null;
  const close = () => {
    closed ??= digests.close().then(() => wrapped.close());
    return closed;
  };
  const source = async (node: number) => {
    const found = await wrapped.source(node);
    admit(found, built.limits);
    return found;
  };
  const view = (root: number): FileTree => ({
    wrapper: wrapped.wrapper,
    findings: built.findings.all,
    async *entries() {
      if (root >= 0) yield* walk(built.nodes, root);
    },
    has: async (path) => findBelow(built.nodes, root, path) > 0,
    async entry(path) {
      const node = findBelow(built.nodes, root, path);
      return node > 0 ? entryOf(built.nodes, node, path) : null;
    },
    async *list(folder) {
      const at = findBelow(built.nodes, root, folder);
      const under = folder === '' ? '' : `${folder}/`;
      if (at < 0) return;
      for (let node = built.nodes.firstChild(at); node > 0; node = built.nodes.next(node))
        yield entryOf(built.nodes, node, `${under}${built.nodes.name(node)}`);
    },
    async open(path) {
      const node = fileAt(built.nodes, root, path);
      try {
        const found = await source(node);
        return Readable.from(
          remembering(contentOf(found), (e) => remember(e, node)),
          { objectMode: false },
        );
      } catch (e) {
        remember(e, node);
        throw e;
      }
    },
    async digests(path, algorithms) {
      const node = fileAt(built.nodes, root, path);
      try {
        return await digests.of(await source(node), algorithms);
      } catch (e) {
        remember(e, node);
        throw e;
      }
    },
    below: (folder) => view(findBelow(built.nodes, root, folder)),
    close,
  });
  return view(0);
}

/** What is beyond the limits is not read at all. */
function admit({ name, bytes, packed }: ByteSource, limits: TreeLimits): void {
  if (bytes > limits.entryBytes)
    throw new Refusal('tree.entryBytes', `${name} is larger than ${megabytes(limits.entryBytes)}.`, {
      path: name,
    });
  if (isBomb(bytes, packed, limits)) throw new Refusal('tree.ratio', bombMessage(limits), { path: name });
}

async function* remembering(
  pieces: AsyncIterable<Buffer>,
  remember: (e: unknown) => void,
): AsyncGenerator<Buffer> {
  try {
    yield* pieces;
  } catch (e) {
    remember(e);
    throw e;
  }
}

const findBelow = (nodes: Nodes, root: number, path: string) => (root < 0 ? -1 : nodes.find(path, root));

function fileAt(nodes: Nodes, root: number, path: string): number {
  const node = findBelow(nodes, root, path);
  if (node > 0 && nodes.kind(node) === FILE) return node;
  throw new Refusal('tree.noSuchFile', `There is no file ${path}.`, { path });
}

const entryOf = (nodes: Nodes, node: number, path: string): TreeEntry => ({
  path,
  kind: nodes.kind(node) === FILE ? 'file' : 'folder',
  bytes: nodes.bytes(node),
});

/** Depth first without recursion: depth is the sender's to choose. */
function* walk(nodes: Nodes, root: number): Generator<TreeEntry> {
  const above: string[] = [];
  let at = nodes.firstChild(root);
  while (at > 0) {
    const path = `${above.at(-1) ?? ''}${nodes.name(at)}`;
    yield entryOf(nodes, at, path);
    const inside = nodes.firstChild(at);
    if (inside > 0) {
      above.push(`${path}/`);
      at = inside;
      continue;
    }
    while (at !== root && nodes.next(at) < 0) {
      at = nodes.parent(at);
      above.pop();
    }
    at = at === root ? -1 : nodes.next(at);
  }
}
