import type { UnitRecord } from '#modules/holdings';
import { numberOf } from './values.ts';

/** A box of files or items of one class: what its spine and its note sheet say (DA/T 22-2015, 6.4 [S:DAC]). */
export interface Box {
  fondsId: string;
  year: string;
  retention: string | null;
  dept: string;
  /** '' where none is given: what has no box yet is one, to be numbered by hand. */
  boxNo: string;
  volumes: boolean;
  first: string;
  last: string;
  count: number;
  /** Null where that of one is not known. */
  pages: number | null;
}

/** Puts entries into their boxes, in the order in which the first of each comes. */
export function collectBoxes(): { add(u: UnitRecord): void; boxes(): Iterable<Box>; readonly count: number } {
  const found = new Map<string, Box>();
  return {
    get count() {
      return found.size;
    },
    boxes: () => found.values(),
    add(u) {
      const { dept = '', boxNo = '' } = u.description;
      const volumes = u.level === 'file';
      const year = u.year === null ? '' : String(u.year);
      const key = JSON.stringify([u.fondsId, year, u.retention, dept, boxNo, volumes]);
      const number = numberOf(u);
      const box = found.get(key);
      if (!box) {
        found.set(key, {
          fondsId: u.fondsId,
          year,
          retention: u.retention,
          dept,
          boxNo,
          volumes,
          first: number,
          last: number,
          count: 1,
          pages: u.pages,
        });
        return;
      }
      box.last = number;
      box.count++;
      box.pages = box.pages === null || u.pages === null ? null : box.pages + u.pages;
    },
  };
}

/** `0001–0032`; one number where there is one. */
export const numbersOf = (box: Pick<Box, 'first' | 'last'>): string =>
  box.first === box.last ? box.first : `${box.first}—${box.last}`;
