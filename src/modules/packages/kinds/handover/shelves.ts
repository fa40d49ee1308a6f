import type { ConsignedUnit } from '../../consignment.ts';

/** An entry that may be a volume: it is one as soon as an item with content turns up below it. */
export interface Shelf {
  readonly unit: ConsignedUnit;
  /** Where it was written, once it was. */
  placed: { code: string; folder: string } | null;
}

/** Knows, of entries in the order of their tree, in which volume (案卷) each lies. As much is kept as entries stand above one. */
export interface Shelves {
  /** @returns the volume an entry lies in; null for none */
  enter(unit: ConsignedUnit): Shelf | null;
  mayBeVolume(unit: ConsignedUnit): boolean;
  /** No entry follows. */
  leaveAll(): void;
}

/** Files (卷) that hold entries and no content of their own. */
const mayBeVolume = ({ row, hasFiles }: ConsignedUnit) => row.level === 'file' && !hasFiles;

/** @param unused told of entries that might have been volumes and hold none */
export function createShelves(unused: () => void): Shelves {
  const above: { key: string; shelf: Shelf | null }[] = [];
  const leave = () => {
    const left = above.pop();
    if (left?.shelf && !left.shelf.placed) unused();
  };
  return {
    mayBeVolume,
    enter(unit) {
      while (above.length > 0 && above.at(-1)?.key !== unit.parentKey) leave();
      const around = above.findLast(({ shelf }) => shelf !== null)?.shelf ?? null;
      above.push({ key: unit.key, shelf: mayBeVolume(unit) ? { unit, placed: null } : null });
      return around;
    },
    leaveAll() {
      while (above.length > 0) leave();
    },
  };
}
