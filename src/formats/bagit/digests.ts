import type { FileTree, FindingList } from '#formats/tree';
import { isRefusal, messageOf } from '#kernel/errors';
import type { Inventory } from './inventory.ts';
import type { ManifestFile } from './manifest.ts';

/** Files read at once: the next wait while threads count. */
const AT_ONCE = 6;

/** Reads every listed file that is there and compares its digests with those of all manifests at once. */
export async function compareDigests(
  tree: FileTree,
  inventory: Inventory,
  manifests: readonly ManifestFile[],
  findings: FindingList,
): Promise<void> {
  const known = manifests.map((m, column) => ({ ...m, column })).filter((m) => m.known);
  let row = 0;
  const compare = async (at: number) => {
    const wanted = known.filter((m) => inventory.lists(at, m.column));
    if (wanted.length === 0 || !inventory.isPresent(at)) return;
    const path = inventory.table.path(at);
    try {
      const digests = await tree.digests(
        path,
        wanted.map((m) => m.algorithm),
      );
      for (const m of wanted) {
        const said = inventory.digest(at, m.column);
        if (digests.get(m.algorithm) !== said)
          findings.add(
            'bag.digest',
            'error',
            path,
            `Its ${m.algorithm} digest is not the one in ${m.path}: the file was changed.`,
          );
      }
    } catch (e) {
      if (!isRefusal(e) && !(e instanceof Error && 'syscall' in e)) throw e;
      findings.add('bag.unreadable', 'error', path, messageOf(e));
    }
  };
  const go = async () => {
    while (row < inventory.table.count) await compare(row++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, go));
}
