import { codeKey, type ScanCandidate } from '#formats/scan-names';
import type { FittingUnit } from '#modules/holdings';

/** What the name of a scan came to: the unit it belongs to, or why none. */
export type ScanMatch =
  | { state: 'matched'; unitId: string; pageNo: number | null; code?: typeof LOOSE; message?: string }
  | {
      state: 'unmatched';
      unitId: null;
      pageNo: null;
      code: 'scan.noCode' | 'scan.unknownCode' | 'scan.ambiguous';
      message: string;
    };

/** How a matched file is marked whose name leaves out leading zeros; the mark stays when it is taken in. */
export const LOOSE = 'scan.loose';

const unmatched = (
  code: 'scan.noCode' | 'scan.unknownCode' | 'scan.ambiguous',
  message: string,
): ScanMatch => ({
  state: 'unmatched',
  unitId: null,
  pageNo: null,
  code,
  message,
});

/**
 * The likeliest candidate the catalogue knows. The whole name may be a code, so the longest code that is known wins.
 * Undefined when it knows none.
 *
 * @param units ids by candidate code, separators alike
 */
export function exactMatch(
  candidates: readonly ScanCandidate[],
  units: ReadonlyMap<string, readonly string[]>,
): ScanMatch | undefined {
  const best = candidates
    .filter((c) => units.has(c.code))
    .sort((a, b) => codeKey(b.code).length - codeKey(a.code).length)[0];
  if (!best) return undefined;
  const ids = units.get(best.code)!;
  if (ids.length > 1)
    return unmatched('scan.ambiguous', `${ids.length} entries have a code that reads ${best.code}.`);
  return { state: 'matched', unitId: ids[0]!, pageNo: best.page };
}

/**
 * The second choice, for names that leave out leading zeros: taken only when all readings of the name together fit one
 * unit, since `3-1` may be an item of a file or a page of it.
 *
 * @param units by candidate code, separators and leading zeros alike
 */
export function looseMatch(
  candidates: readonly ScanCandidate[],
  units: ReadonlyMap<string, readonly FittingUnit[]>,
): ScanMatch {
  const fitting = candidates.flatMap((c) =>
    (units.get(c.code) ?? []).map((unit) => ({ ...unit, page: c.page, length: codeKey(c.code).length })),
  );
  const codes = new Map(fitting.map((f) => [f.id, f.referenceCode]));
  const best = fitting.sort((a, b) => b.length - a.length)[0];
  if (!best) return unknown(candidates);
  if (codes.size > 1)
    return unmatched(
      'scan.ambiguous',
      `Without leading zeros the name fits several entries: ${[...codes.values()].join(', ')}.`,
    );
  return {
    state: 'matched',
    unitId: best.id,
    pageNo: best.page,
    code: LOOSE,
    message: `The name leaves out leading zeros; ${best.referenceCode} is the only entry it fits.`,
  };
}

function unknown(candidates: readonly ScanCandidate[]): ScanMatch {
  if (candidates.length === 0) return unmatched('scan.noCode', 'No reference code was found in the name.');
  const tried = [...new Set(candidates.map((c) => c.code))].slice(0, 3).join(', ');
  return unmatched('scan.unknownCode', `The catalogue has no entry with the code in the name (${tried}).`);
}
