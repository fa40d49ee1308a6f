import type { HandoverItem } from '#formats/handover';

/** Which volume items belong to, and whether a catalogue has them side by side. A name of some bytes a volume is kept. */
export interface Volumes {
  add(code: string): void;
  /** An item, in the order of the catalogue. */
  see(item: HandoverItem): void;
  /** The volume of an item, by the folders it lies in or by its reference code; null for none. */
  of(item: Pick<HandoverItem, 'code' | 'files'>): string | null;
  hasItems(code: string): boolean;
  /** Items of others stand among its own. */
  isScattered(code: string): boolean;
}

export function createVolumes(): Volumes {
  /** How often its items begin anew. */
  const runs = new Map<string, number>();
  let last: string | null = null;
  const of: Volumes['of'] = ({ code, files }) => {
    if (runs.size === 0) return null;
    const folders = (files[0]?.path ?? '').split('/').slice(0, -1);
    const around = folders.findLast((folder) => folder !== code && runs.has(folder));
    if (around !== undefined) return around;
    for (let at = code.length - 1; at > 0; at--)
      if (/[-·.]/.test(code[at] ?? '') && runs.has(code.slice(0, at))) return code.slice(0, at);
    return null;
  };
  return {
    of,
    add: (code) => void runs.set(code, 0),
    see(item) {
      const above = of(item);
      if (above !== null && above !== last) runs.set(above, (runs.get(above) ?? 0) + 1);
      last = above;
    },
    hasItems: (code) => (runs.get(code) ?? 0) > 0,
    isScattered: (code) => (runs.get(code) ?? 0) > 1,
  };
}
