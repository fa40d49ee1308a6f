/**
 * What a reference code and a file name must share to be the same code: letters, digits and characters in order, every
 * separator alike. File systems and people write `·` as `.`, `_`, `-`, a blank or nothing standard; full width, Unicode
 * normal form and letter case differ. Compare keys with keys; two codes with one key are ambiguous.
 */
export function codeKey(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}
