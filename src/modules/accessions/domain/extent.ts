import { MEASURES, type Measure } from '#kernel/accessionWords';
import { Refusal } from '#kernel/errors';

export type Extent = Record<Measure, number>;

/** Of the others there are whole ones alone. */
const IN_PARTS: ReadonlySet<Measure> = new Set(['metres', 'gigabytes']);
const MOST: Readonly<Record<Measure, number>> = {
  volumes: 100_000_000,
  items: 1_000_000_000,
  pages: 2_000_000_000,
  boxes: 100_000_000,
  metres: 1_000_000,
  gigabytes: 1_000_000_000,
};

export const nothing = (): Extent => ({
  volumes: 0, items: 0, pages: 0, boxes: 0, metres: 0, gigabytes: 0,
}); // biome-ignore format: a table

/** To three decimals, so that sums stay what people add up on paper. */
const rounded = (n: number): number => Math.round(n * 1_000) / 1_000;

/**
 * An extent as it was given; what is left out is none.
 *
 * @throws Refusal accession.extent
 */
export function readExtent(given: Partial<Record<Measure, number | null>>): Extent {
  const extent = nothing();
  for (const m of MEASURES) {
    const n = given[m] ?? 0;
    const isFit = Number.isFinite(n) && n >= 0 && n <= MOST[m] && (IN_PARTS.has(m) || Number.isInteger(n));
    if (!isFit)
      throw new Refusal('accession.extent', 'An extent is a number of this size, not below none.', {
        field: m,
        most: MOST[m],
      });
    extent[m] = rounded(n);
  }
  return extent;
}

export const isNothing = (e: Extent): boolean => MEASURES.every((m) => e[m] === 0);

export function sum(parts: readonly Extent[]): Extent {
  const all = nothing();
  for (const part of parts) for (const m of MEASURES) all[m] = rounded(all[m] + part[m]);
  return all;
}

/** What of `whole` is left without `part`; never below none. */
export function without(whole: Extent, part: Extent): Extent {
  const left = nothing();
  for (const m of MEASURES) left[m] = Math.max(0, rounded(whole[m] - part[m]));
  return left;
}

/** Whether a part can be taken from a whole. */
export const holds = (whole: Extent, part: Extent): boolean =>
  MEASURES.every((m) => rounded(whole[m] - part[m]) >= 0);

/**
 * What was promised and has not come. Promised in one measure and come in another can not be compared: only measures that were
 * promised count, and where nothing was promised in figures, whatever came is what was meant.
 */
export function outstanding(promised: Extent, came: Extent): Extent {
  return without(promised, came);
}
