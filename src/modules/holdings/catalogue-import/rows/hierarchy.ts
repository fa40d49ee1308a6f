import type { RowKey } from '../types.ts';

/** A row that others may stand under. */
export interface Above {
  key: RowKey;
  fonds: string;
  kind: 'unit' | 'fonds';
  rejected: boolean;
}

export type Place = { above: Above | null } | { missing: true };

/** What a row can be named by from below. */
export interface Names {
  /** Number in the source system. */
  source: string;
  code: string;
  title: string;
}

const AMBIGUOUS = Symbol('two rows bear the name');

/**
 * Follows the hierarchy a file tells: by numbers of its source system (AtoM: legacyId, parentId), by reference codes or titles of
 * what stands above, from sheet to sheet, or by depth (ArchivesSpace: 1, 2, 3 …). Rows above come first, as those systems demand.
 */
export class Hierarchy {
  readonly #bySource = new Map<string, Above>();
  readonly #byCode = new Map<string, Above>();
  readonly #byTitle = new Map<string, Above | typeof AMBIGUOUS>();
  #path: (Above | undefined)[] = [];

  /** Depths begin anew with a sheet. */
  beginSheet(): void {
    this.#path = [];
  }

  /** The row with this number in the source system, else this reference code, else alone with this title. */
  byName(name: string): Place {
    if (name === '') return { above: null };
    const titled = this.#byTitle.get(name);
    const above =
      this.#bySource.get(name) ?? this.#byCode.get(name) ?? (titled === AMBIGUOUS ? undefined : titled);
    return above ? { above } : { missing: true };
  }

  /** Whether another row bears this number of the source system. */
  hasSource(source: string): Above | undefined {
    return this.#bySource.get(source);
  }

  byDepth(depth: number): Place {
    for (let d = Math.min(depth, this.#path.length) - 1; d >= 0; d--) {
      const above = this.#path[d];
      if (above) return { above };
    }
    return { above: null };
  }

  /** @param named whether rows of the file are named from below by more than their depth */
  remember(row: Above, names: Names, depth: number, named: boolean): void {
    if (named) {
      if (names.source !== '' && !this.#bySource.has(names.source)) this.#bySource.set(names.source, row);
      if (names.code !== '') this.#byCode.set(names.code, row);
      if (names.title !== '')
        this.#byTitle.set(names.title, this.#byTitle.has(names.title) ? AMBIGUOUS : row);
    }
    if (depth > 0) {
      this.#path = this.#path.slice(0, depth);
      this.#path[depth] = row;
    }
  }
}
