import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '#kernel/errors';

// OWASP ASVS 5.0, 11.4: argon2id with 19 MiB, 2 passes (the library's algorithm default is argon2id).
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At least 10 characters, at most 256; not the user name; no composition rules (ASVS 5.0, 6.2). */
export function checkPassword(password: string, username: string): void {
  const length = [...password].length;
  if (length < 10 || length > 256) {
    throw new Refusal('password.length', 'A password has 10 to 256 characters.', { min: 10, max: 256 });
  }
  if (password.toLowerCase().includes(username.toLowerCase()) || /^(.)\1+$/u.test(password)) {
    throw new Refusal(
      'password.guessable',
      'The password contains the user name or is one character repeated.',
    );
  }
}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

let decoy: Promise<string> | undefined;

/** Compares; where there is no such account it takes as long as where there is. */
export async function passwordFits(stored: string | undefined, password: string): Promise<boolean> {
  if (stored !== undefined) return verify(stored, password.normalize('NFKC'));
  decoy ??= hashPassword('nobody has this password');
  await verify(await decoy, password.normalize('NFKC'));
  return false;
}
