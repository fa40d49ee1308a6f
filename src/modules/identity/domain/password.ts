import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '#kernel/errors';
import { isObvious } from './obvious-password.ts';

// OWASP ASVS 5.0, 11.4: argon2id with 19 MiB, 2 passes (the library's algorithm default is argon2id).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 256;

/** At least 10 characters, at most 256; not the user name, not obvious; no composition rules (ASVS 5.0, 6.2). */
export function checkPassword(password: string, username: string): void {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
    throw new Refusal('password.length', 'A password has 10 to 256 characters.', {
      min: SHORTEST_PASSWORD,
      max: LONGEST_PASSWORD,
      field: 'password',
    });
  }
  if (password.toLowerCase().includes(username.toLowerCase()) || isObvious(password)) {
    throw new Refusal(
      'password.guessable',
      'This password is one of those tried first: a common word, a run of keys, or your user name. Take a few words that nobody else would put together.',
      { field: 'password' },
    );
  }
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

let decoy: Promise<string> | undefined;

/** Compares; where there is no such account it takes as long as where there is. */
export async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  // Nobody has a longer one; hashing it would only cost time.
  const given = password.length > LONGEST_PASSWORD * 4 ? '' : password.normalize('NFKC');
  if (stored !== undefined) return verify(stored, given);
  decoy ??= hashPassword('nobody has this password');
  await verify(await decoy, given);
  return false;
}
