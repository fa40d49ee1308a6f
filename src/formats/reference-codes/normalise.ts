const DASHES = /[\u2010-\u2015\u2212\u2500\u30fc\ufe58\ufe63\uff0d_\uff3f]/g;
const DOTS = /[\u2022\u2027\u2219\u22c5\u30fb\uff65\u0387\uff0e.]/g;

/**
 * A reference code with the separators people type brought to the two of the standard (`-` and `·`), full width made
 * half width, outer blanks dropped. For searching and parsing only: the stored code stays as received.
 */
export function normaliseReferenceCode(code: string): string {
  return code.replace(DOTS, '·').normalize('NFKC').replace(DASHES, '-').replace(DOTS, '·').trim();
}

/** What two codes must share to count as the same in a search: the normalised code in upper case. */
export function referenceCodeKey(code: string): string {
  return normaliseReferenceCode(code).replace(/\s+/g, '').toUpperCase();
}
