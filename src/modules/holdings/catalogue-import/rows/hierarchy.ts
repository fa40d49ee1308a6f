import type { RowKey } from '../types.ts';

/** A row that others may stand under. */
export interface Above {
  key: RowKey;
  fonds: string;
  kind: 'unit' | 'fonds';
  rejected: boolean;
}

export type Place = { above: Above | null } | { missing: true };

/**
 * Follows the hierarchy a file tells by numbers of its source system (AtoM: legacyId, parentId) or by depth
 * (ArchivesSpace: 1, 2, 3 …). Rows above come first, as both systems demand.
 */
export class Hierarchy {
  readonly #bySource = new Map<string, Above>();
  #path: (Above | undefined)[] = [];

  bySource(parent: string): Place {
    if (parent === '') return { above: null };
    const above = this.#bySource.get(parent);
    return above ? { above } : { missing: true };
  }

  byDepth(depth: number): Place {
    for (let d = Math.min(depth, this.#path.length) - 1; d >= 0; d--) {
      const above = this.#path[d];
      if (above) return { above };
    }
    return { above: null };
  }

  remember(row: Above, source: string, depth: number): void {
    if (source !== '') this.#bySource.set(source, row);
    if (depth > 0) {
      this.#path = this.#path.slice(0, depth);
      this.#path[depth] = row;
    }
  }
}
