import { randomInt } from 'node:crypto';

/** Letters and figures that are not taken for one another. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 10;
export const RECOVERY_CODES = 10;

/** A set of one-time codes, `abcde-fghjk`: 49 bits each, kept as keyed digests and tried under throttling. */
export function newRecoveryCodes(): string[] {
  const one = () => Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return Array.from({ length: RECOVERY_CODES }, one).map((c) => `${c.slice(0, 5)}-${c.slice(5)}`);
}

/** A code as it is compared: without hyphens and spaces, in small letters. Undefined: it can not be one. */
export function foldRecoveryCode(text: string): string | undefined {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll(/[\s-]/g, '');
  return folded.length === LENGTH && [...folded].every((c) => ALPHABET.includes(c)) ? folded : undefined;
}
