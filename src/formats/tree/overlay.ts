import type { FileTree, TreeEntry } from './types.ts';

/**
 * One tree with the files of another put in where it has none of that name. Closing it closes both.
 *
 * @param added its findings are not told
 */
export function overlayTree(base: FileTree, added: FileTree): FileTree {
  const entry = async (path: string) => (await base.entry(path)) ?? added.entry(path);
  const holding = async (path: string) => ((await base.entry(path)) === null ? added : base);
  async function* inAddition(found: AsyncIterable<TreeEntry>): AsyncGenerator<TreeEntry> {
    for await (const one of found) if ((await base.entry(one.path)) === null) yield one;
  }
  return {
    wrapper: base.wrapper,
    findings: base.findings,
    async *entries() {
      yield* base.entries();
      yield* inAddition(added.entries());
    },
    has: async (path) => (await entry(path)) !== null,
    entry,
    async *list(folder) {
      yield* base.list(folder);
      yield* inAddition(added.list(folder));
    },
    open: async (path) => (await holding(path)).open(path),
    digests: async (path, algorithms) => (await holding(path)).digests(path, algorithms),
    below: (folder) => overlayTree(base.below(folder), added.below(folder)),
    async close() {
      await base.close();
      await added.close();
    },
  };
}
