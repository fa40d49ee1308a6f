import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Raised by {@link openSealed}: another master key, or the sealed text was changed or moved to another place. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

const VERSION = 'lk1';

/**
 * Closes something for storage: AES-256-GCM, a random nonce.
 *
 * @param place what it belongs to; it opens for the same place alone
 * @param masterKey 32 bytes, kept outside the database
 * @returns `lk1.<nonce>.<ciphertext>.<tag>`, base64url
 */
export function seal(plain: Uint8Array, place: string, masterKey: Uint8Array): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', usable(masterKey), nonce).setAAD(Buffer.from(place, 'utf8'));
  const closed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return [VERSION, ...[nonce, closed, cipher.getAuthTag()].map((b) => b.toString('base64url'))].join('.');
}

/** Opens what {@link seal} closed. @throws SealBroken */
export function openSealed(sealed: string, place: string, masterKey: Uint8Array): Buffer {
  const [version, ...parts] = sealed.split('.');
  const [nonce, closed, tag] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (version !== VERSION || parts.length !== 3 || nonce?.length !== 12 || !closed || tag?.length !== 16)
    throw new SealBroken('not a sealed text');
  try {
    const decipher = createDecipheriv('aes-256-gcm', usable(masterKey), nonce, { authTagLength: 16 });
    decipher.setAAD(Buffer.from(place, 'utf8')).setAuthTag(tag);
    return Buffer.concat([decipher.update(closed), decipher.final()]);
  } catch (cause) {
    if (cause instanceof RangeError) throw cause;
    throw new SealBroken('the seal does not open', { cause });
  }
}

function usable(masterKey: Uint8Array): Uint8Array {
  if (masterKey.length !== 32) throw new RangeError('the master key must be 32 bytes');
  return masterKey;
}
