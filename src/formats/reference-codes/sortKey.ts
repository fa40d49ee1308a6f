import { normaliseReferenceCode } from './normalise.ts';

/** A run of digits as its length and its digits without leading zeros, so that bytes compare as numbers do. */
function numberKey(run: string): string {
  const digits = run.replace(/^0+(?=\d)/, '');
  if (digits.length > 98) return `99${String(digits.length).padStart(9, '0')}${digits}`;
  return String(digits.length).padStart(2, '0') + digits;
}

/**
 * A string that orders reference codes as people do when compared byte by byte (`COLLATE "C"`): digit runs count as
 * numbers, a shorter element comes before a longer one, a parent before its children. Codes that differ only in
 * leading zeros get different keys, next to each other.
 */
export function sortKey(code: string): string {
  const zeros: number[] = [];
  const body = normaliseReferenceCode(code)
    .toUpperCase()
    .replace(/[\u0000-\u001f !]/g, '#')
    .replace(/-/g, ' ')
    .replace(/·/g, '!')
    .replace(/\d+/g, (run) => {
      zeros.push(run.length - run.replace(/^0+(?=\d)/, '').length);
      return numberKey(run);
    });
  return zeros.some((n) => n > 0) ? `${body}\t${zeros.join(' ')}` : body;
}

const SEPARATORS = /[ !"#$%&'()*+,\-./:;<=>?@[\\\]^_`{|}~·、。，：；〈〉《》「」『』【】〔〕—…]+/g;

/**
 * What a reference code and a file name share, for looking up: the sort key without separators and without the note on
 * leading zeros.
 *
 * @param key a sort key
 */
export function matchKey(key: string): string {
  const end = key.indexOf('\t');
  return (end < 0 ? key : key.slice(0, end)).replace(SEPARATORS, '');
}
