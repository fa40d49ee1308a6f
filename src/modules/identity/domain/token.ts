import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 bits for a session, an API token or a set-up link, and the digest that is stored. */
export function newToken(): { token: string; digest: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, digest: digestOf(token) };
}

export function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
